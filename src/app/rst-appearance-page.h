/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RST_TYPE_APPEARANCE_PAGE (rst_appearance_page_get_type ())

/**
 * RstAppearancePage:
 *
 * What can be chosen about the looks of the window.
 */
G_DECLARE_FINAL_TYPE (
    RstAppearancePage, rst_appearance_page, RST, APPEARANCE_PAGE, AdwPreferencesPage)

/**
 * rst_appearance_page_bind:
 * @settings: of the window
 * @program_settings: where they are about all windows
 *
 * Shows the settings, and writes what is changed.
 */
void rst_appearance_page_bind (RstAppearancePage *self,
                               GSettings *settings,
                               GSettings *program_settings);

G_END_DECLS

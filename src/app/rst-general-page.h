/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-application.h"

G_BEGIN_DECLS

#define RST_TYPE_GENERAL_PAGE (rst_general_page_get_type ())

/**
 * RstGeneralPage:
 *
 * What can be chosen about reading, new mail and deleting.
 */
G_DECLARE_FINAL_TYPE (RstGeneralPage, rst_general_page, RST, GENERAL_PAGE, AdwPreferencesPage)

/** rst_general_page_bind: shows the settings, and writes what is changed. */
void rst_general_page_bind (RstGeneralPage *self,
                            GSettings *settings);

/** rst_general_page_set_application: whose accounts it is about. */
void rst_general_page_set_application (RstGeneralPage *self,
                                       RstApplication *application);

G_END_DECLS

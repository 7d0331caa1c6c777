/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-application.h"

G_BEGIN_DECLS

#define RST_TYPE_PREFERENCES_WINDOW (rst_preferences_window_get_type ())

/**
 * RstPreferencesWindow:
 *
 * What the user can choose, and the accounts. Every change takes effect at once.
 */
G_DECLARE_FINAL_TYPE (
    RstPreferencesWindow, rst_preferences_window, RST, PREFERENCES_WINDOW, AdwPreferencesWindow)

/** rst_preferences_window_new: @settings: of io.github.restante.Restante, those of @parent */
GtkWidget *rst_preferences_window_new (GtkWindow *parent,
                                       RstApplication *application,
                                       GSettings *settings);

G_END_DECLS

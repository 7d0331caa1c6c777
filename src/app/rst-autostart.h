/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_autostart_set:
 * @is_on: whether the desktop is to start the program, without a window, when the user logs in
 *
 * Writes or removes the entry in $XDG_CONFIG_HOME/autostart. Errors: %G_FILE_ERROR.
 */
gboolean rst_autostart_set (gboolean is_on,
                            GError **error);

G_END_DECLS

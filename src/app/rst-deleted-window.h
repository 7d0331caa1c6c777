/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

#define RST_TYPE_DELETED_WINDOW (rst_deleted_window_get_type ())

/**
 * RstDeletedWindow:
 *
 * What was deleted from an account, newest first, and the copies that are kept of it: to be opened,
 * saved and removed. Main thread only.
 */
G_DECLARE_FINAL_TYPE (RstDeletedWindow, rst_deleted_window, RST, DELETED_WINDOW, AdwWindow)

/**
 * rst_deleted_window_new:
 * @mailbox: an account's
 * @settings: of io.github.restante.Restante
 */
GtkWidget *rst_deleted_window_new (GtkApplication *application,
                                   RstMailbox *mailbox,
                                   GSettings *settings);

/** rst_deleted_window_get_selection: Returns: (transfer none): of the list, of RstDeletedItem. */
GtkSelectionModel *rst_deleted_window_get_selection (RstDeletedWindow *self);

G_END_DECLS

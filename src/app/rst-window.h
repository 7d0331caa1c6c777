/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

#define RST_TYPE_WINDOW (rst_window_get_type ())

/**
 * RstWindow:
 *
 * The window of one account: list, reader, and every operation of a mailbox. Without a mailbox it
 * shows the first-run page. Main thread only; closing it cancels its operations.
 */
G_DECLARE_FINAL_TYPE (RstWindow, rst_window, RST, WINDOW, AdwApplicationWindow)

/**
 * rst_window_new:
 * @settings: of io.github.restante.Restante; what the window remembers
 */
GtkWidget *rst_window_new (GtkApplication *application,
                           GSettings *settings);

/** rst_window_get_settings: Returns: (transfer none): what it was made with. */
GSettings *rst_window_get_settings (RstWindow *self);

/**
 * rst_window_set_mailbox:
 * @mailbox: (nullable): %NULL for the first-run page
 *
 * Shows @mailbox in the place of what was there: what its store has at once, and then what the
 * server has.
 */
void rst_window_set_mailbox (RstWindow *self,
                             RstMailbox *mailbox);

/** rst_window_get_mailbox: Returns: (transfer none) (nullable): what is shown; %NULL on the
 * first-run page. */
RstMailbox *rst_window_get_mailbox (RstWindow *self);

/** rst_window_get_account: Returns: (transfer none) (nullable): whose mail is shown; %NULL for
 * saved mail too. */
RstAccount *rst_window_get_account (RstWindow *self);

/** rst_window_has_work: Returns: whether a delete or a save that the user asked for is under way,
 * which would be stopped if the window were to show another mailbox. */
gboolean rst_window_has_work (RstWindow *self);

/** rst_window_show_accounts_error: says that accounts.ini cannot be read, and why. */
void rst_window_show_accounts_error (RstWindow *self,
                                     const GError *error);

/** rst_window_show_first_run: offers to add an account or to try the demo. */
void rst_window_show_first_run (RstWindow *self);

/** rst_window_show_toast: says something that needs no answer. @text is not markup. */
void rst_window_show_toast (RstWindow *self,
                            const char *text);

/**
 * rst_window_select_items:
 * @items: (element-type RstMessageItem): those that are not in the list are passed over
 */
void rst_window_select_items (RstWindow *self,
                              GPtrArray *items);

/** rst_window_show_notice: says something in the banner. @text is not markup. */
void rst_window_show_notice (RstWindow *self,
                             const char *text);

/**
 * rst_window_save_items:
 * @items: (element-type RstMessageItem):
 * @file: to be made, or to be replaced
 *
 * Saves one message as it was received; several, or one into a file whose name ends in ".mbox" or
 * ".mbx", as an mbox file.
 */
void rst_window_save_items (RstWindow *self,
                            GPtrArray *items,
                            GFile *file);

/**
 * rst_window_append_items:
 * @items: (element-type RstMessageItem):
 * @file: an mbox file that gets them at its end
 */
void rst_window_append_items (RstWindow *self,
                              GPtrArray *items,
                              GFile *file);

/** rst_window_save_list: saves the list as it is shown as CSV; @file is made or replaced. */
void rst_window_save_list (RstWindow *self,
                           GFile *file);

G_END_DECLS

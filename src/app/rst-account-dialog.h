/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

#define RST_TYPE_ACCOUNT_DIALOG (rst_account_dialog_get_type ())

/**
 * RstAccountDialog:
 *
 * Asks for a new account's settings, or for changes of an old one's, and tries them on the server
 * when asked to. It writes nothing.
 *
 * Signals: "save": the user is content with what was entered; whoever opened the dialog stores the
 * account, and closes the dialog or shows the error in it.
 */
G_DECLARE_FINAL_TYPE (RstAccountDialog, rst_account_dialog, RST, ACCOUNT_DIALOG, AdwWindow)

/**
 * rst_account_dialog_new:
 * @account: (nullable): what to change; %NULL for a new one
 */
GtkWidget *rst_account_dialog_new (GtkWindow *parent,
                                   RstAccount *account);

/**
 * rst_account_dialog_dup_account:
 *
 * Returns: (transfer full): what was entered; of an old account, everything that the dialog does
 * not show is kept.
 */
RstAccount *rst_account_dialog_dup_account (RstAccountDialog *self);

/**
 * rst_account_dialog_steal_mailbox:
 *
 * Returns: (transfer full) (nullable): a mailbox of the account as it was entered that has already
 * signed in, so that the password need not be asked for again; %NULL when it was not tested.
 */
RstMailbox *rst_account_dialog_steal_mailbox (RstAccountDialog *self);

/** rst_account_dialog_show_error: says why the account could not be stored. */
void rst_account_dialog_show_error (RstAccountDialog *self,
                                    const GError *error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mailbox/rst-account-state.h"
#include "mailbox/rst-mailbox.h"
#include "rst-private-files.h"
#include "rst-window.h"

G_BEGIN_DECLS

#define RST_TYPE_APPLICATION (rst_application_get_type ())

/**
 * RstApplication:
 *
 * The program: its command line, the accounts, and which window shows which of them.
 *
 * Signals: "accounts-changed": an account was added, changed, moved or removed.
 */
G_DECLARE_FINAL_TYPE (RstApplication, rst_application, RST, APPLICATION, AdwApplication)

RstApplication *rst_application_new (void);

/** rst_application_get_settings: Returns: (transfer none): the user's; the demo's windows have
 * others. */
GSettings *rst_application_get_settings (RstApplication *self);

/** rst_application_get_private_files: Returns: (transfer none): what other programs are to open;
 * removed when the application ends. */
RstPrivateFiles *rst_application_get_private_files (RstApplication *self);

/** rst_application_get_accounts: Returns: (transfer none) (nullable) (element-type RstAccount): in
 * the user's order; %NULL while accounts.ini cannot be read. */
GPtrArray *rst_application_get_accounts (RstApplication *self);

/** rst_application_get_n_enabled: Returns: how many accounts are not switched off. */
guint rst_application_get_n_enabled (RstApplication *self);

/** rst_application_find_mailbox: Returns: (transfer none) (nullable): the account's mailbox, if it
 * was opened since the program began. */
RstMailbox *rst_application_find_mailbox (RstApplication *self,
                                          const char *account_id);

/**
 * rst_application_switch_account:
 *
 * Shows an account in @window, in the place of what is there; but a window that shows it already is
 * brought to the front, and a window that is deleting is left alone and a new one opened.
 */
void rst_application_switch_account (RstApplication *self,
                                     RstWindow *window,
                                     const char *account_id);

/**
 * rst_application_change_account:
 * @account: with the id of one that there is
 *
 * Stores it. What runs in its window goes on as it was; the new settings take effect behind it. A
 * window of an account that was switched off shows another one.
 *
 * Errors: those of rst_accounts_file_save(); nothing has changed then.
 */
gboolean rst_application_change_account (RstApplication *self,
                                         RstAccount *account,
                                         GError **error);

/** rst_application_set_check_interval: how often new mail is looked for, in every account; 0
 * @minutes is never. Returns: %FALSE, and nothing is changed, when the file cannot be written. */
gboolean rst_application_set_check_interval (RstApplication *self,
                                             guint minutes,
                                             GError **error);

/** rst_application_move_account: @position: 0 = first. Errors: as above. */
gboolean rst_application_move_account (RstApplication *self,
                                       const char *account_id,
                                       guint position,
                                       GError **error);

/**
 * rst_application_remove_account:
 * @flags: what else is removed
 *
 * Takes the account out of accounts.ini and its window away; then removes what @flags say, and
 * tells the user when that fails. Nothing is done on the server. Errors: as above.
 */
gboolean rst_application_remove_account (RstApplication *self,
                                         const char *account_id,
                                         RstAccountStateFlags flags,
                                         GError **error);

G_END_DECLS

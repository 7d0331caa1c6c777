/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-application.h"

G_BEGIN_DECLS

#define RST_TYPE_ACCOUNT_ROW (rst_account_row_get_type ())

/**
 * RstAccountRow:
 *
 * One account in the preferences: a switch, and a menu to edit, move and remove it. Activating it
 * edits; dragging it onto another one puts it there.
 */
G_DECLARE_FINAL_TYPE (RstAccountRow, rst_account_row, RST, ACCOUNT_ROW, AdwActionRow)

/**
 * rst_account_row_new:
 * @application: that the account belongs to; outlives the row
 * @position: among all accounts
 * @n_accounts: how many there are
 */
GtkWidget *rst_account_row_new (RstApplication *application,
                                RstAccount *account,
                                guint position,
                                guint n_accounts);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "account/rst-account.h"

G_BEGIN_DECLS

/* What this computer keeps for an account, without its mailbox. */

/**
 * rst_account_state_count_unread_async:
 *
 * Looks into the account's cache; nobody is asked.
 */
void rst_account_state_count_unread_async (RstAccount *account,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer user_data);

/** rst_account_state_count_unread_finish: Returns: how many messages are unread, as far as they
 * are known; -1 when there is no cache. */
int rst_account_state_count_unread_finish (GAsyncResult *result);

/**
 * RstAccountStateFlags:
 * @RST_ACCOUNT_STATE_CACHE: the list and the messages that were read; the server has them still
 * @RST_ACCOUNT_STATE_DATA: receipts of deletes, and kept copies of what was deleted: they are
 *   nowhere else
 * @RST_ACCOUNT_STATE_PASSWORD: the password in the keyring
 */
typedef enum
{
  RST_ACCOUNT_STATE_CACHE = 1 << 0,
  RST_ACCOUNT_STATE_DATA = 1 << 1,
  RST_ACCOUNT_STATE_PASSWORD = 1 << 2,
} RstAccountStateFlags;

/** rst_account_state_remove_async: removes what @flags say; to be called when no mailbox of the
 * account is at work. */
void rst_account_state_remove_async (RstAccount *account,
                                     RstAccountStateFlags flags,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);

/** rst_account_state_remove_finish: Errors: %G_IO_ERROR, and those of rst_keyring_forget(); what
 * could be removed is gone all the same. */
gboolean rst_account_state_remove_finish (GAsyncResult *result,
                                          GError **error);

G_END_DECLS

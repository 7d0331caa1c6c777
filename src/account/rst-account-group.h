/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-account.h"
#include "rst-key-file.h"

G_BEGIN_DECLS

/* One account's group of keys in accounts.ini. */

/**
 * rst_account_group_is_account:
 *
 * Returns: whether @group has at least one of an account's keys; a group that has none is somebody
 * else's, and left alone.
 */
gboolean rst_account_group_is_account (const RstKeyFile *key_file,
                                       const char *group);

/**
 * rst_account_group_read:
 *
 * Returns: (transfer full): the account. Errors: %RST_ACCOUNTS_FILE_ERROR_FORMAT, which names the
 * account, the key, the bad value and the reason.
 */
RstAccount *rst_account_group_read (const RstKeyFile *key_file,
                                    const char *group,
                                    GError **error);

/**
 * rst_account_group_write:
 * @base: (nullable): the account as the writer knew it before @account
 *
 * Brings @group up to date, key by key: a key that does not differ between @base and @account keeps
 * what the file has, which somebody else may have changed. A key that has its default value is not
 * added.
 */
void rst_account_group_write (RstKeyFile *key_file,
                              const char *group,
                              const RstAccount *base,
                              const RstAccount *account);

G_END_DECLS

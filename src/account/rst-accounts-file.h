/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-account.h"

G_BEGIN_DECLS

/**
 * RstAccountsFileError:
 * @RST_ACCOUNTS_FILE_ERROR_FORMAT: the file cannot be read as settings; the message names line or
 *   key and the reason. The file is left alone.
 */
typedef enum
{
  RST_ACCOUNTS_FILE_ERROR_FORMAT,
} RstAccountsFileError;

#define RST_ACCOUNTS_FILE_ERROR (rst_accounts_file_error_quark ())

GQuark rst_accounts_file_error_quark (void);

/**
 * RstAccountsFile:
 *
 * accounts.ini: one GKeyFile group an account, in the file's order. Unknown keys, groups and
 * comments survive a rewrite. There is never a password in it. One thread at a time.
 */
typedef struct _RstAccountsFile RstAccountsFile;

/**
 * rst_accounts_file_dup_default_path:
 *
 * Returns: (transfer full): $XDG_CONFIG_HOME/restante/accounts.ini.
 */
char *rst_accounts_file_dup_default_path (void);

/**
 * rst_accounts_file_load:
 * @path: a file that need not exist
 *
 * Errors: %RST_ACCOUNTS_FILE_ERROR_FORMAT; %G_FILE_ERROR when it exists and cannot be read.
 */
RstAccountsFile *rst_accounts_file_load (const char *path,
                                         GError **error);
void rst_accounts_file_free (RstAccountsFile *self);

/**
 * rst_accounts_file_get_accounts:
 *
 * Returns: (transfer none) (element-type RstAccount): in the file's order.
 */
GPtrArray *rst_accounts_file_get_accounts (RstAccountsFile *self);

/**
 * rst_accounts_file_find:
 *
 * Returns: (transfer none) (nullable): the account with this id, or else with this name.
 */
RstAccount *rst_accounts_file_find (RstAccountsFile *self,
                                    const char *id_or_name);

/**
 * rst_accounts_file_put:
 * @account: added, or put in the place of the one with its id
 *
 * In memory only, until rst_accounts_file_save().
 */
void rst_accounts_file_put (RstAccountsFile *self,
                            RstAccount *account);

/**
 * rst_accounts_file_remove:
 *
 * takes out the account with this id, if there is one; in memory only.
 */
void rst_accounts_file_remove (RstAccountsFile *self,
                               const char *id);

/**
 * rst_accounts_file_save:
 *
 * Writes the file (0600, its folder 0700) at once or not at all. If somebody else changed it since
 * it was loaded, that change is kept: the file is read again and only the accounts put or removed
 * here are changed.
 *
 * Errors: %G_FILE_ERROR, %RST_ACCOUNTS_FILE_ERROR_FORMAT (it was broken meanwhile; it is left
 * alone).
 */
gboolean rst_accounts_file_save (RstAccountsFile *self,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAccountsFile, rst_accounts_file_free)

G_END_DECLS

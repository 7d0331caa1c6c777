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
 * accounts.ini: a key file with one group an account, in the file's order. Saving changes the keys
 * that were changed and no other byte: unknown keys, groups and comments survive. There is never a
 * password in it. One thread at a time.
 *
 * A group without any key of an account is not one, and left alone; one that has some needs "host"
 * and "user". A group or a key that is there twice is an error: to mix the two would send the
 * password of the one account to the server of the other. An empty value is one that is not set.
 * "password-file" is a whole path, or one that starts with "~/".
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
 * Errors: %RST_ACCOUNTS_FILE_ERROR_FORMAT, "PATH: line 7: reason" or "PATH: account “work”: port =
 * “0” reason"; %G_FILE_ERROR when it exists and cannot be read.
 */
RstAccountsFile *rst_accounts_file_load (const char *path,
                                         GError **error);
void rst_accounts_file_free (RstAccountsFile *self);

/**
 * rst_accounts_file_get_accounts:
 *
 * Returns: (transfer none) (element-type RstAccount): in the file's order; follows every later
 * change, so that who keeps an account takes a reference.
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
 * rst_accounts_file_dup_free_id:
 * @wish: any text, as the name that the user gave
 *
 * Returns: (transfer full): an id for a new account, as near to @wish as can be, that is no other's
 * id or name.
 */
char *rst_accounts_file_dup_free_id (RstAccountsFile *self,
                                     const char *wish);

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
 * rst_accounts_file_move:
 * @position: among the accounts, 0 = first; one beyond the end is the last
 *
 * Moves the account with this id, if there is one; in memory only. The order is that of the file's
 * groups.
 */
void rst_accounts_file_move (RstAccountsFile *self,
                             const char *id,
                             guint position);

/**
 * rst_accounts_file_save:
 *
 * Writes the file at once or not at all: 0600, in a folder that is made with 0700 if it is missing.
 * A symbolic link stays one. What somebody else changed since it was loaded is kept, key by key:
 * the file is read again, and only those keys are written that were changed here. The list of
 * accounts is then that of the file.
 *
 * Errors: %G_FILE_ERROR; %RST_ACCOUNTS_FILE_ERROR_FORMAT when the file was broken meanwhile, or an
 * account that was put has a value that could not be loaded again. The file is left alone then, and
 * the changes stay in memory.
 */
gboolean rst_accounts_file_save (RstAccountsFile *self,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAccountsFile, rst_accounts_file_free)

G_END_DECLS

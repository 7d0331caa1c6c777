/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "rst-account.h"
#include "rst-keyring.h"

G_BEGIN_DECLS

/* Passwords travel as SecretValue: reference-counted, and in non-pageable memory where the system
 * gives it. secret_value_get_text() is never %NULL for those that come from here. */

/**
 * RstPasswordOrigin:
 *
 * Where a password came from, in the order in which the places are asked.
 */
typedef enum
{
  RST_PASSWORD_ORIGIN_NONE,
  RST_PASSWORD_ORIGIN_FILE,
  RST_PASSWORD_ORIGIN_MEMORY,
  RST_PASSWORD_ORIGIN_COMMAND,
  RST_PASSWORD_ORIGIN_KEYRING,
  RST_PASSWORD_ORIGIN_PROMPT,
} RstPasswordOrigin;

/**
 * rst_password_new:
 * @text: copied into non-pageable memory
 *
 * Returns: (transfer full): a password; release with secret_value_unref().
 */
SecretValue *rst_password_new (const char *text);

/**
 * rst_password_read_file:
 *
 * The whole first line, CR and LF stripped and nothing else.
 *
 * Reads no further than it must: @path may be a pipe. Errors: %G_FILE_ERROR;
 * %G_IO_ERROR_INVALID_DATA when the first line is empty, over 4 KiB, or holds a NUL. No error text
 * holds a byte of it. Any thread.
 */
SecretValue *rst_password_read_file (const char *path,
                                     GError **error);

/**
 * RstPasswords:
 *
 * One account's password, or access token, for one run of the program: its file if it has one, then
 * memory, its command if it has one, then the keyring; who gets %NULL asks the user through a
 * prompt of its own and hands the answer to rst_passwords_accept() once the server has taken it.
 * Handed from thread to thread like a session: one owner at a time.
 */
typedef struct _RstPasswords RstPasswords;

RstPasswords *rst_passwords_new (RstAccount *account);
void rst_passwords_free (RstPasswords *self);

/**
 * rst_passwords_set_is_quiet:
 * @is_quiet: the keyring must not ask its owner to unlock it: one that is locked is passed over
 *
 * For the look-ups that follow, until it is said otherwise.
 */
void rst_passwords_set_is_quiet (RstPasswords *self,
                                 gboolean is_quiet);

/**
 * rst_passwords_retry_command:
 *
 * The command is asked again although the server has refused what it printed: the user wants
 * something, and may have mended it.
 */
void rst_passwords_retry_command (RstPasswords *self);

/**
 * rst_passwords_lookup:
 * @origin: (out) (optional): where it came from
 *
 * Asks file, memory, command and keyring. A keyring that cannot be asked is passed over like an
 * empty one. Blocks: for workers.
 *
 * Returns: (transfer full) (nullable): %NULL without @error when the user must be asked. Errors:
 * those of rst_password_read_file() and rst_password_run_command(), %G_IO_ERROR_CANCELLED.
 */
SecretValue *rst_passwords_lookup (RstPasswords *self,
                                   RstPasswordOrigin *origin,
                                   GCancellable *cancellable,
                                   GError **error);

/** rst_passwords_can_ask: Returns: whether the user can be asked: not for an access token. */
gboolean rst_passwords_can_ask (const RstPasswords *self);

/**
 * rst_passwords_accept:
 * @password: what the server has just accepted
 * @remember: whether it is to be stored in the keyring, in the place of what was there
 *
 * Keeps it in memory. Errors: those of rst_keyring_store(); memory has it all the same.
 */
gboolean rst_passwords_accept (RstPasswords *self,
                               SecretValue *password,
                               gboolean remember,
                               GCancellable *cancellable,
                               GError **error);

/**
 * rst_passwords_refuse:
 * @origin: where the password came from that the server refused
 *
 * Passes over that place from now on, so that the next look-up goes on to the next one; a command
 * until rst_passwords_retry_command(). The command for a token is run once more first, as tokens
 * expire, and may be run again after the next look-up that finds nothing. Nothing is erased: a
 * refused password leaves the keyring only when a new one takes its place.
 */
void rst_passwords_refuse (RstPasswords *self,
                           RstPasswordOrigin origin);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPasswords, rst_passwords_free)

G_END_DECLS

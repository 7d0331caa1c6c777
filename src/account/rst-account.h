/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "pop3/rst-pop3-session.h"

G_BEGIN_DECLS

/**
 * RstAccount:
 * @id: the group's name in accounts.ini, or what rst_account_new() makes of it: a file name of its
 *   own too (ASCII letters, digits, "-", "_", "." and "@", no "." in front, at most 128 of them)
 * @name: what the window calls it; never %NULL
 * @host: never %NULL
 * @port: 1 to 65535
 * @user: never %NULL
 * @auth: how to sign in
 * @password_file: (nullable): path of a file whose first line is the password
 * @password_command: (nullable): a command line whose output is the password
 * @token_command: (nullable): a command line whose output is an access token
 * @has_top: %FALSE when the server's TOP is not to be used: headers then come from RETR
 * @fetch_limit: the newest so many are loaded, older ones are placeholders; 0 = all
 * @fetch_encoding: (nullable): charset of text that names none
 * @timeout: seconds, for each wait
 * @check_interval: minutes between two looks for new mail while nobody asks for one; 0 = never
 * @keep_session: seconds that a session is kept for the next operation; 0 = never
 * @ca_file: (nullable): PEM file of authorities to trust instead of the system's; not stored in
 *   accounts.ini
 * @certificate_pin: (nullable): SHA-256 of the one certificate that is trusted
 * @is_enabled: %FALSE when the window leaves it alone
 * @state_folder: (nullable): where its cache and data live in the place of the user's own folders
 *   (the demo mailbox has a temporary one); not stored in accounts.ini
 *
 * Where and who. Immutable and shared by reference once it has been handed out; to change one, copy
 * it.
 */
typedef struct
{
  char *id;
  char *name;
  char *host;
  guint16 port;
  RstPop3Security security;
  char *user;
  RstPop3Auth auth;
  char *password_file;
  char *password_command;
  char *token_command;
  gboolean has_top;
  guint fetch_limit;
  char *fetch_encoding;
  guint timeout;
  guint keep_session;
  guint check_interval;
  char *ca_file;
  char *certificate_pin;
  gboolean is_enabled;
  char *state_folder;
} RstAccount;

#define RST_ACCOUNT_DEFAULT_TIMEOUT 15
#define RST_ACCOUNT_DEFAULT_KEEP_SESSION 15
#define RST_ACCOUNT_DEFAULT_CHECK_INTERVAL 10

/**
 * rst_account_new:
 * @id: (nullable): %NULL makes one from user and host. A text that is no safe file name is turned
 *   into one, always the same: what is unsafe becomes "_", and a part of its SHA-256 stands behind
 *
 * Its name is @id as it was given, else the user's address.
 *
 * Returns: (transfer full): an account with the defaults of a TLS server on its standard port, to
 * be filled in before it is shared.
 */
RstAccount *rst_account_new (const char *id,
                             const char *host,
                             const char *user);
RstAccount *rst_account_copy (const RstAccount *self);

/** rst_account_serves: Returns: whether a mailbox that was made for @self does for @other: all is
 * the same but how often it is looked at. */
gboolean rst_account_serves (const RstAccount *self,
                             const RstAccount *other);
RstAccount *rst_account_ref (RstAccount *self);
void rst_account_unref (RstAccount *self);

/** rst_account_uses_token: Returns: whether it signs in with an access token, which nobody can be
 * asked to type. */
gboolean rst_account_uses_token (const RstAccount *self);

/**
 * rst_account_dup_maildrop:
 *
 * Returns: (transfer full): a name for the maildrop itself, whose mail it is wherever the account
 * is called something else, or signs in another way or on another port.
 */
char *rst_account_dup_maildrop (const RstAccount *self);

/**
 * rst_account_dup_host:
 * @text: a server's name or address as people write it
 *
 * Returns: (transfer full): it as the "host" of an #RstAccount has it: a name without the dot that
 * ends a whole one, which no certificate has; an address without the brackets around it.
 */
char *rst_account_dup_host (const char *text);

/** rst_account_default_port: Returns: 995 for TLS, 110 for the others (RFC 8314, RFC 1939). */
guint16 rst_account_default_port (RstPop3Security security);

/** rst_account_security_to_string: Returns: (transfer none): "tls", "starttls" or "none". */
const char *rst_account_security_to_string (RstPop3Security security);

/** rst_account_security_from_string: Returns: %FALSE when @text is none of the three. */
gboolean rst_account_security_from_string (const char *text,
                                           RstPop3Security *security);

/**
 * rst_account_dup_cache_path:
 *
 * Returns: (transfer full): $XDG_CACHE_HOME/restante/<id>.sqlite, or <state_folder>/<id>.sqlite;
 * nothing is made on disk.
 */
char *rst_account_dup_cache_path (const RstAccount *self);

/**
 * rst_account_dup_data_folder:
 *
 * Returns: (transfer full): $XDG_DATA_HOME/restante/<id>, or <state_folder>/<id>; nothing is made
 * on disk.
 */
char *rst_account_dup_data_folder (const RstAccount *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstAccount, rst_account_unref)

G_END_DECLS

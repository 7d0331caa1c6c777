/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-group"

#include "config.h"

#include "rst-account-group.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-listing.h"
#include "rst-accounts-file.h"

/* Seconds: an hour's silence is no server any more. */
#define MAX_TIMEOUT 3600

/* No more messages are listed. */
#define MAX_FETCH_LIMIT RST_POP3_LISTING_MAX_ROWS

/* Seconds: a session that is kept may keep others out of the mailbox. */
#define MAX_KEEP_SESSION 300

/* Minutes: a day. */
#define MAX_CHECK_INTERVAL (24 * 60)

/* Two for each byte of a SHA-256. */
#define PIN_DIGITS 64

/* In the order in which they are read and written. The port comes after the security, on which its
 * default hangs. */
typedef enum
{
  KEY_NAME,
  KEY_HOST,
  KEY_SECURITY,
  KEY_PORT,
  KEY_USER,
  KEY_AUTH,
  KEY_PASSWORD_FILE,
  KEY_PASSWORD_COMMAND,
  KEY_TOKEN_COMMAND,
  KEY_HAS_TOP,
  KEY_FETCH_LIMIT,
  KEY_FETCH_ENCODING,
  KEY_TIMEOUT,
  KEY_KEEP_SESSION,
  KEY_CHECK_INTERVAL,
  KEY_CERTIFICATE_PIN,
  KEY_ENABLED,
} Key;

static const char *const key_names[] = {
  [KEY_NAME] = "name",
  [KEY_HOST] = "host",
  [KEY_SECURITY] = "security",
  [KEY_PORT] = "port",
  [KEY_USER] = "user",
  [KEY_AUTH] = "auth",
  [KEY_PASSWORD_FILE] = "password-file",
  [KEY_PASSWORD_COMMAND] = "password-command",
  [KEY_TOKEN_COMMAND] = "token-command",
  [KEY_HAS_TOP] = "has-top",
  [KEY_FETCH_LIMIT] = "fetch-limit",
  [KEY_FETCH_ENCODING] = "fetch-encoding",
  [KEY_TIMEOUT] = "timeout",
  [KEY_KEEP_SESSION] = "keep-session",
  [KEY_CHECK_INTERVAL] = "check-interval",
  [KEY_CERTIFICATE_PIN] = "certificate-pin",
  [KEY_ENABLED] = "enabled",
};

/* The functions that follow return %NULL, or (transfer full) why the text is wrong: the words that
 * come after the setting and its value, as in port = “0” is not a number from 1 to 65535. */

static char *
parse_number (const char *text,
              guint min,
              guint max,
              guint *number)
{
  guint64 value;

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    return g_strdup_printf (_ ("is not a number from %u to %u"), min, max);
  *number = value;
  return NULL;
}

static char *
parse_host (const char *text,
            char **host)
{
  for (const char *p = text; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p) || strchr (" /@", *p) != NULL)
        return g_strdup (_ ("is not the name or the address of a server"));
    }
  g_free (*host);
  *host = rst_account_dup_host (text);
  return NULL;
}

static char *
parse_security (const char *text,
                RstPop3Security *security,
                guint16 *port)
{
  if (!rst_account_security_from_string (text, security))
    return g_strdup (_ ("is not one of tls, starttls, none"));
  *port = rst_account_default_port (*security);
  return NULL;
}

static char *
parse_port (const char *text,
            guint16 *port)
{
  guint number = *port;
  char *reason = parse_number (text, 1, G_MAXUINT16, &number);

  *port = number;
  return reason;
}

static char *
parse_user (const char *text,
            char **user)
{
  if (strpbrk (text, "\r\n") != NULL)
    return g_strdup (_ ("has a line break in it"));
  g_free (*user);
  *user = g_strdup (text);
  return NULL;
}

static char *
parse_path (const char *text,
            char **path)
{
  gboolean is_in_home = g_str_has_prefix (text, "~/");

  if (!is_in_home && !g_path_is_absolute (text))
    return g_strdup (_ ("is not a whole path: it starts neither with “/” nor with “~/”"));
  g_free (*path);
  *path = is_in_home ? g_build_filename (g_get_home_dir (), text + 2, NULL) : g_strdup (text);
  return NULL;
}

static char *
parse_auth (const char *text,
            RstPop3Auth *auth)
{
  if (!rst_pop3_auth_from_string (text, auth))
    return g_strdup (_ ("is no way to sign in that is known: auto, token, password, apop, "
                        "scram-sha-256, scram-sha-1, cram-md5, plain, login, oauthbearer, "
                        "xoauth2"));
  return NULL;
}

/* No shell sees it; its quotes are those of one. */
static char *
parse_command (const char *text,
               char **command)
{
  g_autoptr (GError) error = NULL;

  if (!g_shell_parse_argv (text, NULL, NULL, &error))
    return g_strdup (g_error_matches (error, G_SHELL_ERROR, G_SHELL_ERROR_EMPTY_STRING)
                         ? _ ("is not a command: there is nothing but blanks or a comment")
                         : _ ("is not a command: a quotation mark is missing"));
  g_free (*command);
  *command = g_strdup (text);
  return NULL;
}

static char *
parse_boolean (const char *text,
               gboolean *value)
{
  if (strcmp (text, "true") != 0 && strcmp (text, "false") != 0)
    return g_strdup (_ ("is neither true nor false"));
  *value = strcmp (text, "true") == 0;
  return NULL;
}

static char *
parse_text (const char *text,
            char **field)
{
  g_free (*field);
  *field = g_strdup (text);
  return NULL;
}

static char *
parse_pin (const char *text,
           char **pin)
{
  gsize n_digits = 0;

  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p != ':' && !g_ascii_isxdigit (*p))
        return g_strdup (_ ("is not a fingerprint: hexadecimal digits and colons"));
      n_digits += *p != ':';
    }
  if (n_digits != PIN_DIGITS)
    return g_strdup_printf (_ ("is not a SHA-256 fingerprint: that has %u digits"), PIN_DIGITS);
  g_free (*pin);
  *pin = g_strdup (text);
  return NULL;
}

static char *
parse_value (RstAccount *account,
             Key key,
             const char *text)
{
  switch (key)
    {
    case KEY_NAME:
      return parse_text (text, &account->name);
    case KEY_HOST:
      return parse_host (text, &account->host);
    case KEY_SECURITY:
      return parse_security (text, &account->security, &account->port);
    case KEY_PORT:
      return parse_port (text, &account->port);
    case KEY_USER:
      return parse_user (text, &account->user);
    case KEY_AUTH:
      return parse_auth (text, &account->auth);
    case KEY_PASSWORD_FILE:
      return parse_path (text, &account->password_file);
    case KEY_PASSWORD_COMMAND:
      return parse_command (text, &account->password_command);
    case KEY_TOKEN_COMMAND:
      return parse_command (text, &account->token_command);
    case KEY_HAS_TOP:
      return parse_boolean (text, &account->has_top);
    case KEY_FETCH_LIMIT:
      return parse_number (text, 0, MAX_FETCH_LIMIT, &account->fetch_limit);
    case KEY_FETCH_ENCODING:
      return parse_text (text, &account->fetch_encoding);
    case KEY_TIMEOUT:
      return parse_number (text, 1, MAX_TIMEOUT, &account->timeout);
    case KEY_KEEP_SESSION:
      return parse_number (text, 0, MAX_KEEP_SESSION, &account->keep_session);
    case KEY_CHECK_INTERVAL:
      return parse_number (text, 0, MAX_CHECK_INTERVAL, &account->check_interval);
    case KEY_CERTIFICATE_PIN:
      return parse_pin (text, &account->certificate_pin);
    case KEY_ENABLED:
      return parse_boolean (text, &account->is_enabled);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Returns: (transfer full) (nullable): the text that parse_value() reads, %NULL when the field is
 * not set. */
static char *
format_value (const RstAccount *account,
              Key key)
{
  switch (key)
    {
    case KEY_NAME:
      return g_strdup (account->name);
    case KEY_HOST:
      return g_strdup (account->host);
    case KEY_SECURITY:
      return g_strdup (rst_account_security_to_string (account->security));
    case KEY_PORT:
      return g_strdup_printf ("%u", account->port);
    case KEY_USER:
      return g_strdup (account->user);
    case KEY_AUTH:
      return g_strdup (rst_pop3_auth_to_string (account->auth));
    case KEY_PASSWORD_FILE:
      return g_strdup (account->password_file);
    case KEY_PASSWORD_COMMAND:
      return g_strdup (account->password_command);
    case KEY_TOKEN_COMMAND:
      return g_strdup (account->token_command);
    case KEY_HAS_TOP:
      return g_strdup (account->has_top ? "true" : "false");
    case KEY_FETCH_LIMIT:
      return g_strdup_printf ("%u", account->fetch_limit);
    case KEY_FETCH_ENCODING:
      return g_strdup (account->fetch_encoding);
    case KEY_TIMEOUT:
      return g_strdup_printf ("%u", account->timeout);
    case KEY_KEEP_SESSION:
      return g_strdup_printf ("%u", account->keep_session);
    case KEY_CHECK_INTERVAL:
      return g_strdup_printf ("%u", account->check_interval);
    case KEY_CERTIFICATE_PIN:
      return g_strdup (account->certificate_pin);
    case KEY_ENABLED:
      return g_strdup (account->is_enabled ? "true" : "false");
    default:
      g_return_val_if_reached (NULL);
    }
}

gboolean
rst_account_group_is_account (const RstKeyFile *key_file,
                              const char *group)
{
  for (gsize i = 0; i < G_N_ELEMENTS (key_names); i++)
    {
      if (rst_key_file_has_key (key_file, group, key_names[i]))
        return TRUE;
    }
  return FALSE;
}

static void
set_value_error (GError **error,
                 const char *group,
                 const char *key,
                 const char *text,
                 const char *reason)
{
  g_autofree char *quoted_group = rst_key_file_quote (group);
  g_autofree char *quoted_text = rst_key_file_quote (text);

  /* Translators: name of an account, a setting, its value, and why that is wrong:
   * account “work”: port = “0” is not a number from 1 to 65535 */
  g_set_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT,
               _ ("account “%s”: %s = “%s” %s"), quoted_group, key, quoted_text, reason);
}

/* An empty value is one that is not set. */
static gboolean
read_key (const RstKeyFile *key_file,
          const char *group,
          Key key,
          RstAccount *account,
          GError **error)
{
  g_autofree char *raw = rst_key_file_dup_raw (key_file, group, key_names[key]);
  g_autofree char *text = rst_key_file_dup_string (key_file, group, key_names[key]);
  g_autofree char *reason = NULL;

  if (raw == NULL || raw[0] == '\0')
    return TRUE;
  if (text != NULL)
    reason = parse_value (account, key, text);
  else
    reason = g_strdup (_ ("has a “\\” that starts none of \\s \\n \\t \\r \\\\"));
  if (reason == NULL)
    return TRUE;

  set_value_error (error, group, key_names[key], raw, reason);
  return FALSE;
}

static gboolean
check_is_set (const char *group,
              const char *key,
              const char *text,
              GError **error)
{
  g_autofree char *quoted_group = NULL;

  if (text[0] != '\0')
    return TRUE;
  quoted_group = rst_key_file_quote (group);
  /* Translators: the second is a setting that is missing, “host” or “user”. */
  g_set_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT,
               _ ("account “%s”: “%s” is not set"), quoted_group, key);
  return FALSE;
}

RstAccount *
rst_account_group_read (const RstKeyFile *key_file,
                        const char *group,
                        GError **error)
{
  g_autoptr (RstAccount) account = rst_account_new (group, "", "");

  for (gsize i = 0; i < G_N_ELEMENTS (key_names); i++)
    {
      if (!read_key (key_file, group, i, account, error))
        return NULL;
    }
  if (!check_is_set (group, "host", account->host, error) ||
      !check_is_set (group, "user", account->user, error))
    return NULL;
  return g_steal_pointer (&account);
}

static gboolean
is_default (const char *group,
            const RstAccount *account,
            Key key)
{
  g_autoptr (RstAccount) defaults = rst_account_new (group, "", "");
  g_autofree char *default_text = NULL;
  g_autofree char *text = format_value (account, key);

  defaults->port = rst_account_default_port (account->security);
  default_text = format_value (defaults, key);
  return g_strcmp0 (text, default_text) == 0;
}

static void
write_key (RstKeyFile *key_file,
           const char *group,
           Key key,
           const RstAccount *base,
           const RstAccount *account)
{
  gboolean is_there = rst_key_file_has_key (key_file, group, key_names[key]);
  g_autofree char *text = format_value (account, key);
  g_autofree char *base_text = base != NULL ? format_value (base, key) : NULL;
  gboolean is_changed = base == NULL || g_strcmp0 (text, base_text) != 0;

  /* The port that was the old security's default may not be the new one's. */
  if (!is_there && !is_changed)
    is_changed = is_default (group, base, key);

  if (is_there && is_changed && text == NULL)
    rst_key_file_remove_key (key_file, group, key_names[key]);
  else if (is_changed && (is_there || !is_default (group, account, key)))
    rst_key_file_set_string (key_file, group, key_names[key], text);
}

void
rst_account_group_write (RstKeyFile *key_file,
                         const char *group,
                         const RstAccount *base,
                         const RstAccount *account)
{
  for (gsize i = 0; i < G_N_ELEMENTS (key_names); i++)
    write_key (key_file, group, i, base, account);
}

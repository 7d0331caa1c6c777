/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-password"

#include "config.h"

#include "rst-password.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "rst-locked-memory.h"
#include "rst-online-accounts.h"
#include "rst-password-command.h"

/* Bytes: room for a CR and a LF, and for one byte too many. A file that has more in its first line
 * is not one of passwords. */
#define LINE_SIZE (RST_POP3_MAX_PASSWORD + 3)

struct _RstPasswords
{
  RstAccount *account;
  SecretValue *memory;
  guint n_refusals[RST_PASSWORD_ORIGIN_PROMPT + 1];
  gboolean is_quiet;
};

SecretValue *
rst_password_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return secret_value_new (text, -1, "text/plain");
}

/* Reads until a line ends, the file does, or @buffer is full. Unbuffered, so that no copy stays
 * behind in memory. */
static gboolean
read_first_line (int fd,
                 char *buffer,
                 gsize size,
                 gsize *length)
{
  const char *newline = NULL;
  gsize n_read = 0;

  while (newline == NULL && n_read < size)
    {
      gssize n = read (fd, buffer + n_read, size - n_read);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      if (n == 0)
        break;
      newline = memchr (buffer + n_read, '\n', n);
      n_read += n;
    }
  *length = newline != NULL ? (gsize)(newline - buffer) : n_read;
  while (*length > 0 && buffer[*length - 1] == '\r')
    (*length)--;
  return TRUE;
}

static const char *
describe_bad_line (const char *line,
                   gsize length)
{
  if (length == 0)
    return _ ("its first line is empty");
  if (length > RST_POP3_MAX_PASSWORD)
    return _ ("its first line is too long for a password");
  if (memchr (line, '\0', length) != NULL)
    return _ ("its first line is not text");
  return NULL;
}

static SecretValue *
read_password (int fd,
               const char *path,
               GError **error)
{
  char *buffer = rst_locked_memory_new (LINE_SIZE);
  g_autofree char *shown = g_filename_display_name (path);
  SecretValue *password = NULL;
  const char *reason;
  gsize length;

  if (!read_first_line (fd, buffer, LINE_SIZE, &length))
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("Could not read the password file “%s”: %s"), shown, g_strerror (code));
      length = 0;
    }
  else if ((reason = describe_bad_line (buffer, length)) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("There is no password in the file “%s”: %s"), shown, reason);
    }
  else
    {
      password = secret_value_new (buffer, length, "text/plain");
    }
  rst_locked_memory_free (buffer, LINE_SIZE);
  return password;
}

SecretValue *
rst_password_read_file (const char *path,
                        GError **error)
{
  SecretValue *password;
  int fd;

  g_return_val_if_fail (path != NULL, NULL);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
  if (fd < 0)
    {
      int code = errno;
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code),
                   _ ("Could not open the password file “%s”: %s"), shown, g_strerror (code));
      return NULL;
    }
  password = read_password (fd, path, error);
  close (fd);
  return password;
}

RstPasswords *
rst_passwords_new (RstAccount *account)
{
  RstPasswords *self;

  g_return_val_if_fail (account != NULL, NULL);

  self = g_new0 (RstPasswords, 1);
  self->account = rst_account_ref (account);
  return self;
}

void
rst_passwords_free (RstPasswords *self)
{
  g_return_if_fail (self != NULL);

  rst_account_unref (self->account);
  g_clear_pointer (&self->memory, secret_value_unref);
  g_free (self);
}

void
rst_passwords_set_is_quiet (RstPasswords *self,
                            gboolean is_quiet)
{
  g_return_if_fail (self != NULL);

  self->is_quiet = is_quiet;
}

void
rst_passwords_retry_command (RstPasswords *self)
{
  g_return_if_fail (self != NULL);

  self->n_refusals[RST_PASSWORD_ORIGIN_COMMAND] = 0;
}

static gboolean
is_asked (RstPasswords *self,
          RstPasswordOrigin origin)
{
  gboolean uses_token = rst_account_uses_token (self->account);

  if (origin == RST_PASSWORD_ORIGIN_COMMAND && uses_token)
    return self->n_refusals[origin] <= 1;
  if (self->n_refusals[origin] > 0)
    return FALSE;
  if (origin == RST_PASSWORD_ORIGIN_FILE)
    return self->account->password_file != NULL;
  if (origin == RST_PASSWORD_ORIGIN_MEMORY)
    return self->memory != NULL;
  if (origin == RST_PASSWORD_ORIGIN_COMMAND)
    return self->account->password_command != NULL;
  return origin == RST_PASSWORD_ORIGIN_KEYRING && !uses_token;
}

/* A program of the user's, or, for a token, the desktop's own service. */
static SecretValue *
ask_command (RstAccount *account,
             GCancellable *cancellable,
             GError **error)
{
  GError *local_error = NULL;
  SecretValue *token;

  if (account->token_command != NULL)
    return rst_password_run_command (account->token_command, TRUE, cancellable, error);
  if (!rst_account_uses_token (account))
    return rst_password_run_command (account->password_command, FALSE, cancellable, error);

  token = rst_online_accounts_get_token (account->user, cancellable, &local_error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  else if (token == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                         _ ("The account signs in with an access token, and nothing gives one: "
                            "there is no Online Accounts service. Set a command that prints the "
                            "token."));
  return token;
}

/* Returns: (transfer full) (nullable): as rst_passwords_lookup(), from one place. */
static SecretValue *
ask (RstPasswords *self,
     RstPasswordOrigin origin,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (GError) keyring_error = NULL;
  SecretValue *password;

  if (origin == RST_PASSWORD_ORIGIN_FILE)
    return rst_password_read_file (self->account->password_file, error);
  if (origin == RST_PASSWORD_ORIGIN_MEMORY)
    return secret_value_ref (self->memory);
  if (origin == RST_PASSWORD_ORIGIN_COMMAND)
    return ask_command (self->account, cancellable, error);

  password = self->is_quiet ? rst_keyring_peek (self->account, cancellable, &keyring_error)
                            : rst_keyring_lookup (self->account, cancellable, &keyring_error);
  if (g_error_matches (keyring_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&keyring_error));
  else if (keyring_error != NULL)
    g_info ("Passing over the keyring: %s", keyring_error->message);
  return password;
}

SecretValue *
rst_passwords_lookup (RstPasswords *self,
                      RstPasswordOrigin *origin,
                      GCancellable *cancellable,
                      GError **error)
{
  static const RstPasswordOrigin places[] = {
    RST_PASSWORD_ORIGIN_FILE,
    RST_PASSWORD_ORIGIN_MEMORY,
    RST_PASSWORD_ORIGIN_COMMAND,
    RST_PASSWORD_ORIGIN_KEYRING,
  };

  g_return_val_if_fail (self != NULL, NULL);

  if (origin != NULL)
    *origin = RST_PASSWORD_ORIGIN_NONE;
  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      GError *local = NULL;
      SecretValue *password;

      if (!is_asked (self, places[i]))
        continue;
      password = ask (self, places[i], cancellable, &local);
      if (password == NULL && local == NULL)
        continue;
      if (origin != NULL)
        *origin = places[i];
      if (local != NULL)
        g_propagate_error (error, local);
      return password;
    }
  /* A token expires by itself, and is renewed by itself; a password that was refused once goes on
   * being wrong, and servers lock accounts for trying it often. */
  if (rst_account_uses_token (self->account))
    self->n_refusals[RST_PASSWORD_ORIGIN_COMMAND] = 0;
  return NULL;
}

gboolean
rst_passwords_can_ask (const RstPasswords *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return !rst_account_uses_token (self->account);
}

gboolean
rst_passwords_accept (RstPasswords *self,
                      SecretValue *password,
                      gboolean remember,
                      GCancellable *cancellable,
                      GError **error)
{
  g_return_val_if_fail (self != NULL && password != NULL, FALSE);

  secret_value_ref (password);
  g_clear_pointer (&self->memory, secret_value_unref);
  self->memory = password;
  self->n_refusals[RST_PASSWORD_ORIGIN_MEMORY] = 0;
  self->n_refusals[RST_PASSWORD_ORIGIN_COMMAND] = 0;

  if (!remember)
    return TRUE;
  if (!rst_keyring_store (self->account, password, cancellable, error))
    return FALSE;
  self->n_refusals[RST_PASSWORD_ORIGIN_KEYRING] = 0;
  return TRUE;
}

void
rst_passwords_refuse (RstPasswords *self,
                      RstPasswordOrigin origin)
{
  g_return_if_fail (self != NULL && origin < G_N_ELEMENTS (self->n_refusals));

  self->n_refusals[origin]++;
}

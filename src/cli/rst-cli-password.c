/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-password"

#include "config.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "rst-cli-private.h"
#include "rst-cli-terminal.h"

/* Returns NULL with @error when the user has none to give. */
static SecretValue *
get_new_password (RstCli *self,
                  GError **error)
{
  RstAccount *account = rst_mailbox_get_account (self->mailbox);
  g_autofree char *prompt = NULL;
  SecretValue *password;

  if (self->options->password_file)
    return rst_password_read_file (self->options->password_file, error);

  /* Translators: the user's name and the server's. */
  prompt = g_strdup_printf (_ ("Password for %s on %s: "), account->user, account->host);
  password = rst_cli_terminal_ask_password (prompt);
  if (!password)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 rst_cli_terminal_can_ask_password ()
                     ? _ ("No password was given.")
                     : _ ("There is no terminal to ask for the password on. --password-file names "
                          "a file that has it."));

  return password;
}

/* The task's data is the password to store; without one it is forgotten. The keyring may ask its
 * owner to unlock it and wait for ever, so it is a worker that waits. */
static void
keyring_worker (GTask *task,
                gpointer source,
                gpointer task_data,
                GCancellable *cancellable)
{
  RstMailbox *mailbox = source;
  RstAccount *account = rst_mailbox_get_account (mailbox);
  GError *error = NULL;
  gboolean is_done;

  if (task_data)
    is_done = rst_keyring_store (account, task_data, cancellable, &error);
  else
    is_done = rst_keyring_forget (account, cancellable, &error);

  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

gboolean
rst_cli_run_password (RstCli *self,
                      GError **error)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SecretValue *password = NULL;

  if (!self->options->forget)
    {
      password = get_new_password (self, error);
      if (!password)
        return FALSE;
    }

  rst_cli_terminal_show_progress (_ ("Waiting for the keyring…"));
  task = g_task_new (self->mailbox, self->cancellable, rst_cli_done_cb, self);
  g_task_set_source_tag (task, rst_cli_run_password);
  if (password)
    g_task_set_task_data (task, password, secret_value_unref);
  g_task_run_in_thread (task, keyring_worker);
  result = rst_cli_wait (self);
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  printf ("%s\n", password ? _ ("The password is in the keyring.")
                           : _ ("The password is not in the keyring any more."));
  return TRUE;
}

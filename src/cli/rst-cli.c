/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli"

#include "config.h"

#include "rst-cli-private.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "pop3/rst-pop3-error.h"
#include "rst-cli-terminal.h"

static void
ask_password (RstMailbox *mailbox,
              const char *reason,
              gpointer user_data)
{
  RstAccount *account = rst_mailbox_get_account (mailbox);
  g_autofree char *prompt = NULL;
  SecretValue *password;

  rst_cli_terminal_show_progress (NULL);
  if (reason)
    g_printerr ("%s\n", reason);
  /* Translators: the user's name and the server's. */
  prompt = g_strdup_printf (_ ("Password for %s on %s: "), account->user, account->host);
  password = rst_cli_terminal_ask_password (prompt);
  rst_mailbox_answer_password (mailbox, password, FALSE);
  g_clear_pointer (&password, secret_value_unref);
}

static void
ask_download (RstMailbox *mailbox,
              guint n_messages,
              guint64 size,
              gpointer user_data)
{
  RstCli *self = user_data;
  g_autofree char *text = g_format_size (size);
  g_autofree char *cost = NULL;
  g_autofree char *question = NULL;

  cost = g_strdup_printf (
      ngettext ("Without the TOP command, looking at %u message means downloading it whole: %s.",
                "Without the TOP command, looking at %u messages means downloading them whole: %s.",
                n_messages),
      n_messages, text);
  rst_cli_terminal_show_progress (NULL);
  if (self->options->no_top || self->options->yes)
    {
      g_printerr ("%s\n", cost);
      rst_mailbox_answer_download (mailbox, TRUE);
      return;
    }

  question = g_strdup_printf ("%s %s", cost, _ ("Download?"));
  rst_mailbox_answer_download (mailbox, rst_cli_terminal_confirm (question));
}

static const RstMailboxFrontEnd front_end = { ask_password, ask_download };

static void
status_cb (RstCli *self)
{
  rst_cli_terminal_show_progress (
      rst_mailbox_get_is_busy (self->mailbox) ? rst_mailbox_get_status (self->mailbox) : NULL);
}

static void
notice_cb (RstCli *self,
           const char *text)
{
  rst_cli_terminal_show_progress (NULL);
  g_printerr ("%s\n", text);
}

static void
reloaded_cb (RstCli *self,
             const RstSyncReport *report)
{
  self->is_reloaded = TRUE;
  self->reload_report = *report;
}

static void
trace_cb (gboolean is_sent,
          const char *line,
          gpointer user_data)
{
  g_printerr ("%s %s\n", is_sent ? "C:" : "S:", line);
}

static gboolean
interrupt_cb (gpointer user_data)
{
  RstCli *self = user_data;

  rst_mailbox_stop (self->mailbox);
  return G_SOURCE_CONTINUE;
}

void
rst_cli_done_cb (GObject *source,
                 GAsyncResult *result,
                 gpointer user_data)
{
  RstCli *self = user_data;

  self->result = g_object_ref (result);
}

GAsyncResult *
rst_cli_wait (RstCli *self)
{
  while (!self->result)
    g_main_context_iteration (NULL, TRUE);

  rst_cli_terminal_show_progress (NULL);
  return g_steal_pointer (&self->result);
}

RstCli *
rst_cli_new (const RstCliOptions *options,
             GError **error)
{
  g_autoptr (RstAccount) account = rst_cli_options_find_account (options, error);
  g_autoptr (GAsyncResult) result = NULL;
  RstCli *self;

  if (!account)
    return NULL;

  self = g_new0 (RstCli, 1);
  self->options = options;
  self->mailbox = rst_mailbox_new (account);
  rst_mailbox_set_front_end (self->mailbox, &front_end, self);
  if (options->trace)
    rst_mailbox_set_trace (self->mailbox, trace_cb, NULL);
  g_signal_connect_swapped (self->mailbox, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_connect_swapped (self->mailbox, "notice", G_CALLBACK (notice_cb), self);
  g_signal_connect_swapped (self->mailbox, "reloaded", G_CALLBACK (reloaded_cb), self);
  self->interrupt_id = g_unix_signal_add (SIGINT, interrupt_cb, self);

  rst_mailbox_open_async (self->mailbox, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  if (!rst_mailbox_open_finish (self->mailbox, result, error))
    g_clear_pointer (&self, rst_cli_free);

  return self;
}

void
rst_cli_free (RstCli *self)
{
  g_source_remove (self->interrupt_id);
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->mailbox, self);
  g_object_unref (self->mailbox);
  g_free (self);
}

static RstCliExit
exit_of_pop3_error (int code)
{
  switch ((RstPop3Error)code)
    {
    case RST_POP3_ERROR_AUTH:
      return RST_CLI_EXIT_LOGIN_REFUSED;
    case RST_POP3_ERROR_TLS:
      return RST_CLI_EXIT_TLS;
    case RST_POP3_ERROR_PROTOCOL:
    case RST_POP3_ERROR_REJECTED:
    case RST_POP3_ERROR_TRY_LATER:
    case RST_POP3_ERROR_UNSUPPORTED:
    case RST_POP3_ERROR_TOO_LONG:
    default:
      return RST_CLI_EXIT_FAILED;
    }
}

static RstCliExit
exit_of_sync_error (int code)
{
  switch ((RstSyncError)code)
    {
    case RST_SYNC_ERROR_INDEX:
    case RST_SYNC_ERROR_DELETE:
      return RST_CLI_EXIT_NOT_IN_SYNC;
    case RST_SYNC_ERROR_OUTCOME_UNKNOWN:
      return RST_CLI_EXIT_UNREACHABLE;
    case RST_SYNC_ERROR_TOP_NOT_SUPPORTED:
    default:
      return RST_CLI_EXIT_FAILED;
    }
}

static gboolean
is_of_the_network (const GError *error)
{
  static const GIOErrorEnum codes[] = {
    G_IO_ERROR_TIMED_OUT,
    G_IO_ERROR_CONNECTION_CLOSED,
    G_IO_ERROR_CONNECTION_REFUSED,
    G_IO_ERROR_HOST_NOT_FOUND,
    G_IO_ERROR_HOST_UNREACHABLE,
    G_IO_ERROR_NETWORK_UNREACHABLE,
    G_IO_ERROR_PROXY_FAILED,
    G_IO_ERROR_PARTIAL_INPUT,
  };

  if (error->domain == G_RESOLVER_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (error, G_IO_ERROR, codes[i]))
      return TRUE;

  return FALSE;
}

RstCliExit
rst_cli_get_exit (const GError *error)
{
  if (!error)
    return RST_CLI_EXIT_DONE;
  if (error->domain == G_OPTION_ERROR)
    return RST_CLI_EXIT_USAGE;
  if (error->domain == RST_POP3_ERROR)
    return exit_of_pop3_error (error->code);
  if (error->domain == RST_SYNC_ERROR)
    return exit_of_sync_error (error->code);
  if (error->domain == G_TLS_ERROR)
    return RST_CLI_EXIT_TLS;

  return is_of_the_network (error) ? RST_CLI_EXIT_UNREACHABLE : RST_CLI_EXIT_FAILED;
}

static gboolean
run_command (RstCli *self,
             GError **error)
{
  char **arguments = self->options->arguments;
  const RstCliCommand *command = rst_cli_find_command (arguments[0]);
  guint n_arguments = g_strv_length (arguments) - 1;

  if (!command)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("There is no command “%s”."),
                   arguments[0]);
      return FALSE;
    }
  if (n_arguments < command->min_arguments || n_arguments > command->max_arguments)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” was given too few arguments, or too many."), command->name);
      return FALSE;
    }

  return command->run (self, arguments + 1, error);
}

RstCliExit
rst_cli_run (RstCli *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *report = NULL;

  if (run_command (self, &error))
    return RST_CLI_EXIT_DONE;

  g_printerr ("restante-cli: %s\n", error->message);
  if (self->is_reloaded)
    {
      report = rst_sync_report_to_string (&self->reload_report);
      /* Translators: %s is "3 gone, 1 new, 7 moved". */
      g_printerr (_ ("The list was reloaded: %s.\n"), report);
    }
  if (rst_cli_get_exit (error) == RST_CLI_EXIT_USAGE)
    g_printerr (_ ("“restante-cli --help” tells how to call it.\n"));

  return rst_cli_get_exit (error);
}

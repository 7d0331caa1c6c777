/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli"

#include "config.h"

#include "rst-cli-private.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>
#include <stdio.h>

#include "pop3/rst-pop3-error.h"
#include "rst-cli-terminal.h"
#include "rst-cli-text.h"

/* On standard error, whatever progress stands there; some of it comes from servers. */
static void
print_line (const char *text)
{
  g_autofree char *escaped = rst_cli_text_escape (text);

  rst_cli_terminal_show_progress (NULL);
  g_printerr ("%s\n", escaped);
}

static void
ask_password (RstMailbox *mailbox,
              const char *reason,
              gpointer user_data)
{
  RstCli *self = user_data;
  RstAccount *account = rst_mailbox_get_account (mailbox);
  g_autofree char *prompt = NULL;
  SecretValue *password = NULL;

  self->lacks_password = !reason && !rst_cli_terminal_can_ask_password ();
  if (rst_cli_terminal_can_ask_password ())
    {
      if (reason)
        print_line (reason);
      /* Translators: the user's name and the server's. */
      prompt = g_strdup_printf (_ ("Password for %s on %s: "), account->user, account->host);
      password = rst_cli_terminal_ask_password (prompt);
    }
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
  if (self->options->no_top || self->options->yes)
    {
      print_line (cost);
      rst_mailbox_answer_download (mailbox, TRUE);
      return;
    }

  self->lacks_permission = !rst_cli_terminal_can_confirm ();
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
  g_ptr_array_add (self->notices, g_strdup (text));
}

static void
print_notices (RstCli *self)
{
  for (guint i = 0; i < self->notices->len; i++)
    print_line (g_ptr_array_index (self->notices, i));
  g_ptr_array_set_size (self->notices, 0);
}

static void
reloaded_cb (RstCli *self,
             const RstSyncReport *report)
{
  rst_cli_tell_reload (self, report);
}

static void
trace_cb (gboolean is_sent,
          const char *line,
          gpointer user_data)
{
  g_autofree char *escaped = rst_cli_text_escape (line);

  g_printerr ("%s %s\n", is_sent ? "C:" : "S:", escaped);
}

static gboolean
stop_cb (gpointer user_data)
{
  RstCli *self = user_data;

  g_cancellable_cancel (self->cancellable);
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

void
rst_cli_tell_reload (RstCli *self,
                     const RstSyncReport *report)
{
  self->is_reloaded = TRUE;
  self->reload_report = *report;
}

static RstMailbox *
make_mailbox (const RstCliOptions *options,
              GError **error)
{
  g_autoptr (RstAccount) account = NULL;
  g_autoptr (GFile) file = NULL;

  if (options->file)
    {
      file = g_file_new_for_commandline_arg (options->file);
      return rst_mailbox_new_for_file (file);
    }

  account = rst_cli_options_find_account (options, error);
  return account ? rst_mailbox_new (account) : NULL;
}

RstCli *
rst_cli_new (const RstCliOptions *options,
             GError **error)
{
  static const int stop_signals[] = { SIGINT, SIGTERM, SIGHUP };
  RstMailbox *mailbox = make_mailbox (options, error);
  g_autoptr (RstCli) self = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  RstCopyPolicy copy_policy;

  if (!mailbox)
    return NULL;

  self = g_new0 (RstCli, 1);
  self->options = options;
  self->cancellable = g_cancellable_new ();
  self->notices = g_ptr_array_new_with_free_func (g_free);
  self->mailbox = mailbox;
  rst_mailbox_set_front_end (self->mailbox, &front_end, self);
  rst_copy_policy_init_for_user (&copy_policy);
  rst_mailbox_set_copy_policy (self->mailbox, &copy_policy);
  if (options->trace)
    rst_mailbox_set_trace (self->mailbox, trace_cb, NULL);
  g_signal_connect_swapped (self->mailbox, "notify::status", G_CALLBACK (status_cb), self);
  g_signal_connect_swapped (self->mailbox, "notice", G_CALLBACK (notice_cb), self);
  g_signal_connect_swapped (self->mailbox, "reloaded", G_CALLBACK (reloaded_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (stop_signals); i++)
    self->stop_ids[i] = g_unix_signal_add (stop_signals[i], stop_cb, self);

  rst_mailbox_open_async (self->mailbox, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  if (!rst_mailbox_open_finish (self->mailbox, result, error))
    return NULL;

  print_notices (self);
  return g_steal_pointer (&self);
}

void
rst_cli_free (RstCli *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->stop_ids); i++)
    g_source_remove (self->stop_ids[i]);
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  g_signal_handlers_disconnect_by_data (self->mailbox, self);
  g_object_unref (self->mailbox);
  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->notices);
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

void
rst_cli_print_error (const GError *error)
{
  g_autofree char *line = g_strdup_printf ("restante-cli: %s", error->message);

  print_line (line);
}

static gboolean
flush_output (GError **error)
{
  gboolean is_written = fflush (stdout) == 0 && !ferror (stdout);

  if (!is_written)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno),
                 _ ("The output could not be written: %s"), g_strerror (errno));

  return is_written;
}

/* What stands below the error: what became of the list, and what can be done. */
static void
print_consequences (RstCli *self)
{
  g_autofree char *report = NULL;

  print_notices (self);
  if (self->lacks_password)
    g_printerr ("%s\n", _ ("There is no terminal to ask for a password on: --password-file names a "
                           "file that has it."));
  if (self->lacks_permission)
    g_printerr ("%s\n", _ ("There is no terminal to ask on: --no-top allows the download."));
  if (self->lacks_copy)
    g_printerr ("%s\n", _ ("--no-copy deletes without keeping a copy."));
  if (!self->is_reloaded)
    return;

  report = rst_sync_report_to_string (&self->reload_report);
  /* Translators: %s is "3 gone, 1 new, 7 moved". */
  g_printerr (_ ("The list was reloaded: %s. “restante-cli list” prints it.\n"), report);
}

static void
replace_message (GError *error,
                 const char *message)
{
  g_free (error->message);
  error->message = g_strdup (message);
}

RstCliExit
rst_cli_run (RstCli *self)
{
  g_autoptr (GError) error = NULL;

  if (rst_cli_run_command (self, &error) && flush_output (&error))
    {
      print_notices (self);
      return RST_CLI_EXIT_DONE;
    }

  /* What was printed comes first where both streams are one. */
  fflush (stdout);
  if (g_cancellable_is_cancelled (self->cancellable) &&
      g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    replace_message (error, self->options->command == RST_CLI_COMMAND_DELETE
                                ? _ ("Stopped. Nothing was deleted.")
                                : _ ("Stopped."));
  rst_cli_print_error (error);
  print_consequences (self);

  return rst_cli_get_exit (error);
}

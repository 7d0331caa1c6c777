/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-commands"

#include "config.h"

#include "rst-cli-private.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "rst-cli-print.h"
#include "rst-cli-terminal.h"

/* How many of the messages to be deleted a question names. */
#define N_NAMED 5

/* The rows are stored before they are printed: whatever reader goes away in the middle, as head(1)
 * does, what it has shown stands for what it says. */
static gboolean
print_list (RstCli *self,
            GError **error)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  guint n_wanted = self->options->limit > 0 ? (guint)self->options->limit : G_MAXUINT;
  guint first = items->len > n_wanted ? items->len - n_wanted : 0;

  if (!rst_mailbox_set_rows (self->mailbox, items, error))
    return FALSE;

  if (self->options->json)
    rst_cli_print_list_json (items, first);
  else
    rst_cli_print_list (items, first);
  return TRUE;
}

static gboolean
run_list (RstCli *self,
          GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) local_error = NULL;
  RstSyncReport report;

  rst_mailbox_refresh_async (self->mailbox, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  rst_mailbox_refresh_finish (self->mailbox, result, &report, &local_error);

  /* What came before an interruption is worth printing; an old list is not, as it would pass for a
   * new one. */
  if ((!local_error || report.n_not_loaded > 0) && !print_list (self, error))
    return FALSE;
  if (!local_error)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_check (RstCli *self,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;
  RstSyncReport report;

  rst_mailbox_check_async (self->mailbox, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  rst_mailbox_check_finish (self->mailbox, result, &report, &local_error);
  text = rst_sync_report_to_string (&report);

  if (!local_error)
    {
      /* Translators: %s is "0 gone, 1 new". */
      printf (_ ("In sync: %s\n"), text);
      return TRUE;
    }
  if (g_error_matches (local_error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX))
    printf ("%s\n", text);

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Of a file nothing is saved from run to run; it is read anew in no time. */
static gboolean
read_file (RstCli *self,
           GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_mailbox_refresh_async (self->mailbox, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  return rst_mailbox_refresh_finish (self->mailbox, result, NULL, error);
}

/* Rows are resolved to messages at once; from here on no number of any kind means anything. */
static GPtrArray *
find_rows (RstCli *self,
           GError **error)
{
  GArray *rows = self->options->rows;
  g_autoptr (GPtrArray) items = NULL;

  if (self->options->file && !read_file (self, error))
    return NULL;
  if (!rst_mailbox_get_can_cache (self->mailbox))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _ ("Rows mean nothing while the list cannot be saved."));
      return NULL;
    }

  items = rst_mailbox_dup_rows (self->mailbox, rows);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      RstMessageItem *item = g_ptr_array_index (items, i);

      if (!item && self->options->file)
        {
          /* Translators: the name of a file, and the number of a row. */
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("“%s” has no message %u."), rst_mailbox_get_name (self->mailbox), row);
          return NULL;
        }
      if (!item)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("The list that was printed last has no row %u. “restante-cli list” "
                          "prints it anew."),
                       row);
          return NULL;
        }
    }

  return g_steal_pointer (&items);
}

static gboolean
run_show (RstCli *self,
          GError **error)
{
  g_autoptr (GPtrArray) items = find_rows (self, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstMessage) message = NULL;
  gsize length;
  gconstpointer bytes;

  if (!items)
    return FALSE;

  rst_mailbox_read_async (self->mailbox, g_ptr_array_index (items, 0), NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  message = rst_mailbox_read_finish (self->mailbox, result, error);
  if (!message)
    return FALSE;

  bytes = g_bytes_get_data (rst_message_get_bytes (message), &length);
  if (self->options->raw)
    fwrite (bytes, 1, length, stdout);
  else if (self->options->json)
    rst_cli_print_message_json (message);
  else
    rst_cli_print_message (message);

  return TRUE;
}

static char *
describe_copies (RstCli *self,
                 GPtrArray *items)
{
  RstCopyPolicy policy = *rst_mailbox_get_copy_policy (self->mailbox);
  guint n_without = 0;

  if (self->options->no_copy)
    policy.keep = RST_KEEP_COPIES_NEVER;
  for (guint i = 0; i < items->len; i++)
    n_without += !rst_copy_policy_wants (
        &policy, rst_message_item_get_header (g_ptr_array_index (items, i))->identity);

  return rst_copy_policy_describe (&policy, items->len, n_without);
}

static void
print_question (RstCli *self,
                GPtrArray *items)
{
  guint64 size = 0;
  g_autofree char *text = NULL;
  g_autofree char *copies = describe_copies (self, items);

  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);
      g_autofree char *summary = rst_cli_dup_summary (item);

      size += rst_message_item_get_size (item);
      if (i < N_NAMED)
        g_printerr ("%6u  %s\n", g_array_index (self->options->rows, guint, i), summary);
    }
  if (items->len > N_NAMED)
    g_printerr (ngettext ("        and %u more\n", "        and %u more\n", items->len - N_NAMED),
                items->len - N_NAMED);

  text = g_format_size (size);
  g_printerr (_ ("        %s in all\n"), text);
  g_printerr ("%s\n", copies);
}

static gboolean
confirm_delete (RstCli *self,
                GPtrArray *items,
                GError **error)
{
  g_autofree char *question = NULL;

  if (self->options->yes || self->options->dry_run)
    return TRUE;

  print_question (self, items);
  question = g_strdup_printf (ngettext ("Delete %u message from the server?",
                                        "Delete %u messages from the server?", items->len),
                              items->len);
  if (rst_cli_terminal_confirm (question))
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Nothing was deleted."));
  return FALSE;
}

static gboolean
load_items (RstCli *self,
            GPtrArray *items,
            GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gboolean is_needed = FALSE;

  for (guint i = 0; i < items->len; i++)
    is_needed |=
        rst_message_item_get_state (g_ptr_array_index (items, i)) == RST_HEADER_PLACEHOLDER;
  if (!is_needed)
    return TRUE;

  rst_mailbox_load_items_async (self->mailbox, items, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  return rst_mailbox_load_items_finish (self->mailbox, result, error);
}

static gboolean
run_delete (RstCli *self,
            GError **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstReceipt) receipt = NULL;
  RstDeleteFlags flags = RST_DELETE_DEFAULT;

  if (!self->options->yes && !self->options->dry_run && !rst_cli_terminal_can_confirm ())
    {
      g_set_error (
          error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
          _ ("Nothing was deleted: there is no terminal to ask on. --yes deletes without asking."));
      return FALSE;
    }

  items = find_rows (self, error);
  if (!items || !load_items (self, items, error) || !confirm_delete (self, items, error))
    return FALSE;

  if (self->options->dry_run)
    flags |= RST_DELETE_DRY_RUN;
  if (self->options->unverified)
    flags |= RST_DELETE_UNVERIFIED;
  if (self->options->no_copy)
    flags |= RST_DELETE_NO_COPY;
  rst_mailbox_delete_async (self->mailbox, items, flags, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  if (!rst_mailbox_delete_finish (self->mailbox, result, &receipt, error))
    {
      self->lacks_copy = receipt && receipt->lacks_copy;
      return FALSE;
    }

  if (self->options->dry_run)
    printf (ngettext ("%u message verified; nothing was deleted.\n",
                      "%u messages verified; nothing was deleted.\n", items->len),
            items->len);
  else
    printf (ngettext ("%u message deleted.\n", "%u messages deleted.\n", items->len), items->len);
  return TRUE;
}

static gboolean
run_save (RstCli *self,
          GError **error)
{
  g_autoptr (GPtrArray) items = find_rows (self, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;

  if (!items || !load_items (self, items, error))
    return FALSE;

  file = g_file_new_for_commandline_arg (self->options->to);
  rst_mailbox_save_async (self->mailbox, items, file, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  if (!rst_mailbox_save_finish (self->mailbox, result, error))
    return FALSE;

  printf (ngettext ("%u message saved to %s.\n", "%u messages saved to %s.\n", items->len),
          items->len, self->options->to);
  return TRUE;
}

gboolean
rst_cli_run_command (RstCli *self,
                     GError **error)
{
  static gboolean (*const runs[]) (RstCli *, GError **) = {
    [RST_CLI_COMMAND_LIST] = run_list,
    [RST_CLI_COMMAND_SHOW] = run_show,
    [RST_CLI_COMMAND_CHECK] = run_check,
    [RST_CLI_COMMAND_DELETE] = run_delete,
    [RST_CLI_COMMAND_SAVE] = run_save,
    [RST_CLI_COMMAND_PASSWORD] = rst_cli_run_password,
    [RST_CLI_COMMAND_LOG] = rst_cli_run_log,
  };

  return runs[self->options->command](self, error);
}

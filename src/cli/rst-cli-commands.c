/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-commands"

#include "config.h"

#include "rst-cli-private.h"

#include <glib/gi18n.h>
#include <stdio.h>

#include "rst-cli-print.h"
#include "rst-cli-rows.h"
#include "rst-cli-terminal.h"

/* How many of the messages to be deleted a question names. */
#define N_NAMED 5

static void
print_list (RstCli *self)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
  guint limit = (guint)self->options->limit;

  for (guint i = limit > 0 && items->len > limit ? items->len - limit : 0; i < items->len; i++)
    if (self->options->json)
      rst_cli_print_row_json (i + 1, g_ptr_array_index (items, i));
    else
      rst_cli_print_row (i + 1, g_ptr_array_index (items, i));

  rst_mailbox_set_rows (self->mailbox, items);
}

static gboolean
run_list (RstCli *self,
          char **arguments,
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
  if (!local_error || report.n_not_loaded > 0)
    print_list (self);
  if (!local_error)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
run_check (RstCli *self,
           char **arguments,
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

/* Rows are resolved to messages at once; from here on no number of any kind means anything. */
static GPtrArray *
find_rows (RstCli *self,
           char **arguments,
           GError **error)
{
  g_autoptr (GArray) rows = rst_cli_rows_parse (arguments, error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (!rows)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      RstMessageItem *item = rst_mailbox_dup_row (self->mailbox, row);

      if (!item)
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("The list that was printed last has no row %u. “restante-cli list” "
                          "prints it anew."),
                       row);
          return NULL;
        }
      g_ptr_array_add (items, item);
    }

  return g_steal_pointer (&items);
}

static gboolean
run_show (RstCli *self,
          char **arguments,
          GError **error)
{
  g_autoptr (GPtrArray) items = find_rows (self, arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RstMessage) message = NULL;
  gsize length;
  gconstpointer bytes;

  if (!items)
    return FALSE;

  for (guint i = 0; i < items->len; i++)
    {
      g_clear_object (&result);
      g_clear_pointer (&message, rst_message_unref);
      rst_mailbox_read_async (self->mailbox, g_ptr_array_index (items, i), NULL, rst_cli_done_cb,
                              self);
      result = rst_cli_wait (self);
      message = rst_mailbox_read_finish (self->mailbox, result, error);
      if (!message)
        return FALSE;

      bytes = g_bytes_get_data (rst_message_get_bytes (message), &length);
      if (self->options->raw)
        fwrite (bytes, 1, length, stdout);
      else
        rst_cli_print_message (message);
    }

  return TRUE;
}

static void
print_question (GPtrArray *items)
{
  guint64 size = 0;
  g_autofree char *text = NULL;

  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);
      RstEnvelope *envelope = rst_message_item_get_envelope (item);

      size += rst_message_item_get_size (item);
      if (i < N_NAMED && envelope)
        g_printerr ("  %s: %s\n", envelope->from_name, envelope->subject);
    }
  if (items->len > N_NAMED)
    g_printerr (ngettext ("  and %u more\n", "  and %u more\n", items->len - N_NAMED),
                items->len - N_NAMED);

  text = g_format_size (size);
  g_printerr (_ ("  %s in all\n"), text);
}

static gboolean
may_delete (RstCli *self,
            GPtrArray *items,
            GError **error)
{
  g_autofree char *question = NULL;

  if (self->options->yes || self->options->dry_run)
    return TRUE;

  if (!rst_cli_terminal_can_ask ())
    {
      g_set_error (
          error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
          _ ("Nothing was deleted: there is no terminal to ask on. --yes deletes without asking."));
      return FALSE;
    }

  print_question (items);
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
            char **arguments,
            GError **error)
{
  g_autoptr (GPtrArray) items = find_rows (self, arguments, error);
  g_autoptr (GAsyncResult) result = NULL;
  RstDeleteFlags flags = RST_DELETE_DEFAULT;

  if (!items || !load_items (self, items, error) || !may_delete (self, items, error))
    return FALSE;

  if (self->options->dry_run)
    flags |= RST_DELETE_DRY_RUN;
  if (self->options->unverified)
    flags |= RST_DELETE_UNVERIFIED;
  rst_mailbox_delete_async (self->mailbox, items, flags, NULL, rst_cli_done_cb, self);
  result = rst_cli_wait (self);
  if (!rst_mailbox_delete_finish (self->mailbox, result, NULL, error))
    return FALSE;

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
          char **arguments,
          GError **error)
{
  g_autoptr (GPtrArray) items = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GFile) file = NULL;

  if (!self->options->to)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   _ ("Say where to: save N… --to FILE."));
      return FALSE;
    }

  items = find_rows (self, arguments, error);
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

static SecretValue *
get_new_password (const RstAccount *account,
                  GError **error)
{
  g_autofree char *prompt = NULL;
  SecretValue *password;

  if (account->password_file)
    return rst_password_read_file (account->password_file, error);

  prompt = g_strdup_printf (_ ("Password for %s on %s: "), account->user, account->host);
  password = rst_cli_terminal_ask_password (prompt);
  if (!password)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                 _ ("No password was given: there is no terminal, or nothing was typed. "
                    "--password-file names a file."));

  return password;
}

static gboolean
run_password (RstCli *self,
              char **arguments,
              GError **error)
{
  RstAccount *account = rst_mailbox_get_account (self->mailbox);
  SecretValue *password;
  gboolean is_stored;

  if (self->options->forget)
    {
      if (!rst_keyring_forget (account, NULL, error))
        return FALSE;
      printf (_ ("The password is forgotten.\n"));
      return TRUE;
    }

  password = get_new_password (account, error);
  if (!password)
    return FALSE;

  is_stored = rst_keyring_store (account, password, NULL, error);
  secret_value_unref (password);
  if (is_stored)
    printf (_ ("The password is in the keyring.\n"));

  return is_stored;
}

static const RstCliCommand commands[] = {
  { "list", 0, 0, run_list },
  { "show", 1, 1, run_show },
  { "check", 0, 0, run_check },
  { "delete", 1, G_MAXUINT, run_delete },
  { "save", 1, G_MAXUINT, run_save },
  { "password", 0, 0, run_password },
};

const RstCliCommand *
rst_cli_find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i].name, name))
      return &commands[i];

  return NULL;
}

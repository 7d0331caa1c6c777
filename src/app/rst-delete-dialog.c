/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-delete-dialog"

#include "config.h"

#include "rst-delete-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "mailbox/rst-message-item.h"
#include "rst-format.h"

#define MAX_NAMED 5

static GtkWidget *
create_row (RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  g_autofree char *size = g_format_size (rst_message_item_get_size (item));
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *size_label = gtk_label_new (size);
  const char *subject = _ ("(the server could not give this message)");

  if (envelope != NULL)
    subject = envelope->subject[0] != '\0' ? envelope->subject : _ ("(no subject)");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), subject);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  if (envelope != NULL)
    {
      g_autofree char *date = rst_format_full_date (envelope->date);
      g_autofree char *subtitle =
          date[0] != '\0' ? g_strdup_printf ("%s · %s", envelope->from_name, date)
                          : g_strdup (envelope->from_name);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
    }
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  gtk_widget_add_css_class (size_label, "dim-label");
  gtk_widget_add_css_class (size_label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), size_label);
  return row;
}

static char *
format_rest (guint n_rest,
             guint64 total)
{
  g_autofree char *count = rst_format_count (n_rest);
  g_autofree char *size = g_format_size (total);

  if (n_rest == 0)
    /* Translators: size of all messages that are to be deleted */
    return g_strdup_printf (_ ("%s in all"), size);
  /* Translators: how many more messages are to be deleted, and the size of all */
  return g_strdup_printf (ngettext ("and %s more; %s in all", "and %s more; %s in all", n_rest),
                          count,
                          size);
}

static GtkWidget *
create_list (GPtrArray *items)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *list = gtk_list_box_new ();
  guint n_named = MIN (items->len, MAX_NAMED);
  guint64 total = 0;

  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  for (guint i = 0; i < n_named; i++)
    gtk_list_box_append (GTK_LIST_BOX (list), create_row (g_ptr_array_index (items, i)));
  gtk_box_append (GTK_BOX (box), list);

  for (guint i = 0; i < items->len; i++)
    total += rst_message_item_get_size (g_ptr_array_index (items, i));
  if (items->len > 1)
    {
      g_autofree char *rest = format_rest (items->len - n_named, total);
      GtkWidget *label = gtk_label_new (rest);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

static char *
format_heading (RstMailbox *mailbox,
                guint n_items)
{
  g_autofree char *count = rst_format_count (n_items);

  if (rst_mailbox_get_file (mailbox) != NULL)
    /* Translators: a number, and the name of a file */
    return g_strdup_printf (ngettext ("Delete %s message from “%s”?",
                                      "Delete %s messages from “%s”?",
                                      n_items),
                            count,
                            rst_mailbox_get_name (mailbox));
  return g_strdup_printf (ngettext ("Delete %s message from the server?",
                                    "Delete %s messages from the server?",
                                    n_items),
                          count);
}

static guint
count_without_copy (RstMailbox *mailbox,
                    GPtrArray *items)
{
  const RstCopyPolicy *policy = rst_mailbox_get_copy_policy (mailbox);
  guint n_without = 0;

  for (guint i = 0; i < items->len; i++)
    n_without += !rst_copy_policy_wants (
        policy, rst_message_item_get_header (g_ptr_array_index (items, i))->identity);
  return n_without;
}

static char *
describe_copies (RstMailbox *mailbox,
                 GPtrArray *items)
{
  return rst_copy_policy_describe (rst_mailbox_get_copy_policy (mailbox),
                                   items->len,
                                   count_without_copy (mailbox, items));
}

static char *
format_body (RstMailbox *mailbox,
             GPtrArray *items)
{
  const RstAccount *account = rst_mailbox_get_account (mailbox);
  g_autofree char *copies = account != NULL ? describe_copies (mailbox, items) : NULL;
  /* Translators: %s is a server's name, or a file's */
  g_autofree char *text = g_strdup_printf (
      ngettext ("It will be gone from %s for good.",
                "They will be gone from %s for good.",
                items->len),
      account != NULL ? account->host : rst_mailbox_get_name (mailbox));

  return copies != NULL ? g_strdup_printf ("%s %s", text, copies) : g_steal_pointer (&text);
}

gboolean
rst_delete_dialog_is_needed (RstMailbox *mailbox,
                             GPtrArray *items)
{
  /* Nothing is kept of what goes from a file. */
  if (rst_mailbox_get_account (mailbox) == NULL)
    return TRUE;

  return rst_mailbox_get_copy_policy (mailbox)->keep != RST_KEEP_COPIES_NEVER &&
         count_without_copy (mailbox, items) > 0;
}

GtkWidget *
rst_delete_dialog_new (GtkWindow *parent,
                       RstMailbox *mailbox,
                       GPtrArray *items)
{
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;

  g_return_val_if_fail (items != NULL && items->len > 0, NULL);

  heading = format_heading (mailbox, items->len);
  body = format_body (mailbox, items);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, body));
  adw_message_dialog_add_responses (
      dialog, "cancel", _ ("_Cancel"), "delete", _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "delete", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  adw_message_dialog_set_extra_child (dialog, create_list (items));
  return GTK_WIDGET (dialog);
}

GtkWidget *
rst_download_dialog_new (GtkWindow *parent,
                         const RstAccount *account,
                         guint n_messages,
                         guint64 size)
{
  g_autofree char *count = rst_format_count (n_messages);
  g_autofree char *size_text = g_format_size (size);
  g_autofree char *heading = NULL;
  AdwMessageDialog *dialog;

  heading = g_strdup_printf (
      ngettext ("Download %s message?", "Download %s messages?", n_messages), count);
  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (parent, heading, NULL));
  /* Translators: a server's name, and a size */
  adw_message_dialog_format_body (
      dialog,
      _ ("%s does not give headers alone. To be certain which message is which, they have to be "
         "downloaded whole: %s."),
      account->host,
      size_text);
  adw_message_dialog_add_responses (
      dialog, "cancel", _ ("_Cancel"), "download", _ ("_Download"), NULL);
  adw_message_dialog_set_default_response (dialog, "cancel");
  adw_message_dialog_set_close_response (dialog, "cancel");
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  return GTK_WIDGET (dialog);
}

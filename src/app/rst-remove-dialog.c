/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-remove-dialog"

#include "config.h"

#include "rst-remove-dialog.h"

#include <glib/gi18n.h>

/* What a dialog asks about; it lives as long as the dialog. */
typedef struct
{
  RstApplication *application;
  RstAccount *account;
  GtkCheckButton *data_button;
  GtkCheckButton *password_button;
} Question;

static void
question_free (gpointer data,
               GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->application);
  rst_account_unref (question->account);
  g_free (question);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char *response,
             gpointer user_data)
{
  Question *question = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));
  RstAccountStateFlags flags = RST_ACCOUNT_STATE_CACHE;
  g_autofree char *title = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "remove"))
    return;
  if (gtk_check_button_get_active (question->data_button))
    flags |= RST_ACCOUNT_STATE_DATA;
  if (gtk_check_button_get_active (question->password_button))
    flags |= RST_ACCOUNT_STATE_PASSWORD;
  if (rst_application_remove_account (question->application, question->account->id, flags, &error))
    return;

  title = g_markup_escape_text (error->message, -1);
  if (ADW_IS_PREFERENCES_WINDOW (parent))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (parent), adw_toast_new (title));
}

static GtkWidget *
create_choices (Question *question)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *data =
      gtk_check_button_new_with_mnemonic (_ ("Also remove _receipts and kept copies"));
  GtkWidget *password =
      gtk_check_button_new_with_mnemonic (_ ("Also remove the stored _password"));

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), data);
  gtk_box_append (GTK_BOX (box), password);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (password), TRUE);
  question->data_button = GTK_CHECK_BUTTON (data);
  question->password_button = GTK_CHECK_BUTTON (password);
  return box;
}

void
rst_remove_dialog_show (GtkWindow *parent,
                        RstApplication *application,
                        RstAccount *account)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);
  Question *question = g_new0 (Question, 1);

  question->application = g_object_ref (application);
  question->account = rst_account_ref (account);
  adw_message_dialog_format_heading (
      ADW_MESSAGE_DIALOG (dialog), _ ("Remove “%s”?"), account->name);
  adw_message_dialog_set_body (
      ADW_MESSAGE_DIALOG (dialog),
      _ ("The account’s settings and cache are removed from this computer. Its mail stays on the "
         "server."));
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), create_choices (question));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "remove",
                                    _ ("_Remove"),
                                    NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (
      dialog, "response", G_CALLBACK (response_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

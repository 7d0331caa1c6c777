/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-dialog-test"

#include "config.h"

#include "rst-account-dialog-private.h"

#include <glib/gi18n.h>

#include "rst-certificate-dialog.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-test-report.h"
#include "rst-weak-ref.h"

void
rst_account_dialog_show_result (RstAccountDialog *self,
                                const char *text,
                                const char *css_class)
{
  static const char *const classes[] = { "success", "warning", "error" };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->result_label), classes[i]);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->result_label), css_class);
  gtk_label_set_text (self->result_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), text != NULL);
}

static void
show_report (RstAccountDialog *self,
             const char *text)
{
  gtk_label_set_text (self->report_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->report_label), text != NULL);
}

void
rst_account_dialog_end_test (RstAccountDialog *self)
{
  self->shows_end = FALSE;
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->questions, rst_questions_free);
  g_clear_pointer (&self->log, rst_session_log_unref);
  g_clear_pointer (&self->refused, rst_pop3_certificate_unref);
  g_clear_object (&self->testing);
  g_clear_object (&self->tested);
}

void
rst_account_dialog_forget_test (RstAccountDialog *self)
{
  rst_account_dialog_end_test (self);
  show_report (self, NULL);
  gtk_widget_set_visible (self->log_button, FALSE);
  gtk_widget_set_visible (self->certificate_button, FALSE);
}

typedef struct
{
  gpointer dialog; /* a weak reference */
  GCancellable *cancellable;
} Test;

static void
show_test (RstAccountDialog *self,
           RstMailbox *mailbox)
{
  RstServerReport *report = rst_mailbox_get_report (mailbox);
  g_autofree char *way = rst_session_log_dup_way (self->log);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->log_button, TRUE);
  if (report != NULL && report->certificate != NULL && report->certificate->is_refused)
    {
      self->refused = rst_pop3_certificate_ref (report->certificate);
      gtk_widget_set_visible (self->certificate_button, TRUE);
    }
  if (report == NULL || !report->is_signed_in)
    return;
  text = rst_test_report_dup_text (report, way);
  show_report (self, text);
}

static void
scroll_to_end (gpointer user_data)
{
  RstAccountDialog *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

  self->scroll_source = 0;
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
}

/* Not at once: the content is about to be given its place, and would keep the one it has. */
static void
grown_cb (RstAccountDialog *self)
{
  if (self->shows_end && self->scroll_source == 0)
    self->scroll_source = g_idle_add_once (scroll_to_end, self);
}

/* What the test says stands at the end, and is what the user is waiting for. */
static void
show_end (RstAccountDialog *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);

  self->shows_end = TRUE;
  g_signal_handlers_disconnect_by_func (adjustment, grown_cb, self);
  g_signal_connect_object (
      adjustment, "changed", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  grown_cb (self);
}

static void
copy_log_action (GtkWidget *widget,
                 const char *action_name,
                 GVariant *parameter)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (widget);
  g_autofree char *text = self->log != NULL ? rst_session_log_dup_text (self->log) : NULL;

  if (text != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
tested_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autofree Test *test = user_data;
  g_autoptr (RstAccountDialog) self = rst_weak_ref_take (test->dialog);
  g_autoptr (GCancellable) cancellable = test->cancellable;
  g_autoptr (GError) error = NULL;
  RstSyncReport report = { 0 };
  gboolean is_right = rst_mailbox_check_finish (RST_MAILBOX (source), result, &report, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->cancellable != cancellable)
    return;

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->questions, rst_questions_free);
  show_test (self, RST_MAILBOX (source));
  show_end (self);
  if (is_right)
    {
      g_autofree char *count = rst_format_count (report.n_new);
      g_autofree char *text =
          g_strdup_printf (ngettext ("Signed in. There is %s message on the server.",
                                     "Signed in. There are %s messages on the server.",
                                     report.n_new),
                           count);

      self->tested = g_steal_pointer (&self->testing);
      rst_account_dialog_show_result (self, text, "success");
    }
  else
    {
      gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_clear_object (&self->testing);
      rst_account_dialog_show_result (self, is_stopped ? NULL : error->message, "error");
    }
  rst_account_dialog_update (self);
}

static void
test_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (widget);
  g_autoptr (RstAccount) account = rst_account_dialog_dup_account (self);
  Test *test = g_new (Test, 1);

  rst_account_dialog_forget_test (self);
  rst_account_dialog_show_result (self, NULL, NULL);
  self->testing = rst_mailbox_new (account);
  self->log = rst_session_log_new (self->testing);
  self->questions = rst_questions_new (GTK_WINDOW (self), self->testing);
  self->cancellable = g_cancellable_new ();
  *test = (Test){ rst_weak_ref_new (self), g_object_ref (self->cancellable) };
  /* With nothing known yet, a check signs in and lists, and loads no message. */
  rst_mailbox_check_async (self->testing, self->cancellable, tested_cb, test);
  rst_account_dialog_update (self);
}

/* Exactly this certificate of exactly this server; and then it is tried again. */
static void
trust_cb (RstAccountDialog *self,
          const char *response)
{
  if (!g_str_equal (response, "trust") || self->refused == NULL)
    return;

  g_free (self->pin);
  g_free (self->pin_host);
  self->pin = g_strdup (self->refused->fingerprint);
  self->pin_host = rst_account_dialog_dup_host (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "account.test", NULL);
}

static void
show_certificate_action (GtkWidget *widget,
                         const char *action_name,
                         GVariant *parameter)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (widget);
  g_autoptr (RstAccount) account = rst_account_dialog_dup_account (self);
  GtkWidget *dialog;

  if (self->refused == NULL)
    return;

  dialog = rst_certificate_dialog_new (GTK_WINDOW (self), account, self->refused);
  g_signal_connect_object (dialog, "response", G_CALLBACK (trust_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
rst_account_dialog_install_test (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "account.copy-log", NULL, copy_log_action);
  gtk_widget_class_install_action (
      widget_class, "account.show-certificate", NULL, show_certificate_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, test_action);
}

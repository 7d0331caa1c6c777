/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-password-dialog"

#include "config.h"

#include "rst-password-dialog.h"

#include <glib/gi18n.h>

#include "rst-main-thread.h"

struct _RstPasswordDialog
{
  AdwMessageDialog parent_instance;

  /* Owned References */
  GCancellable *cancellable;

  /* Template Widgets */
  GtkEditable *entry;
  GtkLabel *keyring_label;
  GtkCheckButton *remember_button;
};

G_DEFINE_FINAL_TYPE (RstPasswordDialog, rst_password_dialog, ADW_TYPE_MESSAGE_DIALOG)

static void
changed_cb (RstPasswordDialog *self)
{
  gboolean has_text = gtk_editable_get_text (self->entry)[0] != '\0';

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "sign-in", has_text);
}

static void
keyring_worker (GTask *task,
                gpointer source_object,
                gpointer task_data,
                GCancellable *cancellable)
{
  g_task_return_boolean (task, rst_keyring_is_available (cancellable));
}

static void
keyring_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  RstPasswordDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_available = g_task_propagate_boolean (G_TASK (result), &error);

  g_assert (RST_IS_MAIN_THREAD ());
  /* Cancelled: the dialog is gone. */
  if (error != NULL)
    return;

  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_button), is_available);
  gtk_widget_set_visible (GTK_WIDGET (self->keyring_label), !is_available);
}

static void
rst_password_dialog_response (AdwMessageDialog *dialog,
                              const char *response)
{
  /* GTK 4.8.3 uses the entry after it is freed when it has the focus while its window closes. */
  gtk_window_set_focus (GTK_WINDOW (dialog), NULL);
}

static void
rst_password_dialog_constructed (GObject *object)
{
  RstPasswordDialog *self = RST_PASSWORD_DIALOG (object);
  g_autoptr (GTask) task = NULL;

  G_OBJECT_CLASS (rst_password_dialog_parent_class)->constructed (object);

  task = g_task_new (NULL, self->cancellable, keyring_cb, self);
  g_task_set_source_tag (task, rst_password_dialog_constructed);
  g_task_run_in_thread (task, keyring_worker);
}

static void
rst_password_dialog_dispose (GObject *object)
{
  RstPasswordDialog *self = RST_PASSWORD_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_PASSWORD_DIALOG);

  G_OBJECT_CLASS (rst_password_dialog_parent_class)->dispose (object);
}

static void
rst_password_dialog_finalize (GObject *object)
{
  RstPasswordDialog *self = RST_PASSWORD_DIALOG (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (rst_password_dialog_parent_class)->finalize (object);
}

static void
rst_password_dialog_class_init (RstPasswordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = rst_password_dialog_constructed;
  object_class->dispose = rst_password_dialog_dispose;
  object_class->finalize = rst_password_dialog_finalize;
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = rst_password_dialog_response;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPasswordDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, RstPasswordDialog, keyring_label);
  gtk_widget_class_bind_template_child (widget_class, RstPasswordDialog, remember_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rst_password_dialog_init (RstPasswordDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rst_password_dialog_new (GtkWindow *parent,
                         const RstAccount *account,
                         const char *reason)
{
  RstPasswordDialog *self = g_object_new (RST_TYPE_PASSWORD_DIALOG,
                                          "transient-for", parent,
                                          "modal", TRUE,
                                          NULL);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);

  adw_message_dialog_format_heading (
      dialog, _ ("Password for %s on %s"), account->user, account->host);
  if (reason != NULL)
    adw_message_dialog_set_body (dialog, reason);
  return GTK_WIDGET (self);
}

SecretValue *
rst_password_dialog_dup_password (RstPasswordDialog *self)
{
  g_return_val_if_fail (RST_IS_PASSWORD_DIALOG (self), NULL);

  return rst_password_new (gtk_editable_get_text (self->entry));
}

gboolean
rst_password_dialog_get_remember (RstPasswordDialog *self)
{
  g_return_val_if_fail (RST_IS_PASSWORD_DIALOG (self), FALSE);

  return gtk_check_button_get_active (self->remember_button);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-dialog"

#include "config.h"

#include "rst-account-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-questions.h"
#include "rst-weak-ref.h"

struct _RstAccountDialog
{
  AdwWindow parent_instance;

  /* Owned References */
  RstAccount *account;
  RstMailbox *tested;
  RstMailbox *testing;
  RstQuestions *questions;
  GCancellable *cancellable;

  /* Template Widgets */
  GtkEditable *host_row;
  GtkEditable *name_row;
  GtkSpinButton *port_button;
  GtkLabel *result_label;
  GtkButton *save_button;
  AdwComboRow *security_row;
  GtkSpinner *spinner;
  GtkEditable *user_row;

  RstPop3Security security;
};

G_DEFINE_FINAL_TYPE (RstAccountDialog, rst_account_dialog, ADW_TYPE_WINDOW)

enum
{
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_entered (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

static gboolean
is_complete (RstAccountDialog *self)
{
  g_autofree char *host = dup_entered (self->host_row);
  g_autofree char *user = dup_entered (self->user_row);

  return host[0] != '\0' && user[0] != '\0' && strpbrk (host, " \t/") == NULL;
}

static void
show_result (RstAccountDialog *self,
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
stop_test (RstAccountDialog *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->questions, rst_questions_free);
  g_clear_object (&self->testing);
  g_clear_object (&self->tested);
}

static void
update (RstAccountDialog *self)
{
  gboolean is_testing = self->testing != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", is_complete (self));
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "account.test", is_complete (self) && !is_testing);
  gtk_spinner_set_spinning (self->spinner, is_testing);
}

static void
changed_cb (RstAccountDialog *self)
{
  gboolean is_unencrypted = self->security == RST_POP3_SECURITY_NONE;

  /* Anything tested was other settings. */
  stop_test (self);
  show_result (self,
               is_unencrypted ? _ ("Without encryption, everybody on the way can read the password "
                                   "and the mail.")
                              : NULL,
               "warning");
  update (self);
}

static void
security_changed_cb (RstAccountDialog *self)
{
  RstPop3Security security = adw_combo_row_get_selected (self->security_row);

  /* A port that was chosen by hand stays. */
  if (gtk_spin_button_get_value_as_int (self->port_button) ==
      rst_account_default_port (self->security))
    gtk_spin_button_set_value (self->port_button, rst_account_default_port (security));
  self->security = security;
  changed_cb (self);
}

typedef struct
{
  gpointer dialog; /* a weak reference */
  GCancellable *cancellable;
} Test;

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
  if (is_right)
    {
      g_autofree char *count = rst_format_count (report.n_new);
      g_autofree char *text =
          g_strdup_printf (ngettext ("Signed in. There is %s message on the server.",
                                     "Signed in. There are %s messages on the server.",
                                     report.n_new),
                           count);

      self->tested = g_steal_pointer (&self->testing);
      show_result (self, text, "success");
    }
  else
    {
      gboolean is_stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_clear_object (&self->testing);
      show_result (self, is_stopped ? NULL : error->message, "error");
    }
  update (self);
}

static void
test_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (widget);
  g_autoptr (RstAccount) account = rst_account_dialog_dup_account (self);
  Test *test = g_new (Test, 1);

  stop_test (self);
  show_result (self, NULL, NULL);
  self->testing = rst_mailbox_new (account);
  self->questions = rst_questions_new (GTK_WINDOW (self), self->testing);
  self->cancellable = g_cancellable_new ();
  *test = (Test){ rst_weak_ref_new (self), g_object_ref (self->cancellable) };
  /* With nothing known yet, a check signs in and lists, and loads no message. */
  rst_mailbox_check_async (self->testing, self->cancellable, tested_cb, test);
  update (self);
}

static void
save_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  g_signal_emit (widget, signals[SAVE], 0);
}

static void
rst_account_dialog_dispose (GObject *object)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (object);

  stop_test (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_ACCOUNT_DIALOG);

  G_OBJECT_CLASS (rst_account_dialog_parent_class)->dispose (object);
}

static void
rst_account_dialog_finalize (GObject *object)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (object);

  g_clear_pointer (&self->account, rst_account_unref);

  G_OBJECT_CLASS (rst_account_dialog_parent_class)->finalize (object);
}

static void
rst_account_dialog_class_init (RstAccountDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_account_dialog_dispose;
  object_class->finalize = rst_account_dialog_finalize;

  signals[SAVE] = g_signal_new ("save",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-account-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, host_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, port_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, security_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, user_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, security_changed_cb);

  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, test_action);
}

static void
rst_account_dialog_init (RstAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  update (self);
}

static void
show_account (RstAccountDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Account Settings"));
  gtk_button_set_label (self->save_button, _ ("_Save"));
  gtk_editable_set_text (self->name_row, self->account->name);
  gtk_editable_set_text (self->host_row, self->account->host);
  gtk_editable_set_text (self->user_row, self->account->user);
  adw_combo_row_set_selected (self->security_row, self->account->security);
  gtk_spin_button_set_value (self->port_button, self->account->port);
}

GtkWidget *
rst_account_dialog_new (GtkWindow *parent,
                        RstAccount *account)
{
  RstAccountDialog *self = g_object_new (RST_TYPE_ACCOUNT_DIALOG, "transient-for", parent, NULL);

  if (account != NULL)
    {
      self->account = rst_account_ref (account);
      show_account (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->host_row));
  return GTK_WIDGET (self);
}

static void
take_string (char **field,
             char *value)
{
  g_free (*field);
  *field = value;
}

RstAccount *
rst_account_dialog_dup_account (RstAccountDialog *self)
{
  g_autofree char *host = NULL;
  g_autofree char *user = NULL;
  g_autofree char *name = NULL;
  RstAccount *account;

  g_return_val_if_fail (RST_IS_ACCOUNT_DIALOG (self), NULL);

  host = dup_entered (self->host_row);
  user = dup_entered (self->user_row);
  name = dup_entered (self->name_row);
  account = self->account != NULL ? rst_account_copy (self->account)
                                  : rst_account_new (NULL, host, user);
  account->security = adw_combo_row_get_selected (self->security_row);
  account->port = gtk_spin_button_get_value_as_int (self->port_button);
  if (name[0] == '\0')
    take_string (&name, strchr (user, '@') != NULL ? g_strdup (user)
                                                   : g_strdup_printf ("%s@%s", user, host));
  take_string (&account->name, g_steal_pointer (&name));
  take_string (&account->host, g_steal_pointer (&host));
  take_string (&account->user, g_steal_pointer (&user));
  return account;
}

RstMailbox *
rst_account_dialog_steal_mailbox (RstAccountDialog *self)
{
  g_return_val_if_fail (RST_IS_ACCOUNT_DIALOG (self), NULL);

  return g_steal_pointer (&self->tested);
}

void
rst_account_dialog_show_error (RstAccountDialog *self,
                               const GError *error)
{
  g_return_if_fail (RST_IS_ACCOUNT_DIALOG (self));
  g_return_if_fail (error != NULL);

  show_result (self, error->message, "error");
}

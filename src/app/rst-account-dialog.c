/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-dialog"

#include "config.h"

#include "rst-account-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "account/rst-discovery.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-questions.h"
#include "rst-session-log.h"
#include "rst-test-report.h"
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
  GCancellable *finding;
  RstDiscovery *discovery;
  RstSessionLog *log;

  /* Template Widgets */
  GtkEditable *address_row;
  AdwComboRow *auth_row;
  AdwComboRow *found_row;
  GtkLabel *hint_label;
  GtkWidget *log_button;
  GtkLabel *report_label;
  GtkEditable *host_row;
  GtkEditable *name_row;
  GtkSpinButton *port_button;
  GtkLabel *result_label;
  GtkButton *save_button;
  AdwComboRow *security_row;
  GtkSpinner *spinner;
  GtkEditable *user_row;

  RstPop3Security security;
  gboolean is_filling_in;
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
show_report (RstAccountDialog *self,
             const char *text)
{
  gtk_label_set_text (self->report_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->report_label), text != NULL);
}

static void
stop_test (RstAccountDialog *self)
{
  show_report (self, NULL);
  gtk_widget_set_visible (self->log_button, FALSE);
  g_clear_pointer (&self->log, rst_session_log_unref);
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
  gtk_spinner_set_spinning (self->spinner, is_testing || self->finding != NULL);
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
unencrypted_cb (RstAccountDialog *self,
                const char *response)
{
  if (!g_str_equal (response, "none"))
    adw_combo_row_set_selected (self->security_row, RST_POP3_SECURITY_TLS);
}

/* It is never the program's choice, and never made by a slip. */
static void
ask_unencrypted (RstAccountDialog *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self),
      _ ("Do Without Encryption?"),
      _ ("The password and all mail cross the network in the clear. Everybody on the way can read "
         "them and change them. Use this on a network of your own only."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "none",
                                    _ ("_Do Without"),
                                    NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "none", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (unencrypted_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
security_changed_cb (RstAccountDialog *self)
{
  RstPop3Security security = adw_combo_row_get_selected (self->security_row);

  if (security == RST_POP3_SECURITY_NONE && !self->is_filling_in)
    ask_unencrypted (self);

  /* A port that was chosen by hand stays. */
  if (gtk_spin_button_get_value_as_int (self->port_button) ==
      rst_account_default_port (self->security))
    gtk_spin_button_set_value (self->port_button, rst_account_default_port (security));
  self->security = security;
  changed_cb (self);
}

static void
use_server (RstAccountDialog *self,
            const RstFoundServer *server)
{
  self->is_filling_in = TRUE;
  gtk_editable_set_text (self->host_row, server->host);
  gtk_editable_set_text (self->user_row, server->user);
  adw_combo_row_set_selected (self->security_row, server->security);
  gtk_spin_button_set_value (self->port_button, server->port);
  self->is_filling_in = FALSE;
}

static void
found_selected_cb (RstAccountDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->found_row);

  if (self->discovery != NULL && selected < self->discovery->servers->len)
    {
      const RstFoundServer *server = g_ptr_array_index (self->discovery->servers, selected);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->found_row),
                                   rst_found_server_get_origin (server));
      use_server (self, server);
    }
}

static void
show_hint (RstAccountDialog *self,
           const char *text)
{
  gtk_label_set_text (self->hint_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), text != NULL);
}

static void
show_servers (RstAccountDialog *self)
{
  GPtrArray *servers = self->discovery->servers;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < servers->len; i++)
    {
      const RstFoundServer *server = g_ptr_array_index (servers, i);
      const char *security =
          server->security == RST_POP3_SECURITY_TLS ? _ ("TLS") : _ ("STARTTLS");
      g_autofree char *name = g_strdup_printf ("%s:%u, %s", server->host, server->port, security);

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->found_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->found_row), servers->len > 0);
  found_selected_cb (self);
}

static void
show_discovery (RstAccountDialog *self)
{
  const RstDiscovery *discovery = self->discovery;
  g_autofree char *problem = rst_discovery_dup_words (discovery);
  g_autofree char *hint =
      discovery->provider != NULL ? rst_provider_dup_words (discovery->provider) : NULL;

  show_servers (self);
  show_hint (self, problem != NULL ? problem : hint);
  /* Whoever knows better begins with what was nearly right. */
  if (discovery->servers->len == 0 && discovery->failed->len > 0)
    use_server (self, g_ptr_array_index (discovery->failed, 0));
}

static void
stop_finding (RstAccountDialog *self)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->discovery, rst_discovery_free);
}

typedef struct
{
  gpointer dialog; /* a weak reference */
  GCancellable *cancellable;
} Test;

static void
found_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autofree Test *find = user_data;
  g_autoptr (RstAccountDialog) self = rst_weak_ref_take (find->dialog);
  g_autoptr (GCancellable) cancellable = find->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstDiscovery) discovery = rst_discovery_find_finish (result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->finding != cancellable)
    return;

  g_clear_object (&self->finding);
  self->discovery = g_steal_pointer (&discovery);
  if (self->discovery != NULL)
    show_discovery (self);
  else
    show_hint (self, error->message);
  update (self);
}

static void
find_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (widget);
  g_autofree char *address = dup_entered (self->address_row);
  Test *find = g_new (Test, 1);

  stop_finding (self);
  show_hint (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->found_row), FALSE);
  self->finding = g_cancellable_new ();
  *find = (Test){ rst_weak_ref_new (self), g_object_ref (self->finding) };
  rst_discovery_find_async (address, self->finding, found_cb, find);
  update (self);
}

static void
address_applied_cb (RstAccountDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account.find", NULL);
}

static void
address_changed_cb (RstAccountDialog *self)
{
  const char *address = gtk_editable_get_text (self->address_row);

  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "account.find", strchr (address, '@') != NULL);
}

static void
show_test (RstAccountDialog *self,
           RstMailbox *mailbox)
{
  RstServerReport *report = rst_mailbox_get_report (mailbox);
  g_autofree char *way = rst_session_log_dup_way (self->log);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->log_button, TRUE);
  if (report == NULL || !report->is_signed_in)
    return;
  text = rst_test_report_dup_text (report, way);
  show_report (self, text);
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
  self->log = rst_session_log_new (self->testing);
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

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->questions, rst_questions_free);
  g_clear_pointer (&self->log, rst_session_log_unref);
  g_clear_object (&self->testing);
  g_clear_object (&self->tested);
  stop_finding (self);
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
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, address_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, auth_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, found_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, host_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, log_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, port_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, report_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, security_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, user_row);
  gtk_widget_class_bind_template_callback (widget_class, address_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, security_changed_cb);

  gtk_widget_class_install_action (widget_class, "account.copy-log", NULL, copy_log_action);
  gtk_widget_class_install_action (widget_class, "account.find", NULL, find_action);
  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "account.test", NULL, test_action);
}

static void
rst_account_dialog_init (RstAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  address_changed_cb (self);
  update (self);
}

static void
show_account (RstAccountDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Account Settings"));
  gtk_button_set_label (self->save_button, _ ("_Save"));
  self->is_filling_in = TRUE;
  gtk_editable_set_text (self->name_row, self->account->name);
  gtk_editable_set_text (self->host_row, self->account->host);
  gtk_editable_set_text (self->user_row, self->account->user);
  adw_combo_row_set_selected (self->security_row, self->account->security);
  gtk_spin_button_set_value (self->port_button, self->account->port);
  adw_combo_row_set_selected (self->auth_row, self->account->auth);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->address_row)), FALSE);
  self->is_filling_in = FALSE;
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
  gtk_widget_grab_focus (GTK_WIDGET (account != NULL ? self->host_row : self->address_row));
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
  account->auth = adw_combo_row_get_selected (self->auth_row);
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

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-dialog"

#include "config.h"

#include "rst-account-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (RstAccountDialog, rst_account_dialog, ADW_TYPE_WINDOW)

enum
{
  SAVE,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

char *
rst_account_dialog_dup_entered (GtkEditable *row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (row)));
}

char *
rst_account_dialog_dup_host (RstAccountDialog *self)
{
  g_autofree char *entered = rst_account_dialog_dup_entered (self->host_row);

  return rst_account_dup_host (entered);
}

/* What cannot be read again must not get into the file. Returns: whether there is nothing, or a
 * command line. */
static gboolean
check_command (GtkEditable *row)
{
  g_autofree char *command = rst_account_dialog_dup_entered (row);
  g_autoptr (GError) error = NULL;
  gboolean is_good = command[0] == '\0' || g_shell_parse_argv (command, NULL, NULL, &error);

  if (is_good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  gtk_widget_set_tooltip_text (GTK_WIDGET (row), error != NULL ? error->message : NULL);
  return is_good;
}

static gboolean
is_complete (RstAccountDialog *self)
{
  g_autofree char *host = rst_account_dialog_dup_entered (self->host_row);
  g_autofree char *user = rst_account_dialog_dup_entered (self->user_row);
  gboolean are_commands_good = check_command (self->password_command_row);

  are_commands_good &= check_command (self->token_command_row);
  return are_commands_good && host[0] != '\0' && user[0] != '\0' && strpbrk (host, " \t/") == NULL;
}

void
rst_account_dialog_update (RstAccountDialog *self)
{
  gboolean is_testing = self->testing != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.save", is_complete (self));
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "account.test", is_complete (self) && !is_testing);
  gtk_spinner_set_spinning (self->spinner, is_testing || self->finding != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_testing || self->finding != NULL);
}

static void
changed_cb (RstAccountDialog *self)
{
  gboolean is_unencrypted = self->security == RST_POP3_SECURITY_NONE;

  /* Anything tested was other settings. */
  rst_account_dialog_forget_test (self);
  rst_account_dialog_show_result (
      self,
      is_unencrypted
          ? _ ("Without encryption, everybody on the way can read the password and the mail.")
          : NULL,
      "warning");
  rst_account_dialog_update (self);
}

static void
unencrypted_cb (RstAccountDialog *self,
                const char *response)
{
  /* The server may have been found in the meantime. */
  if (g_str_equal (response, "none") || self->security != RST_POP3_SECURITY_NONE)
    return;

  adw_combo_row_set_selected (self->security_row, self->former_security);
  gtk_spin_button_set_value (self->port_button, self->former_port);
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
  int port = gtk_spin_button_get_value_as_int (self->port_button);

  if (security == RST_POP3_SECURITY_NONE && !self->is_filling_in)
    {
      self->former_security = self->security;
      self->former_port = port;
      ask_unencrypted (self);
    }

  /* A port that was chosen by hand stays. */
  if (port == rst_account_default_port (self->security))
    gtk_spin_button_set_value (self->port_button, rst_account_default_port (security));
  self->security = security;
  changed_cb (self);
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

  rst_account_dialog_end_test (self);
  rst_account_dialog_stop_finding (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_ACCOUNT_DIALOG);

  G_OBJECT_CLASS (rst_account_dialog_parent_class)->dispose (object);
}

static void
rst_account_dialog_finalize (GObject *object)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (object);

  g_clear_pointer (&self->account, rst_account_unref);
  g_free (self->pin);
  g_free (self->pin_host);

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
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, certificate_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, check_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, found_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, hint_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, host_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, limit_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, log_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, name_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, password_command_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, port_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, report_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, result_label);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, save_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, security_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, timeout_button);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, token_command_row);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, top_switch);
  gtk_widget_class_bind_template_child (widget_class, RstAccountDialog, user_row);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, security_changed_cb);

  gtk_widget_class_install_action (widget_class, "account.save", NULL, save_action);
  rst_account_dialog_install_find (widget_class);
  rst_account_dialog_install_test (widget_class);
}

static void
rst_account_dialog_init (RstAccountDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "account.find", FALSE);
  rst_account_dialog_update (self);
}

static void
set_text (GtkEditable *row,
          const char *text)
{
  gtk_editable_set_text (row, text != NULL ? text : "");
}

static void
show_more_settings (RstAccountDialog *self,
                    const RstAccount *account)
{
  gtk_spin_button_set_value (self->check_button, account->check_interval);
  gtk_spin_button_set_value (self->limit_button, account->fetch_limit);
  gtk_spin_button_set_value (self->timeout_button, account->timeout);
  gtk_switch_set_active (self->top_switch, account->has_top);
  set_text (self->password_command_row, account->password_command);
  set_text (self->token_command_row, account->token_command);
}

static void
show_account (RstAccountDialog *self)
{
  gtk_window_set_title (GTK_WINDOW (self), _ ("Account Settings"));
  gtk_button_set_label (self->save_button, _ ("_Save"));
  self->is_filling_in = TRUE;
  set_text (self->name_row, self->account->name);
  set_text (self->host_row, self->account->host);
  set_text (self->user_row, self->account->user);
  adw_combo_row_set_selected (self->security_row, self->account->security);
  gtk_spin_button_set_value (self->port_button, self->account->port);
  adw_combo_row_set_selected (self->auth_row, self->account->auth);
  show_more_settings (self, self->account);
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), FALSE);
  self->pin = g_strdup (self->account->certificate_pin);
  self->pin_host = g_strdup (self->account->host);
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
  else
    {
      g_autoptr (RstAccount) fresh = rst_account_new (NULL, "", "");

      show_more_settings (self, fresh);
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

static char *
dup_if_any (GtkEditable *row)
{
  g_autofree char *text = rst_account_dialog_dup_entered (row);

  return text[0] != '\0' ? g_steal_pointer (&text) : NULL;
}

static void
take_more_settings (RstAccountDialog *self,
                    RstAccount *account)
{
  account->check_interval = gtk_spin_button_get_value_as_int (self->check_button);
  account->fetch_limit = gtk_spin_button_get_value_as_int (self->limit_button);
  account->timeout = gtk_spin_button_get_value_as_int (self->timeout_button);
  account->has_top = gtk_switch_get_active (self->top_switch);
  take_string (&account->password_command, dup_if_any (self->password_command_row));
  take_string (&account->token_command, dup_if_any (self->token_command_row));
}

RstAccount *
rst_account_dialog_dup_account (RstAccountDialog *self)
{
  g_autofree char *host = NULL;
  g_autofree char *user = NULL;
  g_autofree char *name = NULL;
  RstAccount *account;

  g_return_val_if_fail (RST_IS_ACCOUNT_DIALOG (self), NULL);

  host = rst_account_dialog_dup_host (self);
  user = rst_account_dialog_dup_entered (self->user_row);
  name = rst_account_dialog_dup_entered (self->name_row);
  account = self->account != NULL ? rst_account_copy (self->account)
                                  : rst_account_new (NULL, host, user);
  account->security = adw_combo_row_get_selected (self->security_row);
  account->auth = adw_combo_row_get_selected (self->auth_row);
  account->port = gtk_spin_button_get_value_as_int (self->port_button);
  take_more_settings (self, account);
  /* Another server has another certificate. */
  take_string (&account->certificate_pin,
               self->pin != NULL && g_ascii_strcasecmp (host, self->pin_host) == 0
                   ? g_strdup (self->pin)
                   : NULL);
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

  rst_account_dialog_show_result (self, error->message, "error");
}

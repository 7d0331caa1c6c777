/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-accounts"

#include "config.h"

#include "rst-application-private.h"

#include <glib/gi18n.h>

#include "rst-account-dialog.h"

static void
set_enabled (RstApplication *self,
             const char *name,
             gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

/* Shows a window that says what is wrong when the file cannot be read. Nothing is written to a file
 * that was not understood, so no account can be added until it is mended. */
gboolean
rst_application_load_accounts (RstApplication *self)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (GError) error = NULL;
  RstAccountsFile *accounts = rst_accounts_file_load (path, &error);

  set_enabled (self, "add-account", accounts != NULL);
  set_enabled (self, "edit-account", accounts != NULL);
  if (accounts == NULL)
    {
      RstWindow *window = rst_application_take_window (self);

      rst_window_show_accounts_error (window, error);
      gtk_window_present (GTK_WINDOW (window));
      return FALSE;
    }

  g_clear_pointer (&self->accounts, rst_accounts_file_free);
  self->accounts = accounts;
  rst_application_apply_accounts (self);
  rst_application_accounts_changed (self);
  return TRUE;
}

void
rst_application_open_default (RstApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-account");
  RstAccount *account = rst_accounts_file_find (self->accounts, last);
  GPtrArray *accounts = rst_accounts_file_get_accounts (self->accounts);
  RstWindow *window;

  if (account != NULL && !account->is_enabled)
    account = NULL;
  for (guint i = 0; account == NULL && i < accounts->len; i++)
    if (((RstAccount *)g_ptr_array_index (accounts, i))->is_enabled)
      account = g_ptr_array_index (accounts, i);
  if (account != NULL)
    {
      rst_application_open_account (self, account);
      return;
    }

  window = rst_application_take_window (self);
  rst_window_show_first_run (window);
  gtk_window_present (GTK_WINDOW (window));
}

/* An account dialog, and which account it is about: NULL for a new one. */
typedef struct
{
  RstApplication *application;
  RstAccount *old;
} Edit;

static void
edit_free (gpointer data,
           GClosure *closure)
{
  Edit *edit = data;

  g_clear_pointer (&edit->old, rst_account_unref);
  g_free (edit);
}

static void
make_id_unique (RstApplication *self,
                RstAccount *account)
{
  char *id = rst_accounts_file_dup_free_id (self->accounts, account->id);

  g_free (account->id);
  account->id = id;
}

static void
added (RstApplication *self,
       RstAccount *account,
       RstMailbox *tested)
{
  g_autoptr (RstMailbox) mailbox = NULL;
  RstWindow *window = rst_application_take_window (self);

  rst_application_accounts_changed (self);
  g_settings_set_string (self->settings, "last-account", account->id);
  if (tested != NULL && g_str_equal (rst_mailbox_get_account (tested)->id, account->id))
    mailbox = g_object_ref (tested);
  else
    mailbox = rst_mailbox_new (account);
  rst_application_open_mailbox (self, window, mailbox);
}

static void
save_cb (RstAccountDialog *dialog,
         Edit *edit)
{
  RstApplication *self = edit->application;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccount) account = rst_account_dialog_dup_account (dialog);
  g_autoptr (RstMailbox) tested = NULL;
  gboolean is_stored;

  if (edit->old == NULL)
    {
      make_id_unique (self, account);
      is_stored = rst_application_store_account (self, account, &error);
    }
  else
    {
      is_stored = rst_application_change_account (self, account, &error);
    }
  if (!is_stored)
    {
      rst_account_dialog_show_error (dialog, error);
      return;
    }

  tested = rst_account_dialog_steal_mailbox (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (edit->old == NULL)
    added (self, account, tested);
}

static void
edit_account (RstApplication *self,
              RstAccount *account)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  GtkWidget *dialog = rst_account_dialog_new (parent, account);
  Edit *edit = g_new (Edit, 1);

  *edit = (Edit){ self, account != NULL ? rst_account_ref (account) : NULL };
  g_signal_connect_data (dialog, "save", G_CALLBACK (save_cb), edit, edit_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
add_account_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  edit_account (user_data, NULL);
}

static void
edit_account_action (GSimpleAction *action,
                     GVariant *parameter,
                     gpointer user_data)
{
  RstApplication *self = user_data;
  RstAccount *account =
      rst_accounts_file_find (self->accounts, g_variant_get_string (parameter, NULL));

  if (account != NULL)
    edit_account (self, account);
}

static void
open_account_action (GSimpleAction *action,
                     GVariant *parameter,
                     gpointer user_data)
{
  RstApplication *self = user_data;
  RstAccount *account =
      rst_accounts_file_find (self->accounts, g_variant_get_string (parameter, NULL));

  if (account != NULL)
    rst_application_open_account (self, account);
}

static void
reload_accounts_action (GSimpleAction *action,
                        GVariant *parameter,
                        gpointer user_data)
{
  if (rst_application_load_accounts (user_data))
    rst_application_open_default (user_data);
}

static void
file_shown_cb (GObject *source,
               GAsyncResult *result,
               gpointer user_data)
{
  g_autoptr (RstWindow) window = user_data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error))
    rst_window_show_notice (window, error->message);
}

static void
show_accounts_file_action (GSimpleAction *action,
                           GVariant *parameter,
                           gpointer user_data)
{
  RstWindow *window = rst_application_find_window (user_data, NULL);
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (window != NULL && uri != NULL)
    gtk_show_uri_full (
        GTK_WINDOW (window), uri, GDK_CURRENT_TIME, NULL, file_shown_cb, g_object_ref (window));
}

void
rst_application_add_account_actions (RstApplication *self)
{
  static const GActionEntry entries[] = {
    { "add-account", add_account_action },
    { "edit-account", edit_account_action, "s" },
    { "open-account", open_account_action, "s" },
    { "reload-accounts", reload_accounts_action },
    { "show-accounts-file", show_accounts_file_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

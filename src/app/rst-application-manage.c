/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-manage"

#include "config.h"

#include "rst-application-private.h"

#include <glib/gi18n.h>

#include "rst-main-thread.h"

GPtrArray *
rst_application_get_accounts (RstApplication *self)
{
  g_return_val_if_fail (RST_IS_APPLICATION (self), NULL);

  return self->accounts != NULL ? rst_accounts_file_get_accounts (self->accounts) : NULL;
}

static RstAccount *
find_enabled (RstApplication *self,
              const char *but_id)
{
  GPtrArray *accounts = rst_accounts_file_get_accounts (self->accounts);

  for (guint i = 0; i < accounts->len; i++)
    {
      RstAccount *account = g_ptr_array_index (accounts, i);

      if (account->is_enabled && !g_str_equal (account->id, but_id))
        return account;
    }
  return NULL;
}

guint
rst_application_get_n_enabled (RstApplication *self)
{
  GPtrArray *accounts = rst_application_get_accounts (self);
  guint n_enabled = 0;

  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    n_enabled += ((RstAccount *)g_ptr_array_index (accounts, i))->is_enabled ? 1 : 0;
  return n_enabled;
}

RstMailbox *
rst_application_find_mailbox (RstApplication *self,
                              const char *account_id)
{
  g_return_val_if_fail (RST_IS_APPLICATION (self), NULL);

  return g_hash_table_lookup (self->mailboxes, account_id);
}

void
rst_application_switch_account (RstApplication *self,
                                RstWindow *window,
                                const char *account_id)
{
  RstAccount *account;

  g_return_if_fail (RST_IS_APPLICATION (self) && RST_IS_WINDOW (window));

  account = rst_accounts_file_find (self->accounts, account_id);
  if (account == NULL)
    return;
  if (rst_application_find_window (self, account->id) != NULL || rst_window_has_work (window))
    rst_application_open_account (self, account);
  else
    rst_application_show_account (self, window, account);
}

/* Puts a changed or a new account into the file. */
gboolean
rst_application_store_account (RstApplication *self,
                               RstAccount *account,
                               GError **error)
{
  RstAccount *known = rst_accounts_file_find (self->accounts, account->id);
  g_autoptr (RstAccount) old = known != NULL ? rst_account_ref (known) : NULL;

  rst_accounts_file_put (self->accounts, account);
  if (rst_accounts_file_save (self->accounts, error))
    return TRUE;

  if (old != NULL)
    rst_accounts_file_put (self->accounts, old);
  else
    rst_accounts_file_remove (self->accounts, account->id);
  return FALSE;
}

/* Preferences, where the account was switched off, stay: so it can be switched on again. */
static void
give_way (RstApplication *self,
          RstWindow *window,
          RstWindow *next)
{
  if (self->preferences != NULL &&
      gtk_window_get_transient_for (self->preferences) == GTK_WINDOW (window))
    gtk_window_set_transient_for (self->preferences, GTK_WINDOW (next));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* The window of an account that is not to be seen any more shows another one, or what a new user
 * sees. */
static void
leave_account (RstApplication *self,
               const char *id)
{
  RstWindow *window = rst_application_find_window (self, id);
  RstAccount *other = find_enabled (self, id);
  RstWindow *next = rst_application_find_window (self, other != NULL ? other->id : NULL);

  g_hash_table_remove (self->mailboxes, id);
  if (window == NULL)
    return;
  if (next != NULL)
    {
      give_way (self, window, next);
      return;
    }
  if (other != NULL)
    rst_application_show_account (self, window, other);
  else
    rst_application_leave_mailbox (self, window);
}

/* Where there was none to be seen, there is something to show again. */
static void
enter_account (RstApplication *self,
               RstAccount *account)
{
  RstWindow *empty = rst_application_find_window (self, NULL);

  if (empty != NULL && account->is_enabled && rst_application_get_n_enabled (self) == 1 &&
      rst_application_find_window (self, account->id) == NULL)
    rst_application_show_account (self, empty, account);
}

/* A mailbox keeps the settings that it was made with: the account gets a new one, or none where it
 * was switched off. */
static void
renew_mailbox (RstApplication *self,
               const char *id)
{
  RstAccount *account = rst_accounts_file_find (self->accounts, id);
  RstWindow *window = rst_application_find_window (self, id);

  if (account == NULL || !account->is_enabled)
    {
      leave_account (self, id);
      return;
    }
  g_hash_table_remove (self->mailboxes, id);
  if (window != NULL)
    rst_application_show_account (self, window, account);
}

static void
idle_cb (RstMailbox *mailbox,
         GParamSpec *pspec,
         RstApplication *self)
{
  RstAccount *account = rst_mailbox_get_account (mailbox);

  g_assert (RST_IS_MAIN_THREAD ());
  if (rst_mailbox_get_is_busy (mailbox))
    return;

  g_signal_handlers_disconnect_by_func (mailbox, idle_cb, self);
  if (self->mailboxes != NULL && rst_application_find_mailbox (self, account->id) == mailbox)
    renew_mailbox (self, account->id);
}

/* What runs is not disturbed: the user is told how it ends. */
static void
apply_change (RstApplication *self,
              const char *id)
{
  RstMailbox *mailbox = rst_application_find_mailbox (self, id);
  RstWindow *window = rst_application_find_window (self, id);

  if (mailbox == NULL || !rst_mailbox_get_is_busy (mailbox))
    {
      renew_mailbox (self, id);
      return;
    }

  g_signal_handlers_disconnect_by_func (mailbox, idle_cb, self);
  g_signal_connect_object (mailbox, "notify::is-busy", G_CALLBACK (idle_cb), self, 0);
  if (window != NULL)
    rst_window_show_toast (window, _ ("The new settings take effect when this is done"));
}

/* Work of the mailbox's: the list, which the window alone writes into a file, needs no mailbox. */
static gboolean
has_work (RstApplication *self,
          const char *id)
{
  RstMailbox *mailbox = rst_application_find_mailbox (self, id);
  RstWindow *window = rst_application_find_window (self, id);

  return mailbox != NULL && rst_mailbox_get_is_busy (mailbox) && window != NULL &&
         rst_window_has_work (window);
}

/* A delete or a save that was begun comes to its end; what only looks is stopped. */
static void
dismiss_account (RstApplication *self,
                 const char *id)
{
  if (has_work (self, id))
    apply_change (self, id);
  else
    leave_account (self, id);
}

void
rst_application_apply_accounts (RstApplication *self)
{
  g_autoptr (GList) ids = g_hash_table_get_keys (self->mailboxes);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      g_autofree char *id = g_strdup (l->data);
      RstAccount *account = rst_accounts_file_find (self->accounts, id);
      RstMailbox *mailbox = rst_application_find_mailbox (self, id);

      if (account == NULL || !account->is_enabled)
        dismiss_account (self, id);
      else if (!rst_account_serves (rst_mailbox_get_account (mailbox), account))
        apply_change (self, id);
    }
}

gboolean
rst_application_change_account (RstApplication *self,
                                RstAccount *account,
                                GError **error)
{
  g_return_val_if_fail (RST_IS_APPLICATION (self) && account != NULL, FALSE);

  if (!rst_application_store_account (self, account, error))
    return FALSE;
  rst_application_apply_accounts (self);
  rst_application_accounts_changed (self);
  enter_account (self, rst_accounts_file_find (self->accounts, account->id));
  return TRUE;
}

static void
put_intervals (RstApplication *self,
               GPtrArray *accounts)
{
  for (guint i = 0; i < accounts->len; i++)
    rst_accounts_file_put (self->accounts, g_ptr_array_index (accounts, i));
}

gboolean
rst_application_set_check_interval (RstApplication *self,
                                    guint minutes,
                                    GError **error)
{
  g_autoptr (GPtrArray) old = NULL;
  g_autoptr (GPtrArray) changed = NULL;

  g_return_val_if_fail (RST_IS_APPLICATION (self) && self->accounts != NULL, FALSE);

  old = g_ptr_array_copy (
      rst_accounts_file_get_accounts (self->accounts), (GCopyFunc)rst_account_ref, NULL);
  g_ptr_array_set_free_func (old, (GDestroyNotify)rst_account_unref);
  changed = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_account_unref);
  for (guint i = 0; i < old->len; i++)
    {
      RstAccount *account = rst_account_copy (g_ptr_array_index (old, i));

      account->check_interval = minutes;
      g_ptr_array_add (changed, account);
    }

  put_intervals (self, changed);
  if (!rst_accounts_file_save (self->accounts, error))
    {
      put_intervals (self, old);
      return FALSE;
    }
  rst_application_accounts_changed (self);
  return TRUE;
}

gboolean
rst_application_move_account (RstApplication *self,
                              const char *account_id,
                              guint position,
                              GError **error)
{
  g_autofree char *id = NULL;
  GPtrArray *accounts;
  guint old_position;

  g_return_val_if_fail (RST_IS_APPLICATION (self), FALSE);

  id = g_strdup (account_id);
  accounts = rst_accounts_file_get_accounts (self->accounts);
  if (!g_ptr_array_find (accounts, rst_accounts_file_find (self->accounts, id), &old_position))
    return TRUE;
  rst_accounts_file_move (self->accounts, id, position);
  if (!rst_accounts_file_save (self->accounts, error))
    {
      rst_accounts_file_move (self->accounts, id, old_position);
      return FALSE;
    }
  rst_application_accounts_changed (self);
  return TRUE;
}

static void
state_removed_cb (GObject *source,
                  GAsyncResult *result,
                  gpointer user_data)
{
  g_autoptr (RstApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_removed = rst_account_state_remove_finish (result, &error);
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  g_application_release (G_APPLICATION (self));
  while (windows != NULL && !RST_IS_WINDOW (windows->data))
    windows = windows->next;
  if (!is_removed && windows != NULL)
    rst_window_show_notice (RST_WINDOW (windows->data), error->message);
}

/* What is to be removed when the account's mailbox has come to its end. */
typedef struct
{
  RstApplication *application;
  RstAccount *account;
  RstAccountStateFlags flags;
} Removal;

static void
removal_run (Removal *removal)
{
  rst_account_state_remove_async (removal->account, removal->flags, NULL, state_removed_cb,
                                  removal->application);
  rst_account_unref (removal->account);
  g_free (removal);
}

static void
removed_idle_cb (RstMailbox *mailbox,
                 GParamSpec *pspec,
                 Removal *removal)
{
  if (rst_mailbox_get_is_busy (mailbox))
    return;

  g_signal_handlers_disconnect_by_func (mailbox, removed_idle_cb, removal);
  if (removal->application->mailboxes != NULL)
    leave_account (removal->application, removal->account->id);
  removal_run (removal);
  g_object_unref (mailbox);
}

gboolean
rst_application_remove_account (RstApplication *self,
                                const char *account_id,
                                RstAccountStateFlags flags,
                                GError **error)
{
  RstAccount *account;
  RstMailbox *mailbox;
  Removal *removal;

  g_return_val_if_fail (RST_IS_APPLICATION (self), FALSE);

  account = rst_accounts_file_find (self->accounts, account_id);
  if (account == NULL)
    return TRUE;
  removal = g_new (Removal, 1);
  *removal = (Removal){ g_object_ref (self), rst_account_ref (account), flags };
  rst_accounts_file_remove (self->accounts, removal->account->id);
  if (!rst_accounts_file_save (self->accounts, error))
    {
      rst_accounts_file_put (self->accounts, removal->account);
      rst_account_unref (removal->account);
      g_object_unref (removal->application);
      g_free (removal);
      return FALSE;
    }

  g_application_hold (G_APPLICATION (self));
  mailbox = rst_application_find_mailbox (self, removal->account->id);
  if (mailbox != NULL)
    g_object_ref (mailbox);
  if (has_work (self, removal->account->id))
    rst_window_show_toast (rst_application_find_window (self, removal->account->id),
                           _ ("The account is removed when this is done"));
  else
    {
      leave_account (self, removal->account->id);
      if (mailbox != NULL)
        rst_mailbox_stop (mailbox);
    }
  rst_application_accounts_changed (self);
  if (mailbox != NULL && rst_mailbox_get_is_busy (mailbox))
    {
      g_signal_connect (mailbox, "notify::is-busy", G_CALLBACK (removed_idle_cb), removal);
      return TRUE;
    }
  g_clear_object (&mailbox);
  removal_run (removal);
  return TRUE;
}

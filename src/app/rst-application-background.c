/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-background"

#include "config.h"

#include "rst-application-private.h"

#include "rst-autostart.h"
#include "rst-new-mail.h"

#define MINUTE_MS (60 * 1000)

/* New mail is looked for in every account that has a window or had one, and in all of them when the
 * program runs in the background. */

static gboolean
runs_in_background (RstApplication *self)
{
  return !self->is_apart && g_settings_get_boolean (self->settings, "run-in-background");
}

static gboolean
is_looked_at (RstApplication *self,
              const char *account_id)
{
  RstWindow *window = rst_application_find_window (self, account_id);

  return window != NULL && gtk_window_is_active (GTK_WINDOW (window));
}

static void
arrived_cb (RstBackgroundCheck *check,
            GPtrArray *items,
            RstApplication *self)
{
  RstAccount *account = rst_mailbox_get_account (rst_background_check_get_mailbox (check));

  g_hash_table_insert (self->arrivals, g_strdup (account->id), g_ptr_array_ref (items));
  if (!is_looked_at (self, account->id))
    rst_new_mail_notify (G_APPLICATION (self), account, items);
}

/* Who looks at the list has been told. */
void
rst_application_withdraw_new_mail (RstApplication *self,
                                   RstWindow *window)
{
  RstAccount *account = rst_window_get_account (window);

  if (account != NULL && account->state_folder == NULL && is_looked_at (self, account->id))
    rst_new_mail_withdraw (G_APPLICATION (self), account->id);
}

RstBackgroundCheck *
rst_application_watch (RstApplication *self,
                       RstMailbox *mailbox)
{
  RstAccount *account = rst_mailbox_get_account (mailbox);
  RstBackgroundCheck *check;

  /* Saved mail and the demo get no new mail. */
  if (account == NULL || account->state_folder != NULL || !account->is_enabled)
    return NULL;

  check = g_hash_table_lookup (self->checks, account->id);
  if (check != NULL && rst_background_check_get_mailbox (check) == mailbox)
    return check;

  check = rst_background_check_new (mailbox, NULL);
  g_signal_connect_object (check, "arrived", G_CALLBACK (arrived_cb), self, 0);
  rst_background_check_set_interval (check, (guint64)account->check_interval * MINUTE_MS);
  g_hash_table_insert (self->checks, g_strdup (account->id), check);
  return check;
}

static gboolean
is_gone (gpointer id,
         gpointer value,
         gpointer user_data)
{
  RstApplication *self = user_data;
  RstAccount *account = rst_accounts_file_find (self->accounts, id);

  return account == NULL || !account->is_enabled;
}

static void
begin_check (RstApplication *self,
             RstAccount *account)
{
  g_autoptr (RstMailbox) mailbox = rst_mailbox_new (account);
  RstCopyPolicy policy;
  RstBackgroundCheck *check;

  rst_copy_policy_init_from_settings (&policy, self->settings);
  rst_mailbox_set_copy_policy (mailbox, &policy);
  rst_mailbox_open_async (mailbox, NULL, NULL, NULL);
  check = rst_application_watch (self, mailbox);
  if (check != NULL)
    rst_background_check_hurry (check);
}

/* A check that goes on with old settings would ask the wrong server; the one of a window is made
 * anew with the window's mailbox. */
static void
update_check (RstApplication *self,
              RstAccount *account)
{
  RstBackgroundCheck *check = g_hash_table_lookup (self->checks, account->id);
  gboolean serves =
      check != NULL && rst_account_serves (rst_mailbox_get_account (
                                               rst_background_check_get_mailbox (check)),
                                           account);

  if (check != NULL)
    rst_background_check_set_interval (check, (guint64)account->check_interval * MINUTE_MS);
  if (serves || rst_application_find_window (self, account->id) != NULL)
    return;

  if (account->is_enabled && (check != NULL || runs_in_background (self)))
    begin_check (self, account);
}

void
rst_application_update_background (RstApplication *self)
{
  GPtrArray *accounts;

  if (self->accounts == NULL)
    return;

  g_hash_table_foreach_remove (self->checks, is_gone, self);
  accounts = rst_accounts_file_get_accounts (self->accounts);
  for (guint i = 0; i < accounts->len; i++)
    update_check (self, g_ptr_array_index (accounts, i));
}

static void
set_is_held (RstApplication *self,
             gboolean is_held)
{
  if (self->is_held == is_held)
    return;

  self->is_held = is_held;
  if (is_held)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

static void
run_in_background_changed_cb (RstApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autoptr (GError) error = NULL;

  set_is_held (self, runs_in_background (self));
  rst_application_update_background (self);
  if (!rst_autostart_set (runs_in_background (self), &error) && RST_IS_WINDOW (window))
    rst_window_show_notice (RST_WINDOW (window), error->message);
}

/* Quit is meant: also what would go on without a window. */
void
rst_application_leave_background (RstApplication *self)
{
  g_hash_table_remove_all (self->checks);
  set_is_held (self, FALSE);
}

/* Returns: (transfer none) (nullable): what the notification of an account was about. */
static GPtrArray *
take_notification (RstApplication *self,
                   const char *account_id)
{
  rst_new_mail_withdraw (G_APPLICATION (self), account_id);
  return g_hash_table_lookup (self->arrivals, account_id);
}

static void
open_new_mail_action (GSimpleAction *action,
                      GVariant *parameter,
                      gpointer user_data)
{
  RstApplication *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  GPtrArray *items = take_notification (self, id);
  RstBackgroundCheck *check = g_hash_table_lookup (self->checks, id);
  RstAccount *account;
  RstWindow *window;

  /* A notification stays when the program ends, and starts it anew. */
  if (self->accounts == NULL && !rst_application_load_accounts (self))
    return;
  account = rst_accounts_file_find (self->accounts, id);
  if (account == NULL)
    return;

  /* Without a window, the list that was watched is the one that has the new messages. */
  if (check != NULL && rst_application_find_window (self, id) == NULL)
    rst_application_open_mailbox (
        self, rst_application_take_window (self), rst_background_check_get_mailbox (check));
  else
    rst_application_open_account (self, account);
  window = rst_application_find_window (self, id);
  if (window != NULL && items != NULL)
    rst_window_select_items (window, items);
}

static void
mark_new_mail_read_action (GSimpleAction *action,
                           GVariant *parameter,
                           gpointer user_data)
{
  RstApplication *self = user_data;
  const char *id = g_variant_get_string (parameter, NULL);
  GPtrArray *items = take_notification (self, id);
  RstBackgroundCheck *check = g_hash_table_lookup (self->checks, id);

  if (items != NULL && check != NULL)
    rst_mailbox_mark_read_async (rst_background_check_get_mailbox (check), items, NULL, NULL, NULL);
}

void
rst_application_start_background (RstApplication *self)
{
  static const GActionEntry entries[] = {
    { "open-new-mail", open_new_mail_action, "s" },
    { "mark-new-mail-read", mark_new_mail_read_action, "s" },
  };
  g_autoptr (GAction) action = g_settings_create_action (self->settings, "run-in-background");

  self->checks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->arrivals = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_ptr_array_unref);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_action_map_add_action (G_ACTION_MAP (self), action);
  g_signal_connect_object (self->settings,
                           "changed::run-in-background",
                           G_CALLBACK (run_in_background_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  if (!runs_in_background (self))
    return;

  set_is_held (self, TRUE);
  if (self->accounts == NULL)
    {
      g_autofree char *path = rst_accounts_file_dup_default_path ();

      /* A file that cannot be read is told of when there is a window. */
      self->accounts = rst_accounts_file_load (path, NULL);
    }
  rst_application_update_background (self);
}

void
rst_application_stop_background (RstApplication *self)
{
  g_clear_pointer (&self->checks, g_hash_table_unref);
  g_clear_pointer (&self->arrivals, g_hash_table_unref);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-windows"

/* For the demo's settings, which are kept in memory. */
#define G_SETTINGS_ENABLE_BACKEND

#include "config.h"

#include "rst-application-private.h"

#include <gio/gsettingsbackend.h>

static void
trace_cb (gboolean is_sent,
          const char *line,
          gpointer user_data)
{
  g_printerr ("%s %s\n", is_sent ? "C:" : "S:", line);
}

/* The window that shows this account of accounts.ini, or with NULL one that shows none. */
RstWindow *
rst_application_find_window (RstApplication *self,
                             const char *account_id)
{
  GtkApplication *application = GTK_APPLICATION (self);

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      RstAccount *account;

      if (!RST_IS_WINDOW (l->data))
        continue;
      account = rst_window_get_account (l->data);
      if (account != NULL ? account->state_folder != NULL
                          : rst_window_get_mailbox (l->data) != NULL)
        continue;
      if (g_strcmp0 (account != NULL ? account->id : NULL, account_id) == 0)
        return l->data;
    }
  return NULL;
}

static void
is_active_cb (RstWindow *window,
              GParamSpec *pspec,
              RstApplication *self)
{
  rst_application_withdraw_new_mail (self, window);
}

/* A window for whatever comes: the one that shows no account, or a new one. */
RstWindow *
rst_application_take_window (RstApplication *self)
{
  RstWindow *window = rst_application_find_window (self, NULL);

  if (window == NULL)
    {
      window = RST_WINDOW (rst_window_new (GTK_APPLICATION (self), self->settings));
      rst_application_accept_files (self, window);
      g_signal_connect_object (window, "notify::is-active", G_CALLBACK (is_active_cb), self, 0);
    }
  return window;
}

static void
busy_changed_cb (RstMailbox *mailbox)
{
  if (rst_mailbox_get_is_busy (mailbox))
    return;

  g_signal_handlers_disconnect_by_func (mailbox, busy_changed_cb, NULL);
  g_application_release (g_application_get_default ());
  g_object_unref (mailbox);
}

/* What was stopped may still have a word with the server: a delete that was under way takes itself
 * back. The process must not end before that. */
static void
hold_until_idle (RstMailbox *mailbox)
{
  if (!rst_mailbox_get_is_busy (mailbox) ||
      g_signal_handler_find (
          mailbox, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)busy_changed_cb, NULL) != 0)
    return;

  g_application_hold (g_application_get_default ());
  g_signal_connect (g_object_ref (mailbox), "notify::is-busy", G_CALLBACK (busy_changed_cb), NULL);
}

static void
window_destroyed_cb (RstMailbox *mailbox)
{
  rst_mailbox_stop (mailbox);
  hold_until_idle (mailbox);
}

/* It knows the password that was typed, and has the list ready: what comes back is there at once.
 */
static void
remember_mailbox (RstApplication *self,
                  RstMailbox *mailbox)
{
  RstAccount *account = rst_mailbox_get_account (mailbox);

  if (account != NULL && account->state_folder == NULL)
    g_hash_table_insert (self->mailboxes, g_strdup (account->id), g_object_ref (mailbox));
}

/* @mailbox: (nullable): in the place of what the window shows, which is another's by the time when
 * it is closed. */
static void
replace_mailbox (RstWindow *window,
                 RstMailbox *mailbox)
{
  RstMailbox *shown = rst_window_get_mailbox (window);
  g_autoptr (RstMailbox) left = shown != NULL ? g_object_ref (shown) : NULL;

  g_signal_handlers_disconnect_matched (
      window, G_SIGNAL_MATCH_FUNC, 0, 0, NULL, (gpointer)window_destroyed_cb, NULL);
  if (mailbox != NULL)
    g_signal_connect_object (
        window, "destroy", G_CALLBACK (window_destroyed_cb), mailbox, G_CONNECT_SWAPPED);
  rst_window_set_mailbox (window, mailbox);
  if (left != NULL)
    hold_until_idle (left);
}

void
rst_application_leave_mailbox (RstApplication *self,
                               RstWindow *window)
{
  replace_mailbox (window, NULL);
}

void
rst_application_open_mailbox (RstApplication *self,
                              RstWindow *window,
                              RstMailbox *mailbox)
{
  if (self->is_tracing)
    rst_mailbox_set_trace (mailbox, trace_cb, NULL);
  remember_mailbox (self, mailbox);
  rst_application_watch (self, mailbox);
  replace_mailbox (window, mailbox);
  rst_application_withdraw_new_mail (self, window);
  gtk_window_present (GTK_WINDOW (window));
}

void
rst_application_show_account (RstApplication *self,
                              RstWindow *window,
                              RstAccount *account)
{
  RstMailbox *known = g_hash_table_lookup (self->mailboxes, account->id);
  g_autoptr (RstMailbox) mailbox =
      known != NULL ? g_object_ref (known) : rst_mailbox_new (account);

  g_settings_set_string (self->settings, "last-account", account->id);
  rst_application_open_mailbox (self, window, mailbox);
}

void
rst_application_open_account (RstApplication *self,
                              RstAccount *account)
{
  RstWindow *window = rst_application_find_window (self, account->id);

  if (window == NULL)
    {
      rst_application_show_account (self, rst_application_take_window (self), account);
      return;
    }
  g_settings_set_string (self->settings, "last-account", account->id);
  gtk_window_present (GTK_WINDOW (window));
}

static void
simulate_action (GSimpleAction *action,
                 GVariant *parameter,
                 gpointer user_data)
{
  RstWindow *window = user_data;
  RstApplication *self = RST_APPLICATION (gtk_window_get_application (GTK_WINDOW (window)));
  g_autofree char *text = rst_demo_simulate_other_client (self->demo);

  rst_window_show_toast (window, text);
}

static GtkWindow *
find_demo_window (RstApplication *self)
{
  GtkApplication *application = GTK_APPLICATION (self);

  for (GList *l = gtk_application_get_windows (application); l != NULL; l = l->next)
    {
      RstAccount *account = RST_IS_WINDOW (l->data) ? rst_window_get_account (l->data) : NULL;

      if (account != NULL && account->state_folder != NULL)
        return l->data;
    }
  return NULL;
}

static void
create_demo_window (RstApplication *self)
{
  static const GActionEntry entries[] = { { "simulate", simulate_action } };
  g_autoptr (GSettingsBackend) backend = g_memory_settings_backend_new ();
  g_autoptr (GSettings) settings =
      g_settings_new_with_backend ("io.github.restante.Restante", backend);
  g_autoptr (RstMailbox) mailbox = rst_mailbox_new (rst_demo_get_account (self->demo));
  RstWindow *window = RST_WINDOW (rst_window_new (GTK_APPLICATION (self), settings));

  g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries), window);
  rst_application_open_mailbox (self, window, mailbox);
}

void
rst_application_open_demo (RstApplication *self)
{
  GtkWindow *shown = find_demo_window (self);
  g_autoptr (GError) error = NULL;
  RstWindow *window;

  if (shown != NULL)
    {
      gtk_window_present (shown);
      return;
    }

  if (self->demo == NULL)
    self->demo = rst_demo_new (&error);
  if (self->demo != NULL)
    {
      create_demo_window (self);
      return;
    }

  window = rst_application_take_window (self);
  gtk_window_present (GTK_WINDOW (window));
  rst_window_show_notice (window, error->message);
}

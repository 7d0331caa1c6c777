/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-accounts-file.h"
#include "app/rst-message-list-private.h"
#include "rst-test-app.h"

#define ALL "Subject 4,Subject 3,Subject 2,Subject 1,Subject 0"
#define N_LATE 3

static void
change_account (guint fetch_limit,
                guint keep_session)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = rst_accounts_file_load (path, &error);
  g_autoptr (RstAccount) account = NULL;

  g_assert_no_error (error);
  account = rst_account_copy (rst_accounts_file_find (file, "test"));
  account->fetch_limit = fetch_limit;
  account->keep_session = keep_session;
  rst_accounts_file_put (file, account);
  rst_accounts_file_save (file, &error);
  g_assert_no_error (error);
}

static void
assert_subjects (RstWindow *window,
                 const char *expected)
{
  g_autofree char *subjects = rst_test_app_dup_subjects (window);

  g_assert_cmpstr (subjects, ==, expected);
}

static gboolean
is_enabled (RstWindow *window,
            const char *action)
{
  return g_action_group_get_action_enabled (G_ACTION_GROUP (window), action);
}

static void
activate (RstWindow *window,
          const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (window), action, NULL);
}

static void
idle_body (GtkApplication *application,
           gpointer user_data)
{
  rst_test_app_wait_idle (rst_test_app_get_window (application));
}

static void
checking_body (GtkApplication *application,
               gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_text (window, "Checking…");
  assert_subjects (window, ALL);
  rst_demo_server_clear_faults (user_data);
  activate (window, "stop");
  rst_test_app_wait_idle (window);
  rst_test_app_wait_text (window, "Not checked · 5 messages");

  activate (window, "refresh");
  rst_test_app_wait_idle (window);
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

/* The list of the last time is there while the server keeps its answer to itself. */
static void
test_checking (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, idle_body, NULL), ==, 0);
  rst_test_app_set_fault (server, "stall-at", "UIDL");
  g_assert_cmpint (rst_test_app_run (NULL, checking_body, server), ==, 0);
}

static gboolean
has_asked_for_top (gpointer user_data)
{
  return rst_demo_server_get_n_commands (user_data, "TOP") > 0;
}

static void
rest_body (GtkApplication *application,
           gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_wait_text (window, "In sync · 20 not loaded · 60 messages");
  g_assert_true (is_enabled (window, "load-rest"));

  rst_test_app_set_fault (server, "stall-at", "TOP");
  rst_demo_server_clear_log (server);
  activate (window, "load-rest");
  rst_test_app_wait (has_asked_for_top, server);
  g_assert_false (is_enabled (window, "load-rest"));
  rst_message_list_look_again (window->message_list);
  activate (window, "stop");
  rst_test_app_wait_notice (window, "20 messages have not been loaded");
  /* What was stopped does not begin again by itself. */
  g_assert_false (window->is_load_due);
  g_assert_cmpuint (window->message_list->wanted_source, ==, 0);

  rst_demo_server_clear_faults (server);
  rst_test_app_click (window->notice, "Load the Res_t");
  rst_test_app_wait_text (window, "In sync · 60 messages");
  g_assert_false (is_enabled (window, "load-rest"));
}

/* The rows that are not loaded are below those that are in sight. */
static void
test_rest (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (60);

  rst_test_app_write_account (server, "demo");
  change_account (40, RST_ACCOUNT_DEFAULT_KEEP_SESSION);
  g_assert_cmpint (rst_test_app_run (NULL, rest_body, server), ==, 0);
}

static void
in_sight_body (GtkApplication *application,
               gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_text (window, "In sync · 5 messages");
  rst_test_app_wait_idle (window);
  assert_subjects (window, ALL);
}

/* What comes into sight while the list is being fetched is loaded when that is done. */
static void
test_in_sight (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  change_account (2, RST_ACCOUNT_DEFAULT_KEEP_SESSION);
  g_assert_cmpint (rst_test_app_run (NULL, in_sight_body, server), ==, 0);
}

/* What the list said each time when it changed while the server was still speaking. */
typedef struct
{
  RstWindow *window;
  GString *seen;
} Watch;

static void
changed_cb (Watch *watch)
{
  g_autofree char *subjects = rst_test_app_dup_subjects (watch->window);

  if (rst_mailbox_get_is_busy (rst_window_get_mailbox (watch->window)))
    g_string_append_printf (watch->seen, "%s\n", subjects);
}

static void
arrivals_body (GtkApplication *application,
               gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (GString) seen = g_string_new (NULL);
  Watch watch = { window, seen };
  RstIndex *index;

  rst_test_app_wait_idle (window);
  index = rst_mailbox_get_index (rst_window_get_mailbox (window));
  for (int i = 0; i < N_LATE; i++)
    {
      g_autofree char *text = g_strdup_printf ("From: Eve <eve@example.org>\r\n"
                                               "Subject: Late %d\r\n"
                                               "Date: Mon, 1 Jun 2026 09:0%d:00 +0000\r\n"
                                               "\r\n"
                                               "Late.\r\n",
                                               i,
                                               i);
      g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));

      rst_demo_server_add_message (server, message, NULL);
    }

  /* Each byte takes a millisecond, so each message is a batch. */
  rst_test_app_set_fault (server, "drip", "1");
  g_signal_connect_swapped (index, "items-changed", G_CALLBACK (changed_cb), &watch);
  activate (window, "refresh");
  rst_test_app_wait_text (window, "In sync · 8 messages");
  g_signal_handlers_disconnect_by_data (index, &watch);
  g_assert_nonnull (strstr (seen->str, "Late 2," ALL "\n"));
  g_assert_nonnull (strstr (seen->str, "Late 2,Late 1,Late 0," ALL "\n"));
  assert_subjects (window, "Late 2,Late 1,Late 0," ALL);
}

/* New messages come to a list that has some while they arrive, and at their places. */
static void
test_arrivals (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, arrivals_body, server), ==, 0);
}

static void
outdated_body (GtkApplication *application,
               gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_text (window, "In sync · 5 messages");
  rst_test_app_wait_idle (window);
  rst_demo_server_remove_message (server, 0);
  rst_test_app_select (window, "Subject 3", NULL);
  rst_test_app_wait_text (window, "In sync · 4 messages");
  assert_subjects (window, "Subject 4,Subject 3,Subject 2,Subject 1");
}

/* Reading a message shows in passing that another one is gone: the list says so by itself. */
static void
test_outdated (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  change_account (0, 0);
  g_assert_cmpint (rst_test_app_run (NULL, outdated_body, server), ==, 0);
}

int
main (int argc,
      char **argv)
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/loading/checking", test_checking);
  g_test_add_func ("/loading/rest", test_rest);
  g_test_add_func ("/loading/in-sight", test_in_sight);
  g_test_add_func ("/loading/arrivals", test_arrivals);
  g_test_add_func ("/loading/outdated", test_outdated);

  return g_test_run ();
}

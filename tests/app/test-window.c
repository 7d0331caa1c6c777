/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-accounts-file.h"
#include "app/rst-account-dialog.h"
#include "app/rst-message-window.h"
#include "app/rst-password-dialog.h"
#include "app/rst-source-window.h"
#include "rst-test-app.h"

#define ALL "Subject 4,Subject 3,Subject 2,Subject 1,Subject 0"

/* Runs the program on an account of @server, whose password it knows. */
static void
run_with_server (RstDemoServer *server,
                 RstTestBody body)
{
  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, body, server), ==, 0);
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
remove_subject (RstDemoServer *server,
                const char *subject)
{
  g_autofree char *line = g_strdup_printf ("Subject: %s\r\n", subject);

  for (guint i = 0; i < rst_demo_server_get_n_messages (server); i++)
    {
      g_autoptr (GBytes) message = rst_demo_server_dup_message (server, i);
      gsize length;
      const char *text = g_bytes_get_data (message, &length);

      if (g_strstr_len (text, (gssize)length, line) != NULL)
        {
          rst_demo_server_remove_message (server, i);
          return;
        }
    }
  g_assert_not_reached ();
}

static void
list_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  assert_subjects (window, ALL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->stack), ==, "mail");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_false (is_enabled (window, "delete"));
  g_assert_true (is_enabled (window, "refresh"));
  g_assert_false (is_enabled (window, "stop"));
}

static void
test_list (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, list_body);
}

static void
click_title (RstWindow *window,
             guint n_column)
{
  GtkColumnView *view = rst_test_app_find_child (window->message_list, GTK_TYPE_COLUMN_VIEW);
  g_autoptr (GtkColumnViewColumn) column =
      g_list_model_get_item (gtk_column_view_get_columns (view), n_column);

  gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
}

static void
sort_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstMessageItem *item;
  g_autoptr (GPtrArray) selected = NULL;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 3", NULL);
  item = rst_test_app_get_item (window, "Subject 3");
  click_title (window, 3);
  assert_subjects (window, "Subject 0,Subject 1,Subject 2,Subject 3,Subject 4");
  click_title (window, 1);
  assert_subjects (window, "Subject 4,Subject 2,Subject 0,Subject 3,Subject 1");
  selected = rst_message_list_dup_selected (window->message_list);
  g_assert_cmpuint (selected->len, ==, 1);
  g_assert_true (g_ptr_array_index (selected, 0) == item);
}

static void
sorted_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  assert_subjects (window, "Subject 4,Subject 2,Subject 0,Subject 3,Subject 1");
  g_settings_reset (window->settings, "sort-column");
  g_settings_reset (window->settings, "sort-descending");
}

typedef struct
{
  RstWindow *window;
  const char *subjects;
} Order;

static gboolean
has_order (gpointer user_data)
{
  const Order *order = user_data;
  g_autofree char *subjects = rst_test_app_dup_subjects (order->window);

  return g_str_equal (subjects, order->subjects);
}

/* The keyboard has no titles to click on. */
static void
sort_menu_body (GtkApplication *application,
                gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GActionGroup *actions = G_ACTION_GROUP (window);
  Order order = { window, "Subject 4,Subject 2,Subject 0,Subject 3,Subject 1" };
  g_autoptr (GVariant) column = NULL;
  g_autoptr (GVariant) is_descending = NULL;

  rst_test_app_wait_idle (window);
  g_action_group_activate_action (actions, "sort-column", g_variant_new_string ("from"));
  g_action_group_activate_action (actions, "sort-descending", NULL);
  rst_test_app_wait (has_order, &order);
  order.subjects = "Subject 3,Subject 1,Subject 4,Subject 2,Subject 0";
  g_action_group_activate_action (actions, "sort-descending", NULL);
  rst_test_app_wait (has_order, &order);
  order.subjects = "Subject 4,Subject 3,Subject 2,Subject 1,Subject 0";
  g_action_group_activate_action (actions, "sort-column", g_variant_new_string ("subject"));
  rst_test_app_wait (has_order, &order);

  /* And it says what was clicked on. */
  click_title (window, 3);
  order.subjects = "Subject 0,Subject 1,Subject 2,Subject 3,Subject 4";
  rst_test_app_wait (has_order, &order);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_true (has_order (&order));
  column = g_action_group_get_action_state (actions, "sort-column");
  is_descending = g_action_group_get_action_state (actions, "sort-descending");
  g_assert_cmpstr (g_variant_get_string (column, NULL), ==, "date");
  g_assert_false (g_variant_get_boolean (is_descending));
  g_settings_reset (window->settings, "sort-column");
  g_settings_reset (window->settings, "sort-descending");
}

static void
test_sort_menu (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, sort_menu_body);
}

static void
test_sort (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, sort_body);
  /* The order is remembered. */
  run_with_server (server, sorted_body);
}

static void
search_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GtkEditable *entry = rst_test_app_find_child (window->message_list, GTK_TYPE_SEARCH_ENTRY);

  rst_test_app_wait_idle (window);
  rst_test_app_activate (window, "search");
  gtk_editable_set_text (entry, "ADA");
  g_signal_emit_by_name (entry, "search-changed");
  assert_subjects (window, "Subject 4,Subject 2,Subject 0");
  gtk_editable_set_text (entry, "nobody");
  g_signal_emit_by_name (entry, "search-changed");
  rst_test_app_wait_text (window, "No Messages Found");
  rst_test_app_activate (window, "search");
  assert_subjects (window, ALL);
}

static void
test_search (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, search_body);
}

static gboolean
has_message (gpointer user_data)
{
  return rst_reader_get_message (RST_WINDOW (user_data)->reader) != NULL;
}

static void
assert_text (RstWindow *window,
             const char *expected)
{
  const char *text = rst_message_get_text (rst_reader_get_message (window->reader));

  g_assert_nonnull (strstr (text, expected));
}

static void
read_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  RstMessageItem *item;

  rst_test_app_wait_idle (window);
  item = rst_test_app_get_item (window, "Subject 2");
  g_assert_false (rst_message_item_get_is_read (item));
  rst_test_app_select (window, "Subject 2", NULL);
  rst_test_app_wait (has_message, window);
  assert_text (window, "This is text 2.");
  g_assert_true (rst_message_item_get_is_read (item));

  rst_test_app_activate (window, "view-source");
  gtk_window_destroy (rst_test_app_find_window (RST_TYPE_SOURCE_WINDOW));
  rst_test_app_activate (window, "open");
  gtk_window_destroy (rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW));

  rst_test_app_select (window, "Subject 1", "Subject 2", "Subject 3", NULL);
  rst_test_app_wait_text (window->reader, "3 messages selected");
  g_assert_false (is_enabled (window, "view-source"));
  rst_message_list_select_none (window->message_list);
  rst_test_app_wait_text (window->reader, "No Message Selected");
}

static void
test_read (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, read_body);
}

static gboolean
reads_last (gpointer user_data)
{
  RstMessage *message = rst_reader_get_message (RST_WINDOW (user_data)->reader);

  return message != NULL &&
         g_str_equal (rst_message_get_envelope (message)->subject, "Subject 0");
}

static void
hurry_body (GtkApplication *application,
            gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  guint n_rests = 0;

  rst_test_app_wait_idle (window);
  rst_demo_server_clear_log (server);
  /* An arrow key held down: a message after the other, with a turn of the main loop between. */
  for (int i = 49; i >= 0; i--)
    {
      g_autofree char *subject = g_strdup_printf ("Subject %d", i);
      gint64 start = g_get_monotonic_time ();

      rst_test_app_select (window, subject, NULL);
      while (g_main_context_iteration (NULL, FALSE))
        ;
      /* When the machine is too busy, that is no longer a key held down. */
      if (g_get_monotonic_time () - start > 100 * G_TIME_SPAN_MILLISECOND)
        n_rests++;
    }
  rst_test_app_wait (reads_last, window);
  g_assert_cmpuint (n_rests, <, 25);
  /* The first, which is asked for at once, and the last. */
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "RETR"), <=, 2 + n_rests);
}

static void
test_hurry (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (50);

  run_with_server (server, hurry_body);
}

static void
delete_body (GtkApplication *application,
             gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", "Subject 3", NULL);

  /* Cancel is the default, and does nothing. */
  rst_test_app_activate (window, "delete");
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpstr (adw_message_dialog_get_heading (dialog),
                   ==,
                   "Delete 2 messages from the server?");
  g_assert_cmpstr (adw_message_dialog_get_default_response (dialog), ==, "cancel");
  rst_test_app_wait_text (dialog, "Subject 3");
  rst_test_app_click (dialog, "_Cancel");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "DELE"), ==, 0);

  rst_test_app_activate (window, "delete");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");
  rst_test_app_wait_text (window, "2 messages deleted");
  rst_test_app_wait_idle (window);
  assert_subjects (window, "Subject 4,Subject 2,Subject 0");
  rst_test_app_assert_server (server, "Subject 0,Subject 2,Subject 4");
}

static void
test_delete (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, delete_body);
}

static void
delete_open_body (GtkApplication *application,
                  gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer message_window;

  rst_test_app_wait_idle (window);
  rst_window_open_item (window, rst_test_app_get_item (window, "Subject 1"));
  message_window = rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  g_assert_true (gtk_widget_activate_action (message_window, "win.delete", NULL));
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");
  rst_test_app_wait_text (window, "1 message deleted");
  rst_test_app_wait_closed (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_assert_server (user_data, "Subject 0,Subject 2,Subject 3,Subject 4");
}

static void
test_delete_open (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, delete_open_body);
}

static void
changed_body (GtkApplication *application,
              gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (GPtrArray) selected = NULL;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 2", "Subject 3", "Subject 6", NULL);

  /* Another client deletes one of them, and one before them, so that every number is another. */
  remove_subject (server, "Subject 0");
  remove_subject (server, "Subject 3");
  rst_test_app_activate (window, "delete");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");
  rst_test_app_wait_notice (window, "Nothing was deleted:");
  rst_test_app_wait_idle (window);
  g_assert_nonnull (strstr (rst_notice_get_text (window->notice), "2 gone"));
  rst_test_app_assert_server (
      server, "Subject 1,Subject 2,Subject 4,Subject 5,Subject 6,Subject 7");
  assert_subjects (window, "Subject 7,Subject 6,Subject 5,Subject 4,Subject 2,Subject 1");
  selected = rst_message_list_dup_selected (window->message_list);
  g_assert_cmpuint (selected->len, ==, 2);
  g_assert_true (g_ptr_array_index (selected, 0) == rst_test_app_get_item (window, "Subject 6"));
  g_assert_true (g_ptr_array_index (selected, 1) == rst_test_app_get_item (window, "Subject 2"));

  rst_test_app_click (window->notice, "_Delete the 2 that are still there");
  rst_test_app_wait_text (window, "2 messages deleted");
  rst_test_app_wait_idle (window);
  g_assert_null (rst_notice_get_text (window->notice));
  rst_test_app_assert_server (server, "Subject 1,Subject 4,Subject 5,Subject 7");
  assert_subjects (window, "Subject 7,Subject 5,Subject 4,Subject 1");
}

static void
test_changed (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (8);

  run_with_server (server, changed_body);
}

static void
read_changed_body (GtkApplication *application,
                   gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  remove_subject (user_data, "Subject 0");
  remove_subject (user_data, "Subject 2");

  /* Still there, under another number. */
  rst_test_app_select (window, "Subject 3", NULL);
  rst_test_app_wait (has_message, window);
  rst_test_app_wait_text (window->reader, "Subject 3");
  assert_text (window, "This is text 3.");
}

static void
read_gone_body (GtkApplication *application,
                gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  /* The session of the refresh would still have it; Stop lets go of that. */
  rst_test_app_wait_idle (window);
  rst_mailbox_stop (window->mailbox);
  remove_subject (user_data, "Subject 2");
  rst_test_app_select (window, "Subject 2", NULL);
  rst_test_app_wait_notice (window, "1 gone");
  rst_test_app_wait_idle (window);
  rst_test_app_wait_text (window->reader, "No Message Selected");
  assert_subjects (window, "Subject 4,Subject 3,Subject 1,Subject 0");
}

static void
test_read_changed (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, read_changed_body);
}

static void
test_read_gone (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *settings = NULL;
  g_autofree char *contents = NULL;

  /* A session that is open still has the message. */
  rst_test_app_write_account (server, "demo");
  g_assert_true (g_file_get_contents (path, &settings, NULL, NULL));
  contents = g_strconcat (settings, "keep-session=0\n", NULL);
  rst_test_app_write_accounts_file (contents);
  g_assert_cmpint (rst_test_app_run (NULL, read_gone_body, server), ==, 0);
}

static void
unknown_body (GtkApplication *application,
              gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_set_fault (server, "quit-close", "commit");
  rst_test_app_select (window, "Subject 1", NULL);
  rst_test_app_activate (window, "delete");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");
  /* Not known, and then settled by the reload. */
  rst_test_app_wait_notice (window, "did happen");
  rst_test_app_wait_idle (window);
  assert_subjects (window, "Subject 4,Subject 3,Subject 2,Subject 0");
  rst_test_app_assert_server (server, "Subject 0,Subject 2,Subject 3,Subject 4");
}

static void
test_unknown (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, unknown_body);
}

static void
no_top_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);

  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Download 5 messages?");
  rst_test_app_click (dialog, "_Cancel");
  rst_test_app_wait_text (window, "A Download Is Needed");
  rst_test_app_activate (window, "refresh");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Download");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  assert_subjects (window, ALL);
}

static void
test_no_top (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_set_fault (server, "no-top", NULL);
  run_with_server (server, no_top_body);
}

static gboolean
is_busy (gpointer user_data)
{
  return rst_mailbox_get_is_busy (rst_window_get_mailbox (user_data));
}

static gboolean
has_asked_for_top (gpointer user_data)
{
  return rst_demo_server_get_n_commands (user_data, "TOP") > 0;
}

static void
stop_body (GtkApplication *application,
           gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  /* The first answer to TOP never comes. */
  rst_test_app_wait (has_asked_for_top, server);
  g_assert_true (is_enabled (window, "stop"));
  rst_test_app_activate (window, "stop");
  rst_test_app_wait_idle (window);
  g_assert_false (is_enabled (window, "stop"));

  rst_demo_server_clear_faults (server);
  rst_test_app_activate (window, "refresh");
  rst_test_app_wait (is_busy, window);
  rst_test_app_wait_idle (window);
  assert_subjects (window, ALL);
}

static void
test_stop (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_set_fault (server, "stall-at", "TOP");
  run_with_server (server, stop_body);
}

static void
close_body (GtkApplication *application,
            gpointer user_data)
{
  rst_test_app_wait (has_asked_for_top, user_data);
}

/* Closing the window in mid-load ends the program, without waiting for the server. */
static void
test_close (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_set_fault (server, "stall-at", "TOP");
  run_with_server (server, close_body);
}

static void
quit_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 3", NULL);
  rst_test_app_activate (window, "open");
  rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_select (window, "Subject 2", NULL);
  rst_test_app_activate (window, "open");
  /* The windows are in the order in which the user went to them. */
  gtk_window_set_application (GTK_WINDOW (window), NULL);
  gtk_window_set_application (GTK_WINDOW (window), application);
  g_assert_true (gtk_application_get_windows (application)->data == window);
  g_action_group_activate_action (G_ACTION_GROUP (application), "quit", NULL);
  g_assert_null (gtk_application_get_windows (application));
}

/* Messages that are open go with their list, before it is their turn. */
static void
test_quit (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, quit_body);
}

typedef struct
{
  const char *name;
  const char *fault;
  const char *value;
  const char *password;
  const char *title;
} ProblemCase;

static const ProblemCase problem_cases[] = {
  { "/window/problem/in-use", "in-use", NULL, "demo", "The Mailbox Cannot Be Opened Now" },
  { "/window/problem/sys-temp", "sys-temp", NULL, "demo", "The Mailbox Cannot Be Opened Now" },
  { "/window/problem/cut", "close-at", "LIST,STAT", "demo", "The Connection Was Lost" },
  { "/window/problem/garbage", "garbage-at", "LIST,STAT", "demo",
    "The Server’s Answer Makes No Sense" },
};

static gboolean
has_page (gpointer user_data)
{
  return g_str_equal (gtk_stack_get_visible_child_name (RST_WINDOW (user_data)->stack), "page");
}

static void
problem_body (GtkApplication *application,
              gpointer user_data)
{
  const ProblemCase *test = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_wait (has_page, window);
  g_assert_cmpstr (adw_status_page_get_title (window->page), ==, test->title);
  g_assert_nonnull (adw_status_page_get_description (window->page));
  g_assert_nonnull (rst_test_app_find_button (window, "_Try Again"));
  g_assert_nonnull (rst_test_app_find_button (window, "Account _Settings"));
}

static void
test_problem (gconstpointer data)
{
  const ProblemCase *test = data;
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_set_fault (server, test->fault, test->value);
  rst_test_app_write_account (server, test->password);
  g_assert_cmpint (rst_test_app_run (NULL, problem_body, (gpointer)test), ==, 0);
}

typedef struct
{
  const char *name;
  const char *settings;
  const char *title;
} UnreachableCase;

static void
unreachable_body (GtkApplication *application,
                  gpointer user_data)
{
  const char *title = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_wait (has_page, window);
  g_assert_cmpstr (adw_status_page_get_title (window->page), ==, title);
}

static void
write_password (void)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "password", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "demo\n", -1, NULL));
}

static void
run_unreachable (guint16 port,
                 const char *security,
                 const char *title)
{
  g_autofree char *settings = g_strdup_printf ("[test]\nname=Test\nhost=127.0.0.1\nport=%u\n"
                                               "security=%s\nuser=demo\n"
                                               "password-file=%s/password\n",
                                               port,
                                               security,
                                               g_get_user_config_dir ());

  write_password ();
  rst_test_app_write_accounts_file (settings);
  g_assert_cmpint (rst_test_app_run (NULL, unreachable_body, (gpointer)title), ==, 0);
}

static void
test_refused_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);

  g_socket_listener_close (listener);
  run_unreachable (port, "tls", "Could Not Reach the Server");
}

static void
test_untrusted_certificate (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (1);

  run_unreachable (rst_demo_server_get_tls_port (server), "tls", "No Secure Connection");
}

static void
test_tls_on_plain_port (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (1);

  run_unreachable (rst_demo_server_get_port (server), "tls", "No Secure Connection");
}

static void
banner_body (GtkApplication *application,
             gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_set_fault (server, "in-use", NULL);
  rst_test_app_activate (window, "refresh");
  rst_test_app_wait_notice (window, "");
  rst_test_app_wait_idle (window);
  /* What there was stays, and is not said to be in sync. */
  rst_test_app_wait_text (window, "Not checked · 5 messages");
  assert_subjects (window, ALL);

  rst_demo_server_clear_faults (server);
  rst_test_app_click (window->notice, "_Try Again");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_null (rst_notice_get_text (window->notice));
}

static void
test_banner (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, banner_body);
}

static void
save_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "kept.mbox", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  g_autofree char *contents = NULL;

  rst_test_app_wait_idle (window);
  g_assert_true (g_file_set_contents (path, "what was there before", -1, NULL));
  g_ptr_array_add (items, rst_test_app_get_item (window, "Subject 1"));
  g_ptr_array_add (items, rst_test_app_get_item (window, "Subject 2"));
  rst_window_save_items (window, items, file);
  rst_test_app_wait_text (window, "2 messages saved to “kept.mbox”");
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_true (g_str_has_prefix (contents, "From "));
  g_assert_nonnull (strstr (contents, "This is text 1."));
  g_assert_nonnull (strstr (contents, "This is text 2."));
  g_assert_null (strstr (contents, "This is text 3."));
}

static void
test_save (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, save_body);
}

static void
sender_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", NULL);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  rst_test_app_activate (window, "select-sender");
  g_assert_cmpuint (rst_message_list_get_n_selected (window->message_list), ==, 2);
}

static void
test_sender (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  run_with_server (server, sender_body);
}

static void
check_mnemonics (GMenuModel *menu,
                 GHashTable *taken)
{
  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);
      g_autoptr (GMenuModel) submenu = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SUBMENU);
      g_autofree char *label = NULL;
      g_autofree char *action = NULL;
      const char *mark;

      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_LABEL, "s", &label);
      g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action);
      mark = label != NULL ? strchr (label, '_') : NULL;
      /* The demo's, which has no account's settings. */
      if (mark != NULL && g_strcmp0 (action, "win.simulate") != 0 &&
          !g_hash_table_add (taken, GINT_TO_POINTER (g_ascii_tolower (mark[1]))))
        g_error ("“%s” has the letter of another", label);
      if (section != NULL)
        check_mnemonics (section, taken);
      if (submenu != NULL)
        {
          g_autoptr (GHashTable) letters = g_hash_table_new (NULL, NULL);

          check_mnemonics (submenu, letters);
        }
    }
}

static void
mnemonics_body (GtkApplication *application,
                gpointer user_data)
{
  g_autoptr (GHashTable) taken = g_hash_table_new (NULL, NULL);

  check_mnemonics (
      G_MENU_MODEL (gtk_application_get_menu_by_id (application, "primary-menu")), taken);
  g_assert_cmpuint (g_hash_table_size (taken), >, 10);
}

static void
test_mnemonics (void)
{
  g_assert_cmpint (rst_test_app_run (NULL, mnemonics_body, NULL), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/window/list", test_list);
  g_test_add_func ("/window/sort", test_sort);
  g_test_add_func ("/window/sort-menu", test_sort_menu);
  g_test_add_func ("/window/search", test_search);
  g_test_add_func ("/window/read", test_read);
  g_test_add_func ("/window/hurry", test_hurry);
  g_test_add_func ("/window/read-changed", test_read_changed);
  g_test_add_func ("/window/read-gone", test_read_gone);
  g_test_add_func ("/window/delete", test_delete);
  g_test_add_func ("/window/delete-open", test_delete_open);
  g_test_add_func ("/window/changed", test_changed);
  g_test_add_func ("/window/unknown", test_unknown);
  g_test_add_func ("/window/no-top", test_no_top);
  g_test_add_func ("/window/stop", test_stop);
  g_test_add_func ("/window/close", test_close);
  g_test_add_func ("/window/quit", test_quit);
  for (guint i = 0; i < G_N_ELEMENTS (problem_cases); i++)
    g_test_add_data_func (problem_cases[i].name, &problem_cases[i], test_problem);
  g_test_add_func ("/window/refused-port", test_refused_port);
  g_test_add_func ("/window/untrusted-certificate", test_untrusted_certificate);
  g_test_add_func ("/window/tls-on-plain-port", test_tls_on_plain_port);
  g_test_add_func ("/window/banner", test_banner);
  g_test_add_func ("/window/save", test_save);
  g_test_add_func ("/window/sender", test_sender);
  g_test_add_func ("/window/mnemonics", test_mnemonics);
  return g_test_run ();
}

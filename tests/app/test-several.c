/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-accounts-file.h"
#include "app/rst-account-dialog.h"
#include "app/rst-account-row.h"
#include "app/rst-deleted-window.h"
#include "app/rst-application-private.h"
#include "app/rst-message-window.h"
#include "app/rst-preferences-window.h"
#include "rst-test-app.h"

/* Two accounts, "one" with 3 messages and "two" with 5, and "off", which is switched off. */
typedef struct
{
  RstDemoServer *one;
  RstDemoServer *two;
} Servers;

static char *
describe (const char *id,
          const char *name,
          RstDemoServer *server)
{
  return g_strdup_printf ("[%s]\nname=%s\nhost=127.0.0.1\nport=%u\nuser=demo\n"
                          "certificate-pin=%s\npassword-command=echo demo\n\n",
                          id,
                          name,
                          rst_demo_server_get_tls_port (server),
                          rst_demo_server_get_certificate_pin (server));
}

static void
set_up (Servers *servers,
        gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *text = NULL;

  servers->one = rst_test_app_create_server (3);
  servers->two = rst_test_app_create_server (5);
  one = describe ("one", "Account One", servers->one);
  two = describe ("two", "Account Two", servers->two);
  text = g_strconcat (
      one, two, "[off]\nname=Old One\nhost=127.0.0.1\nport=1\nuser=x\nenabled=false\n", NULL);
  rst_test_app_write_accounts_file (text);
}

static void
tear_down (Servers *servers,
           gconstpointer data)
{
  rst_demo_server_free (servers->one);
  rst_demo_server_free (servers->two);
}

static char *
dup_order (void)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (RstAccountsFile) file = rst_accounts_file_load (path, NULL);
  GPtrArray *accounts = rst_accounts_file_get_accounts (file);
  GString *order = g_string_new (NULL);

  for (guint i = 0; i < accounts->len; i++)
    g_string_append_printf (order, "%s ", ((RstAccount *)g_ptr_array_index (accounts, i))->id);
  return g_string_free (order, FALSE);
}

static GtkListBox *
open_switcher (RstWindow *window)
{
  GtkMenuButton *button =
      rst_test_app_find_child (window->account_switcher, GTK_TYPE_MENU_BUTTON);

  gtk_menu_button_popup (button);
  return rst_test_app_find_child (gtk_menu_button_get_popover (button), GTK_TYPE_LIST_BOX);
}

static void
activate_row (GtkListBox *list,
              int index)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, index);

  g_assert_nonnull (row);
  g_signal_emit_by_name (list, "row-activated", row);
}

static void
switch_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  GtkListBox *list;

  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->account_switcher)));
  list = open_switcher (window);
  g_assert_null (gtk_list_box_get_row_at_index (list, 2));
  /* The open one's unread messages are known, and of the other there is no cache yet. */
  rst_test_app_wait_text (gtk_list_box_get_row_at_index (list, 0), "3");
  activate_row (list, 1);
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "two");
  rst_test_app_wait_idle (window);

  activate_row (open_switcher (window), 0);
  rst_test_app_wait_text (window, "In sync · 3 messages");
  g_assert_true (rst_test_app_get_window (application) == window);
}

/* "Show" is about the account that the toast speaks of, whichever the window shows by then. */
static void
toast_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  /* See rst_window_show_deleted_toast(). */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", NULL);
  rst_test_app_activate (window, "delete");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");
  rst_test_app_wait_text (window, "1 message deleted");

  activate_row (open_switcher (window), 1);
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "two");
  rst_test_app_click (window, "_Show");
  rst_test_app_wait_text (rst_test_app_find_window (RST_TYPE_DELETED_WINDOW), "Account One ·");
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

static void
test_toast (Servers *servers,
            gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", toast_body, servers), ==, 0);
}

static void
test_switch (Servers *servers,
             gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", switch_body, servers), ==, 0);
}

static gboolean
has_two_windows (gpointer application)
{
  return g_list_length (gtk_application_get_windows (application)) == 2;
}

/* Two messages of the same place in two mailboxes are not the same. */
static void
open_message_body (GtkApplication *application,
                   gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  rst_window_open_item (window, rst_test_app_get_item (window, "Subject 1"));
  rst_test_app_find_window (RST_TYPE_MESSAGE_WINDOW);
  activate_row (open_switcher (window), 1);
  rst_test_app_wait_closed (RST_TYPE_MESSAGE_WINDOW);
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

static void
test_open_message (Servers *servers,
                   gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", open_message_body, servers), ==, 0);
}

/* A question that is answered when its window shows another account deletes nothing there. */
static void
late_answer_body (GtkApplication *application,
                  gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  Servers *servers = user_data;
  gpointer dialog;

  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Subject 1", NULL);
  rst_test_app_activate (window, "delete");
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  activate_row (open_switcher (window), 1);
  rst_test_app_wait_text (window, "In sync · 5 messages");
  rst_test_app_wait_idle (window);
  adw_message_dialog_response (dialog, "delete");
  gtk_window_close (dialog);
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_false (rst_mailbox_get_is_busy (window->mailbox));
  g_assert_cmpuint (rst_demo_server_get_n_commands (servers->two, "DELE"), ==, 0);
}

static void
test_late_answer (Servers *servers,
                  gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", late_answer_body, servers), ==, 0);
}

typedef struct
{
  gboolean is_done;
  GError *error;
} Refresh;

static void
refreshed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Refresh *refresh = user_data;

  rst_mailbox_refresh_finish (RST_MAILBOX (source), result, NULL, &refresh->error);
  refresh->is_done = TRUE;
}

static gboolean
is_refreshed (gpointer refresh)
{
  return ((Refresh *)refresh)->is_done;
}

/* The mailbox that a window has left is not stopped when that window is closed. */
static void
left_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *first = rst_test_app_get_window (application);
  RstWindow *second;
  Refresh refresh = { FALSE, NULL };
  Servers *servers = user_data;

  rst_test_app_wait_text (first, "In sync · 3 messages");
  rst_test_app_wait_idle (first);
  activate_row (open_switcher (first), 1);
  rst_test_app_wait_text (first, "In sync · 5 messages");
  g_action_group_activate_action (
      G_ACTION_GROUP (application), "open-account", g_variant_new_string ("one"));
  rst_test_app_wait (has_two_windows, application);
  second = gtk_application_get_windows (application)->data;
  if (second == first)
    second = gtk_application_get_windows (application)->next->data;
  rst_test_app_wait_idle (second);

  /* So slowly that it is not over before it could be stopped. */
  rst_test_app_set_fault (servers->one, "drip", "1");
  rst_mailbox_refresh_async (second->mailbox, NULL, refreshed_cb, &refresh);
  gtk_window_destroy (GTK_WINDOW (first));
  rst_test_app_wait (is_refreshed, &refresh);
  g_assert_no_error (refresh.error);
}

static void
test_left (Servers *servers,
           gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", left_body, servers), ==, 0);
}

static void
counts_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_idle (window);
  rst_test_app_wait_text (gtk_list_box_get_row_at_index (open_switcher (window), 1), "5");
}

static void
test_counts (Servers *servers,
             gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", switch_body, servers), ==, 0);
  g_assert_cmpint (rst_test_app_run ("--account=one", counts_body, servers), ==, 0);
}

static void
new_window_body (GtkApplication *application,
                 gpointer user_data)
{
  RstWindow *first = rst_test_app_get_window (application);
  RstWindow *second;

  rst_test_app_wait_text (first, "In sync · 3 messages");
  g_action_group_activate_action (
      G_ACTION_GROUP (application), "open-account", g_variant_new_string ("two"));
  rst_test_app_wait (has_two_windows, application);
  second = gtk_application_get_windows (application)->data;
  if (second == first)
    second = gtk_application_get_windows (application)->next->data;
  rst_test_app_wait_text (second, "In sync · 5 messages");

  /* Never two windows of one account. */
  activate_row (open_switcher (first), 1);
  g_assert_cmpstr (rst_window_get_account (first)->id, ==, "one");
  g_assert_true (has_two_windows (application));
}

static void
test_new_window (Servers *servers,
                 gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", new_window_body, servers), ==, 0);
}

static GtkWidget *
find_account_row (GtkWidget *widget,
                  const char *title)
{
  if (RST_IS_ACCOUNT_ROW (widget) &&
      g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_account_row (child, title);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gpointer
open_preferences (GtkApplication *application)
{
  g_action_group_activate_action (G_ACTION_GROUP (application), "manage-accounts", NULL);
  return rst_test_app_find_window (RST_TYPE_PREFERENCES_WINDOW);
}

typedef struct
{
  gpointer window;
  const char *title;
  guint position;
} RowAt;

static gboolean
row_is_at (gpointer user_data)
{
  RowAt *at = user_data;
  GtkWidget *row = find_account_row (at->window, at->title);

  return row != NULL && gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)) == (int)at->position;
}

static void
order_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer preferences;
  GtkListBoxRow *row;

  rst_test_app_wait_idle (window);
  preferences = open_preferences (application);
  gtk_widget_activate_action (
      find_account_row (preferences, "Account One"), "account.move-down", NULL);
  rst_test_app_wait (row_is_at, (&(RowAt){ preferences, "Account One", 1 }));
  row = gtk_list_box_get_row_at_index (open_switcher (window), 0);
  rst_test_app_wait_text (row, "Account Two");
  /* The window goes on with what it shows. */
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "one");
}

static void
test_order (Servers *servers,
            gconstpointer data)
{
  g_autofree char *order = NULL;

  g_assert_cmpint (rst_test_app_run ("--account=one", order_body, servers), ==, 0);
  order = dup_order ();
  g_assert_cmpstr (order, ==, "two one off ");
}

static void
disable_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer preferences;
  GtkSwitch *enabled;

  rst_test_app_wait_idle (window);
  preferences = open_preferences (application);
  enabled =
      rst_test_app_find_child (find_account_row (preferences, "Account One"), GTK_TYPE_SWITCH);
  gtk_switch_set_active (enabled, FALSE);
  /* Its window goes over to another one, and there is nothing to choose from any more. */
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->account_switcher)));
}

static void
test_disable (Servers *servers,
              gconstpointer data)
{
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autoptr (RstAccountsFile) file = NULL;

  g_assert_cmpint (rst_test_app_run ("--account=one", disable_body, servers), ==, 0);
  file = rst_accounts_file_load (path, NULL);
  g_assert_false (rst_accounts_file_find (file, "one")->is_enabled);
  g_assert_true (rst_accounts_file_find (file, "two")->is_enabled);
}

static gboolean
is_gone (gpointer pointer)
{
  return *(gpointer *)pointer == NULL;
}

static void
set_enabled (gpointer preferences,
             const char *title,
             gboolean is_enabled)
{
  GtkWidget *row = find_account_row (preferences, title);

  g_object_add_weak_pointer (G_OBJECT (row), (gpointer *)&row);
  gtk_switch_set_active (rst_test_app_find_child (row, GTK_TYPE_SWITCH), is_enabled);
  /* There are new rows then. */
  rst_test_app_wait (is_gone, &row);
}

/* The last one that is switched off can be switched on where it was. */
static void
last_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *first = rst_test_app_get_window (application);
  RstWindow *second;
  gpointer preferences;

  rst_test_app_wait_idle (first);
  preferences = open_preferences (application);
  g_action_group_activate_action (
      G_ACTION_GROUP (application), "open-account", g_variant_new_string ("two"));
  second = rst_application_find_window (RST_APPLICATION (application), "two");
  g_assert_nonnull (second);
  rst_test_app_wait_text (second, "In sync · 5 messages");
  rst_test_app_wait_idle (second);

  /* This one's window is the parent of the preferences. */
  set_enabled (preferences, "Account One", FALSE);
  g_assert_null (rst_application_find_window (RST_APPLICATION (application), "one"));
  g_assert_true (rst_test_app_find_window (RST_TYPE_PREFERENCES_WINDOW) == preferences);
  set_enabled (preferences, "Account Two", FALSE);
  rst_test_app_wait_text (second, "Welcome to Restante");
  g_assert_false (rst_test_app_says (second, "Account Two"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (second->refresh_stack)));
  g_assert_null (second->mailbox);
  g_assert_true (rst_test_app_find_window (RST_TYPE_PREFERENCES_WINDOW) == preferences);
  set_enabled (preferences, "Account Two", TRUE);
  rst_test_app_wait_text (second, "In sync · 5 messages");
}

static void
test_last (Servers *servers,
           gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", last_body, servers), ==, 0);
}

static void
remove_body (GtkApplication *application,
             gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer preferences;
  gpointer dialog;

  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  preferences = open_preferences (application);
  gtk_widget_activate_action (
      find_account_row (preferences, "Account One"), "account.remove", NULL);
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  rst_test_app_wait_text (dialog, "Remove “Account One”?");
  rst_test_app_wait_text (dialog, "Its mail stays on the server");
  rst_test_app_click (dialog, "_Cancel");
  rst_test_app_wait_closed (ADW_TYPE_MESSAGE_DIALOG);
  g_assert_nonnull (find_account_row (preferences, "Account One"));

  gtk_widget_activate_action (
      find_account_row (preferences, "Account One"), "account.remove", NULL);
  dialog = rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG);
  gtk_check_button_set_active (
      rst_test_app_find_child (dialog, GTK_TYPE_CHECK_BUTTON), user_data != NULL);
  rst_test_app_click (dialog, "_Remove");
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

typedef struct
{
  Servers *servers;
  gboolean is_removed;
} Dismissal;

static void
dismiss_body (GtkApplication *application,
              gpointer user_data)
{
  Dismissal *dismissal = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  gpointer row;

  /* See rst_window_show_deleted_toast(). */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  rst_test_app_set_fault (dismissal->servers->one, "drip", "2");
  rst_test_app_select (window, "Subject 1", NULL);
  rst_test_app_activate (window, "delete");
  rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Delete");

  row = find_account_row (open_preferences (application), "Account One");
  if (dismissal->is_removed)
    {
      gtk_widget_activate_action (row, "account.remove", NULL);
      rst_test_app_click (rst_test_app_find_window (ADW_TYPE_MESSAGE_DIALOG), "_Remove");
    }
  else
    gtk_switch_set_active (rst_test_app_find_child (row, GTK_TYPE_SWITCH), FALSE);
  rst_test_app_wait_text (window, "when this is done");
  g_assert_true (rst_window_has_work (window));
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "one");

  rst_demo_server_clear_faults (dismissal->servers->one);
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "two");
}

/* A delete that runs when its account is switched off, or removed, is not taken back. */
static void
test_dismiss (Servers *servers,
              gconstpointer data)
{
  Dismissal dismissal = { servers, GPOINTER_TO_INT (data) };

  g_assert_cmpint (rst_test_app_run ("--account=one", dismiss_body, &dismissal), ==, 0);
  rst_test_app_assert_server (servers->one, "Subject 0,Subject 2");
}

static void
remove_idle_body (GtkApplication *application,
                  gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "list.csv", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  rst_window_save_list (window, file);
  g_assert_true (rst_window_has_work (window));
  rst_application_remove_account (
      RST_APPLICATION (application), "one", RST_ACCOUNT_STATE_CACHE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "two");
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

/* What its mailbox has no part in does not keep an account. */
static void
test_remove_idle (Servers *servers,
                  gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", remove_idle_body, NULL), ==, 0);
}

static gboolean
is_there (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, "restante", name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_remove (Servers *servers,
             gconstpointer data)
{
  gboolean with_data = GPOINTER_TO_INT (data);
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "restante", "one", NULL);
  g_autofree char *receipts = g_build_filename (folder, "old", NULL);
  g_autofree char *order = NULL;

  g_assert_cmpint (g_mkdir_with_parents (receipts, 0700), ==, 0);
  g_assert_cmpint (rst_test_app_run ("--account=one", remove_body, GINT_TO_POINTER (with_data)), ==,
                   0);
  order = dup_order ();
  g_assert_cmpstr (order, ==, "two off ");
  g_assert_false (is_there (g_get_user_cache_dir (), "one.sqlite"));
  g_assert_true (is_there (g_get_user_cache_dir (), "two.sqlite"));
  g_assert_cmpint (is_there (g_get_user_data_dir (), "one"), ==, !with_data);
  /* Nothing was deleted on the server. */
  g_assert_cmpuint (rst_demo_server_get_n_commands (servers->one, "DELE"), ==, 0);
}

static void
save_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  Servers *servers = user_data;
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "kept.mbox", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  rst_test_app_wait_text (window, "In sync · 3 messages");
  rst_test_app_wait_idle (window);
  g_ptr_array_add (items, rst_test_app_get_item (window, "Subject 1"));
  rst_test_app_set_fault (servers->one, "drip", "2");
  rst_window_save_items (window, items, file);
  activate_row (open_switcher (window), 1);
  rst_test_app_wait (has_two_windows, application);
  rst_test_app_wait_text (window, "1 message saved to “kept.mbox”");
  g_assert_cmpstr (rst_window_get_account (window)->id, ==, "one");
}

/* A save that is under way keeps its window. */
static void
test_save (Servers *servers,
           gconstpointer data)
{
  g_assert_cmpint (rst_test_app_run ("--account=one", save_body, servers), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add ("/several/switch", Servers, NULL, set_up, test_switch, tear_down);
  g_test_add ("/several/toast", Servers, NULL, set_up, test_toast, tear_down);
  g_test_add ("/several/open-message", Servers, NULL, set_up, test_open_message, tear_down);
  g_test_add ("/several/late-answer", Servers, NULL, set_up, test_late_answer, tear_down);
  g_test_add ("/several/left", Servers, NULL, set_up, test_left, tear_down);
  g_test_add ("/several/counts", Servers, NULL, set_up, test_counts, tear_down);
  g_test_add ("/several/new-window", Servers, NULL, set_up, test_new_window, tear_down);
  g_test_add ("/several/order", Servers, NULL, set_up, test_order, tear_down);
  g_test_add ("/several/disable", Servers, NULL, set_up, test_disable, tear_down);
  g_test_add ("/several/last", Servers, NULL, set_up, test_last, tear_down);
  g_test_add ("/several/disable-deleting", Servers, GINT_TO_POINTER (FALSE), set_up, test_dismiss,
              tear_down);
  g_test_add ("/several/remove-deleting", Servers, GINT_TO_POINTER (TRUE), set_up, test_dismiss,
              tear_down);
  g_test_add ("/several/remove-idle", Servers, NULL, set_up, test_remove_idle, tear_down);
  g_test_add ("/several/remove", Servers, NULL, set_up, test_remove, tear_down);
  g_test_add ("/several/remove-with-data",
              Servers,
              GINT_TO_POINTER (TRUE),
              set_up,
              test_remove,
              tear_down);
  g_test_add ("/several/save", Servers, NULL, set_up, test_save, tear_down);
  return g_test_run ();
}

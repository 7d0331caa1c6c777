/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-accounts-file.h"
#include "app/rst-application-private.h"
#include "rst-test-app.h"

/* Settings that change while the program runs reach all that was begun with the old ones. */

static RstAccount *
get_checked_account (RstApplication *application)
{
  RstBackgroundCheck *check = g_hash_table_lookup (application->checks, "test");

  return rst_mailbox_get_account (rst_background_check_get_mailbox (check));
}

static RstAccount *
copy_account (RstApplication *application)
{
  return rst_account_copy (g_ptr_array_index (rst_application_get_accounts (application), 0));
}

static void
change_account (RstApplication *application,
                RstAccount *account)
{
  g_autoptr (GError) error = NULL;

  rst_application_change_account (application, account, &error);
  g_assert_no_error (error);
}

/* Looking on in the background, with no window to make the mailbox anew. */
static void
edited_body (GtkApplication *gtk_application,
             gpointer user_data)
{
  RstApplication *application = RST_APPLICATION (gtk_application);
  RstWindow *window = rst_test_app_get_window (gtk_application);
  g_autoptr (RstAccount) account = NULL;
  g_autoptr (RstAccount) other = NULL;
  RstBackgroundCheck *check;

  rst_test_app_wait_text (window, "In sync");
  g_assert_true (rst_mailbox_get_copy_policy (window->mailbox)->is_chosen);
  g_settings_set_boolean (application->settings, "run-in-background", TRUE);
  g_settings_set_uint (application->settings, "kept-copies-days", 365);
  gtk_window_destroy (GTK_WINDOW (window));

  account = copy_account (application);
  g_free (account->user);
  account->user = g_strdup ("renamed");
  change_account (application, account);
  g_assert_cmpstr (get_checked_account (application)->user, ==, "renamed");
  check = g_hash_table_lookup (application->checks, "test");
  g_assert_cmpuint (
      rst_mailbox_get_copy_policy (rst_background_check_get_mailbox (check))->days, ==, 365);

  /* How often is no reason to begin anew. */
  check = g_hash_table_lookup (application->checks, "test");
  other = copy_account (application);
  other->check_interval = 77;
  change_account (application, other);
  g_assert_true (g_hash_table_lookup (application->checks, "test") == check);
  g_assert_cmpuint (rst_background_check_get_delay (check), ==, 77 * 60 * 1000);

  g_settings_set_boolean (application->settings, "run-in-background", FALSE);
}

static void
test_edited (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (2);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, edited_body, server), ==, 0);
}

static gboolean
is_slow (gpointer window)
{
  return rst_window_get_account (window)->timeout == 99;
}

/* With an editor, behind the program's back: read when the program is called again. */
static void
by_hand_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  g_autofree char *path = rst_accounts_file_dup_default_path ();
  g_autofree char *text = NULL;
  g_autofree char *changed = NULL;

  rst_test_app_wait_text (window, "In sync");
  rst_test_app_wait_idle (window);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  changed = g_strconcat (text, "timeout=99\n", NULL);
  rst_test_app_write_accounts_file (changed);
  g_application_activate (G_APPLICATION (application));
  rst_test_app_wait (is_slow, window);
  rst_test_app_wait_text (window, "In sync");
  g_assert_cmpuint (get_checked_account (RST_APPLICATION (application))->timeout, ==, 99);
}

static void
test_by_hand (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (2);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, by_hand_body, server), ==, 0);
}

static void
demo_body (GtkApplication *gtk_application,
           gpointer user_data)
{
  RstApplication *application = RST_APPLICATION (gtk_application);

  rst_test_app_wait_text (rst_test_app_get_window (gtk_application), "In sync");
  g_assert_false (application->is_held);
  g_assert_cmpuint (g_hash_table_size (application->checks), ==, 0);
}

/* Who only wants to see the demo has nobody signed in behind it. */
static void
test_demo (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (2);
  g_autoptr (GSettings) settings = g_settings_new ("io.github.restante.Restante");

  rst_test_app_write_account (server, "demo");
  g_settings_set_boolean (settings, "run-in-background", TRUE);
  g_assert_cmpint (rst_test_app_run ("--demo", demo_body, NULL), ==, 0);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 0);
  g_settings_reset (settings, "run-in-background");
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/settings-changes/edited", test_edited);
  g_test_add_func ("/settings-changes/by-hand", test_by_hand);
  g_test_add_func ("/settings-changes/demo", test_demo);

  return g_test_run ();
}

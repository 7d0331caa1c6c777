/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/rst-password-dialog.h"
#include "rst-test-app.h"

/* On a bus with an unlocked, empty keyring: what one start of the program remembers, the next one
 * finds. */

static gpointer
find_dialog (void)
{
  return rst_test_app_find_window (RST_TYPE_PASSWORD_DIALOG);
}

static gboolean
is_gone (gpointer user_data)
{
  gpointer *dialog = user_data;

  return *dialog == NULL;
}

/* And waits for the dialog to go: the next one is another. */
static void
enter (gpointer dialog,
       const char *password)
{
  g_object_add_weak_pointer (dialog, &dialog);
  gtk_editable_set_text (rst_test_app_find_child (dialog, GTK_TYPE_PASSWORD_ENTRY), password);
  rst_test_app_click (dialog, "_Sign In");
  rst_test_app_wait (is_gone, &dialog);
}

static gboolean
can_remember (gpointer button)
{
  return gtk_widget_get_sensitive (button);
}

static void
refused_body (GtkApplication *application,
              gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog = find_dialog ();
  gpointer check;

  g_assert_cmpstr (adw_message_dialog_get_heading (dialog), ==, "Password for demo on 127.0.0.1");
  g_assert_cmpstr (adw_message_dialog_get_body (dialog), ==, "");
  enter (dialog, "wrong");

  /* Again, and why. */
  dialog = find_dialog ();
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "refused"));
  check = rst_test_app_find_child (dialog, GTK_TYPE_CHECK_BUTTON);
  rst_test_app_wait (can_remember, check);
  g_assert_false (gtk_check_button_get_active (check));
  gtk_check_button_set_active (check, TRUE);
  enter (dialog, "demo");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 2);
}

static void
found_body (GtkApplication *application,
            gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_assert_null (rst_notice_get_text (window->notice));
}

static void
changed_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog = find_dialog ();
  gpointer check = rst_test_app_find_child (dialog, GTK_TYPE_CHECK_BUTTON);

  /* What is stored is refused, and says so; the new one takes its place. */
  g_assert_nonnull (strstr (adw_message_dialog_get_body (dialog), "refused"));
  rst_test_app_wait (can_remember, check);
  gtk_check_button_set_active (check, TRUE);
  enter (dialog, "new");
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

static void
test_remember (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, NULL);
  g_assert_cmpint (rst_test_app_run (NULL, refused_body, server), ==, 0);
  g_assert_cmpint (rst_test_app_run (NULL, found_body, server), ==, 0);

  rst_demo_server_set_credentials (server, "demo", "new");
  g_assert_cmpint (rst_test_app_run (NULL, changed_body, server), ==, 0);
  g_assert_cmpint (rst_test_app_run (NULL, found_body, server), ==, 0);
}

static void
dismiss_body (GtkApplication *application,
              gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstWindow *window = rst_test_app_get_window (application);

  rst_test_app_click (find_dialog (), "_Cancel");
  rst_test_app_wait_text (window, "Stopped");
  rst_test_app_wait_closed (RST_TYPE_PASSWORD_DIALOG);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 0);

  /* Asked for again, it is asked for again. */
  rst_test_app_click (window, "_Try Again");
  enter (find_dialog (), "demo");
  rst_test_app_wait_text (window, "In sync · 5 messages");
}

static void
test_dismiss (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, NULL);
  g_assert_cmpint (rst_test_app_run (NULL, dismiss_body, server), ==, 0);
}

static void
close_body (GtkApplication *application,
            gpointer user_data)
{
  find_dialog ();
}

/* Closing the window answers the question. */
static void
test_close (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, NULL);
  g_assert_cmpint (rst_test_app_run (NULL, close_body, server), ==, 0);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 0);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/sign-in/dismiss", test_dismiss);
  g_test_add_func ("/sign-in/close", test_close);
  g_test_add_func ("/sign-in/remember", test_remember);
  return g_test_run ();
}

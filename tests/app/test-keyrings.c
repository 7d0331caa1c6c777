/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/rst-password-dialog.h"
#include "rst-test-app.h"

/* On a bus without a keyring, and with one whose owner is not there. */

static void
none_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  gpointer dialog = rst_test_app_find_window (RST_TYPE_PASSWORD_DIALOG);

  /* It is said how long the password is known, and so it is. */
  rst_test_app_wait_text (dialog, "the password is kept only until the program ends");
  g_assert_false (gtk_widget_get_sensitive (
      rst_test_app_find_child (dialog, GTK_TYPE_CHECK_BUTTON)));
  gtk_editable_set_text (rst_test_app_find_child (dialog, GTK_TYPE_PASSWORD_ENTRY), "demo");
  rst_test_app_click (dialog, "_Sign In");
  rst_test_app_wait_text (window, "In sync · 5 messages");
  g_action_group_activate_action (G_ACTION_GROUP (window), "refresh", NULL);
  rst_test_app_wait_idle (window);
  g_assert_null (rst_notice_get_text (window->notice));
}

static void
test_none (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, NULL);
  g_assert_cmpint (rst_test_app_run (NULL, none_body, server), ==, 0);
}

typedef struct
{
  GSubprocess *process;
  GDataInputStream *output;
} Mock;

static void
line_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  char **line = user_data;

  *line = g_data_input_stream_read_line_finish (
      G_DATA_INPUT_STREAM (source), result, NULL, NULL);
}

static gboolean
is_set (gpointer line)
{
  return *(char **)line != NULL;
}

/* While the main loop runs, as the window does. */
static void
wait_for_line (Mock *mock,
               const char *expected)
{
  g_autofree char *line = NULL;

  g_data_input_stream_read_line_async (mock->output, 0, NULL, line_cb, &line);
  rst_test_app_wait (is_set, &line);
  g_assert_cmpstr (line, ==, expected);
}

static void
hang_body (GtkApplication *application,
           gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);

  wait_for_line (user_data, "waiting");
  g_action_group_activate_action (G_ACTION_GROUP (window), "stop", NULL);
  rst_test_app_wait_text (window, "Stopped");
}

/* The keyring's prompt is ignored: the window goes on, and Stop ends the wait. */
static void
test_hang (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);
  g_autofree char *program =
      g_test_build_filename (G_TEST_DIST, "account", "mock-keyring.py", NULL);
  g_autofree char *port = g_strdup_printf ("port=%u", rst_demo_server_get_tls_port (server));
  g_autoptr (GError) error = NULL;
  Mock mock = { NULL, NULL };

  rst_test_app_write_account (server, NULL);
  mock.process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                   &error,
                                   program,
                                   "hang",
                                   "demo",
                                   "application=io.github.restante.Restante",
                                   "host=127.0.0.1",
                                   port,
                                   "user=demo",
                                   NULL);
  g_assert_no_error (error);
  mock.output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (mock.process));
  wait_for_line (&mock, "ready");
  g_assert_cmpint (rst_test_app_run (NULL, hang_body, &mock), ==, 0);
  g_assert_cmpuint (rst_demo_server_get_n_commands (server, "PASS"), ==, 0);

  g_subprocess_force_exit (mock.process);
  g_subprocess_wait (mock.process, NULL, NULL);
  g_object_unref (mock.output);
  g_object_unref (mock.process);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/keyrings/none", test_none);
  g_test_add_func ("/keyrings/hang", test_hang);
  return g_test_run ();
}

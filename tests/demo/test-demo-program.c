/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-demo-program"

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "raw-client.h"

/* The program restante-demo-server as a script uses it; the path comes in the environment. */

static GSubprocess *
spawn (const char *const *arguments)
{
  GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *program;

  g_ptr_array_add (argv, (char *)g_getenv ("DEMO_SERVER"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *)arguments[i]);
  g_ptr_array_add (argv, NULL);
  /* Standard input is /dev/null: it ends at once. */
  program = g_subprocess_newv ((const char *const *)argv->pdata, flags, &error);
  g_assert_no_error (error);
  return program;
}

static void
wait_for_file (const char *path)
{
  gint64 deadline = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (!g_file_test (path, G_FILE_TEST_EXISTS) && g_get_monotonic_time () < deadline)
    g_usleep (1000);
}

static void
read_ports (const char *path,
            guint ports[2])
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;

  wait_for_file (path);
  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  words = g_strsplit (g_strchomp (text), " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 2);
  for (guint i = 0; i < 2; i++)
    ports[i] = (guint)g_ascii_strtoull (words[i], NULL, 10);
}

static void
stop (GSubprocess *program,
      int signal_number)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (program, signal_number);
  g_subprocess_wait (program, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (program));
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 0);
}

static void
test_serve (void)
{
  g_autofree char *folder = g_dir_make_tmp ("demo-XXXXXX", NULL);
  g_autofree char *port_file = g_build_filename (folder, "ports", NULL);
  g_autofree char *certificate_file = g_build_filename (folder, "certificate.pem", NULL);
  const char *arguments[] = { "--count", "5", "--user", "ada", "--password", "engine",
                              "--fault", "no-top", "--fault", "login-delay=20",
                              "--port-file", port_file,
                              "--certificate-file", certificate_file, NULL };
  g_autoptr (GSubprocess) program = spawn (arguments);
  g_autoptr (GTlsCertificate) certificate = NULL;
  g_autoptr (RawClient) client = NULL;
  guint ports[2];

  read_ports (port_file, ports);
  g_assert_cmpuint (ports[0], !=, ports[1]);
  certificate = g_tls_certificate_new_from_file (certificate_file, NULL);
  g_assert_nonnull (certificate);
  client = raw_client_new ((guint16)ports[0]);
  raw_client_play (client,
                   "S: +OK *\n"
                   "C: CAPA\n"
                   "…\n"
                   "S: PIPELINING\n"
                   "S: UIDL\n"
                   "…\n"
                   "S: LOGIN-DELAY 20\n"
                   "S: .\n"
                   "C: USER ada\n"
                   "S: +OK *\n"
                   "C: PASS engine\n"
                   "S: -ERR [LOGIN-DELAY] *\n");
  stop (program, SIGTERM);
  raw_client_expect_end (client);
  g_remove (port_file);
  g_remove (certificate_file);
  g_rmdir (folder);
}

static void
test_mbox (void)
{
  static const char mbox[] = "From a@example.org Mon Nov 23 07:30:00 2026\n"
                             "Subject: one\n"
                             "\n"
                             ">From here\n"
                             "\n"
                             "From b@example.org Mon Nov 23 07:31:00 2026\n"
                             "Subject: two\n"
                             "\n";
  g_autofree char *folder = g_dir_make_tmp ("demo-XXXXXX", NULL);
  g_autofree char *port_file = g_build_filename (folder, "ports", NULL);
  g_autofree char *mbox_file = g_build_filename (folder, "mail.mbox", NULL);
  const char *arguments[] = { "--mbox", mbox_file, "--port-file", port_file, NULL };
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (RawClient) client = NULL;
  guint ports[2];

  g_assert_true (g_file_set_contents (mbox_file, mbox, -1, NULL));
  program = spawn (arguments);
  read_ports (port_file, ports);
  client = raw_client_new ((guint16)ports[0]);
  raw_client_play (client,
                   "LOGIN\n"
                   "C: STAT\n"
                   "S: +OK 2 *\n"
                   "C: RETR 1\n"
                   "S: +OK *\n"
                   "S: Subject: one\n"
                   "S: \n"
                   "S: From here\n"
                   "S: .\n");
  stop (program, SIGINT);
  g_remove (port_file);
  g_remove (mbox_file);
  g_rmdir (folder);
}

/* Without a word about the messages, the built-in ones are served, and it says where. */
static void
test_directions (void)
{
  g_autofree char *folder = g_dir_make_tmp ("demo-XXXXXX", NULL);
  g_autofree char *port_file = g_build_filename (folder, "ports", NULL);
  const char *arguments[] = { "--port-file", port_file, NULL };
  g_autoptr (GSubprocess) program = spawn (arguments);
  g_autofree char *output = NULL;
  g_autofree char *directions = NULL;
  guint ports[2];

  read_ports (port_file, ports);
  g_subprocess_send_signal (program, SIGTERM);
  g_subprocess_communicate_utf8 (program, NULL, NULL, &output, NULL, NULL);
  directions = g_strdup_printf ("*messages wait on 127.0.0.1: port %u in the clear*"
                                "port %u with TLS*--port %u --security none --user demo list*",
                                ports[0],
                                ports[1],
                                ports[0]);
  g_assert_true (g_pattern_match_simple (directions, output));
  g_remove (port_file);
  g_rmdir (folder);
}

static void
test_list_faults (void)
{
  const char *arguments[] = { "--list-faults", NULL };
  g_autoptr (GSubprocess) program = spawn (arguments);
  g_autofree char *output = NULL;

  g_subprocess_communicate_utf8 (program, NULL, NULL, &output, NULL, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 0);
  g_assert_cmpstr (output, ==, rst_demo_server_get_fault_help ());
}

typedef struct
{
  const char *name;
  const char *option;
  const char *value;
  int status;
  const char *message;
} Wrong;

static const Wrong wrong[] = {
  { "option", "--nonsense", NULL, 2, "*--nonsense*" },
  { "argument", "nonsense", NULL, 2, "*nonsense*" },
  { "port", "--port", "70000", 2, "*65535*" },
  { "negative-count", "--count", "-1", 2, "*negative*" },
  { "fault", "--fault", "no-such-fault", 1, "*no-such-fault*--list-faults*" },
  { "fault-value", "--fault", "drip=slowly", 1, "*slowly*drip*" },
  { "mbox", "--mbox", "/no/such/file", 1, "*/no/such/file*" },
  { "port-file", "--port-file", "/no/such/folder/ports", 1, "*/no/such/folder*" },
};

static void
test_wrong (gconstpointer data)
{
  const Wrong *row = data;
  const char *arguments[] = { row->option, row->value, NULL };
  g_autoptr (GSubprocess) program = spawn (arguments);
  g_autofree char *errors = NULL;

  g_subprocess_communicate_utf8 (program, NULL, NULL, NULL, &errors, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, row->status);
  g_assert_true (g_str_has_prefix (errors, "restante-demo-server: "));
  g_assert_true (g_pattern_match_simple (row->message, errors));
}

/* A port that is taken is named. */
static void
test_taken_port (void)
{
  g_autoptr (RstDemoServer) server = make_server (0);
  g_autofree char *port = g_strdup_printf ("%u", rst_demo_server_get_port (server));
  const char *arguments[] = { "--tls-port", port, NULL };
  g_autoptr (GSubprocess) program = spawn (arguments);
  g_autofree char *errors = NULL;

  g_subprocess_communicate_utf8 (program, NULL, NULL, NULL, &errors, NULL);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
  g_assert_nonnull (strstr (errors, port));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo-program/serve", test_serve);
  g_test_add_func ("/demo-program/mbox", test_mbox);
  g_test_add_func ("/demo-program/directions", test_directions);
  g_test_add_func ("/demo-program/list-faults", test_list_faults);
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autofree char *path = g_strconcat ("/demo-program/wrong/", wrong[i].name, NULL);

      g_test_add_data_func (path, &wrong[i], test_wrong);
    }
  g_test_add_func ("/demo-program/taken-port", test_taken_port);

  return g_test_run ();
}

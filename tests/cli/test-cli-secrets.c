/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-secrets"

#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "demo/raw-client.h"
#include "lib/rst-test-server.h"

/* A password or a token is nowhere but in the file that its owner keeps it in: neither on the disk,
 * nor in what is printed, nor where other users of the machine can look, though the server says it
 * again and again. */

#define SECRET "hunter2secret"
#define SECRET_64 "aHVudGVyMnNlY3JldA=="

/* "user=demo", "auth=Bearer " and the secret, as XOAUTH2 sends them */
#define XOAUTH2_64 "dXNlcj1kZW1vAWF1dGg9QmVhcmVyIGh1bnRlcjJzZWNyZXQBAQ=="

/* {"error_description":"bad hunter2secret"} */
#define REASON_64 "eyJlcnJvcl9kZXNjcmlwdGlvbiI6ImJhZCBodW50ZXIyc2VjcmV0In0="

#define WORDS SECRET " " SECRET_64 " " XOAUTH2_64

#define MESSAGE \
  "From: ada@example.org\r\nSubject: Number 1\r\nMessage-ID: <1@example.org>\r\n\r\nBody\r\n.\r\n"

/* The secret, and what is the same in its base64 wherever it begins. */
static const char *const forms[] = { SECRET, "aHVudGVyMnNlY3Jld", "h1bnRlcjJzZWNyZX",
                                     "odW50ZXIyc2VjcmV0" };

/* The file that it may be in. */
#define KEEPER "password"

typedef struct
{
  CliFixture base;
  /* the program while it runs: also read by the thread of the server */
  GSubprocess *program;
  int n_looks;
} Fixture;

/* What the server has to say to the secret. */
typedef struct
{
  Fixture *fixture;
  const char *greeting;
  const char *verdict;
  gboolean has_reason;
} Echo;

static gboolean
holds (const char *bytes,
       gsize length,
       const char *text)
{
  return memmem (bytes, length, text, strlen (text)) != NULL;
}

static void
assert_hidden (const char *where,
               const char *bytes,
               gsize length)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (holds (bytes, length, forms[i]))
      g_error ("“%s” is in %s: “%.*s”", forms[i], where, (int)length, bytes);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *bytes = NULL;
  gsize length;

  g_file_get_contents (path, &bytes, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (bytes, length);
}

static void
collect_files (const char *path,
               GPtrArray *files)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  if (folder == NULL)
    g_ptr_array_add (files, g_strdup (path));
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (!g_str_equal (name, KEEPER))
        collect_files (child, files);
    }
}

/* Every name and every byte below the home folder, which holds all the folders of the program. */
static guint
count_in_home (Fixture *self,
               const char *text)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func (g_free);
  guint count = 0;

  collect_files (cli_runner_get_home (self->base.runner), files);
  for (guint i = 0; i < files->len; i++)
    {
      const char *path = g_ptr_array_index (files, i);
      g_autoptr (GBytes) bytes = read_file (path);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      if (strstr (path, text) != NULL || (data != NULL && holds (data, length, text)))
        {
          g_test_message ("“%s” is in %s", text, path);
          count++;
        }
    }
  return count;
}

static void
assert_home_is_clean (Fixture *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    g_assert_cmpuint (count_in_home (self, forms[i]), ==, 0);
}

/* Where other processes look. */
static void
look_at_program (Fixture *self)
{
  static const char *const names[] = { "cmdline", "environ" };
  GSubprocess *program;

  while ((program = g_atomic_pointer_get (&self->program)) == NULL)
    g_usleep (1000);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path =
          g_build_filename ("/proc", g_subprocess_get_identifier (program), names[i], NULL);
      g_autoptr (GBytes) bytes = read_file (path);
      gsize length;
      const char *data = g_bytes_get_data (bytes, &length);

      g_assert_true (holds (data, length, i == 0 ? "restante-cli" : "XDG_CACHE_HOME="));
      assert_hidden (path, data, length);
    }
  g_atomic_int_inc (&self->n_looks);
}

/* Runs the program, and then looks everywhere. Returns what it printed. */
static char *
run (Fixture *self,
     const char *command,
     int status)
{
  g_autoptr (GSubprocess) program = cli_runner_spawn (self->base.runner, command);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GBytes) errors = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) printed = g_string_new (NULL);

  g_atomic_pointer_set (&self->program, program);
  g_subprocess_communicate (program, nothing, NULL, &output, &errors, &error);
  g_atomic_pointer_set (&self->program, NULL);
  g_assert_no_error (error);

  g_string_append_len (printed, g_bytes_get_data (output, NULL), g_bytes_get_size (output));
  g_string_append_len (printed, g_bytes_get_data (errors, NULL), g_bytes_get_size (errors));
  assert_hidden (command, printed->str, printed->len);
  assert_home_is_clean (self);
  if (g_subprocess_get_exit_status (program) != status)
    g_error ("“%s” ends with %d: %s", command, g_subprocess_get_exit_status (program),
             printed->str);
  return g_strdup (printed->str);
}

static void
run_and_forget (Fixture *self,
                const char *command,
                int status)
{
  g_autofree char *printed = run (self, command, status);
}

/* Whether the line has the secret, or is what follows the reason to refuse it. */
static gboolean
ends_login (const Echo *echo,
            const char *line)
{
  return *line == '\0' || g_str_has_prefix (line, "PASS") ||
         (g_str_has_prefix (line, "AUTH") && !echo->has_reason);
}

/* The answer to one command, to whatever it is. */
static const char *
find_answer (const Echo *echo,
             const char *line)
{
  static const struct
  {
    const char *verb;
    const char *answer;
  } answers[] = {
    { "CAPA", "+OK " WORDS "\r\nTOP\r\nUIDL\r\nUSER\r\nIMPLEMENTATION " SECRET
              "\r\nSASL " SECRET_64 "\r\n" WORDS "\r\n.\r\n" },
    { "LIST", "+OK " WORDS "\r\n1 100\r\n.\r\n" },
    { "UIDL", "+OK " WORDS "\r\n1 uid-1\r\n.\r\n" },
    { "TOP", "+OK " WORDS "\r\n" MESSAGE },
    { "RETR", "+OK " WORDS "\r\n" MESSAGE },
    { "NOOP", "-ERR " WORDS "\r\n" },
    { "AUTH XOAUTH2", "+ " REASON_64 "\r\n" },
  };

  if (ends_login (echo, line))
    return echo->verdict;
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    if (g_str_has_prefix (line, answers[i].verb))
      return answers[i].answer;
  return "+OK " WORDS "\r\n";
}

static void
echo_cb (GIOStream *stream,
         gpointer user_data)
{
  const Echo *echo = user_data;
  g_autoptr (GDataInputStream) input = NULL;
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  gboolean is_over = FALSE;

  input = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_output_stream_write_all (output, echo->greeting, strlen (echo->greeting), NULL, NULL, NULL);
  while (!is_over)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
      const char *answer = line != NULL ? find_answer (echo, line) : "";

      if (line != NULL && ends_login (echo, line))
        look_at_program (echo->fixture);
      is_over = line == NULL || g_str_equal (line, "QUIT");
      g_output_stream_write_all (output, answer, strlen (answer), NULL, NULL, NULL);
    }
}

/* Returns: the port. */
static guint16
start_echo (RstTestServer *server,
            Echo *echo,
            int n_connections)
{
  for (int i = 0; i < n_connections; i++)
    {
      rst_test_server_call (server, echo_cb, echo);
      rst_test_server_drop (server);
    }
  return rst_test_server_start (server);
}

static void
use_port (Fixture *self,
          guint16 port)
{
  cli_runner_use_server (self->base.runner, port, "none", "demo", NULL);
}

/* A well-behaved server, and all that the program can do. */
static void
run_all_commands (Fixture *self)
{
  g_autofree char *box = cli_runner_dup_path (self->base.runner, "saved.mbox");
  g_autofree char *save = g_strdup_printf ("save 2-4 --to '%s'", box);
  g_autofree char *trace = NULL;

  run_and_forget (self, "list", 0);
  trace = run (self, "list --json --trace", 0);
  g_assert_nonnull (strstr (trace, "PASS ***"));
  run_and_forget (self, "show 3 --trace", 0);
  run_and_forget (self, "show 3 --raw", 0);
  run_and_forget (self, save, 0);
  run_and_forget (self, "check", 0);
  run_and_forget (self, "delete 3 5 --yes --trace", 0);
  run_and_forget (self, "log", 0);
  run_and_forget (self, "log --json", 0);
  assert_uids (self->base.server, "uid-1 uid-2 uid-4 uid-6 uid-7 uid-8 uid-9");

  /* The search does find what is there: in the saved list, and in the receipt. */
  g_assert_cmpuint (count_in_home (self, "uid-1"), >, 0);
  g_assert_cmpuint (count_in_home (self, "uid-5"), >, 0);
}

static void
test_password_file (Fixture *self,
                    gconstpointer data)
{
  run_all_commands (self);
}

/* An account with a command for the password. */
static void
write_account (Fixture *self,
               const char *key,
               guint16 port)
{
  g_autofree char *path = cli_runner_dup_path (self->base.runner, KEEPER);
  g_autofree char *text = g_strdup_printf (
      "[work]\nhost=localhost\nport=%u\nsecurity=none\nuser=demo\n%s=cat '%s'\n", port, key, path);

  cli_runner_write (self->base.runner, ".config/restante/accounts.ini", text);
  cli_runner_set_password (self->base.runner, NULL);
  cli_runner_use_options (self->base.runner, "");
}

static void
test_password_command (Fixture *self,
                       gconstpointer data)
{
  write_account (self, "password-command", rst_demo_server_get_port (self->base.server));
  run_all_commands (self);
}

static void
test_apop (Fixture *self,
           gconstpointer data)
{
  g_autofree char *trace = NULL;

  cli_fixture_set_fault (&self->base, "apop", NULL);
  trace = run (self, "list --trace", 0);
  g_assert_nonnull (strstr (trace, "APOP demo ***"));
}

static void
test_wrong_password (Fixture *self,
                     gconstpointer data)
{
  rst_demo_server_set_credentials (self->base.server, "demo", "demo");
  run_and_forget (self, "list --trace", 4);
  cli_fixture_set_fault (&self->base, "close-on-bad-password", NULL);
  run_and_forget (self, "list --trace", 4);
}

/* It lets the user in, and never stops saying how. */
static void
test_echo (Fixture *self,
           gconstpointer data)
{
  Echo echo = { self, "+OK " WORDS " ready\r\n", "+OK " WORDS "\r\n", FALSE };
  RstTestServer *server = rst_test_server_new ();
  guint16 port = start_echo (server, &echo, 4);
  g_autofree char *trace = NULL;

  if (data != NULL)
    write_account (self, data, port);
  else
    use_port (self, port);
  trace = run (self, "list --trace", 0);
  g_assert_nonnull (strstr (trace, "IMPLEMENTATION ***"));
  run_and_forget (self, "list --trace", 0);
  run_and_forget (self, "show 1 --trace", 0);
  run_and_forget (self, "delete 1 --yes --trace", 0);
  run_and_forget (self, "log --json", 0);
  rst_test_server_finish (server);
  g_assert_cmpint (self->n_looks, ==, 4);
  /* in the receipt */
  g_assert_cmpuint (count_in_home (self, "+OK ***"), >, 0);
}

typedef struct
{
  const char *name;
  const char *command; /* a key of the account, or NULL for a password file */
  const char *verdict;
  gboolean has_reason;
  int n_logins; /* a refused token is asked for anew */
  int status;
  const char *words;
} Refusal;

static const Refusal refusals[] = {
  { "alone", NULL, SECRET "\r\n", FALSE, 1, 1, "not POP3" },
  { "alone-in-base64", NULL, SECRET_64 "\r\n", FALSE, 1, 1, "not POP3" },
  { "refused", NULL, "-ERR bad " WORDS "\r\n", FALSE, 1, 4, "“bad *** *** ***”" },
  { "try-later", "password-command", "-ERR [SYS/TEMP] " WORDS "\r\n", FALSE, 1, 1, "“*** *** ***”" },
  { "token-refused", "token-command", "-ERR no\r\n", TRUE, 2, 4, "“bad ***”" },
  { "token-later", "token-command", "-ERR [SYS/TEMP] " WORDS "\r\n", TRUE, 1, 1, "“*** *** ***”" },
  { "token-alone", "token-command", SECRET "\r\n", FALSE, 1, 1, "makes no sense" },
};

static void
test_refused (Fixture *self,
              gconstpointer data)
{
  const Refusal *row = data;
  Echo echo = { self, "+OK ready\r\n", row->verdict, row->has_reason };
  RstTestServer *server = rst_test_server_new ();
  guint16 port = start_echo (server, &echo, row->n_logins);
  g_autofree char *printed = NULL;

  if (row->command != NULL)
    write_account (self, row->command, port);
  else
    use_port (self, port);
  printed = run (self, "list --trace", row->status);
  rst_test_server_finish (server);
  g_assert_cmpint (self->n_looks, ==, row->n_logins);
  if (strstr (printed, row->words) == NULL)
    g_error ("“%s” is not in “%s”", row->words, printed);
}

static void
set_up (Fixture *self,
        gconstpointer data)
{
  cli_fixture_set_up (&self->base, data);
  rst_demo_server_set_credentials (self->base.server, "demo", SECRET);
  cli_runner_set_password (self->base.runner, SECRET);
}

static void
tear_down (Fixture *self,
           gconstpointer data)
{
  cli_fixture_tear_down (&self->base, data);
}

static void
add (const char *name,
     void (*test) (Fixture *self,
                   gconstpointer data),
     gconstpointer data)
{
  g_autofree char *path = g_strconcat ("/cli-secrets/", name, NULL);

  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  add ("password-file", test_password_file, NULL);
  add ("password-command", test_password_command, NULL);
  add ("apop", test_apop, NULL);
  add ("wrong-password", test_wrong_password, NULL);
  add ("echo/password-file", test_echo, NULL);
  add ("echo/password-command", test_echo, "password-command");
  add ("echo/token-command", test_echo, "token-command");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *name = g_strconcat ("refused/", refusals[i].name, NULL);

      add (name, test_refused, &refusals[i]);
    }

  return g_test_run ();
}

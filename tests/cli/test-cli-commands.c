/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-commands"

#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "demo/raw-client.h"

/* The commands on a server that behaves, or is odd in a way that must not matter. */

static void
test_list (CliFixture *fixture,
           gconstpointer data)
{
  cli_runner_expect (fixture->runner, "list --limit 2", 0,
                     "     8  2026-11-23 08:00  134?bytes  ada@example.org           Number 8\n"
                     "     9  2026-11-23 08:00  134?bytes  ada@example.org           Number 9\n",
                     NULL);
  cli_runner_expect (fixture->runner, "list --json --limit 1", 0,
                     "{\"row\":9,\"number\":9,\"uid\":\"uid-9\",\"size\":134,"
                     "\"date\":\"2026-11-23T08:00:00Z\",\"from\":\"ada@example.org\","
                     "\"subject\":\"Number 9\",\"message_id\":null}\n",
                     NULL);

  /* In the zone of the reader, but never for scripts. */
  cli_runner_setenv (fixture->runner, "TZ", "Asia/Tokyo");
  cli_runner_expect (fixture->runner, "list --limit 1", 0, "     9  2026-11-23 17:00  *", NULL);
  cli_runner_expect (fixture->runner, "list --json --limit 1", 0, "*T08:00:00Z*", NULL);
}

static void
test_empty (CliFixture *fixture,
            gconstpointer data)
{
  while (rst_demo_server_get_n_messages (fixture->server) > 0)
    rst_demo_server_remove_message (fixture->server, 0);
  cli_runner_expect (fixture->runner, "list", 0, NULL, NULL);
  cli_runner_expect (fixture->runner, "list --json", 0, NULL, NULL);
  cli_runner_expect (fixture->runner, "show 1", 2, NULL, "*no row 1.*“restante-cli list”*\n");
}

/* Rows mean nothing before the first list. */
static void
test_no_list (CliFixture *fixture,
              gconstpointer data)
{
  cli_runner_expect (fixture->runner, "show 1", 2, NULL, "*no row 1.*\n");
  cli_runner_expect (fixture->runner, "delete 1 --yes", 2, NULL, "*no row 1.*\n");
  cli_runner_expect (fixture->runner, "check", 0, "In sync: 9 new\n", NULL);
  cli_runner_expect (fixture->runner, "show 1", 2, NULL, "*no row 1.*\n");
}

/* The list is cut off by its reader: what it showed stands for the messages that it showed, and not
 * for those of the list before. */
static void
test_cut_output (CliFixture *fixture,
                 gconstpointer data)
{
  cli_fixture_list (fixture);
  for (guint i = 0; i < 3; i++)
    rst_demo_server_remove_message (fixture->server, 0);
  rst_demo_server_add_synthetic (fixture->server, 2000);

  {
    g_autoptr (GSubprocess) program = cli_runner_spawn (fixture->runner, "list");
    char line[8];

    g_assert_cmpint (g_input_stream_read (g_subprocess_get_stdout_pipe (program), line,
                                          sizeof line, NULL, NULL),
                     >, 0);
    g_input_stream_close (g_subprocess_get_stdout_pipe (program), NULL, NULL);
    g_subprocess_wait (program, NULL, NULL);
  }
  cli_runner_expect (fixture->runner, "show 1", 0, "*\nSubject: Number 4\n*", NULL);
}

static void
test_show (CliFixture *fixture,
           gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_runner_expect (fixture->runner, "show 3", 0,
                     "From: ada@example.org\n"
                     "Date: Mon, 23 Nov 2026 08:00 +0000\n"
                     "Subject: Number 3\n"
                     "\n*"
                     "Body 3\n",
                     NULL);
  cli_runner_expect (fixture->runner, "show 3 --raw", 0,
                     "Received: from a.example.net by b.example.net;\r\n"
                     "\tMon, 23 Nov 2026 08:00:00 +0000\r\n"
                     "From: ada@example.org\r\n"
                     "Subject: Number 3\r\n"
                     "\r\n"
                     "Body 3\r\n",
                     NULL);
}

static void
test_delete (CliFixture *fixture,
             gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_runner_expect (fixture->runner, "delete 2-4 6,8 --dry-run", 0,
                     "5 messages verified; nothing was deleted.\n", NULL);
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "DELE"), ==, 0);

  /* Refused before anything is asked of the server. */
  rst_demo_server_clear_log (fixture->server);
  cli_runner_expect (fixture->runner, "delete 2", 2, NULL,
                     "restante-cli: Nothing was deleted: there is no terminal*--yes*\n");
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "USER"), ==, 0);

  cli_runner_expect (fixture->runner, "delete 2-4 6,8 -y", 0, "5 messages deleted.\n", NULL);
  assert_uids (fixture->server, "uid-1 uid-5 uid-7 uid-9");
}

static void
test_save (CliFixture *fixture,
           gconstpointer data)
{
  g_autofree char *path = cli_runner_dup_path (fixture->runner, "kept.mbox");
  g_autofree char *save = g_strdup_printf ("save 7 2-3 --to '%s'", path);
  g_autofree char *fail = g_strdup_printf ("save 4 5 --to '%s'", path);
  g_autofree char *mbox = NULL;
  g_autofree char *mbox_after = NULL;

  cli_fixture_list (fixture);
  cli_runner_write (fixture->runner, "kept.mbox", "From x Mon Nov 23 08:00:00 2026\n\nold\n\n");
  cli_runner_expect (fixture->runner, save, 0, "3 messages saved to */kept.mbox.\n", NULL);
  mbox = cli_runner_read (fixture->runner, "kept.mbox");
  g_assert_true (g_pattern_match_simple ("From x *\nold\n\n"
                                         "From *Number 7\n*Body 7\n\n"
                                         "From *Number 2\n*Body 2\n\n"
                                         "From *Number 3\n*Body 3\n\n",
                                         mbox));

  /* All or nothing: the file is what it was. */
  cli_fixture_set_fault (fixture, "close-in-retr", "5");
  cli_runner_expect (fixture->runner, fail, 5, NULL, "*closed the connection*");
  mbox_after = cli_runner_read (fixture->runner, "kept.mbox");
  g_assert_cmpstr (mbox_after, ==, mbox);

  rst_demo_server_clear_faults (fixture->server);
  cli_runner_expect (fixture->runner, "save 1 --to /no/such/folder/file", 1, NULL,
                     "*/no/such/folder*");
}

static void
test_no_top (CliFixture *fixture,
             gconstpointer data)
{
  cli_fixture_set_fault (fixture, "no-top", NULL);

  /* Nobody said that a download is welcome. */
  cli_runner_expect (fixture->runner, "list", 1, NULL, "*TOP*--no-top*\n");
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "RETR"), ==, 0);

  cli_runner_expect (fixture->runner, "list --yes", 0, "*Number 9\n", "*9 messages*");
  cli_runner_expect (fixture->runner, "delete 3 5 --no-top --yes", 0, "2 messages deleted.\n",
                     "*2 messages*");
  assert_uids (fixture->server, "uid-1 uid-2 uid-4 uid-6 uid-7 uid-8 uid-9");
}

/* --no-top is obeyed where there is a TOP. */
static void
test_top_unwanted (CliFixture *fixture,
                   gconstpointer data)
{
  cli_runner_expect (fixture->runner, "list --no-top", 0, "*Number 9\n", "*9 messages*");
  cli_runner_expect (fixture->runner, "delete 9 --no-top --yes", 0, "1 message deleted.\n",
                     "*1 message*");
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "TOP"), ==, 0);
  assert_uids (fixture->server, "uid-1 uid-2 uid-3 uid-4 uid-5 uid-6 uid-7 uid-8");
}

static void
test_unverified (CliFixture *fixture,
                 gconstpointer data)
{
  cli_fixture_list (fixture);
  rst_demo_server_clear_log (fixture->server);
  cli_runner_expect (fixture->runner, "delete 3 5 --unverified --yes", 0, "2 messages deleted.\n",
                     NULL);
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "TOP"), ==, 0);
  assert_uids (fixture->server, "uid-1 uid-2 uid-4 uid-6 uid-7 uid-8 uid-9");
}

/* Everything is said but the password, which is said on no stream. */
static void
test_trace (CliFixture *fixture,
            gconstpointer data)
{
  static const char *const faults[] = { NULL, "apop" };

  rst_demo_server_set_credentials (fixture->server, "demo", "tr0ub4dor");
  cli_runner_set_password (fixture->runner, "tr0ub4dor");
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *output = NULL;
      g_autofree char *errors = NULL;

      if (faults[i])
        cli_fixture_set_fault (fixture, faults[i], NULL);
      g_assert_cmpint (cli_runner_run_any (fixture->runner, "list --trace", &output, &errors), ==,
                       0);
      g_assert_nonnull (strstr (errors, "\nC: UIDL\n"));
      g_assert_nonnull (strstr (errors, "\nS: +OK"));
      g_assert_nonnull (strstr (errors, "***"));
      g_assert_null (strstr (errors, "tr0ub4dor"));
    }
}

/* What a message says of itself does nothing on a terminal, in no command. */
static void
test_hostile (CliFixture *fixture,
              gconstpointer data)
{
  static const char *const commands[] = { "list", "list --json", "show 10", "delete 10 --yes" };

  cli_fixture_add_text (fixture, "From: =?utf-8?q?=1B[2J?= \033]0;a\007 <a\033[31m@example.org>\n"
                                 "To: \302\23331m@example.org\n"
                                 "Subject: a\033[1mb\tc =?utf-8?q?d=1B[0me=0D=0Af=C2=9B?= \177g\n"
                                 "Message-ID: <\033[5m\"x\\y@example.org>\n"
                                 "MIME-Version: 1.0\n"
                                 "Content-Type: text/plain; charset=utf-8\n"
                                 "\n"
                                 "text \033[2J \302\2331m \177 \b\b\b \r over\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autofree char *output = NULL;
      g_autofree char *errors = NULL;
      g_autofree char *both = NULL;
      int status;

      if (i == 3)
        rst_demo_server_remove_message (fixture->server, 9);
      status = cli_runner_run_any (fixture->runner, commands[i], &output, &errors);
      g_assert_cmpint (status, ==, i == 3 ? 3 : 0);
      both = g_strconcat (output, errors, NULL);
      g_assert_true (g_utf8_validate (both, -1, NULL));
      for (const char *c = both; *c; c = g_utf8_next_char (c))
        if (*c != '\n' && g_unichar_iscntrl (g_utf8_get_char (c)))
          g_error ("“%s” prints U+%04X: %s", commands[i], g_utf8_get_char (c), both);
    }
}

/* Bytes that are no text come out as text, and raw as they are. */
static void
test_any_bytes (CliFixture *fixture,
                gconstpointer data)
{
  static const char message[] = "Subject: \200\377\n\nnul \377\376 \001\n";
  g_autoptr (GBytes) raw = NULL;

  cli_fixture_add_text (fixture, message);
  cli_fixture_list (fixture);
  raw = cli_runner_run_bytes (fixture->runner, "show 10 --raw");
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw),
                   "Subject: \200\377\r\n\r\nnul \377\376 \001\r\n", sizeof message - 1 + 3);
}

#define N_MANY 5000

static void
test_many (CliFixture *fixture,
           gconstpointer data)
{
  g_auto (GStrv) lines = NULL;
  gint64 start = 0;

  rst_demo_server_add_synthetic (fixture->server, N_MANY);
  lines = cli_runner_run_lines (fixture->runner, "list --json");
  g_assert_cmpuint (g_strv_length (lines), ==, N_MANY + 9);
  g_assert_true (g_str_has_prefix (lines[N_MANY + 8], "{\"row\":5009,\"number\":5009,"));

  start = g_get_monotonic_time ();
  cli_fixture_list (fixture);
  g_test_message ("listed %u known messages in %.3f s", N_MANY,
                  (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  cli_runner_expect (fixture->runner, "delete 10-5009 --yes", 0, "5000 messages deleted.\n", NULL);
  assert_uids (fixture->server, "uid-1 uid-2 uid-3 uid-4 uid-5 uid-6 uid-7 uid-8 uid-9");
}

static void
test_full_disk (CliFixture *fixture,
                gconstpointer data)
{
  g_autofree char *command = NULL;
  g_autofree char *errors = NULL;
  g_auto (GStrv) argv = cli_runner_dup_argv (fixture->runner, "list");
  g_autofree char *line = g_strjoinv (" ", argv);
  const char *shell[] = { "sh", "-c", NULL, NULL };
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GSubprocess) program = NULL;
  g_autoptr (GError) error = NULL;

  shell[2] = command = g_strconcat (line, " >/dev/full", NULL);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_environ (launcher, cli_runner_get_environment (fixture->runner));
  program = g_subprocess_launcher_spawnv (launcher, shell, &error);
  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (program, NULL, NULL, NULL, &errors, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_subprocess_get_exit_status (program), ==, 1);
  g_assert_true (g_pattern_match_simple ("restante-cli: *could not be written*\n", errors));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_fixture_add ("cli-commands/list", NULL, test_list);
  cli_fixture_add ("cli-commands/empty", NULL, test_empty);
  cli_fixture_add ("cli-commands/no-list", NULL, test_no_list);
  cli_fixture_add ("cli-commands/cut-output", NULL, test_cut_output);
  cli_fixture_add ("cli-commands/show", NULL, test_show);
  cli_fixture_add ("cli-commands/delete", NULL, test_delete);
  cli_fixture_add ("cli-commands/save", NULL, test_save);
  cli_fixture_add ("cli-commands/no-top", NULL, test_no_top);
  cli_fixture_add ("cli-commands/top-unwanted", NULL, test_top_unwanted);
  cli_fixture_add ("cli-commands/unverified", NULL, test_unverified);
  cli_fixture_add ("cli-commands/trace", NULL, test_trace);
  cli_fixture_add ("cli-commands/hostile", NULL, test_hostile);
  cli_fixture_add ("cli-commands/any-bytes", NULL, test_any_bytes);
  cli_fixture_add ("cli-commands/many", NULL, test_many);
  cli_fixture_add ("cli-commands/full-disk", NULL, test_full_disk);

  return g_test_run ();
}

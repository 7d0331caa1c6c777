/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-terminal"

#include "config.h"

#include <signal.h>
#include <string.h>

#include "cli-fixture.h"
#include "cli-terminal.h"
#include "demo/raw-client.h"

/* A user on a terminal: prompts, questions, progress, Ctrl+C. */

#define PROMPT "Password for demo on localhost: "

static CliTerminal *
open_terminal (CliFixture *fixture,
               const char *command)
{
  return cli_terminal_new (fixture->runner, command, 80);
}

static void
test_password (CliFixture *fixture,
               gconstpointer data)
{
  CliTerminal *terminal = NULL;
  g_autofree char *screen = NULL;

  rst_demo_server_set_credentials (fixture->server, "demo", "sésame ");
  cli_runner_set_password (fixture->runner, NULL);
  terminal = open_terminal (fixture, "list");
  cli_terminal_expect (terminal, PROMPT);
  g_assert_false (cli_terminal_has_echo (terminal));
  cli_terminal_type (terminal, "sésame \n");
  cli_terminal_expect (terminal, "Number 9");
  g_assert_true (cli_terminal_has_echo (terminal));
  screen = cli_terminal_finish (terminal, 0);
  g_assert_null (strstr (screen, "same"));
}

/* A refused one is asked for again, and why is said. */
static void
test_refused (CliFixture *fixture,
              gconstpointer data)
{
  CliTerminal *terminal = NULL;
  g_autofree char *screen = NULL;

  cli_runner_set_password (fixture->runner, NULL);
  terminal = open_terminal (fixture, "check");
  cli_terminal_expect (terminal, PROMPT);
  cli_terminal_type (terminal, "xyzzy1\n");
  cli_terminal_expect (terminal, "refused");
  cli_terminal_expect (terminal, PROMPT);
  cli_terminal_type (terminal, "xyzzy2\n");
  cli_terminal_expect (terminal, PROMPT);
  g_assert_false (cli_terminal_has_echo (terminal));
  cli_terminal_type (terminal, "demo\n");
  cli_terminal_expect (terminal, "In sync");
  screen = cli_terminal_finish (terminal, 0);
  g_assert_null (strstr (screen, "xyzzy"));
}

/* Who gives up after a refusal was refused; who gives up at once was not. */
static void
test_given_up (CliFixture *fixture,
               gconstpointer data)
{
  CliTerminal *terminal = NULL;

  cli_runner_set_password (fixture->runner, NULL);
  terminal = open_terminal (fixture, "check");
  cli_terminal_expect (terminal, PROMPT);
  cli_terminal_type (terminal, "wrong\n");
  cli_terminal_expect (terminal, PROMPT);
  cli_terminal_type (terminal, "\n");
  g_free (cli_terminal_finish (terminal, 4));

  terminal = open_terminal (fixture, "check");
  cli_terminal_expect (terminal, PROMPT);
  cli_terminal_type (terminal, "\004");
  g_free (cli_terminal_finish (terminal, 1));
}

/* Ctrl+C, Ctrl+\ and a kill end the prompt, and the terminal echoes again. */
static void
test_password_interrupted (CliFixture *fixture,
                           gconstpointer data)
{
  static const struct
  {
    const char *typed;
    int number;
    int status;
  } ends[] = {
    { "\003", 0, 1 },
    { "half\003", 0, 1 },
    { "\034", 0, -SIGQUIT },
    { NULL, SIGTERM, 1 },
    { NULL, SIGHUP, 1 },
  };

  cli_runner_set_password (fixture->runner, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      CliTerminal *terminal = open_terminal (fixture, "list");

      cli_terminal_expect (terminal, PROMPT);
      if (ends[i].typed)
        cli_terminal_type (terminal, ends[i].typed);
      else
        cli_terminal_signal (terminal, ends[i].number);
      g_free (cli_terminal_finish (terminal, ends[i].status));
    }
}

/* Ctrl+Z leaves a terminal that echoes, and who comes back is asked again. */
static void
test_password_suspended (CliFixture *fixture,
                         gconstpointer data)
{
  CliTerminal *terminal = NULL;

  cli_runner_set_password (fixture->runner, NULL);
  terminal = cli_terminal_new_in_shell (fixture->runner, "check",
                                        "\"$@\"; echo suspended; read answer; fg");
  cli_terminal_expect (terminal, PROMPT);
  g_assert_false (cli_terminal_has_echo (terminal));
  cli_terminal_type (terminal, "\032");
  cli_terminal_expect (terminal, "suspended");
  g_assert_true (cli_terminal_has_echo (terminal));

  cli_terminal_type (terminal, "\n");
  cli_terminal_expect (terminal, PROMPT);
  g_assert_false (cli_terminal_has_echo (terminal));
  cli_terminal_type (terminal, "demo\n");
  g_free (cli_terminal_finish (terminal, 0));
}

static void
test_delete (CliFixture *fixture,
             gconstpointer data)
{
  static const char *const refusals[] = { "n\n", "\n", "yess\n", "\004", "\003" };
  CliTerminal *terminal = NULL;
  g_autofree char *screen = NULL;

  cli_fixture_list (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      terminal = open_terminal (fixture, "delete 3");
      cli_terminal_expect (terminal, "     3  ada@example.org: Number 3");
      cli_terminal_expect (terminal, "Delete 1 message from the server? [y/N] ");
      g_assert_true (cli_terminal_has_echo (terminal));
      cli_terminal_type (terminal, refusals[i]);
      cli_terminal_expect (terminal, "Nothing was deleted.");
      g_free (cli_terminal_finish (terminal, 1));
    }
  assert_uids (fixture->server, "uid-1 uid-2 uid-3 uid-4 uid-5 uid-6 uid-7 uid-8 uid-9");

  terminal = open_terminal (fixture, "delete 9 1-6");
  cli_terminal_expect (terminal, "     9  ada@example.org: Number 9");
  cli_terminal_expect (terminal, "     4  ada@example.org: Number 4");
  cli_terminal_expect (terminal, "and 2 more");
  cli_terminal_expect (terminal, "in all");
  cli_terminal_expect (terminal, "Delete 7 messages from the server? [y/N] ");
  cli_terminal_type (terminal, "Yes\n");
  cli_terminal_expect (terminal, "7 messages deleted.");
  screen = cli_terminal_finish (terminal, 0);
  g_assert_null (strstr (screen, "Number 5"));
  assert_uids (fixture->server, "uid-7 uid-8");
}

/* The answer is not in what was typed before the question. */
static void
test_typed_ahead (CliFixture *fixture,
                  gconstpointer data)
{
  CliTerminal *terminal = NULL;

  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "no-top", NULL);
  terminal = open_terminal (fixture, "delete 3");
  cli_terminal_type (terminal, "y\n");
  cli_terminal_expect (terminal, "from the server? [y/N] ");
  cli_terminal_type (terminal, "n\n");
  cli_terminal_expect (terminal, "Nothing was deleted.");
  g_free (cli_terminal_finish (terminal, 1));
}

static void
test_download (CliFixture *fixture,
               gconstpointer data)
{
  CliTerminal *terminal = NULL;

  cli_fixture_set_fault (fixture, "no-top", NULL);
  terminal = open_terminal (fixture, "list");
  cli_terminal_expect (terminal, "9 messages");
  cli_terminal_expect (terminal, "[y/N] ");
  cli_terminal_type (terminal, "n\n");
  cli_terminal_expect (terminal, "restante-cli: ");
  g_free (cli_terminal_finish (terminal, 1));
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "RETR"), ==, 0);

  terminal = open_terminal (fixture, "list");
  cli_terminal_expect (terminal, "[y/N] ");
  cli_terminal_type (terminal, "y\n");
  cli_terminal_expect (terminal, "Number 9");
  g_free (cli_terminal_finish (terminal, 0));
}

/* On a terminal each message has one line, however long and wide its subject. */
static void
test_width (CliFixture *fixture,
            gconstpointer data)
{
  static const guint widths[] = { 72, 80, 110 };

  cli_fixture_add_text (fixture,
                        "From: =?utf-8?b?5pel5pys6Kqe5pel5pys6Kqe5pel5pys6Kqe5pel5pys6Kqe?= "
                        "<a@example.org>\n"
                        "Subject: A subject that is longer than the line of any terminal "
                        "that is not much wider than those of today: 1234567890\n"
                        "\n");
  cli_fixture_add_text (fixture,
                        "From: b@example.org\n"
                        "Subject: =?utf-8?b?5pel5pys6Kqe5pel5pys6Kqe5pel5pys6Kqe5pel5pys"
                        "6Kqe5pel5pys6Kqe5pel5pys6Kqe5pel5pys6Kqe5pel5pys6Kqe5pel5pys6Kqe?=\n"
                        "\n");
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      CliTerminal *terminal = cli_terminal_new (fixture->runner, "list --limit 2", widths[i]);
      g_autofree char *screen = cli_terminal_finish (terminal, 0);
      g_auto (GStrv) lines = g_strsplit (screen, "\n", -1);
      guint n_lines = g_strv_length (lines);

      g_assert_cmpuint (n_lines, >=, 3);
      for (guint j = n_lines - 3; j < n_lines - 1; j++)
        {
          const char *line = strrchr (lines[j], '\033') ? strrchr (lines[j], 'K') + 1 : lines[j];
          guint width = 0;

          for (const char *c = line; *c; c = g_utf8_next_char (c))
            width += g_unichar_iswide (g_utf8_get_char (c)) ? 2 : 1;
          g_assert_cmpuint (width, >=, widths[i] - 1);
          g_assert_cmpuint (width, <=, widths[i]);
        }
    }
}

/* What is going on is shown while it goes on, in one line that is gone afterwards. */
static void
test_progress (CliFixture *fixture,
               gconstpointer data)
{
  CliTerminal *terminal = NULL;
  g_autofree char *screen = NULL;

  cli_fixture_set_fault (fixture, "no-pipelining", NULL);
  rst_demo_server_add_synthetic (fixture->server, 2000);
  terminal = open_terminal (fixture, "check");
  cli_terminal_expect (terminal, "\r\033[KConnecting…");
  cli_terminal_expect (terminal, "\r\033[KIn sync: 2009 new");
  g_free (cli_terminal_finish (terminal, 0));

  terminal = open_terminal (fixture, "list");
  cli_terminal_expect (terminal, "\r\033[KLoading headers");
  cli_terminal_expect (terminal, "\r\033[K     1  ");
  screen = cli_terminal_finish (terminal, 0);
  g_assert_null (strstr (strstr (screen, "     1  "), "\033[K"));
}

/* Ctrl+C in the middle of a list prints what has come. */
static void
test_stop_list (CliFixture *fixture,
                gconstpointer data)
{
  CliTerminal *terminal = NULL;
  g_autofree char *screen = NULL;

  cli_fixture_set_fault (fixture, "stall-at", "TOP");
  terminal = open_terminal (fixture, "list");
  cli_terminal_expect (terminal, "Loading headers");
  cli_terminal_type (terminal, "\003");
  screen = cli_terminal_finish (terminal, 1);
  g_assert_nonnull (strstr (screen, "restante-cli: Stopped."));
}

/* Ctrl+C in the middle of a delete takes it back. */
static void
test_stop_delete (CliFixture *fixture,
                  gconstpointer data)
{
  CliTerminal *terminal = NULL;
  g_autofree char *screen = NULL;

  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "stall-at", "TOP");
  terminal = open_terminal (fixture, "delete 3 5 --yes");
  cli_terminal_expect (terminal, "Verifying");
  cli_terminal_type (terminal, "\003");
  screen = cli_terminal_finish (terminal, 1);
  g_assert_nonnull (strstr (screen, "restante-cli: Stopped. Nothing was deleted."));
  assert_uids (fixture->server, "uid-1 uid-2 uid-3 uid-4 uid-5 uid-6 uid-7 uid-8 uid-9");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_fixture_add ("cli-terminal/password", NULL, test_password);
  cli_fixture_add ("cli-terminal/refused", NULL, test_refused);
  cli_fixture_add ("cli-terminal/given-up", NULL, test_given_up);
  cli_fixture_add ("cli-terminal/password-interrupted", NULL, test_password_interrupted);
  cli_fixture_add ("cli-terminal/password-suspended", NULL, test_password_suspended);
  cli_fixture_add ("cli-terminal/delete", NULL, test_delete);
  cli_fixture_add ("cli-terminal/typed-ahead", NULL, test_typed_ahead);
  cli_fixture_add ("cli-terminal/download", NULL, test_download);
  cli_fixture_add ("cli-terminal/width", NULL, test_width);
  cli_fixture_add ("cli-terminal/progress", NULL, test_progress);
  cli_fixture_add ("cli-terminal/stop-list", NULL, test_stop_list);
  cli_fixture_add ("cli-terminal/stop-delete", NULL, test_stop_delete);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-log"

#include "config.h"

#include "cli-fixture.h"

/* What deletes leave behind, as the console prints it. */

static void
test_nothing (CliFixture *fixture,
              gconstpointer data)
{
  g_autofree char *folder = cli_runner_dup_path (fixture->runner, ".local/share/restante");

  cli_runner_expect (fixture->runner, "log", 0, NULL, NULL);
  cli_runner_expect (fixture->runner, "log --json", 0, NULL, NULL);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

static void
test_deleted (CliFixture *fixture,
              gconstpointer data)
{
  guint n_sessions;

  cli_fixture_list (fixture);
  cli_runner_expect (fixture->runner, "delete 8 --dry-run", 0, "*", NULL);
  cli_runner_expect (fixture->runner, "log", 0, NULL, NULL);
  cli_runner_expect (fixture->runner, "delete 3 5 --yes", 0, "*", NULL);
  cli_runner_expect (fixture->runner, "delete 9 --yes", 0, "*", NULL);

  n_sessions = rst_demo_server_get_n_commands (fixture->server, "QUIT");
  cli_runner_expect (
      fixture->runner, "log", 0,
      "20*-*-* *:*  Deleted            Copy kept     134?bytes  ada@example.org *  Number 3\n"
      "20*-*-* *:*  Deleted            Copy kept     134?bytes  ada@example.org *  Number 5\n"
      "20*-*-* *:*  Deleted            Copy kept     134?bytes  ada@example.org *  Number "
      "9\n",
      NULL);
  cli_runner_expect (
      fixture->runner, "log --json", 0,
      "{\"time\":\"20*T*Z\",\"account\":\"*\",\"outcome\":\"deleted\","
      "\"settled\":false,\"server\":\"+OK*\",\"uid\":\"uid-3\",\"size\":134,"
      "\"date\":\"2026-11-23T08:00:00Z\",\"from\":\"ada@example.org\","
      "\"subject\":\"Number 3\",\"digest\":\"*\",\"copy\":\"kept\"}\n{*uid-5*}\n{*uid-9*}\n",
      NULL);
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "QUIT"), ==, n_sessions);
}

static void
test_not_deleted (CliFixture *fixture,
                  gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "err-on-dele", "5");
  cli_runner_expect (fixture->runner, "delete 3 5 7 --yes", 3, NULL, "*");
  cli_runner_expect (fixture->runner, "log", 0,
                     "*Not deleted *Number 3\n*Not deleted *Number 5\n*Not deleted *Number 7\n"
                     "                  The server would not delete the message number 5: *\n",
                     NULL);
  cli_runner_expect (fixture->runner, "log --json", 0, "*\"not-deleted\"*number 5*\n", NULL);
}

/* A delete that ended before anything was marked is one that can be looked up, too. */
static void
test_not_verified (CliFixture *fixture,
                   gconstpointer data)
{
  cli_fixture_list (fixture);
  rst_demo_server_remove_message (fixture->server, 2);
  cli_runner_expect (fixture->runner, "delete 3 5 --yes --dry-run", 3, NULL, "*");
  cli_runner_expect (fixture->runner, "log", 0, NULL, NULL);
  cli_fixture_list (fixture);
  rst_demo_server_remove_message (fixture->server, 3);
  cli_runner_expect (fixture->runner, "delete 4 5 --yes", 3, NULL, "*");
  cli_runner_expect (fixture->runner, "log --json", 0,
                     "*\"not-deleted\",*\"server\":\"Nothing was deleted*uid-5*\n"
                     "*\"not-deleted\",*uid-6*\n",
                     NULL);
}

/* One that never reached the server has nothing to tell. */
static void
test_not_reached (CliFixture *fixture,
                  gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "close-at", "PASS");
  cli_runner_expect (fixture->runner, "delete 3 --yes", 4, NULL, "*");
  cli_runner_expect (fixture->runner, "log", 0, NULL, NULL);
}

static void
test_no_copy (CliFixture *fixture,
              gconstpointer data)
{
  rst_demo_server_clear_log (fixture->server);
  cli_fixture_list (fixture);
  cli_runner_expect (fixture->runner, "delete 3 --yes --no-copy", 0, "*", NULL);
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "RETR"), ==, 0);
  cli_runner_expect (fixture->runner, "log", 0, "*No copy *Number 3\n", NULL);
  cli_runner_expect (fixture->runner, "log --json", 0, "*,\"copy\":\"none\"}\n", NULL);
}

/* The download of a copy fails: nothing is deleted, and the way out is named. */
static void
test_copy_fails (CliFixture *fixture,
                 gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "err-at", "RETR");
  cli_runner_expect (fixture->runner, "delete 3 5 --yes", 1, NULL,
                     "*Nothing was deleted: no copy could be kept.*\n*--no-copy*\n");
  g_assert_cmpuint (rst_demo_server_get_n_messages (fixture->server), ==, 9);
  cli_runner_expect (fixture->runner, "log", 0,
                     "*Not deleted  *No copy *Number 3\n*Not deleted  *No copy *Number 5\n"
                     "                  *Nothing was deleted: no copy could be kept.*\n",
                     NULL);
  cli_runner_expect (fixture->runner, "delete 3 5 --yes --no-copy", 0, "2 *", NULL);
}

/* The connection is lost behind the QUIT: nobody knows, until the next list does. */
static void
test_unknown (CliFixture *fixture,
              gconstpointer data)
{
  gboolean is_committed = g_str_equal (data, "commit");

  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "quit-close", data);
  cli_runner_expect (fixture->runner, "delete 3 5 --yes --unverified", 5, NULL, "*");
  rst_demo_server_clear_faults (fixture->server);
  cli_runner_expect (fixture->runner, "list", 0, "*", "*");
  cli_runner_expect (fixture->runner, "log", 0,
                     is_committed ? "*  Found gone *Number 3\n*  Found gone *Number 5\n"
                                    "                  *connection*\n"
                                  : "*  Found still there *Number 3\n*  Found still *Number 5\n"
                                    "                  *connection*\n",
                     NULL);
  cli_runner_expect (fixture->runner, "log --json", 0,
                     is_committed ? "*\"deleted\",\"settled\":true*"
                                  : "*\"not-deleted\",\"settled\":true*",
                     NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_fixture_add ("cli-log/nothing", NULL, test_nothing);
  cli_fixture_add ("cli-log/deleted", NULL, test_deleted);
  cli_fixture_add ("cli-log/not-deleted", NULL, test_not_deleted);
  cli_fixture_add ("cli-log/not-verified", NULL, test_not_verified);
  cli_fixture_add ("cli-log/not-reached", NULL, test_not_reached);
  cli_fixture_add ("cli-log/no-copy", NULL, test_no_copy);
  cli_fixture_add ("cli-log/copy-fails", NULL, test_copy_fails);
  cli_fixture_add ("cli-log/unknown/kept", "keep", test_unknown);
  cli_fixture_add ("cli-log/unknown/committed", "commit", test_unknown);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-files"

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli-fixture.h"
#include "demo/raw-client.h"

/* The files of the user: accounts.ini, the saved list, the receipts. */

#define ACCOUNTS ".config/restante/accounts.ini"

static void
write_accounts (CliFixture *fixture,
                const char *more)
{
  g_autofree char *path = cli_runner_dup_path (fixture->runner, "password");
  g_autofree char *text = NULL;

  text = g_strdup_printf ("[work]\nname=The office\nhost=localhost\nport=%u\nsecurity=none\n"
                          "user=demo\npassword-file=%s\n%s",
                          rst_demo_server_get_port (fixture->server), path, more);
  cli_runner_write (fixture->runner, ACCOUNTS, text);
  cli_runner_set_password (fixture->runner, NULL);
  cli_runner_write (fixture->runner, "password", "demo\n");
  cli_runner_use_options (fixture->runner, "");
}

static void
test_account (CliFixture *fixture,
              gconstpointer data)
{
  write_accounts (fixture, "");
  cli_runner_expect (fixture->runner, "list", 0, "*Number 9\n", NULL);
  cli_runner_expect (fixture->runner, "--account work show 3", 0, "*Number 3\n*", NULL);
  cli_runner_expect (fixture->runner, "--account 'The office' show 3", 0, "*Number 3\n*", NULL);
  cli_runner_expect (fixture->runner, "--account play list", 2, NULL, "*“play”*accounts.ini*\n");

  write_accounts (fixture, "fetch-limit=2\n");
  cli_runner_expect (fixture->runner, "check", 0, "In sync: 0 gone, 0 new\n", NULL);

  /* With a second one it must be said which. */
  write_accounts (fixture, "[play]\nhost=localhost\nuser=demo\n");
  cli_runner_expect (fixture->runner, "list", 2, NULL, "*--account*\n");
  cli_runner_expect (fixture->runner, "list --account work", 0, "*Number 9\n", NULL);
}

/* Two accounts each have their own list and rows. */
static void
test_two_accounts (CliFixture *fixture,
                   gconstpointer data)
{
  g_autofree char *second = NULL;

  second = g_strdup_printf ("[play]\nhost=localhost\nport=%u\nsecurity=none\nuser=demo\n",
                            rst_demo_server_get_port (fixture->server));
  write_accounts (fixture, second);
  cli_runner_set_password (fixture->runner, "demo");
  cli_runner_expect (fixture->runner, "list --account work", 0, "*Number 9\n", NULL);
  rst_demo_server_remove_message (fixture->server, 0);
  cli_runner_expect (fixture->runner, "list --account play", 0, "*Number 9\n", NULL);
  cli_runner_expect (fixture->runner, "show 3 --account work", 0, "*Number 3\n*", NULL);
  cli_runner_expect (fixture->runner, "show 3 --account play", 0, "*Number 4\n*", NULL);
}

static void
test_broken_accounts (CliFixture *fixture,
                      gconstpointer data)
{
  static const char text[] = "# mine\n[work]\nhost=localhost\nuser=demo\nsecurity=none\n"
                             "this is no line of a key file\n";
  g_autofree char *after = NULL;

  cli_runner_use_options (fixture->runner, "");
  cli_runner_write (fixture->runner, ACCOUNTS, text);
  cli_runner_expect (fixture->runner, "list", 1, NULL, "restante-cli: */accounts.ini: line 6: *\n");
  cli_runner_expect (fixture->runner, "--account work password --forget", 1, NULL, "*line 6*");
  after = cli_runner_read (fixture->runner, ACCOUNTS);
  g_assert_cmpstr (after, ==, text);

  cli_runner_write (fixture->runner, ACCOUNTS, "[work]\nhost=localhost\nuser=demo\nport=high\n");
  cli_runner_expect (fixture->runner, "list", 1, NULL, "*“work”*port*“high”*\n");
}

/* An accounts.ini that is none of its business is not even read. */
static void
test_broken_but_unused (CliFixture *fixture,
                        gconstpointer data)
{
  cli_runner_write (fixture->runner, ACCOUNTS, "nonsense\n");
  cli_runner_expect (fixture->runner, "list", 0, "*Number 9\n", NULL);
}

/* Works without a cache, and says so; only rows cannot outlive the program. */
static void
test_no_cache (CliFixture *fixture,
               gconstpointer data)
{
  cli_runner_write (fixture->runner, ".cache/restante", "in the way");
  cli_runner_expect (fixture->runner, "list", 0, "*Number 9\n", "*cannot be saved*\n");
  cli_runner_expect (fixture->runner, "list --json", 0, "*\"Number 9\"*\n", "*cannot be saved*\n");
  cli_runner_expect (fixture->runner, "show 3", 1, NULL,
                     "*cannot be saved*\nrestante-cli: Rows mean nothing *\n");
  cli_runner_expect (fixture->runner, "delete 3 --yes", 1, NULL, "*Rows mean nothing *\n");
  g_assert_cmpuint (rst_demo_server_get_n_messages (fixture->server), ==, 9);
}

/* A saved list that is damaged is made anew. */
static void
test_damaged_cache (CliFixture *fixture,
                    gconstpointer data)
{
  g_autofree char *folder = cli_runner_dup_path (fixture->runner, ".cache/restante");
  g_autoptr (GDir) dir = NULL;
  const char *name;

  cli_fixture_list (fixture);
  dir = g_dir_open (folder, 0, NULL);
  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_str_has_suffix (name, ".sqlite"))
        g_file_set_contents (path, "this was a list once, and is nothing now", -1, NULL);
      else
        g_remove (path);
    }

  cli_runner_expect (fixture->runner, "show 3", 2, NULL, "*no row 3*\n");
  cli_runner_expect (fixture->runner, "list", 0, "*Number 9\n", NULL);
  cli_runner_expect (fixture->runner, "show 3", 0, "*Number 3\n*", NULL);
}

/* What cannot be noted down before it is done is not done. */
static void
test_no_receipts (CliFixture *fixture,
                  gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_runner_write (fixture->runner, ".local/share/restante", "in the way");
  cli_runner_expect (fixture->runner, "delete 3 --yes", 1, NULL, "restante-cli: *\n");
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "DELE"), ==, 0);
  assert_uids (fixture->server, "uid-1 uid-2 uid-3 uid-4 uid-5 uid-6 uid-7 uid-8 uid-9");
}

/* Nobody else on the machine is to read whose mail it is. */
static void
expect_private (CliFixture *fixture,
                const char *name)
{
  g_autofree char *path = cli_runner_dup_path (fixture->runner, name);
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);
}

static void
test_private (CliFixture *fixture,
              gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_runner_expect (fixture->runner, "delete 3 --yes", 0, "1 message deleted.\n", NULL);
  expect_private (fixture, ".cache/restante");
  expect_private (fixture, ".local/share/restante");
}

static void
test_no_keyring (CliFixture *fixture,
                 gconstpointer data)
{
  cli_runner_expect (fixture->runner, "password", 1, NULL, "restante-cli: *no keyring service*\n");
  cli_runner_expect (fixture->runner, "password --forget", 1, NULL, "*no keyring service*\n");
  cli_runner_set_password (fixture->runner, NULL);
  cli_runner_expect (fixture->runner, "password", 1, NULL, "*no terminal*--password-file*\n");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  cli_fixture_add ("cli-files/account", NULL, test_account);
  cli_fixture_add ("cli-files/two-accounts", NULL, test_two_accounts);
  cli_fixture_add ("cli-files/broken-accounts", NULL, test_broken_accounts);
  cli_fixture_add ("cli-files/broken-but-unused", NULL, test_broken_but_unused);
  cli_fixture_add ("cli-files/no-cache", NULL, test_no_cache);
  cli_fixture_add ("cli-files/damaged-cache", NULL, test_damaged_cache);
  cli_fixture_add ("cli-files/no-receipts", NULL, test_no_receipts);
  cli_fixture_add ("cli-files/private", NULL, test_private);
  cli_fixture_add ("cli-files/no-keyring", NULL, test_no_keyring);

  return g_test_run ();
}

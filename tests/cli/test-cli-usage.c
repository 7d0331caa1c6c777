/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-usage"

#include "config.h"

#include <string.h>

#include "cli-runner.h"

/* Command lines that mean nothing: status 2, a reason, and where to find help; nothing is tried, as
 * there is no server here. */

#define MAILBOX "--host localhost --user ada "

typedef struct
{
  const char *name;
  const char *command;
  const char *reason;
} Case;

static const Case cases[] = {
  { "nothing", "", "*No command*" },
  { "unknown-command", "fetch", "*“fetch”*" },
  { "unknown-option", MAILBOX "list --fast", "*--fast*" },
  { "command-in-other-case", MAILBOX "LIST", "*“LIST”*" },
  { "list-argument", MAILBOX "list 3", "*“list”*“3”*" },
  { "check-argument", MAILBOX "check now", "*“check”*“now”*" },
  { "password-argument", MAILBOX "password secret", "*“password”*" },
  { "show-nothing", MAILBOX "show", "*No rows*" },
  { "show-two", MAILBOX "show 1 2", "*one message*" },
  { "show-range", MAILBOX "show 1-2", "*one message*" },
  { "show-word", MAILBOX "show first", "*“first”*" },
  { "delete-nothing", MAILBOX "delete --yes", "*No rows*" },
  { "delete-zero", MAILBOX "delete --yes 0", "*“0”*" },
  { "delete-backwards", MAILBOX "delete --yes 5-3", "*“5-3”*" },
  { "delete-word", MAILBOX "delete --yes 3 x", "*“x”*" },
  { "save-nowhere", MAILBOX "save 3", "*--to FILE*" },
  { "save-empty", MAILBOX "save 3 --to ''", "*--to*" },
  { "json-elsewhere", MAILBOX "save 3 --to f --json", "*--json*“list”*“save”*" },
  { "log-with-rows", MAILBOX "log 3", "*“log”*“3”*" },
  { "log-of-a-file", "--file f log", "*--file*“list”*" },
  { "json-and-raw", MAILBOX "show 3 --json --raw", "*--json and --raw*" },
  { "limit-elsewhere", MAILBOX "check --limit 5", "*--limit*“list”*“check”*" },
  { "raw-elsewhere", MAILBOX "list --raw", "*--raw*“show”*“list”*" },
  { "dry-run-elsewhere", MAILBOX "list --dry-run", "*--dry-run*“delete”*" },
  { "unverified-elsewhere", MAILBOX "show 3 --unverified", "*--unverified*“delete”*" },
  { "to-elsewhere", MAILBOX "delete 3 --to file", "*--to*“save”*" },
  { "forget-elsewhere", MAILBOX "list --forget", "*--forget*“password”*" },
  { "unverified-dry-run", MAILBOX "delete 3 --dry-run --unverified", "*--dry-run*--unverified*" },
  { "port-zero", MAILBOX "list --port 0", "*--port*65535*" },
  { "port-too-great", MAILBOX "list --port 65536", "*--port*65535*" },
  { "port-negative", MAILBOX "list --port -1234", "*--port*65535*" },
  { "port-word", MAILBOX "list --port pop3", "*“pop3”*--port*" },
  { "timeout-zero", MAILBOX "list --timeout 0", "*--timeout*" },
  { "timeout-too-long", MAILBOX "list --timeout 3601", "*--timeout*3600*" },
  { "limit-zero", MAILBOX "list --limit 0", "*--limit*" },
  { "limit-negative", MAILBOX "list --limit -5", "*--limit*" },
  { "limit-too-great", MAILBOX "list --limit 99999999999", "*--limit*" },
  { "two-mailboxes", MAILBOX "--account work list", "*--account*--host*" },
  { "host-alone", "--host localhost list", "*--user*" },
  { "user-alone", "--user ada list", "*--host*" },
  { "host-empty", "--host '' --user ada list", "*--host*" },
  { "user-empty", "--host localhost --user '' list", "*--user*" },
  { "password-file-empty", MAILBOX "--password-file '' list", "*--password-file*" },
};

static void
test_usage (gconstpointer data)
{
  const Case *row = data;
  g_autoptr (CliRunner) runner = cli_runner_new ();
  g_autofree char *errors =
      g_strdup_printf ("restante-cli: %s\n“restante-cli --help” tells how to call it.\n",
                       row->reason);

  cli_runner_expect (runner, row->command, 2, NULL, errors);
}

/* Which mailbox is meant is not said, or it is none that there is. */
static void
test_no_account (void)
{
  g_autoptr (CliRunner) runner = cli_runner_new ();

  cli_runner_expect (runner, "list", 2, NULL, "*--account*/accounts.ini*--host*\n");
  cli_runner_expect (runner, "--account work list", 2, NULL, "*“work”*/accounts.ini*\n");
  cli_runner_expect (runner, MAILBOX "--security ssl list", 2, NULL, "*starttls*“ssl”*\n");

  cli_runner_write (runner, ".config/restante/accounts.ini",
                    "[work]\nhost=localhost\nuser=ada\n[home]\nhost=localhost\nuser=bob\n");
  cli_runner_expect (runner, "list", 2, NULL, "*--account*\n");
  cli_runner_expect (runner, "--account play list", 2, NULL, "*“play”*\n");
}

static void
test_help (void)
{
  g_autoptr (CliRunner) runner = cli_runner_new ();
  static const char *const words[] = {
    "list", "show", "check", "delete", "save", "log", "password", "--account", "--host",
    "--port", "--security", "--user", "--password-file", "--ca-file", "--timeout",
    "--no-top", "--trace", "--json", "--limit", "--raw", "--dry-run", "--yes",
    "--unverified", "--no-copy", "--to", "--forget", "--version"
  };
  g_autofree char *help = cli_runner_run (runner, "--help");
  g_auto (GStrv) lines = g_strsplit (help, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (!strstr (help, words[i]))
      g_error ("the help does not name %s", words[i]);
  for (guint i = 0; lines[i]; i++)
    g_assert_cmpint (g_utf8_strlen (lines[i], -1), <=, 80);
  cli_runner_expect (runner, "--version", 0, "restante-cli " PACKAGE_VERSION "\n", NULL);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli-usage/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_usage);
    }
  g_test_add_func ("/cli-usage/no-account", test_no_account);
  g_test_add_func ("/cli-usage/help", test_help);

  return g_test_run ();
}

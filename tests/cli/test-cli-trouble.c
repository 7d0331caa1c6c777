/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-trouble"

#include "config.h"

#include <string.h>

#include "cli-fixture.h"
#include "demo/raw-client.h"
#include "lib/rst-test-server.h"

/* What goes wrong between the program and a server: the reason, the status, and what is left. */

typedef struct
{
  const char *name;
  const char *fault;
  const char *value;
  const char *command;
  int status;
  const char *output;
  const char *errors;
} Case;

#define ALL_UIDS "uid-1 uid-2 uid-3 uid-4 uid-5 uid-6 uid-7 uid-8 uid-9"

/* After each of them every message is still there. */
static const Case cases[] = {
  { "in-use", "in-use", NULL, "list", 1, NULL,
    "*“The mailbox is in use by another session”*again*" },
  { "login-delay", "login-delay", NULL, "list", 1, NULL, "*again*" },
  { "sys-temp", "sys-temp", NULL, "list", 1, NULL, "*again*" },
  { "listing-refused", "err-at", "LIST", "list", 1, NULL, "*" },
  { "no-pop3-in-session", "garbage-at", "LIST", "list", 1, NULL, "*not POP3*HTTP*" },
  { "long-status", "long-status-at", "LIST", "list", 1, NULL, "*" },
  { "closed-at-login", "close-at", "USER", "list", 5, NULL, "*closed the connection*" },
  { "closed-after-login", "close-at", "LIST", "list", 5, NULL, "*closed the connection*" },
  { "silent", "stall-at", "LIST", "list --timeout 1", 5, NULL, "*1 second*" },
  { "stls-refused", "stls-refused", NULL, "list --security starttls", 6, NULL, "*" },
  { "no-stls", "no-stls", NULL, "list --security starttls", 6, NULL, "*" },
  { "stls-plain-error", "stls-plain-error", NULL, "list --security starttls", 6, NULL, "*" },
  { "wrong-message", "retr-other", NULL, "show 3", 3, NULL, "*" },
  { "show-refused", "err-on-retr", "3", "show 3", 1, NULL, "*" },
  { "show-cut", "close-in-retr", "3", "show 3 --raw", 5, NULL, "*closed the connection*" },
  { "dele-refused", "err-on-dele", "5", "delete 3 5 7 --yes", 3, NULL, "*Nothing was deleted*" },
  { "dele-and-rset-refused", "rset-error", NULL, "delete 3 --yes --dry-run", 0,
    "1 message verified*", NULL },
  { "verifying-cut", "close-in-top", "5", "delete 3 5 7 --yes", 5, NULL,
    "*closed the connection*" },
  { "verifying-silent", "stall-at", "TOP", "delete 3 --yes --timeout 1", 5, NULL, "*1 second*" },
  { "dele-cut", "close-on-dele", "5", "delete 3 5 7 --yes", 5, NULL, "*lost*nothing was deleted*" },
  { "quit-cut", "quit-close", "keep", "delete 3 5 7 --yes", 5, NULL, "*lost*nothing was deleted*" },
};

static void
test_fault (CliFixture *fixture,
            gconstpointer data)
{
  const Case *row = data;

  if (!g_str_has_prefix (row->command, "list"))
    cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, row->fault, row->value);
  cli_runner_expect (fixture->runner, row->command, row->status, row->output, row->errors);
  assert_uids (fixture->server, ALL_UIDS);
}

/* Cut off when the server had already done it. */
static void
test_done_all_the_same (CliFixture *fixture,
                        gconstpointer data)
{
  cli_fixture_list (fixture);
  cli_fixture_set_fault (fixture, "quit-close", "commit");
  cli_runner_expect (fixture->runner, "delete 3 5 --yes", 5, NULL, "*lost*2 messages are gone*");
  assert_uids (fixture->server, "uid-1 uid-2 uid-4 uid-6 uid-7 uid-8 uid-9");
}

/* The connection is cut after the DELE, and nobody can look what became of it: that is said, and
 * settled by the next run that gets through. */
static void
test_unknown (CliFixture *fixture,
              gconstpointer data)
{
  RstTestServer *server = rst_test_server_new ();
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;

  rst_test_server_play_login (server, "TOP\nUIDL\n");
  rst_test_server_play (server, "C: LIST\n"
                                "S: +OK\n"
                                "S: 1 100\n"
                                "S: .\n"
                                "C: UIDL\n"
                                "S: +OK\n"
                                "S: 1 uid-3\n"
                                "S: .\n"
                                "C: TOP 1 0\n"
                                "S: +OK\n"
                                "S: Received: from a.example.net by b.example.net;\n"
                                "S: \tMon, 23 Nov 2026 08:00:00 +0000\n"
                                "S: From: ada@example.org\n"
                                "S: Subject: Number 3\n"
                                "S: \n"
                                "S: .\n"
                                "C: DELE 1\n"
                                "S: +OK\n"
                                "C: QUIT\n");
  rst_test_server_drop (server);
  rst_test_server_send (server, "-ERR [SYS/TEMP] going down\r\n");
  rst_test_server_drop (server);
  here = g_strdup_printf ("--port %u", rst_demo_server_get_port (fixture->server));
  there = g_strdup_printf ("--port %u delete 3 --yes --no-copy --timeout 1",
                           rst_test_server_start (server));
  cli_runner_write (fixture->runner, ".config/restante/accounts.ini",
                    "[work]\nhost=localhost\nsecurity=none\nuser=demo\n");

  cli_runner_use_options (fixture->runner, here);
  cli_fixture_list (fixture);
  cli_runner_use_options (fixture->runner, "");
  cli_runner_expect (fixture->runner, there, 5, NULL, "*may be deleted, or not*");
  rst_test_server_finish (server);

  rst_demo_server_remove_message (fixture->server, 2);
  cli_runner_use_options (fixture->runner, here);
  cli_runner_expect (fixture->runner, "list --json", 0, "*", "*did happen: 1 message is gone.\n");
  cli_runner_expect (fixture->runner, "list --json", 0, "*", NULL);
}

/* Half of the list has come when the connection is cut: it is printed, and the rest is had when it
 * is wanted. */
static void
test_half_a_list (CliFixture *fixture,
                  gconstpointer data)
{
  g_auto (GStrv) lines = NULL;
  g_autofree char *text = NULL;
  g_autofree char *errors = NULL;

  cli_fixture_set_fault (fixture, "no-pipelining", NULL);
  cli_fixture_set_fault (fixture, "close-in-top", "4");
  g_assert_cmpint (cli_runner_run_any (fixture->runner, "list", &text, &errors), ==, 5);
  g_assert_nonnull (strstr (errors, "closed the connection"));
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 10);
  for (guint i = 0; i < 9; i++)
    {
      g_autofree char *pattern =
          i < 4 ? g_strdup_printf ("     %u  *(not loaded)", i + 1)
                : g_strdup_printf ("     %u  *ada@example.org *Number %u", i + 1, i + 1);

      if (!g_pattern_match_simple (pattern, lines[i]))
        g_error ("row %u is “%s”", i + 1, lines[i]);
    }

  rst_demo_server_clear_faults (fixture->server);
  cli_runner_expect (fixture->runner, "show 2", 0, "*Subject: Number 2\n*", NULL);
  cli_runner_expect (fixture->runner, "delete 3 8 --yes", 0, "2 messages deleted.\n", NULL);
  assert_uids (fixture->server, "uid-1 uid-2 uid-4 uid-5 uid-6 uid-7 uid-9");
}

static void
test_unreachable (CliFixture *fixture,
                  gconstpointer data)
{
  cli_runner_use_options (fixture->runner, "--host nowhere.invalid --user demo");
  cli_runner_expect (fixture->runner, "list", 5, NULL,
                     "restante-cli: nowhere.invalid:995: *no server of this name*\n");

  /* Port 1 of this machine is nobody's. */
  cli_runner_use_server (fixture->runner, 1, "none", "demo", NULL);
  cli_runner_expect (fixture->runner, "list", 5, NULL,
                     "restante-cli: localhost:1: Nothing answers*\n");
  cli_runner_expect (fixture->runner, "list --host [127.0.0.1]", 5, NULL,
                     "restante-cli: 127.0.0.1:1: Nothing answers*\n");
}

static void
test_tls (CliFixture *fixture,
          gconstpointer data)
{
  guint16 port = rst_demo_server_get_port (fixture->server);
  guint16 tls_port = rst_demo_server_get_tls_port (fixture->server);

  cli_runner_use_server (fixture->runner, tls_port, "tls", "demo", fixture->ca_file);
  cli_runner_expect (fixture->runner, "list", 0, "*Number 9\n", NULL);
  /* No certificate has the dot that ends a whole name. */
  cli_runner_expect (fixture->runner, "list --host localhost.", 0, "*Number 9\n", NULL);
  cli_runner_use_server (fixture->runner, port, "starttls", "demo", fixture->ca_file);
  cli_runner_expect (fixture->runner, "list", 0, "*Number 9\n", NULL);

  /* Each way to the port of another. */
  cli_runner_use_server (fixture->runner, port, "tls", "demo", fixture->ca_file);
  cli_runner_expect (fixture->runner, "list", 6, NULL, "*does not speak TLS*");
  cli_runner_use_server (fixture->runner, port, NULL, "demo", fixture->ca_file);
  cli_runner_expect (fixture->runner, "list", 6, NULL, "*does not speak TLS*");
  cli_runner_use_server (fixture->runner, tls_port, "none", "demo", NULL);
  cli_runner_expect (fixture->runner, "list --timeout 1", 5, NULL, "*“TLS”*");
}

static void
test_certificate (CliFixture *fixture,
                  gconstpointer data)
{
  guint16 tls_port = rst_demo_server_get_tls_port (fixture->server);
  guint16 port = rst_demo_server_get_port (fixture->server);

  cli_runner_use_server (fixture->runner, tls_port, "tls", "demo", NULL);
  cli_runner_expect (fixture->runner, "list", 6, NULL, "*not trusted*SHA-256*");
  cli_runner_use_server (fixture->runner, port, "starttls", "demo", NULL);
  cli_runner_expect (fixture->runner, "list", 6, NULL, "*not trusted*SHA-256*");
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "USER"), ==, 0);
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "APOP"), ==, 0);

  cli_runner_use_server (fixture->runner, tls_port, "tls", "demo", "/no/such/file");
  cli_runner_expect (fixture->runner, "list", 6, NULL, "*/no/such/file*");
}

static void
test_wrong_password (CliFixture *fixture,
                     gconstpointer data)
{
  cli_runner_set_password (fixture->runner, "never to be seen");
  cli_runner_expect (fixture->runner, "list", 4, NULL,
                     "restante-cli: localhost:*refused*Check both and try again.\n");
  cli_fixture_set_fault (fixture, "close-on-bad-password", NULL);
  cli_runner_expect (fixture->runner, "list", 4, NULL,
                     "restante-cli: localhost:*password*again.\n");
}

/* From cron, without a password file: it says what to do, and asks nobody. */
static void
test_no_password (CliFixture *fixture,
                  gconstpointer data)
{
  cli_runner_set_password (fixture->runner, NULL);
  cli_runner_expect (fixture->runner, "list", 1, NULL, "*terminal*--password-file*\n");
  g_assert_cmpuint (rst_demo_server_get_n_commands (fixture->server, "PASS"), ==, 0);

  cli_runner_expect (fixture->runner, "list --password-file nowhere", 1, NULL, "*“nowhere”*");
}

static void
test_other_service (CliFixture *fixture,
                    gconstpointer data)
{
  RstTestServer *server = rst_test_server_new ();

  rst_test_server_send (server, "220 mail.example.org ESMTP \033[31mready\r\n");
  rst_test_server_expect_close (server);
  cli_runner_use_server (fixture->runner, rst_test_server_start (server), "none", "demo", NULL);
  cli_runner_expect (fixture->runner, "list", 1, NULL, "*not*POP3*220 mail.example.org*\n");
  rst_test_server_finish (server);
}

/* A server's words are shown, but do nothing on the terminal. */
static void
test_hostile_words (CliFixture *fixture,
                    gconstpointer data)
{
  RstTestServer *server = rst_test_server_new ();
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  int status;

  rst_test_server_play (server, "S: +OK \033]0;title\007 ready\n"
                                "C: CAPA\n"
                                "S: -ERR \033[2J\n"
                                "C: USER demo\n"
                                "S: +OK\n"
                                "C: PASS demo\n"
                                "S: -ERR \033[31mbad\302\233\033P\177 luck\n");
  rst_test_server_drop (server);
  cli_runner_use_server (fixture->runner, rst_test_server_start (server), "none", "demo", NULL);
  status = cli_runner_run_any (fixture->runner, "list --trace", &output, &errors);
  rst_test_server_finish (server);
  g_assert_cmpint (status, ==, 4);
  g_assert_nonnull (strstr (errors, "luck"));
  for (const char *c = errors; *c; c = g_utf8_next_char (c))
    g_assert_true (*c == '\n' || !g_unichar_iscntrl (g_utf8_get_char (c)));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/cli-trouble/", cases[i].name, NULL);

      g_test_add (path, CliFixture, &cases[i], cli_fixture_set_up, test_fault,
                  cli_fixture_tear_down);
    }
  cli_fixture_add ("cli-trouble/done-all-the-same", NULL, test_done_all_the_same);
  cli_fixture_add ("cli-trouble/unknown", NULL, test_unknown);
  cli_fixture_add ("cli-trouble/half-a-list", NULL, test_half_a_list);
  cli_fixture_add ("cli-trouble/unreachable", NULL, test_unreachable);
  cli_fixture_add ("cli-trouble/tls", NULL, test_tls);
  cli_fixture_add ("cli-trouble/certificate", NULL, test_certificate);
  cli_fixture_add ("cli-trouble/wrong-password", NULL, test_wrong_password);
  cli_fixture_add ("cli-trouble/no-password", NULL, test_no_password);
  cli_fixture_add ("cli-trouble/other-service", NULL, test_other_service);
  cli_fixture_add ("cli-trouble/hostile-words", NULL, test_hostile_words);

  return g_test_run ();
}

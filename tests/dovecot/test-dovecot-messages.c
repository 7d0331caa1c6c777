/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-dovecot-messages"

#include "config.h"

#include <string.h>

#include "dovecot-fixture.h"

/* Listing, reading, saving and deleting on a mailbox that nobody else changes. */

#define N_MESSAGES 500

/* Message @number as a line of the list; the unique-id is the server's own. */
static char *
dup_json (guint number,
          const DovecotWay *way)
{
  g_autofree char *text = maildir_dup_wire_text (number);

  return g_strdup_printf ("{\"row\":%u,\"number\":%u,\"uid\":%s,\"size\":%zu,"
                          "\"date\":\"2026-01-%02uT%02u:00:00Z\","
                          "\"from\":\"Sender %u <sender%u@example.org>\","
                          "\"subject\":\"Message %u\",\"message_id\":\"%u@example.org\"}",
                          number, number, way->has_uidl ? "\"????????????????\"" : "null",
                          strlen (text), 1 + number / 24, number % 24, number, number, number,
                          number);
}

static void
expect_rows (DovecotFixture *fixture,
             const char *command,
             guint first,
             guint last)
{
  g_auto (GStrv) lines = cli_runner_run_lines (fixture->runner, command);

  g_assert_cmpuint (g_strv_length (lines), ==, last - first + 1);
  for (guint row = first; row <= last; row++)
    {
      g_autofree char *expected = dup_json (row, fixture->way);

      if (!g_pattern_match_simple (expected, lines[row - first]))
        g_error ("expected %s\ngot %s", expected, lines[row - first]);
    }
}

static void
test_list (DovecotFixture *fixture,
           gconstpointer way)
{
  maildir_add (fixture->maildir, 1, N_MESSAGES);
  expect_rows (fixture, "list --json", 1, N_MESSAGES);
  expect_rows (fixture, "list --json", 1, N_MESSAGES);
  expect_rows (fixture, "list --json --limit 3", N_MESSAGES - 2, N_MESSAGES);
  cli_runner_expect (fixture->runner, "list --limit 1", 0,
                     "   500  2026-01-21 20:00  367?bytes  Sender 500                Message 500\n",
                     NULL);

  maildir_add (fixture->maildir, N_MESSAGES + 1, N_MESSAGES + 3);
  cli_runner_expect (fixture->runner, "check", 0, "In sync: 3 new\n", NULL);
  expect_rows (fixture, "list --json", 1, N_MESSAGES + 3);
}

/* Rows that were never loaded are loaded when they are wanted. */
static void
test_limit (DovecotFixture *fixture,
            gconstpointer way)
{
  maildir_add (fixture->maildir, 1, 50);
  expect_rows (fixture, "list --json --limit 5", 46, 50);
  cli_runner_expect (fixture->runner, "show 7", 0, "*\nSubject: Message 7\n*", NULL);
  cli_runner_expect (fixture->runner, "delete 3 48 --yes", 0, "2 messages deleted.\n", NULL);
  maildir_expect (fixture->maildir, "1-2 4-47 49-50");
}

static void
test_show (DovecotFixture *fixture,
           gconstpointer way)
{
  g_autofree char *text = maildir_dup_wire_text (3);
  g_autoptr (GBytes) raw = NULL;

  maildir_add (fixture->maildir, 1, 5);
  g_free (cli_runner_run (fixture->runner, "list"));
  cli_runner_expect (fixture->runner, "show 3", 0,
                     "From: Sender 3 <sender3@example.org>\n"
                     "To: Ada <ada@example.net>\n"
                     "Date: Thu, 1 Jan 2026 03:00 +0000\n"
                     "Subject: Message 3\n"
                     "\n"
                     "*This is message 3.\n"
                     ".\n"
                     "..A dot begins these two lines.\n",
                     NULL);

  raw = cli_runner_run_bytes (fixture->runner, "show 3 --raw");
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), text, strlen (text));
}

/* Everything that a message may hold but a bare CR, which Dovecot keeps too. */
static void
test_raw (DovecotFixture *fixture,
          gconstpointer way)
{
  static const char text[] = "Subject: Message 1 \xe4\xf6\xfc\n"
                             "From: \"\x80\xff\" <a@example.org>\n"
                             "\n"
                             "\001\002\033[31m \x7f \xc3\x28 \xff\n"
                             "From here to there\n"
                             "no end of line";
  g_autoptr (GString) expected = g_string_new (text);
  g_autoptr (GBytes) raw = NULL;

  g_string_replace (expected, "\n", "\r\n", 0);
  g_string_append (expected, "\r\n");
  maildir_add_text (fixture->maildir, 1, text);
  g_free (cli_runner_run (fixture->runner, "list"));
  raw = cli_runner_run_bytes (fixture->runner, "show 1 --raw");
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), expected->str,
                   expected->len);
}

/* The entry of message @number in an mbox file: a line before it that has its date, and everything
 * else as it is. */
static void
append_entry (GString *mbox,
              guint number)
{
  g_autofree char *text = maildir_dup_text (number);

  g_string_append_printf (mbox, "From MAILER-DAEMON Thu Jan  1 %02u:00:00 2026\n%s\n", number,
                          text);
}

static void
test_save (DovecotFixture *fixture,
           gconstpointer way)
{
  static const guint numbers[] = { 2, 3, 4, 8, 9, 1, 6 };
  g_autofree char *path = cli_runner_dup_path (fixture->runner, "kept.mbox");
  g_autofree char *first = g_strdup_printf ("save 2-4 8,9 --to '%s'", path);
  g_autofree char *second = g_strdup_printf ("save 1 6 --to '%s'", path);
  g_autofree char *answer = g_strdup_printf ("5 messages saved to %s.\n", path);
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *mbox = NULL;

  maildir_add (fixture->maildir, 1, 9);
  g_free (cli_runner_run (fixture->runner, "list"));
  cli_runner_expect (fixture->runner, first, 0, answer, NULL);
  cli_runner_expect (fixture->runner, second, 0, "2 messages saved*", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    append_entry (expected, numbers[i]);
  mbox = cli_runner_read (fixture->runner, "kept.mbox");
  g_assert_cmpstr (mbox, ==, expected->str);
  maildir_expect (fixture->maildir, "1-9");
}

static void
test_delete (DovecotFixture *fixture,
             gconstpointer way)
{
  maildir_add (fixture->maildir, 1, 30);
  g_free (cli_runner_run (fixture->runner, "list"));

  cli_runner_expect (fixture->runner, "delete 3 5-7 --dry-run", 0,
                     "4 messages verified; nothing was deleted.\n", NULL);
  cli_runner_expect (fixture->runner, "delete 3 5-7", 2, NULL, "*--yes*");
  cli_runner_expect (fixture->runner, "delete 31 --yes", 2, NULL, "*no row 31*");
  maildir_expect (fixture->maildir, "1-30");

  cli_runner_expect (fixture->runner, "delete 3 5-7,30 --yes", 0, "5 messages deleted.\n", NULL);
  maildir_expect (fixture->maildir, "1-2 4 8-29");
  cli_runner_expect (fixture->runner, "check", 0, "In sync: 0 gone, 0 new\n", NULL);
  cli_runner_expect (fixture->runner, "delete 1-2 4 8-29 --yes", 0, "25 messages deleted.\n", NULL);
  maildir_expect (fixture->maildir, "");
  cli_runner_expect (fixture->runner, "list --json", 0, NULL, NULL);
}

static void
test_unverified (DovecotFixture *fixture,
                 gconstpointer way)
{
  maildir_add (fixture->maildir, 1, 9);
  g_free (cli_runner_run (fixture->runner, "list"));
  cli_runner_expect (fixture->runner, "delete 3 --yes --unverified", 0, "1 message deleted.\n",
                     NULL);
  maildir_expect (fixture->maildir, "1-2 4-9");
}

/* Without TOP the headers come with the whole messages, and everything else is as it was. */
static void
test_no_top (DovecotFixture *fixture,
             gconstpointer way)
{
  maildir_add (fixture->maildir, 1, 9);
  cli_runner_expect (fixture->runner, "list --no-top", 0, "*Message 9\n", "*9 messages*\n");
  cli_runner_expect (fixture->runner, "delete 3 5 --yes --no-top", 0, "2 messages deleted.\n",
                     "*2 messages*\n");
  maildir_expect (fixture->maildir, "1-2 4 6-9");
}

static void
test_wrong_password (DovecotFixture *fixture,
                     gconstpointer way)
{
  cli_runner_set_password (fixture->runner, "wrong");
  cli_runner_expect (fixture->runner, "list", 4, NULL, "*refused*Authentication failed*");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  dovecot_fixture_add ("list", test_list);
  dovecot_fixture_add ("limit", test_limit);
  dovecot_fixture_add ("show", test_show);
  dovecot_fixture_add_once ("raw", test_raw);
  dovecot_fixture_add_once ("save", test_save);
  dovecot_fixture_add ("delete", test_delete);
  dovecot_fixture_add_once ("unverified", test_unverified);
  dovecot_fixture_add_once ("no-top", test_no_top);
  dovecot_fixture_add ("wrong-password", test_wrong_password);

  return dovecot_fixture_run ();
}

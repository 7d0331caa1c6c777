/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-dovecot-changes"

#include "config.h"

#include <string.h>

#include "dovecot-fixture.h"

/* The promise of the program: whatever becomes of the mailbox meanwhile, a row of the list stands
 * for the message that was printed in it, and for no other. */

#define N_MESSAGES 500

static void
list (DovecotFixture *fixture,
      guint n_expected)
{
  g_auto (GStrv) lines = cli_runner_run_lines (fixture->runner, "list --json");

  g_assert_cmpuint (g_strv_length (lines), ==, n_expected);
}

static void
fill_and_list (DovecotFixture *fixture,
               guint n_messages)
{
  maildir_add (fixture->maildir, 1, n_messages);
  list (fixture, n_messages);
}

/* Another client deletes two messages and a new one comes: row 1 keeps its number, 497 move. */
static void
test_other_client (DovecotFixture *fixture,
                   gconstpointer way)
{
  fill_and_list (fixture, N_MESSAGES);
  dovecot_fixture_run_other_client (fixture, "DELE 2\nDELE 250\n");
  maildir_add (fixture->maildir, N_MESSAGES + 1, N_MESSAGES + 1);

  cli_runner_expect (fixture->runner, "check", 3, "2 gone, 1 new, 497 moved\n", "*");
  cli_runner_expect (fixture->runner, "delete 3 251 --yes", 0, "2 messages deleted.\n", NULL);
  maildir_expect (fixture->maildir, "1 4-249 252-501");

  cli_runner_expect (fixture->runner, "delete 2 400 --yes", 3, NULL,
                     "restante-cli: Nothing was deleted: *Message 2*");
  maildir_expect (fixture->maildir, "1 4-249 252-501");

  /* The rows are still those that were printed, until a list is printed again. */
  cli_runner_expect (fixture->runner, "show 400", 0, "*\nSubject: Message 400\n*", NULL);
  list (fixture, 497);
  cli_runner_expect (fixture->runner, "show 400", 0, "*\nSubject: Message 404\n*", NULL);
}

/* The same without a look at the mailbox between the change and the delete. */
static void
test_unnoticed (DovecotFixture *fixture,
                gconstpointer way)
{
  fill_and_list (fixture, 20);
  maildir_remove (fixture->maildir, 2);
  maildir_remove (fixture->maildir, 10);
  maildir_add (fixture->maildir, 21, 22);

  if (fixture->way->has_uidl)
    cli_runner_expect (fixture->runner, "delete 3 11 20 --yes", 0, "3 messages deleted.\n", NULL);
  else
    {
      /* Numbers are all that there is: that they have changed is noticed, and then known. */
      cli_runner_expect (fixture->runner, "delete 3 11 20 --yes", 3, NULL, "*2 gone, 2 new*");
      maildir_expect (fixture->maildir, "1 3-9 11-22");
      cli_runner_expect (fixture->runner, "delete 3 11 20 --yes", 0, "*", NULL);
    }
  maildir_expect (fixture->maildir, "1 4-9 12-19 21-22");

  maildir_remove (fixture->maildir, 5);
  cli_runner_expect (fixture->runner, "delete 6 5 --yes", 3, NULL,
                     "restante-cli: Nothing was deleted: *Message 5*");
  maildir_expect (fixture->maildir, "1 4 6-9 12-19 21-22");
}

/* Reading and saving have the same promise. */
static void
test_gone (DovecotFixture *fixture,
           gconstpointer way)
{
  g_autofree char *path = cli_runner_dup_path (fixture->runner, "kept.mbox");
  g_autofree char *save = g_strdup_printf ("save 4-6 --to '%s'", path);

  fill_and_list (fixture, 10);
  maildir_remove (fixture->maildir, 5);

  cli_runner_expect (fixture->runner, save, 3, NULL, "*");
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  cli_runner_expect (fixture->runner, "show 6", 0, "*\nSubject: Message 6\n*", NULL);
  cli_runner_expect (fixture->runner, "show 5", 3, NULL, "*");
}

/* The file of a message has another content, so that number and unique-id say that nothing has
 * happened. It has the same length, as Dovecot does not expect it to change. */
static void
test_replaced (DovecotFixture *fixture,
               gconstpointer way)
{
  fill_and_list (fixture, 40);
  maildir_replace (fixture->maildir, 23, 77);

  cli_runner_expect (fixture->runner, "delete 22 23 --dry-run", 3, NULL, "*");
  cli_runner_expect (fixture->runner, "delete 22 23 --yes", 3, NULL,
                     "restante-cli: Nothing was deleted: *Message 23*");
  maildir_expect (fixture->maildir, "1-22 24-40 77");
  cli_runner_expect (fixture->runner, "show 23", 3, NULL, "*");

  cli_runner_expect (fixture->runner, "delete 22 24 --yes", 0, "2 messages deleted.\n", NULL);
  maildir_expect (fixture->maildir, "1-21 25-40 77");
}

/* The same when it is opened before anything else has noticed. */
static void
test_replaced_read (DovecotFixture *fixture,
                    gconstpointer way)
{
  fill_and_list (fixture, 40);
  maildir_replace (fixture->maildir, 23, 77);

  cli_runner_expect (fixture->runner, "show 23", 3, NULL, "*");
}

static void
test_turned_round (DovecotFixture *fixture,
                   gconstpointer way)
{
  fill_and_list (fixture, 60);
  maildir_turn_round (fixture->maildir);

  cli_runner_expect (fixture->runner, "check", 3, "60 moved\n", "*");
  cli_runner_expect (fixture->runner, "show 3", 0, "*\nSubject: Message 3\n*", NULL);
  cli_runner_expect (fixture->runner, "delete 3 51 --yes", 0, "*", NULL);
  maildir_expect (fixture->maildir, "1-2 4-50 52-60");
}

/* Of two copies that nothing tells apart one is asked to go, and one goes. */
static void
test_copies (DovecotFixture *fixture,
             gconstpointer way)
{
  g_autofree char *copy = maildir_dup_text (5);

  maildir_add (fixture->maildir, 1, 5);
  maildir_add_text (fixture->maildir, 6, copy);
  maildir_add (fixture->maildir, 7, 9);
  list (fixture, 9);

  cli_runner_expect (fixture->runner, "delete 6 9 --yes", 0, "2 messages deleted.\n", NULL);
  maildir_expect (fixture->maildir, "1-5 7-8");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  dovecot_fixture_add ("other-client", test_other_client);
  dovecot_fixture_add ("unnoticed", test_unnoticed);
  dovecot_fixture_add ("gone", test_gone);
  dovecot_fixture_add ("replaced", test_replaced);
  dovecot_fixture_add ("replaced-read", test_replaced_read);
  dovecot_fixture_add ("turned-round", test_turned_round);
  dovecot_fixture_add ("copies", test_copies);

  return dovecot_fixture_run ();
}

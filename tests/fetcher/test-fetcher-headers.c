/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "account/rst-password.h"
#include "fetcher-fixture.h"
#include "lib/rst-test-server.h"

static void
assert_subjects (FetcherFixture *self,
                 const char *expected)
{
  g_autofree char *subjects = fetcher_fixture_subjects (self);

  g_assert_cmpstr (subjects, ==, expected);
}

static void
add_message (FetcherFixture *self,
             const char *subject)
{
  g_autoptr (GBytes) message = fetcher_fixture_message (subject, subject);

  rst_demo_server_add_message (self->server, message, NULL);
}

static void
first_load (FetcherFixture *self,
            gconstpointer data)
{
  RstSyncReport report = fetcher_fixture_load (self, 0);
  RstHeader *header = g_ptr_array_index (self->index, 2);

  g_assert_cmpuint (report.n_new, ==, 5);
  assert_subjects (self, "one two three four five");
  g_assert_cmpuint (header->identity->number, ==, 3);
  g_assert_nonnull (header->identity->uid);
  g_assert_nonnull (header->identity->digest);
  g_assert_cmpstr (header->envelope->from_name, ==, "Ada Lovelace");
  g_assert_cmpuint (self->n_streamed, ==, 5);
}

static void
only_what_is_new (FetcherFixture *self,
                  gconstpointer data)
{
  RstSyncReport report;

  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 1);
  add_message (self, "six");
  rst_demo_server_clear_log (self->server);

  report = fetcher_fixture_load (self, 0);
  assert_subjects (self, "one three four five six");
  g_assert_cmpuint (report.n_kept, ==, 1);
  g_assert_cmpuint (report.n_moved, ==, 3);
  g_assert_cmpuint (report.n_gone, ==, 1);
  g_assert_cmpuint (report.n_new, ==, 1);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 1);
}

static void
no_uidl (FetcherFixture *self,
         gconstpointer data)
{
  RstSyncReport report;

  fetcher_fixture_fault (self, "no-uidl", NULL);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");

  /* One from the middle and one at the end: the count alone would say that nothing has happened. */
  rst_demo_server_remove_message (self->server, 1);
  add_message (self, "six");
  rst_demo_server_clear_log (self->server);
  report = fetcher_fixture_load (self, 0);
  assert_subjects (self, "one three four five six");
  g_assert_cmpuint (report.n_gone, ==, 1);
  g_assert_cmpuint (report.n_new, ==, 1);
  g_assert_cmpuint (report.n_moved, ==, 3);

  /* All of them were samples: what they showed is not asked for twice. */
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 5);
}

static void
fetch_limit (FetcherFixture *self,
             gconstpointer data)
{
  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (RstSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  RstSyncReport report;
  guint position = 1;

  fetcher_fixture_restart (self, 2, TRUE);
  report = fetcher_fixture_load (self, 0);
  assert_subjects (self, "? ? ? four five");
  g_assert_cmpuint (report.n_not_loaded, ==, 3);

  g_array_append_val (wanted, position);
  snapshot = rst_fetcher_load_headers (self->fetcher, self->index, wanted, 0, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_unref (self->index);
  self->index = g_ptr_array_ref (snapshot->headers);
  assert_subjects (self, "? two ? four five");
}

static void
without_top (FetcherFixture *self,
             gconstpointer data)
{
  g_autoptr (RstSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;
  guint n_messages;
  guint64 size;

  fetcher_fixture_fault (self, "no-top", NULL);
  snapshot = rst_fetcher_load_headers (self->fetcher, self->index, NULL, 0, NULL, &error);
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);
  rst_fetcher_get_download_cost (self->fetcher, &n_messages, &size);
  g_assert_cmpuint (n_messages, ==, 5);
  g_assert_cmpuint (size, >, 5 * 100);

  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  g_assert_true (((RstHeader *)g_ptr_array_index (self->index, 0))->identity->body != NULL);
}

static void
top_switched_off (FetcherFixture *self,
                  gconstpointer data)
{
  fetcher_fixture_restart (self, 0, FALSE);
  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 0);
}

static void
no_capa_no_top (FetcherFixture *self,
                gconstpointer data)
{
  fetcher_fixture_fault (self, "no-capa", NULL);
  fetcher_fixture_fault (self, "no-top", NULL);
  fetcher_fixture_fault (self, "hangup-after-errors", "5");
  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), <=, 2);
}

static void
unreadable_row (FetcherFixture *self,
                gconstpointer data)
{
  fetcher_fixture_fault (self, "err-on-top", "2,4");
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one ! three ! five");
}

static void
cut_while_loading (FetcherFixture *self,
                   gconstpointer data)
{
  g_autoptr (RstSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_fault (self, "close-in-top", "2");
  snapshot = rst_fetcher_load_headers (self->fetcher, self->index, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (snapshot->interruption);
  g_ptr_array_unref (self->index);
  self->index = g_ptr_array_ref (snapshot->headers);
  assert_subjects (self, "? ? three four five");

  /* The next load goes on where this one was cut. */
  rst_demo_server_clear_faults (self->server);
  rst_demo_server_clear_log (self->server);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 2);
}

typedef struct
{
  const char *name;
  const char *fault;
  const char *value;
} Oddity;

static const Oddity oddities[] = {
  { "no-capa", "no-capa", NULL },
  { "capa-hangup", "capa-hangup", NULL },
  { "uidl-after-login", "uidl-after-login", NULL },
  { "top-hidden", "top-hidden", NULL },
  { "content-uids", "content-uids", NULL },
  { "duplicate-uids", "duplicate-uids", NULL },
  { "ok-prefix", "ok-prefix", NULL },
  { "stat-wrong", "stat-wrong", NULL },
  { "stat-negative", "stat-negative", NULL },
  { "sizes-wrong", "sizes-wrong", NULL },
  { "extra-blank", "extra-blank", NULL },
  { "missing-crlf", "missing-crlf", NULL },
  { "lf-only", "lf-only", NULL },
  { "nuls", "nuls", NULL },
  { "long-line", "long-line", "2" },
  { "bare-replies", "bare-replies", NULL },
  { "no-pipelining", "no-pipelining", NULL },
  { "close-when-pipelined", "close-when-pipelined", NULL },
  { "one-at-a-time", "no-pipelining", NULL },
  { "gmail", "gmail", NULL },
};

/* On every odd server the list is whole, stays the same when nothing has happened, and a delete
 * takes what it was told. */
static void
odd_server (FetcherFixture *self,
            gconstpointer data)
{
  const Oddity *oddity = data;
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;
  RstSyncReport report;

  fetcher_fixture_fault (self, oddity->fault, oddity->value);
  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  report = fetcher_fixture_load (self, 0);
  g_assert_cmpuint (report.n_kept, ==, 5);
  g_assert_cmpuint (report.n_gone + report.n_new + report.n_moved, ==, 0);

  receipt = fetcher_fixture_receipt (self, "1 3");
  rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error);
  g_assert_no_error (error);
  left = fetcher_fixture_on_server (self);
  g_assert_cmpstr (left, ==, "one three five");
}

static void
listing_in_holes (FetcherFixture *self,
                  gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  fetcher_fixture_fault (self, "holes", NULL);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  g_assert_cmpuint (((RstHeader *)g_ptr_array_index (self->index, 4))->identity->number, >, 5);

  receipt = fetcher_fixture_receipt (self, "4");
  rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error);
  g_assert_no_error (error);
  left = fetcher_fixture_on_server (self);
  g_assert_cmpstr (left, ==, "one two three four");
}

static void
newest_first (FetcherFixture *self,
              gconstpointer data)
{
  RstSyncReport report;

  fetcher_fixture_fault (self, "newest-first", NULL);
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "five four three two one");

  add_message (self, "six");
  report = fetcher_fixture_load (self, 0);
  assert_subjects (self, "six five four three two one");
  g_assert_cmpuint (report.n_moved, ==, 5);
  g_assert_cmpuint (report.n_new, ==, 1);
}

static void
migrated_server (FetcherFixture *self,
                 gconstpointer data)
{
  RstSyncReport report;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "new-uids", "z");
  rst_demo_server_remove_message (self->server, 0);
  report = fetcher_fixture_load (self, 0);
  assert_subjects (self, "two three four five");
  g_assert_cmpuint (report.n_gone, ==, 1);
  g_assert_cmpuint (report.n_moved, ==, 4);
  g_assert_cmpuint (report.n_new, ==, 0);
}

static void
uidl_fails_for_a_moment (FetcherFixture *self,
                         gconstpointer data)
{
  g_autoptr (RstSnapshot) snapshot = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "uidl-error", NULL);
  rst_demo_server_clear_log (self->server);
  snapshot = rst_fetcher_load_headers (self->fetcher, self->index, NULL, 0, NULL, &error);
  g_assert_null (snapshot);
  g_assert_nonnull (error);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 0);
}

static void
distrusted_uids (FetcherFixture *self,
                 gconstpointer data)
{
  g_autoptr (GBytes) other = fetcher_fixture_message ("other", "other");
  RstSyncReport report;

  fetcher_fixture_load (self, 0);
  rst_demo_server_replace_message (self->server, 2, other);

  /* The UIDs are the same, so a refresh believes them; once they are caught lying it does not. */
  fetcher_fixture_load (self, 0);
  assert_subjects (self, "one two three four five");
  report = fetcher_fixture_load (self, RST_LOAD_DISTRUST);
  assert_subjects (self, "one two other four five");
  g_assert_cmpuint (report.n_gone, ==, 1);
  g_assert_cmpuint (report.n_new, ==, 1);
}

static void
assert_check (FetcherFixture *self,
              gboolean is_in_sync)
{
  g_autoptr (GError) error = NULL;
  RstSyncReport report = { 0 };

  g_assert_true (rst_fetcher_check_sync (self->fetcher, self->index, &report, NULL, &error) ==
                 is_in_sync);
  if (is_in_sync)
    g_assert_no_error (error);
  else
    g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX);
}

static void
check (FetcherFixture *self,
       gconstpointer fault)
{
  g_autoptr (GBytes) other = fetcher_fixture_message ("other", "other");

  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  assert_check (self, TRUE);

  add_message (self, "six");
  assert_check (self, TRUE);

  rst_demo_server_remove_message (self->server, 1);
  assert_check (self, FALSE);
  fetcher_fixture_load (self, 0);
  assert_check (self, TRUE);

  /* Not the last message, which is all that the ancestor looked at. */
  rst_demo_server_replace_message (self->server, 0, other);
  assert_check (self, FALSE);
}

static RstFetcher *
make_fetcher (guint16 port)
{
  g_autoptr (RstAccount) account = rst_account_new ("scripted", "127.0.0.1", "demo");
  SecretValue *password = rst_password_new ("demo");
  RstFetcher *fetcher;

  account->port = port;
  account->security = RST_POP3_SECURITY_NONE;
  account->keep_session = 0;
  fetcher = rst_fetcher_new (account);
  rst_fetcher_set_password (fetcher, password);
  secret_value_unref (password);

  return fetcher;
}

/* The reload after a synchronisation error comes right after the session that met it: a server that
 * wants a pause between the two gets it. */
static void
pause_between_logins (FetcherFixture *self,
                      gconstpointer data)
{
  RstTestServer *server = rst_test_server_new ();
  g_autoptr (RstFetcher) fetcher = NULL;
  gint64 start = 0;

  for (guint i = 0; i < 2; i++)
    {
      if (i == 0)
        rst_test_server_play_login (server, "TOP\nUIDL\nLOGIN-DELAY 1\n");
      else
        rst_test_server_play (server, "S: +OK ready\nC: USER demo\nS: +OK\nC: PASS*\nS: +OK\n"
                                      "C: CAPA\nS: +OK\nS: TOP\nS: UIDL\nS: LOGIN-DELAY 1\nS: .\n");
      rst_test_server_play (server,
                            "C: LIST\nS: +OK\nS: .\nC: UIDL\nS: +OK\nS: .\nC: QUIT\n");
      rst_test_server_expect_close (server);
    }
  fetcher = make_fetcher (rst_test_server_start (server));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RstSnapshot) snapshot = NULL;
      g_autoptr (GError) error = NULL;

      snapshot = rst_fetcher_load_headers (fetcher, self->index, NULL, 0, NULL, &error);
      g_assert_no_error (error);
      if (i == 0)
        start = g_get_monotonic_time ();
    }
  rst_test_server_finish (server);
  g_assert_cmpint (g_get_monotonic_time () - start, >, G_USEC_PER_SEC / 2);
}

static void
quirks_are_learnt (FetcherFixture *self,
                   gconstpointer data)
{
  fetcher_fixture_fault (self, "close-when-pipelined", NULL);
  fetcher_fixture_load (self, 0);
  g_assert_true (rst_fetcher_get_quirks (self->fetcher) & RST_POP3_QUIRK_NO_PIPELINING);
}

#define ADD(path, func, data) \
  g_test_add (path, FetcherFixture, data, fetcher_fixture_set_up, func, fetcher_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/fetcher/headers/first-load", first_load, NULL);
  ADD ("/fetcher/headers/only-what-is-new", only_what_is_new, NULL);
  ADD ("/fetcher/headers/no-uidl", no_uidl, NULL);
  ADD ("/fetcher/headers/fetch-limit", fetch_limit, NULL);
  ADD ("/fetcher/headers/without-top", without_top, NULL);
  ADD ("/fetcher/headers/top-switched-off", top_switched_off, NULL);
  ADD ("/fetcher/headers/no-capa-no-top", no_capa_no_top, NULL);
  ADD ("/fetcher/headers/unreadable-row", unreadable_row, NULL);
  ADD ("/fetcher/headers/cut-while-loading", cut_while_loading, NULL);
  ADD ("/fetcher/headers/holes", listing_in_holes, NULL);
  ADD ("/fetcher/headers/newest-first", newest_first, NULL);
  ADD ("/fetcher/headers/migrated-server", migrated_server, NULL);
  ADD ("/fetcher/headers/uidl-fails-for-a-moment", uidl_fails_for_a_moment, NULL);
  ADD ("/fetcher/headers/distrusted-uids", distrusted_uids, NULL);
  ADD ("/fetcher/headers/pause-between-logins", pause_between_logins, NULL);
  ADD ("/fetcher/headers/quirks-are-learnt", quirks_are_learnt, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (oddities); i++)
    {
      g_autofree char *path = g_strconcat ("/fetcher/odd-server/", oddities[i].name, NULL);

      ADD (path, odd_server, &oddities[i]);
    }
  ADD ("/fetcher/check", check, NULL);
  ADD ("/fetcher/check/no-uidl", check, "no-uidl");

  return g_test_run ();
}

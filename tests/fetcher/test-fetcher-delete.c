/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fetcher-fixture.h"

#include <string.h>

#include "mail/rst-body-digest.h"
#include "pop3/rst-pop3-error.h"

static void
assert_left (FetcherFixture *self,
             const char *expected)
{
  g_autofree char *left = fetcher_fixture_on_server (self);

  g_assert_cmpstr (left, ==, expected);
}

static void
assert_deleted (FetcherFixture *self,
                const char *positions,
                const char *left)
{
  g_autoptr (RstReceipt) receipt = fetcher_fixture_receipt (self, positions);
  g_autoptr (GError) error = NULL;

  g_assert_true (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_DELETED), ==, receipt->entries->len);
  assert_left (self, left);
}

/* Nothing is deleted, no DELE was sent, and the entries at @missing are the ones that are said to
 * be missing. */
static void
assert_refused (FetcherFixture *self,
                const char *positions,
                const char *missing,
                const char *left)
{
  g_autoptr (RstReceipt) receipt = fetcher_fixture_receipt (self, positions);
  g_autoptr (GString) found = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==,
                    receipt->entries->len);
  for (guint i = 0; i < receipt->entries->len; i++)
    if (((RstReceiptEntry *)g_ptr_array_index (receipt->entries, i))->is_missing)
      g_string_append_printf (found, "%s%u", found->len > 0 ? " " : "", i);
  g_assert_cmpstr (found->str, ==, missing);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "DELE"), ==, 0);
  g_assert_cmpuint (self->n_commits, ==, 0);
  assert_left (self, left);
}

static void
add_message (FetcherFixture *self,
             const char *subject,
             const char *body,
             const char *uid)
{
  g_autoptr (GBytes) message = fetcher_fixture_message (subject, body);

  rst_demo_server_add_message (self->server, message, uid);
}

static void
verified (FetcherFixture *self,
          gconstpointer fault)
{
  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  assert_deleted (self, "0 2", "two four five");
  g_assert_cmpuint (self->n_commits, ==, 1);
}

static void
after_another_client (FetcherFixture *self,
                      gconstpointer data)
{
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  rst_demo_server_move_message (self->server, 3, 0);
  add_message (self, "six", "six", NULL);
  assert_deleted (self, "1 3", "five three six");
}

static void
one_is_gone (FetcherFixture *self,
             gconstpointer fault)
{
  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 4);
  assert_refused (self, "0 4", "1", "one two three four");
}

static void
stale_numbers (FetcherFixture *self,
               gconstpointer data)
{
  fetcher_fixture_fault (self, "no-uidl", NULL);
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  assert_refused (self, "1 2", "0 1", "two three four five");
}

static void
uid_with_other_content (FetcherFixture *self,
                        gconstpointer data)
{
  g_autoptr (GBytes) other = fetcher_fixture_message ("other", "other");

  fetcher_fixture_load (self, 0);
  rst_demo_server_replace_message (self->server, 1, other);
  assert_refused (self, "1 2", "0", "one other three four five");
  g_assert_true (rst_fetcher_has_seen_mismatch (self->fetcher));
}

static void
swapped_uids (FetcherFixture *self,
              gconstpointer data)
{
  g_autofree char *first = rst_demo_server_dup_uid (self->server, 0);
  g_autofree char *second = rst_demo_server_dup_uid (self->server, 1);

  fetcher_fixture_load (self, 0);
  rst_demo_server_set_uid (self->server, 0, second);
  rst_demo_server_set_uid (self->server, 1, first);
  assert_refused (self, "0", "0", "one two three four five");
  fetcher_fixture_load (self, RST_LOAD_DISTRUST);
  assert_deleted (self, "0", "two three four five");
}

static void
gone_between_top_and_dele (FetcherFixture *self,
                           gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "err-on-dele", "3");
  receipt = fetcher_fixture_receipt (self, "1 2 3");
  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==, 3);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RSET"), ==, 1);
  assert_left (self, "one two three four five");
}

static void
rset_fails (FetcherFixture *self,
            gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "err-on-dele", "3");
  fetcher_fixture_fault (self, "rset-error", NULL);
  /* The farewell of the session that loaded the headers is not waited for. */
  while (rst_demo_server_get_n_commands (self->server, "QUIT") == 0)
    g_usleep (1000);
  rst_demo_server_clear_log (self->server);
  receipt = fetcher_fixture_receipt (self, "1 2 3");
  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "QUIT"), ==, 0);
  assert_left (self, "one two three four five");
}

/* After the first DELE only +OK to QUIT is proof. */
static void
unknown_outcome (FetcherFixture *self,
                 gconstpointer data)
{
  const char *const *fault = data;
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, fault[0], fault[1]);
  receipt = fetcher_fixture_receipt (self, "0 1");
  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_UNKNOWN), ==, 2);
  assert_left (self, fault[2]);
}

static const char *const quit_closed[] = { "quit-close", "keep", "one two three four five" };
static const char *const quit_closed_late[] = { "quit-close", "commit", "three four five" };
static const char *const quit_refused[] = { "quit-error", "half", "two three four five" };
static const char *const dele_closed[] = { "close-on-dele", "2", "one two three four five" };

static void
receipt_cannot_be_written (FetcherFixture *self,
                           gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  self->refuse_commit = TRUE;
  receipt = fetcher_fixture_receipt (self, "0");
  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==, 1);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "DELE"), ==, 0);
  assert_left (self, "one two three four five");
}

static void
dry_run (FetcherFixture *self,
         gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  receipt = fetcher_fixture_receipt (self, "0 4");
  g_assert_true (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "DELE"), ==, 0);
  g_assert_cmpuint (self->n_commits, ==, 0);
  assert_left (self, "one two three four five");
}

static void
without_top (FetcherFixture *self,
             gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "no-top", NULL);
  receipt = fetcher_fixture_receipt (self, "1");
  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "DELE"), ==, 0);

  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  assert_deleted (self, "1", "one three four five");
}

/* Verified by what RETR says, in the session that deletes. */
static void
without_top_mismatch (FetcherFixture *self,
                      gconstpointer data)
{
  g_autoptr (GBytes) other = fetcher_fixture_message ("other", "other");

  fetcher_fixture_load (self, 0);
  fetcher_fixture_fault (self, "no-top", NULL);
  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  rst_demo_server_replace_message (self->server, 1, other);
  assert_refused (self, "1", "0", "one other three four five");
}

static void
volatile_headers (FetcherFixture *self,
                  gconstpointer data)
{
  fetcher_fixture_fault (self, "volatile-headers", NULL);
  fetcher_fixture_load (self, 0);
  assert_deleted (self, "3", "one two three five");
}

static void
identical_copies (FetcherFixture *self,
                  gconstpointer fault)
{
  add_message (self, "twin", "same", NULL);
  add_message (self, "twin", "same", NULL);
  fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  assert_deleted (self, "5", "one two three four five twin");
}

static void
both_identical_copies (FetcherFixture *self,
                       gconstpointer fault)
{
  add_message (self, "twin", "same", NULL);
  add_message (self, "twin", "same", NULL);
  fetcher_fixture_fault (self, fault, NULL);
  fetcher_fixture_load (self, 0);
  assert_deleted (self, "5 6", "one two three four five");
}

/* Equal in everything that was seen of them, but not the same: the server must not be left to luck.
 */
static void
look_alikes (FetcherFixture *self,
             gconstpointer data)
{
  add_message (self, "twin", "this", "dup");
  add_message (self, "twin", "that", "dup");
  fetcher_fixture_load (self, 0);
  assert_refused (self, "5", "0", "one two three four five twin twin");
}

/* With one of them gone, nothing tells which one is left. */
static void
look_alike_is_gone (FetcherFixture *self,
                    gconstpointer data)
{
  add_message (self, "twin", "this", "dup");
  add_message (self, "twin", "that", "dup");
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 5);
  assert_refused (self, "5", "0", "one two three four five twin");
  assert_refused (self, "6", "0", "one two three four five twin");
}

/* The server does not send the headers of the one that is meant, and another one has its UID. */
static void
look_alike_is_unreadable (FetcherFixture *self,
                          gconstpointer data)
{
  add_message (self, "twin", "this", "dup");
  fetcher_fixture_load (self, 0);
  add_message (self, "twin", "that", "dup");
  fetcher_fixture_fault (self, "err-on-top", "6");
  assert_refused (self, "5", "0", "one two three four five twin twin");
}

/* As after a reading of it. */
static void
learn_body (FetcherFixture *self,
            guint position)
{
  g_autoptr (GBytes) message = rst_demo_server_dup_message (self->server, position);
  RstHeader *header = g_ptr_array_index (self->index, position);
  guint8 body[RST_BODY_DIGEST_SIZE];

  rst_body_digest_new (g_bytes_get_data (message, NULL), g_bytes_get_size (message), body);
  self->index->pdata[position] =
      rst_header_new_with_identity (header, rst_identity_new_with_body (header->identity, body));
  rst_header_unref (header);
}

/* The server shows another message under the name, the number and the headers of one that was
 * read. */
static void
other_body_below_headers (FetcherFixture *self,
                          gconstpointer fault)
{
  g_autoptr (GBytes) twin = fetcher_fixture_message ("two", "twin");
  RstSyncReport report;

  if (fault)
    fetcher_fixture_fault (self, fault, NULL);
  rst_fetcher_set_allow_download (self->fetcher, TRUE);
  fetcher_fixture_load (self, 0);
  learn_body (self, 1);
  rst_demo_server_replace_message (self->server, 1, twin);
  assert_refused (self, "1", "0", "one two three four five");
  g_assert_true (rst_fetcher_has_seen_mismatch (self->fetcher));

  /* It is another message in the list, and can be deleted as such. */
  report = fetcher_fixture_load (self, RST_LOAD_DISTRUST);
  g_assert_cmpuint (report.n_gone, ==, 1);
  g_assert_cmpuint (report.n_new, ==, 1);
  assert_deleted (self, "1", "one three four five");
}

/* The same message, and what a server rewrites. */
static void
same_body (FetcherFixture *self,
           gconstpointer data)
{
  fetcher_fixture_fault (self, "volatile-headers", NULL);
  fetcher_fixture_load (self, 0);
  learn_body (self, 1);
  rst_demo_server_clear_log (self->server);
  assert_deleted (self, "1 2", "one four five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 1);
}

static void
look_alike_with_known_body (FetcherFixture *self,
                            gconstpointer data)
{
  g_autoptr (GBytes) message = NULL;

  add_message (self, "twin", "this", "dup");
  add_message (self, "twin", "that", "dup");
  fetcher_fixture_load (self, 0);
  learn_body (self, 6);
  assert_deleted (self, "6", "one two three four five twin");

  message = rst_demo_server_dup_message (self->server, 5);
  g_assert_nonnull (strstr (g_bytes_get_data (message, NULL), "this"));
}

/* Of two that look alike one has gone: no number can be trusted to be the other's. */
static void
look_alike_gone_without_uids (FetcherFixture *self,
                              gconstpointer data)
{
  add_message (self, "twin", "this", NULL);
  add_message (self, "twin", "that", NULL);
  fetcher_fixture_fault (self, "no-uidl", NULL);
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 5);
  assert_refused (self, "5", "0", "one two three four five twin");
}

static void
duplicate_uids (FetcherFixture *self,
                gconstpointer data)
{
  add_message (self, "six", "six", "dup");
  add_message (self, "seven", "seven", "dup");
  fetcher_fixture_load (self, 0);
  assert_deleted (self, "6", "one two three four five six");
}

static void
unverified (FetcherFixture *self,
            gconstpointer data)
{
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  rst_demo_server_clear_log (self->server);
  receipt = fetcher_fixture_receipt (self, "1");
  g_assert_true (rst_fetcher_delete_unverified (self->fetcher, receipt, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 0);
  assert_left (self, "three four five");
}

static void
cancelled_before (FetcherFixture *self,
                  gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  g_cancellable_cancel (cancellable);
  receipt = fetcher_fixture_receipt (self, "0");
  g_assert_false (rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE,
                                               cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_left (self, "one two three four five");
}

static gboolean
cancel_at_commit (RstReceipt *receipt,
                  gpointer user_data,
                  GError **error)
{
  g_cancellable_cancel (user_data);
  return TRUE;
}

/* Stop in the delete phase: what was marked is taken back. */
static void
cancelled_while_deleting (FetcherFixture *self,
                          gconstpointer data)
{
  static const RstFetcherObserver observer = { .commit = cancel_at_commit };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RstReceipt) receipt = NULL;
  g_autoptr (GError) error = NULL;

  fetcher_fixture_load (self, 0);
  rst_fetcher_set_observer (self->fetcher, &observer, cancellable);
  receipt = fetcher_fixture_receipt (self, "0 1 2");
  g_assert_false (rst_fetcher_delete_verified (self->fetcher, receipt, self->index, FALSE,
                                               cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (rst_receipt_count (receipt, RST_OUTCOME_NOT_DELETED), ==, 3);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RSET"), ==, 1);
  assert_left (self, "one two three four five");
}

static void
one_session (FetcherFixture *self,
             gconstpointer data)
{
  fetcher_fixture_load (self, 0);
  rst_demo_server_clear_log (self->server);
  assert_deleted (self, "0 1 2 3", "five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 1);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "TOP"), ==, 4);
}

#define ADD(path, func, data)                                                              \
  g_test_add ("/fetcher/delete/" path, FetcherFixture, data, fetcher_fixture_set_up, func, \
              fetcher_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("verified", verified, NULL);
  ADD ("verified/no-uidl", verified, "no-uidl");
  ADD ("one-session", one_session, NULL);
  ADD ("after-another-client", after_another_client, NULL);
  ADD ("one-is-gone", one_is_gone, NULL);
  ADD ("one-is-gone/no-uidl", one_is_gone, "no-uidl");
  ADD ("stale-numbers", stale_numbers, NULL);
  ADD ("uid-with-other-content", uid_with_other_content, NULL);
  ADD ("swapped-uids", swapped_uids, NULL);
  ADD ("gone-between-top-and-dele", gone_between_top_and_dele, NULL);
  ADD ("rset-fails", rset_fails, NULL);
  ADD ("unknown/quit-closed", unknown_outcome, quit_closed);
  ADD ("unknown/quit-closed-late", unknown_outcome, quit_closed_late);
  ADD ("unknown/quit-refused", unknown_outcome, quit_refused);
  ADD ("unknown/dele-closed", unknown_outcome, dele_closed);
  ADD ("receipt-cannot-be-written", receipt_cannot_be_written, NULL);
  ADD ("dry-run", dry_run, NULL);
  ADD ("without-top", without_top, NULL);
  ADD ("without-top/mismatch", without_top_mismatch, NULL);
  ADD ("volatile-headers", volatile_headers, NULL);
  ADD ("identical-copies/same-uid", identical_copies, "content-uids");
  ADD ("identical-copies/no-uidl", identical_copies, "no-uidl");
  ADD ("both-identical-copies/same-uid", both_identical_copies, "content-uids");
  ADD ("both-identical-copies/no-uidl", both_identical_copies, "no-uidl");
  ADD ("look-alikes", look_alikes, NULL);
  ADD ("look-alike-is-gone", look_alike_is_gone, NULL);
  ADD ("look-alike-is-unreadable", look_alike_is_unreadable, NULL);
  ADD ("look-alikes/body-known", look_alike_with_known_body, NULL);
  ADD ("other-body", other_body_below_headers, NULL);
  ADD ("other-body/no-uidl", other_body_below_headers, "no-uidl");
  ADD ("other-body/no-top", other_body_below_headers, "no-top");
  ADD ("same-body", same_body, NULL);
  ADD ("look-alikes/one-gone-without-uids", look_alike_gone_without_uids, NULL);
  ADD ("duplicate-uids", duplicate_uids, NULL);
  ADD ("unverified", unverified, NULL);
  ADD ("cancelled-before", cancelled_before, NULL);
  ADD ("cancelled-while-deleting", cancelled_while_deleting, NULL);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-password.h"
#include "fetcher-fixture.h"
#include "lib/rst-test-server.h"

static void
assert_reads (FetcherFixture *self,
              guint position,
              const char *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) message = NULL;

  message = rst_fetcher_load_message (self->fetcher, g_ptr_array_index (self->index, position),
                                      self->index, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (
      g_strstr_len (g_bytes_get_data (message, NULL), (gssize)g_bytes_get_size (message), body));
}

static void
assert_counts (FetcherFixture *self,
               guint n_logins,
               guint n_lists,
               guint n_quits)
{
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, n_logins);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "UIDL"), ==, n_lists);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "QUIT"), ==, n_quits);
}

static void
many_reads (FetcherFixture *self,
            gconstpointer data)
{
  fetcher_fixture_keep_sessions (self);
  fetcher_fixture_load (self, 0);
  g_assert_true (rst_fetcher_has_session (self->fetcher));
  assert_reads (self, 0, "one");
  assert_reads (self, 3, "four");
  assert_reads (self, 2, "three");
  assert_counts (self, 1, 1, 0);

  rst_fetcher_release (self->fetcher);
  g_assert_false (rst_fetcher_has_session (self->fetcher));
  assert_reads (self, 1, "two");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 2);
}

/* A session does not see what changes: who wants to know gets a new one. */
static void
a_load_looks_again (FetcherFixture *self,
                    gconstpointer data)
{
  g_autofree char *subjects = NULL;

  fetcher_fixture_keep_sessions (self);
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  fetcher_fixture_load (self, 0);
  subjects = fetcher_fixture_subjects (self);
  g_assert_cmpstr (subjects, ==, "two three four five");
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 2);
}

/* A delete looks at the maildrop as it is now, in a session that ends with it: QUIT commits. */
static void
a_delete_looks_again (FetcherFixture *self,
                      gconstpointer data)
{
  g_autoptr (RstReceipt) gone = NULL;
  g_autoptr (RstReceipt) there = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *left = NULL;

  fetcher_fixture_keep_sessions (self);
  fetcher_fixture_load (self, 0);
  rst_demo_server_remove_message (self->server, 0);
  gone = fetcher_fixture_receipt (self, "0 1");
  g_assert_false (
      rst_fetcher_delete_verified (self->fetcher, gone, self->index, FALSE, NULL, &error));
  g_assert_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
  g_clear_error (&error);

  there = fetcher_fixture_receipt (self, "1");
  g_assert_true (
      rst_fetcher_delete_verified (self->fetcher, there, self->index, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_false (rst_fetcher_has_session (self->fetcher));
  left = fetcher_fixture_on_server (self);
  g_assert_cmpstr (left, ==, "three four five");
}

static const char *const message =
    "From: ada@example.org\r\nSubject: one\r\nMessage-ID: <one@example.org>\r\n\r\none\r\n";

static void
play_session (RstTestServer *server,
              gboolean is_known)
{
  if (is_known)
    rst_test_server_play (server, "S: +OK ready\nC: USER demo\nS: +OK\nC: PASS*\nS: +OK\n"
                                  "C: CAPA\nS: +OK\nS: TOP\nS: UIDL\nS: .\n");
  else
    rst_test_server_play_login (server, "TOP\nUIDL\n");
  rst_test_server_play (server, "C: LIST\nS: +OK\nS: 1 80\nS: .\nC: UIDL\nS: +OK\nS: 1 a\nS: .\n");
}

/* The server has hung up while nobody looked: the operation goes on in a new session, and nobody
 * notices. */
static void
lost_while_idle (void)
{
  RstTestServer *server = rst_test_server_new ();
  g_autoptr (RstAccount) account = rst_account_new ("scripted", "127.0.0.1", "demo");
  SecretValue *password = rst_password_new ("demo");
  g_autoptr (RstFetcher) fetcher = NULL;
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (RstSnapshot) snapshot = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  play_session (server, FALSE);
  rst_test_server_play (server, "C: TOP 1 0\nS: +OK\n");
  rst_test_server_send (server, message);
  rst_test_server_play (server, "S: .\n");
  rst_test_server_drop (server);
  play_session (server, TRUE);
  rst_test_server_play (server, "C: RETR 1\nS: +OK\n");
  rst_test_server_send (server, message);
  rst_test_server_play (server, "S: .\nC: QUIT\n");
  rst_test_server_expect_close (server);

  account->port = rst_test_server_start (server);
  account->security = RST_POP3_SECURITY_NONE;
  fetcher = rst_fetcher_new (account);
  rst_fetcher_set_password (fetcher, password);
  secret_value_unref (password);
  snapshot = rst_fetcher_load_headers (fetcher, nothing, NULL, 0, NULL, &error);
  g_assert_no_error (error);
  bytes = rst_fetcher_load_message (fetcher, g_ptr_array_index (snapshot->headers, 0),
                                    snapshot->headers, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (bytes), ==, strlen (message));
  rst_fetcher_release (fetcher);
  rst_test_server_finish (server);
}

#define ADD(path, func)                                                                     \
  g_test_add ("/fetcher/session/" path, FetcherFixture, NULL, fetcher_fixture_set_up, func, \
              fetcher_fixture_tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("many-reads", many_reads);
  ADD ("a-load-looks-again", a_load_looks_again);
  ADD ("a-delete-looks-again", a_delete_looks_again);
  g_test_add_func ("/fetcher/session/lost-while-idle", lost_while_idle);

  return g_test_run ();
}

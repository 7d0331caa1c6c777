/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-session"

#include "config.h"

#include "client.h"

static void
assert_row (const RstPop3Listing *listing,
            guint position,
            guint32 number,
            guint64 size,
            const char *uid)
{
  const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, position);

  g_assert_cmpuint (row->number, ==, number);
  g_assert_cmpuint (row->size, ==, size);
  g_assert_cmpstr (row->uid, ==, uid);
}

/* From the connection to the +OK of QUIT, as every operation of the fetcher goes. */
static void
test_whole (Client *self,
            gconstpointer data)
{
  const guint32 numbers[] = { 1, 3 };
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 100\n"
                        "S: 3 300\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: 3 c\n"
                        "S: .\n"
                        "C: TOP 1 0\n"
                        "S: +OK\n"
                        "S: Subject: one\n"
                        "S: \n"
                        "S: .\n"
                        "C: TOP 3 0\n"
                        "S: +OK\n"
                        "S: Subject: three\n"
                        "S: \n"
                        "S: .\n"
                        "C: DELE 1\n"
                        "S: +OK\n"
                        "C: DELE 3\n"
                        "S: +OK\n"
                        "C: QUIT\n"
                        "S: +OK bye\n");
  client_log_in (self);

  listing = rst_pop3_session_list (self->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rst_pop3_listing_get_n_rows (listing), ==, 2);
  assert_row (listing, 0, 1, 100, "a");
  assert_row (listing, 1, 3, 300, "c");

  rst_pop3_session_top (self->session, numbers, 2, 0, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->messages->str, ==,
                   "1:Subject: one\r\n\r\n|3:Subject: three\r\n\r\n|");

  rst_pop3_session_dele (self->session, numbers, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_quit (self->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/session/whole", test_whole, NULL);
  return g_test_run ();
}

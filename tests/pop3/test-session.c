/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-session"

#include "config.h"

#include <string.h>

#include "client.h"

static char *
dup_rows (const RstPop3Listing *listing)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < rst_pop3_listing_get_n_rows (listing); i++)
    {
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, i);

      g_string_append_printf (text, "%s%u/%" G_GUINT64_FORMAT "/%s", i > 0 ? " " : "", row->number,
                              row->size, row->uid != NULL ? row->uid : "-");
    }
  return g_string_free (text, FALSE);
}

static void
assert_listing (Client *self,
                const char *expected)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *rows = NULL;

  listing = rst_pop3_session_list (self->session, NULL, &error);
  g_assert_no_error (error);
  rows = dup_rows (listing);
  g_assert_cmpstr (rows, ==, expected);
}

static void
assert_list_fails (Client *self,
                   GQuark domain,
                   int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rst_pop3_session_list (self->session, NULL, &error));
  g_assert_error (error, domain, code);
}

static void
assert_in_step (Client *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (rst_pop3_session_is_open (self->session));
  rst_pop3_session_noop (self->session, NULL, &error);
  g_assert_no_error (error);
}

static void
play_noop (Client *self)
{
  rst_test_server_play (self->script,
                        "C: NOOP\n"
                        "S: +OK\n");
}

/* From the connection to the +OK of QUIT, as an operation goes. */
static void
test_whole (Client *self,
            gconstpointer data)
{
  const guint32 numbers[] = { 1, 3 };
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
  assert_listing (self, "1/100/a 3/300/c");
  g_string_truncate (self->trace, 0);
  rst_pop3_session_top (self->session, numbers, 2, 0, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->messages->str, ==,
                   "1:Subject: one\r\n\r\n|3:Subject: three\r\n\r\n|");
  /* A trace shows how much of a message came, and never what. */
  g_assert_cmpstr (self->trace->str, ==,
                   "C: TOP 1 0\nS: +OK\nS: (16 bytes)\nC: TOP 3 0\nS: +OK\nS: (18 bytes)\n");
  rst_pop3_session_dele (self->session, numbers, 2, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_quit (self->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

/* The same in lines that end with a bare LF, which a greeting of that kind announces. */
static void
test_lf_server (Client *self,
                gconstpointer data)
{
  const guint32 number = 1;
  g_autoptr (GError) error = NULL;

  rst_test_server_send (self->script, "+OK\n");
  rst_test_server_expect (self->script, "CAPA");
  rst_test_server_send (self->script, "+OK\nTOP\nUIDL\n.\n");
  rst_test_server_expect (self->script, "LIST");
  rst_test_server_send (self->script, "+OK\n1 10\n.\n");
  rst_test_server_expect (self->script, "UIDL");
  rst_test_server_send (self->script, "+OK\n1 a\n.\n");
  rst_test_server_expect (self->script, "RETR 1");
  rst_test_server_send (self->script, "+OK\nSubject: a\n\n..\n.\n");
  client_open (self);
  assert_listing (self, "1/10/a");
  rst_pop3_session_retr (self->session, &number, 1, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->messages->str, ==, "1:Subject: a\n\n.\n|");
}

typedef struct
{
  const char *name;
  const char *script;
  const char *rows;
} Maildrop;

static const Maildrop maildrops[] = {
  { "empty", "C: LIST\nS: +OK\nS: .\nC: UIDL\nS: +OK\nS: .\n", "" },
  { "holes", "C: LIST\nS: +OK\nS: 2 20\nS: 9 90\nS: .\nC: UIDL\nS: +OK\nS: 2 b\nS: 9 i\nS: .\n",
    "2/20/b 9/90/i" },
  { "newest-first",
    "C: LIST\nS: +OK\nS: 3 30\nS: 2 20\nS: .\nC: UIDL\nS: +OK\nS: 3 c\nS: 2 b\nS: .\n",
    "2/20/b 3/30/c" },
  { "stray-ok", "C: LIST\nS: +OK\nS: +OK 1 10\nS: .\nC: UIDL\nS: +OK\nS: +OK 1 a\nS: .\n",
    "1/10/a" },
  { "duplicate-uids",
    "C: LIST\nS: +OK\nS: 1 10\nS: 2 10\nS: .\nC: UIDL\nS: +OK\nS: 1 a\nS: 2 a\nS: .\n",
    "1/10/a 2/10/a" },
  { "uid-of-unlisted", "C: LIST\nS: +OK\nS: 1 10\nS: .\nC: UIDL\nS: +OK\nS: 1 a\nS: 2 b\nS: .\n",
    "1/10/a" },
  { "stuffed-uid", "C: LIST\nS: +OK\nS: 1 10\nS: .\nC: UIDL\nS: +OK\nS: 1 .a\nS: .\n", "1/10/.a" },
  { "words",
    "C: LIST\nS: +OK 1 message (10 octets)\nS: 1 10\nS: .\nC: UIDL\nS: +OK\nS: 1 a\nS: .\n",
    "1/10/a" },
};

static void
test_maildrop (Client *self,
               gconstpointer data)
{
  const Maildrop *row = data;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script, row->script);
  client_log_in (self);
  assert_listing (self, row->rows);
}

static void
test_no_uidl (Client *self,
              gconstpointer data)
{
  rst_test_server_play_login (self->script, "TOP\n");
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n");
  client_log_in (self);
  assert_listing (self, "1/10/-");
}

/* Without CAPA the -ERR is what tells; it is not asked for a second time in the session. */
static void
test_no_uidl_no_capa (Client *self,
                      gconstpointer data)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: -ERR unknown command\n"
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n");
  client_open (self);
  assert_listing (self, "1/10/-");
  assert_listing (self, "1/10/-");
}

/* UIDL that CAPA lists and that fails is a fault of the moment: "no UIDL" would throw away all that
 * is known of the messages. */
static void
test_uidl_fails (Client *self,
                 gconstpointer data)
{
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: -ERR index is being rebuilt\n");
  play_noop (self);
  client_log_in (self);
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  assert_in_step (self);
}

static void
test_list_refused (Client *self,
                   gconstpointer data)
{
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "S: -ERR no\n"
                        "C: LIST\n"
                        "S: -ERR [SYS/TEMP] no\n");
  play_noop (self);
  client_log_in (self);
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  assert_in_step (self);
}

/* LIST and UIDL together: whatever happens to one, the other's answer is read. */
static void
test_one_flight (Client *self,
                 gconstpointer data)
{
  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: .\n"
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: -ERR no\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: .\n"
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "S: -ERR no\n"
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: -ERR no\n"
                        "S: -ERR no\n");
  play_noop (self);
  client_log_in (self);
  assert_listing (self, "1/10/a");
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  assert_in_step (self);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, RST_POP3_QUIRK_NONE);
}

static void
test_one_flight_breaks (Client *self,
                        gconstpointer data)
{
  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: .\n");
  rst_test_server_drop (self->script);
  client_log_in (self);
  assert_list_fails (self, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, RST_POP3_QUIRK_NO_PIPELINING);
}

typedef struct
{
  const char *name;
  const char *reply;
  gsize times;
  int code;
} BadListing;

/* Each of them closes the session: what the next line belongs to cannot be known. */
static const BadListing bad_listings[] = {
  { "repeated", "1 10\r\n", 10000000, RST_POP3_ERROR_PROTOCOL },
  { "endless-line", "1 10 ", 10000000, RST_POP3_ERROR_TOO_LONG },
  { "zero", "0 10\r\n", 1, RST_POP3_ERROR_PROTOCOL },
  { "html", "<html>\r\n", 1, RST_POP3_ERROR_PROTOCOL },
  { "next-answer", "+OK\r\n", 1, RST_POP3_ERROR_PROTOCOL },
  { "refusal", "-ERR cannot go on\r\n", 1, RST_POP3_ERROR_PROTOCOL },
};

static void
test_bad_listing (Client *self,
                  gconstpointer data)
{
  const BadListing *row = data;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "S: +OK\n");
  rst_test_server_flood (self->script, row->reply, row->times);
  client_log_in (self);
  assert_list_fails (self, RST_POP3_ERROR, row->code);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_assert_false (rst_pop3_session_quit (self->session, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_nul_in_listing (Client *self,
                     gconstpointer data)
{
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "S: +OK\n");
  rst_test_server_send_bytes (self->script, "1 1\0000\r\n.\r\n", 10);
  client_log_in (self);
  assert_list_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL);
}

typedef struct
{
  const char *name;
  const char *reply;
  guint n_messages;
  guint64 size;
} Stat;

static const Stat stats[] = {
  { "plain", "+OK 2 320", 2, 320 },
  { "empty", "+OK 0 0", 0, 0 },
  { "words", "+OK 2 320 octets", 2, 320 },
  { "blanks", "+OK   2   320", 2, 320 },
  { "negative", "+OK -1 -320", 0, 0 },
  { "bare", "+OK", 0, 0 },
  { "no-numbers", "+OK two messages", 0, 0 },
  { "huge", "+OK 99999999999999999999 99", 0, 99 },
};

static void
test_stat (Client *self,
           gconstpointer data)
{
  const Stat *row = data;
  g_autoptr (GError) error = NULL;
  guint n_messages = 99;
  guint64 size = 99;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_expect (self->script, "STAT");
  rst_test_server_send (self->script, row->reply);
  rst_test_server_send (self->script, "\r\n");
  client_log_in (self);
  rst_pop3_session_stat (self->session, &n_messages, &size, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_messages, ==, row->n_messages);
  g_assert_cmpuint (size, ==, row->size);
}

static void
test_refusals (Client *self,
               gconstpointer data)
{
  g_autoptr (GError) stat_error = NULL;
  g_autoptr (GError) rset_error = NULL;
  g_autoptr (GError) noop_error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: STAT\n"
                        "S: -ERR\n"
                        "C: RSET\n"
                        "S: -ERR too late\n"
                        "C: NOOP\n"
                        "S: -ERR [SYS/TEMP] busy\n");
  play_noop (self);
  client_log_in (self);
  g_assert_false (rst_pop3_session_stat (self->session, NULL, NULL, NULL, &stat_error));
  g_assert_error (stat_error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_false (rst_pop3_session_rset (self->session, NULL, &rset_error));
  g_assert_error (rset_error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_nonnull (strstr (rset_error->message, "“too late”"));
  g_assert_false (rst_pop3_session_noop (self->session, NULL, &noop_error));
  g_assert_error (noop_error, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  assert_in_step (self);
}

static void
test_quit_refused (Client *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: QUIT\n"
                        "S: -ERR some deleted messages not removed\n");
  client_log_in (self);
  g_assert_false (rst_pop3_session_quit (self->session, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

/* Without a DELE nothing hangs on the answer to QUIT, and it is not waited for longer than for any
 * other. */
static void
test_quit_silent (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_expect (self->script, "QUIT");
  client_log_in (self);
  g_assert_false (rst_pop3_session_quit (self->session, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_quit_slow_after_dele (Client *self,
                           gconstpointer data)
{
  const guint32 number = 1;
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: DELE 1\n"
                        "S: +OK\n"
                        "C: QUIT\n");
  rst_test_server_pause (self->script, 1500);
  rst_test_server_play (self->script, "S: +OK at last\n");
  client_log_in (self);
  g_assert_true (rst_pop3_session_dele (self->session, &number, 1, NULL, NULL, NULL, NULL));
  rst_pop3_session_quit (self->session, NULL, &error);
  g_assert_no_error (error);
}

/* An answer too many would be taken for the next command's. */
static void
test_unasked (Client *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_expect (self->script, "NOOP");
  rst_test_server_send (self->script, "+OK\r\n+OK and one more\r\n");
  client_log_in (self);
  assert_in_step (self);
  g_assert_false (rst_pop3_session_quit (self->session, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "“+OK and one more”"));
}

/* The server's goodbye, for being idle for too long, is told as what it is. */
static void
test_goodbye (Client *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_expect (self->script, "NOOP");
  rst_test_server_send (self->script, "+OK\r\n-ERR idle for too long\r\n");
  rst_test_server_drop (self->script);
  client_log_in (self);
  assert_in_step (self);
  g_assert_false (rst_pop3_session_noop (self->session, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_nonnull (strstr (error->message, "“idle for too long”"));
}

static void
add_maildrops (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (maildrops); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/maildrop/%s", maildrops[i].name);

      client_add (path, test_maildrop, &maildrops[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad_listings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/bad-listing/%s", bad_listings[i].name);

      client_add (path, test_bad_listing, &bad_listings[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (stats); i++)
    {
      g_autofree char *path = g_strdup_printf ("/session/stat/%s", stats[i].name);

      client_add (path, test_stat, &stats[i]);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/session/whole", test_whole, NULL);
  client_add ("/session/lf-server", test_lf_server, NULL);
  add_maildrops ();
  client_add ("/session/bad-listing/nul", test_nul_in_listing, NULL);
  client_add ("/session/list/no-uidl", test_no_uidl, NULL);
  client_add ("/session/list/no-uidl-no-capa", test_no_uidl_no_capa, NULL);
  client_add ("/session/list/uidl-fails", test_uidl_fails, NULL);
  client_add ("/session/list/refused", test_list_refused, NULL);
  client_add ("/session/list/one-flight", test_one_flight, NULL);
  client_add ("/session/list/one-flight-breaks", test_one_flight_breaks, NULL);
  client_add ("/session/refusals", test_refusals, NULL);
  client_add ("/session/quit/refused", test_quit_refused, NULL);
  client_add ("/session/quit/silent", test_quit_silent, NULL);
  client_add ("/session/quit/slow-after-dele", test_quit_slow_after_dele, NULL);
  client_add ("/session/unasked", test_unasked, NULL);
  client_add ("/session/goodbye", test_goodbye, NULL);
  return g_test_run ();
}

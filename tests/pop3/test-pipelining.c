/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-pipelining"

#include "config.h"

#include <string.h>
#include <sys/socket.h>

#include "client.h"
#include "pop3/rst-pop3-session-private.h"

/* Many commands under way at once: in what window, in step whatever comes, and never stuck. */

static const guint32 numbers[] = { 1, 2, 3, 4, 5 };

static gboolean
top (Client *self,
     gsize n_numbers,
     GError **error)
{
  return rst_pop3_session_top (self->session, numbers, n_numbers, 0, &CLIENT_SINK, self, NULL,
                               error);
}

static RstPop3Quirks
get_quirks (Client *self)
{
  return rst_pop3_session_get_quirks (self->session);
}

static void
play_answers (Client *self,
              guint n_answers)
{
  for (guint i = 0; i < n_answers; i++)
    rst_test_server_play (self->script,
                          "S: +OK\n"
                          "S: x\n"
                          "S: .\n");
}

static void
test_all_at_once (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: TOP 1 0\n"
                        "C: TOP 2 0\n"
                        "C: TOP 3 0\n"
                        "C: TOP 4 0\n"
                        "C: TOP 5 0\n");
  play_answers (self, 5);
  client_log_in (self);
  top (self, 5, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->messages->str, ==, "1:x\r\n|2:x\r\n|3:x\r\n|4:x\r\n|5:x\r\n|");
  g_assert_cmpint (get_quirks (self), ==, RST_POP3_QUIRK_NONE);
}

static void
play_in_turn (Client *self)
{
  for (guint i = 1; i <= 3; i++)
    {
      g_autofree char *command = g_strdup_printf ("TOP %u 0", i);

      rst_test_server_expect (self->script, command);
      rst_test_server_expect_nothing (self->script, 30);
      play_answers (self, 1);
    }
}

/* What a server does not list is not done, nor what it was found to break under. */
static void
test_in_turn (Client *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  if (data == NULL)
    self->where.quirks = RST_POP3_QUIRK_NO_PIPELINING;
  rst_test_server_play_login (self->script, data != NULL ? data : PIPELINING);
  play_in_turn (self);
  client_log_in (self);
  top (self, 3, &error);
  g_assert_no_error (error);
}

/* 16 MiB of answers are asked for in advance, and what LIST says counts. */
static void
test_window_of_bytes (Client *self,
                      gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 9000000\n"
                        "S: 2 9000000\n"
                        "S: 3 1000\n"
                        "S: 4 1000\n"
                        "S: 5 99999999999\n"
                        "S: .\n"
                        "S: +OK\n"
                        "S: .\n"
                        "C: RETR 1\n");
  rst_test_server_expect_nothing (self->script, 30);
  play_answers (self, 1);
  rst_test_server_play (self->script,
                        "C: RETR 2\n"
                        "C: RETR 3\n"
                        "C: RETR 4\n");
  rst_test_server_expect_nothing (self->script, 30);
  play_answers (self, 3);
  rst_test_server_expect (self->script, "RETR 5");
  play_answers (self, 1);
  client_log_in (self);
  listing = rst_pop3_session_list (self->session, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_retr (self->session, numbers, 5, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
}

/* Nothing is known of the sizes: one at a time. */
static void
test_window_unknown (Client *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_expect (self->script, "RETR 1");
  rst_test_server_expect_nothing (self->script, 30);
  play_answers (self, 1);
  rst_test_server_expect (self->script, "RETR 2");
  play_answers (self, 1);
  client_log_in (self);
  rst_pop3_session_retr (self->session, numbers, 2, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  const char *name;
  const char *answer;
  GQuark (*domain) (void);
  int code;
} Break;

static const Break breaks[] = {
  { "hang-up", "", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED },
  { "hang-up-after-one", "+OK\r\nx\r\n.\r\n", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED },
  { "hang-up-within-one", "+OK\r\nx\r\n", g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED },
  { "garbage", "+OK\r\nx\r\n.\r\nx\r\n.\r\n", rst_pop3_error_quark, RST_POP3_ERROR_PROTOCOL },
};

/* The first flight lost: the caller learns that one more try, one at a time, is worth it. */
static void
test_breaks (Client *self,
             gconstpointer data)
{
  const Break *row = data;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: TOP 1 0\n"
                        "C: TOP 2 0\n"
                        "C: TOP 3 0\n");
  rst_test_server_send (self->script, row->answer);
  rst_test_server_drop (self->script);
  client_log_in (self);
  g_assert_false (top (self, 3, &error));
  g_assert_error (error, row->domain (), row->code);
  g_assert_cmpint (get_quirks (self), ==, RST_POP3_QUIRK_NO_PIPELINING);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

/* The same under the quirk that was learnt: what a caller does next. */
static void
test_stalls (Client *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: TOP 1 0\n"
                        "C: TOP 2 0\n"
                        "C: TOP 3 0\n");
  play_answers (self, 1);
  rst_test_server_hang (self->script);
  rst_test_server_play_login (self->script, PIPELINING);
  play_in_turn (self);
  client_log_in (self);
  g_assert_false (top (self, 3, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_clear_error (&error);

  self->where.quirks = get_quirks (self);
  rst_pop3_session_free (self->session);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_login (self->session, "me", "secret", NULL, &error);
  g_assert_no_error (error);
  g_string_truncate (self->messages, 0);
  top (self, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->messages->str, ==, "1:x\r\n|2:x\r\n|3:x\r\n|");
}

/* A connection that is lost later is a lost connection. */
static void
test_lost_later (Client *self,
                 gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: TOP 1 0\n"
                        "C: TOP 2 0\n");
  play_answers (self, 2);
  rst_test_server_play (self->script,
                        "C: TOP 1 0\n"
                        "C: TOP 2 0\n"
                        "C: TOP 3 0\n");
  rst_test_server_drop (self->script);
  client_log_in (self);
  top (self, 2, &error);
  g_assert_no_error (error);
  g_assert_false (top (self, 3, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_cmpint (get_quirks (self), ==, RST_POP3_QUIRK_NONE);
}

static void
test_cancelled (Client *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: TOP 1 0\n"
                        "C: TOP 2 0\n"
                        "C: TOP 3 0\n");
  play_answers (self, 1);
  rst_test_server_hang (self->script);
  client_log_in (self);
  thread = client_cancel_later (cancellable, 50);
  g_assert_false (rst_pop3_session_top (self->session, numbers, 3, 0, &CLIENT_SINK, self,
                                        cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (get_quirks (self), ==, RST_POP3_QUIRK_NONE);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_thread_join (thread);
}

static void
play_deles (Client *self)
{
  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: DELE 1\n"
                        "C: DELE 2\n"
                        "C: DELE 3\n"
                        "C: DELE 4\n"
                        "C: DELE 5\n");
}

/* What is owed is read, the first refusal is told, and RSET finds the session in step. */
static void
test_dele_refused (Client *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_deles (self);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "S: -ERR gone\n"
                        "S: +OK\n"
                        "S: -ERR gone too\n"
                        "S: +OK\n"
                        "C: RSET\n"
                        "S: +OK\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  client_log_in (self);
  g_assert_false (rst_pop3_session_dele (self->session, numbers, 5, NULL, NULL, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_nonnull (strstr (error->message, "number 2: “gone”"));
  g_clear_error (&error);
  rst_pop3_session_rset (self->session, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_quit (self->session, NULL, &error);
  g_assert_no_error (error);
}

static void
stop_cb (gsize n_done,
         gsize n_total,
         gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
test_dele_stopped (Client *self,
                   gconstpointer data)
{
  const gsize n_numbers = 10000;
  g_autofree guint32 *many = g_new (guint32, n_numbers);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gsize n_window = 4096;

  for (gsize i = 0; i < n_numbers; i++)
    many[i] = (guint32)i + 1;
  rst_test_server_play_login (self->script, PIPELINING);
  for (gsize i = 0; i < n_window; i++)
    {
      rst_test_server_expect_prefix (self->script, "DELE ");
      rst_test_server_send (self->script, "+OK\r\n");
    }
  rst_test_server_play (self->script,
                        "C: RSET\n"
                        "S: +OK\n");
  client_log_in (self);
  g_assert_false (rst_pop3_session_dele (self->session, many, n_numbers, stop_cb, cancellable,
                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  rst_pop3_session_rset (self->session, NULL, &error);
  g_assert_no_error (error);
}

/* Answers to what was not asked yet: whoever sends them cannot be trusted to commit the right
 * deletions. */
static void
test_answers_in_advance (Client *self,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_expect (self->script, "DELE 1");
  rst_test_server_send (self->script, "+OK\r\n+OK\r\n+OK\r\n");
  client_log_in (self);
  rst_pop3_session_dele (self->session, numbers, 1, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (rst_pop3_session_quit (self->session, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL);
}

static void
shrink (Client *self)
{
  GIOStream *base = rst_pop3_stream_get_base (rst_pop3_session_get_stream (self->session));
  GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (base));

  g_assert_true (g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, 1, NULL));
  g_assert_true (g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 1, NULL));
}

/* A server that reads nothing while it cannot write, and buffers of a few KiB on the way: a client
 * that sent all its commands before it read would wait for the server as the server for it. */
static void
test_no_deadlock (Client *self,
                  gconstpointer data)
{
  const gsize n_numbers = 2000;
  g_autofree guint32 *many = g_new (guint32, n_numbers);
  g_autofree char *line = g_strnfill (300, 'x');
  g_autofree char *reply = g_strconcat ("+OK\r\n", line, "\r\n.\r\n", NULL);
  g_autoptr (GError) error = NULL;

  rst_test_server_use_small_buffers (self->script);
  rst_test_server_play_login (self->script, PIPELINING);
  for (gsize i = 0; i < n_numbers; i++)
    {
      g_autofree char *command = g_strdup_printf ("TOP %u 0", (guint)i + 1);

      many[i] = (guint32)i + 1;
      rst_test_server_expect (self->script, command);
      rst_test_server_send (self->script, reply);
    }
  client_log_in (self);
  shrink (self);
  rst_pop3_session_top (self->session, many, n_numbers, 0, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->messages->len, >, n_numbers * 300);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/pipelining/all-at-once", test_all_at_once, NULL);
  client_add ("/pipelining/not-listed", test_in_turn, CAPABILITIES);
  client_add ("/pipelining/known-quirk", test_in_turn, NULL);
  client_add ("/pipelining/window/bytes", test_window_of_bytes, NULL);
  client_add ("/pipelining/window/unknown", test_window_unknown, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/pipelining/breaks/%s", breaks[i].name);

      client_add (path, test_breaks, &breaks[i]);
    }
  client_add ("/pipelining/breaks/stalls", test_stalls, NULL);
  client_add ("/pipelining/lost-later", test_lost_later, NULL);
  client_add ("/pipelining/cancelled", test_cancelled, NULL);
  client_add ("/pipelining/dele/refused", test_dele_refused, NULL);
  client_add ("/pipelining/dele/stopped", test_dele_stopped, NULL);
  client_add ("/pipelining/answers-in-advance", test_answers_in_advance, NULL);
  client_add ("/pipelining/no-deadlock", test_no_deadlock, NULL);
  return g_test_run ();
}

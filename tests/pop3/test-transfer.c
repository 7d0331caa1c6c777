/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-transfer"

#include "config.h"

#include <string.h>

#include "client.h"

static const guint32 numbers[] = { 1, 2, 3, 4, 5 };

static gboolean
top (Client *self,
     gsize n_numbers,
     GError **error)
{
  return rst_pop3_session_top (self->session, numbers, n_numbers, 0, &CLIENT_SINK, self, NULL,
                               error);
}

static gboolean
retr (Client *self,
      gsize n_numbers,
      GError **error)
{
  return rst_pop3_session_retr (self->session, numbers, n_numbers, &CLIENT_SINK, self, NULL, error);
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

typedef struct
{
  const char *name;
  const char *sent;
  gsize n_sent;
  const char *received;
  gsize n_received;
} Body;

#define BODY(sent, received) sent, sizeof sent - 1, received, sizeof received - 1

/* What a message keeps on its way: everything. */
static const Body bodies[] = {
  { "plain", BODY ("a\r\n\r\nb\r\n.\r\n", "1:a\r\n\r\nb\r\n|") },
  { "empty", BODY (".\r\n", "|") },
  { "stuffed", BODY ("..\r\n..a\r\n.b\r\n.\r\n", "1:.\r\n.a\r\nb\r\n|") },
  { "blank-line-before-end", BODY ("a\r\n\r\n\r\n.\r\n", "1:a\r\n\r\n\r\n|") },
  { "bare-lf", BODY ("a\nb\n.\nc\r\n.\r\n", "1:a\nb\n.\nc\r\n|") },
  { "bare-cr", BODY ("a\rb\r\n.\r\n", "1:a\rb\r\n|") },
  { "nul", BODY ("a\0b\r\n\0\r\n.\r\n", "1:a\0b\r\n\0\r\n|") },
  { "eight-bit", BODY ("\xff\xfe\x80\r\n.\r\n", "1:\xff\xfe\x80\r\n|") },
  { "like-an-answer", BODY ("+OK\r\n-ERR\r\n.\r\n", "1:+OK\r\n-ERR\r\n|") },
};

static void
test_body (Client *self,
           gconstpointer data)
{
  const Body *row = data;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: RETR 1\n"
                        "S: +OK\n");
  rst_test_server_split (self->script, 1, 0);
  rst_test_server_send_bytes (self->script, row->sent, row->n_sent);
  play_noop (self);
  client_log_in (self);
  retr (self, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (self->messages->str, self->messages->len, row->received, row->n_received);
  assert_in_step (self);
}

/* Python's poplib, and so many a client, gives up at a line of 2048 bytes. */
static void
test_long_line (Client *self,
                gconstpointer data)
{
  const gsize length = 10 * 1024 * 1024;
  g_autofree char *line = g_strnfill (length, 'x');
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: RETR 1\n"
                        "S: +OK\n");
  rst_test_server_send (self->script, line);
  rst_test_server_send (self->script, "\r\n.\r\n");
  client_log_in (self);
  retr (self, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->messages->len, ==, strlen ("1:") + length + strlen ("\r\n|"));
}

/* The dot of a message that does not end with a line end cannot be told from one in the message:
 * it takes the timeout, but never ends the message too early. */
static void
test_no_line_end_before_dot (Client *self,
                             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: RETR 1\n"
                        "S: +OK\n");
  rst_test_server_send (self->script, "a\r\nb.\r\n");
  client_log_in (self);
  g_assert_false (retr (self, 1, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

static void
play_top_refused (Client *self,
                  gboolean is_pipelined)
{
  rst_test_server_play_login (self->script, is_pipelined ? PIPELINING : CAPABILITIES);
  if (is_pipelined)
    rst_test_server_play (self->script,
                          "C: TOP 1 0\n"
                          "C: TOP 2 0\n"
                          "C: TOP 3 0\n"
                          "S: +OK\n"
                          "S: a\n"
                          "S: .\n"
                          "S: -ERR lost\n"
                          "S: +OK\n"
                          "S: c\n"
                          "S: .\n");
  else
    rst_test_server_play (self->script,
                          "C: TOP 1 0\n"
                          "S: +OK\n"
                          "S: a\n"
                          "S: .\n"
                          "C: TOP 2 0\n"
                          "S: -ERR lost\n"
                          "C: TOP 3 0\n"
                          "S: +OK\n"
                          "S: c\n"
                          "S: .\n");
}

/* One message that cannot be read is one row that cannot be read. */
static void
test_one_refused (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_top_refused (self, GPOINTER_TO_INT (data));
  play_noop (self);
  client_log_in (self);
  top (self, 3, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (self->messages->str, ==,
                   "1:a\r\n|2!The server would not send the message: “lost”.|3:c\r\n|");
  assert_in_step (self);
}

static void
test_no_top (Client *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, "UIDL\n");
  play_noop (self);
  client_log_in (self);
  g_assert_false (top (self, 3, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED);
  assert_in_step (self);
}

static void
open_without_capa (Client *self)
{
  self->where.quirks = RST_POP3_QUIRK_NO_CAPA;
  client_open (self);
}

/* Servers hang up after five -ERR: two are enough to tell that there is no TOP. */
static void
test_no_top_no_capa (Client *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: TOP 1 0\n"
                        "S: -ERR unknown command\n"
                        "C: TOP 2 0\n"
                        "S: -ERR unknown command\n");
  play_noop (self);
  open_without_capa (self);
  g_assert_false (top (self, 5, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED);
  assert_in_step (self);
}

static void
test_no_top_no_capa_single (Client *self,
                            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: TOP 1 0\n"
                        "S: -ERR unknown command\n");
  play_noop (self);
  open_without_capa (self);
  g_assert_false (top (self, 1, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED);
  assert_in_step (self);
}

static void
test_top_no_capa (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: TOP 1 0\n"
                        "S: -ERR lost\n"
                        "C: TOP 2 0\n"
                        "S: +OK\n"
                        "S: b\n"
                        "S: .\n"
                        "C: TOP 1 0\n"
                        "S: -ERR lost\n");
  open_without_capa (self);
  top (self, 2, &error);
  g_assert_no_error (error);
  top (self, 1, &error);
  g_assert_no_error (error);
}

static void
test_refused_retr_no_capa (Client *self,
                           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: RETR 1\n"
                        "S: -ERR lost\n"
                        "C: RETR 2\n"
                        "S: -ERR lost\n"
                        "C: RETR 3\n"
                        "S: -ERR lost\n");
  open_without_capa (self);
  retr (self, 3, &error);
  g_assert_no_error (error);
}

static gboolean
full_data (guint32 number,
           const char *bytes,
           gsize length,
           gpointer user_data,
           GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

static gboolean
full_end (guint32 number,
          const GError *refusal,
          gpointer user_data,
          GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, "full");
  return FALSE;
}

/* A sink that gives up leaves the rest of an answer unread: nothing can be sent after that. */
static void
test_sink_gives_up (Client *self,
                    gconstpointer data)
{
  const RstPop3MessageSink sink = {
    GPOINTER_TO_INT (data) ? full_data : CLIENT_SINK.data,
    full_end,
  };
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: RETR 1\n"
                        "S: +OK\n"
                        "S: a\n"
                        "S: .\n");
  client_log_in (self);
  g_assert_false (rst_pop3_session_retr (self->session, numbers, 2, &sink, self, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_assert_false (rst_pop3_session_quit (self->session, NULL, NULL));
}

/* A byte now and then is no timeout, however long it takes, and no obstacle to Stop. */
static void
test_slow_drip (Client *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;
  gint64 begin;

  self->where.timeout = 1;
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: RETR 1\n"
                        "S: +OK\n");
  rst_test_server_split (self->script, 1, 200);
  rst_test_server_flood (self->script, "x", 1000);
  client_log_in (self);
  thread = client_cancel_later (cancellable, 1500);
  begin = g_get_monotonic_time ();
  g_assert_false (rst_pop3_session_retr (self->session, numbers, 1, &CLIENT_SINK, self,
                                         cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - begin, >, 1400 * G_TIME_SPAN_MILLISECOND);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_thread_join (thread);
}

static void
count_cb (gsize n_done,
          gsize n_total,
          gpointer user_data)
{
  GString *text = user_data;

  g_string_append_printf (text, "%" G_GSIZE_FORMAT "/%" G_GSIZE_FORMAT " ", n_done, n_total);
}

static void
test_dele (Client *self,
           gconstpointer data)
{
  g_autoptr (GString) progress = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: DELE 1\n"
                        "S: +OK\n"
                        "C: DELE 2\n"
                        "S: +OK\n"
                        "C: DELE 3\n"
                        "S: +OK\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  client_log_in (self);
  rst_pop3_session_dele (self->session, numbers, 3, count_cb, progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (progress->str, ==, "1/3 2/3 3/3 ");
  g_assert_true (rst_pop3_session_quit (self->session, NULL, NULL));
}

static void
test_dele_none (Client *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  play_noop (self);
  client_log_in (self);
  rst_pop3_session_dele (self->session, NULL, 0, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  assert_in_step (self);
}

static void
assert_rset (Client *self)
{
  g_autoptr (GError) error = NULL;

  rst_pop3_session_rset (self->session, NULL, &error);
  g_assert_no_error (error);
}

static void
test_dele_refused (Client *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: DELE 1\n"
                        "S: +OK\n"
                        "C: DELE 2\n"
                        "S: -ERR [SYS/TEMP] gone\n"
                        "C: RSET\n"
                        "S: +OK\n");
  client_log_in (self);
  g_assert_false (rst_pop3_session_dele (self->session, numbers, 5, NULL, NULL, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_nonnull (strstr (error->message, "number 2: “gone”"));
  assert_rset (self);
}

typedef struct
{
  GCancellable *cancellable;
  gsize after;
} Stop;

static void
stop_cb (gsize n_done,
         gsize n_total,
         gpointer user_data)
{
  Stop *stop = user_data;

  if (n_done == stop->after)
    g_cancellable_cancel (stop->cancellable);
}

/* Stop between two DELEs, and the session still in step: what was marked can be taken back. */
static void
test_dele_stopped (Client *self,
                   gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Stop stop = { cancellable, 2 };

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: DELE 1\n"
                        "S: +OK\n"
                        "C: DELE 2\n"
                        "S: +OK\n"
                        "C: RSET\n"
                        "S: +OK\n");
  client_log_in (self);
  g_assert_false (rst_pop3_session_dele (self->session, numbers, 5, stop_cb, &stop, cancellable,
                                         &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_rset (self);
}

static void
test_dele_stopped_before (Client *self,
                          gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, data);
  play_noop (self);
  client_log_in (self);
  g_cancellable_cancel (cancellable);
  g_assert_false (rst_pop3_session_dele (self->session, numbers, 5, NULL, NULL, cancellable,
                                         &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_in_step (self);
}

/* Stop after the last answer comes too late to be true. */
static void
test_dele_stopped_after (Client *self,
                         gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Stop stop = { cancellable, 2 };

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script,
                        "C: DELE 1\n"
                        "S: +OK\n"
                        "C: DELE 2\n"
                        "S: +OK\n");
  client_log_in (self);
  rst_pop3_session_dele (self->session, numbers, 2, stop_cb, &stop, cancellable, &error);
  g_assert_no_error (error);
}

/* A DELE without an answer may or may not count: no QUIT may follow. */
static void
test_dele_silent (Client *self,
                  gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  self->where.timeout = 1;
  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_expect (self->script, "DELE 1");
  client_log_in (self);
  thread = client_cancel_later (cancellable, 50);
  g_assert_false (rst_pop3_session_dele (self->session, numbers, 5, NULL, NULL, cancellable,
                                         &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_false (rst_pop3_session_rset (self->session, NULL, NULL));
  g_assert_false (rst_pop3_session_quit (self->session, NULL, NULL));
  g_thread_join (thread);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autofree char *path = g_strdup_printf ("/transfer/body/%s", bodies[i].name);

      client_add (path, test_body, &bodies[i]);
    }
  client_add ("/transfer/body/long-line", test_long_line, NULL);
  client_add ("/transfer/body/no-line-end-before-dot", test_no_line_end_before_dot, NULL);
  client_add ("/transfer/one-refused/in-turn", test_one_refused, GINT_TO_POINTER (FALSE));
  client_add ("/transfer/one-refused/pipelined", test_one_refused, GINT_TO_POINTER (TRUE));
  client_add ("/transfer/no-top/capa", test_no_top, NULL);
  client_add ("/transfer/no-top/no-capa", test_no_top_no_capa, NULL);
  client_add ("/transfer/no-top/no-capa-single", test_no_top_no_capa_single, NULL);
  client_add ("/transfer/top-no-capa", test_top_no_capa, NULL);
  client_add ("/transfer/refused-retr-no-capa", test_refused_retr_no_capa, NULL);
  client_add ("/transfer/sink-gives-up/data", test_sink_gives_up, GINT_TO_POINTER (TRUE));
  client_add ("/transfer/sink-gives-up/end", test_sink_gives_up, GINT_TO_POINTER (FALSE));
  client_add ("/transfer/slow-drip", test_slow_drip, NULL);
  client_add ("/transfer/dele/all", test_dele, NULL);
  client_add ("/transfer/dele/none", test_dele_none, NULL);
  client_add ("/transfer/dele/refused", test_dele_refused, NULL);
  client_add ("/transfer/dele/stopped", test_dele_stopped, NULL);
  client_add ("/transfer/dele/stopped-before", test_dele_stopped_before, CAPABILITIES);
  client_add ("/transfer/dele/stopped-before-pipelined", test_dele_stopped_before, PIPELINING);
  client_add ("/transfer/dele/stopped-after", test_dele_stopped_after, NULL);
  client_add ("/transfer/dele/silent", test_dele_silent, NULL);
  return g_test_run ();
}

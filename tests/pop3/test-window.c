/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-window"

#include "config.h"

#include <string.h>
#include <sys/socket.h>

#include "client.h"
#include "pop3/rst-pop3-session-private.h"

/* How many commands are under way: as many as the line needs, whatever it is. A script that expects
 * n lines, then nothing, is the proof that there are n. */

#define MANY 14000

/* TOPs and DELEs under way before anything is known of the answers. */
#define FIRST_FLIGHT 4096

#define MIB (1024 * 1024)

static guint32 *
new_numbers (void)
{
  guint32 *numbers = g_new (guint32, MANY);

  for (guint i = 0; i < MANY; i++)
    numbers[i] = i + 1;
  return numbers;
}

static void
expect_many (Client *self,
             const char *verb,
             guint n_commands)
{
  for (guint i = 0; i < n_commands; i++)
    rst_test_server_expect_prefix (self->script, verb);
}

static gboolean
pass_over_data (guint32 number,
                const char *bytes,
                gsize length,
                gpointer user_data,
                GError **error)
{
  return TRUE;
}

static gboolean
count_end (guint32 number,
           const GError *refusal,
           gpointer user_data,
           GError **error)
{
  guint *n_ended = user_data;

  *n_ended += 1;
  return TRUE;
}

static const RstPop3MessageSink count_sink = { pass_over_data, count_end };

/* 16 MiB of headers, taken for 4 KiB each; then what they are found to be, so that short ones are
 * all asked for. */
static void
test_top (Client *self,
          gconstpointer data)
{
  const guint n_first = 100;
  g_autofree guint32 *numbers = new_numbers ();
  g_autoptr (GError) error = NULL;
  guint n_ended = 0;

  rst_test_server_play_login (self->script, PIPELINING);
  expect_many (self, "TOP ", FIRST_FLIGHT);
  rst_test_server_expect_nothing (self->script, 50);
  rst_test_server_flood (self->script, "+OK\r\nSubject: short\r\n\r\n.\r\n", n_first);
  expect_many (self, "TOP ", MANY - FIRST_FLIGHT);
  rst_test_server_flood (self->script, "+OK\r\nSubject: short\r\n\r\n.\r\n", MANY - n_first);
  client_log_in (self);
  rst_pop3_session_top (self->session, numbers, MANY, 0, &count_sink, &n_ended, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_ended, ==, MANY);
}

/* Long ones are not, from the first one on: what is under way is too much already. */
static void
test_top_long (Client *self,
               gconstpointer data)
{
  const guint n_long = 20;
  const guint n_numbers = FIRST_FLIGHT + 1000;
  g_autofree guint32 *numbers = new_numbers ();
  g_autofree char *line = g_strnfill (MIB, 'x');
  g_autofree char *answer = g_strconcat ("+OK\r\n", line, "\r\n.\r\n", NULL);
  g_autoptr (GError) error = NULL;
  guint n_ended = 0;

  rst_test_server_play_login (self->script, PIPELINING);
  expect_many (self, "TOP ", FIRST_FLIGHT);
  rst_test_server_flood (self->script, answer, n_long);
  rst_test_server_expect_nothing (self->script, 200);
  rst_test_server_flood (self->script, "+OK\r\n\r\n.\r\n", FIRST_FLIGHT - n_long);
  expect_many (self, "TOP ", n_numbers - FIRST_FLIGHT);
  rst_test_server_flood (self->script, "+OK\r\n\r\n.\r\n", n_numbers - FIRST_FLIGHT);
  client_log_in (self);
  rst_pop3_session_top (self->session, numbers, n_numbers, 0, &count_sink, &n_ended, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_ended, ==, n_numbers);
}

static void
play_sizes (Client *self,
            guint n_messages,
            guint size)
{
  rst_test_server_play (self->script,
                        "C: LIST\n"
                        "C: UIDL\n"
                        "S: +OK\n");
  for (guint i = 1; i <= n_messages; i++)
    {
      g_autofree char *line = g_strdup_printf ("%u %u\r\n", i, size);

      rst_test_server_send (self->script, line);
    }
  rst_test_server_send (self->script, ".\r\n+OK\r\n.\r\n");
}

/* Every byte that has come lets two more be asked for, so that a round trip doubles the window. */
static void
test_retr (Client *self,
           gconstpointer data)
{
  const guint n_messages = 60;
  g_autofree guint32 *numbers = new_numbers ();
  g_autofree char *line = g_strnfill (MIB, 'x');
  g_autofree char *answer = g_strconcat ("+OK\r\n", line, "\r\n.\r\n", NULL);
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;
  guint n_ended = 0;

  rst_test_server_play_login (self->script, PIPELINING);
  play_sizes (self, n_messages, MIB);
  expect_many (self, "RETR ", 16);
  rst_test_server_expect_nothing (self->script, 50);
  rst_test_server_send (self->script, answer);
  expect_many (self, "RETR ", 2);
  rst_test_server_expect_nothing (self->script, 50);
  rst_test_server_flood (self->script, answer, 16);
  expect_many (self, "RETR ", 32);
  rst_test_server_expect_nothing (self->script, 50);
  rst_test_server_flood (self->script, answer, n_messages - 17);
  expect_many (self, "RETR ", n_messages - 50);
  client_log_in (self);
  listing = rst_pop3_session_list (self->session, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_retr (self->session, numbers, n_messages, &count_sink, &n_ended, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_ended, ==, n_messages);
}

/* A thousand messages of usual size are nearly one flight. */
static void
test_retr_usual (Client *self,
                 gconstpointer data)
{
  const guint n_messages = 1000;
  const guint n_first = 16 * MIB / 21000;
  g_autofree guint32 *numbers = new_numbers ();
  g_autofree char *line = g_strnfill (21000, 'x');
  g_autofree char *answer = g_strconcat ("+OK\r\n", line, "\r\n.\r\n", NULL);
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;
  guint n_ended = 0;

  rst_test_server_play_login (self->script, PIPELINING);
  play_sizes (self, n_messages, 21000);
  expect_many (self, "RETR ", n_first);
  rst_test_server_flood (self->script, answer, 120);
  expect_many (self, "RETR ", n_messages - n_first);
  rst_test_server_flood (self->script, answer, n_messages - 120);
  client_log_in (self);
  listing = rst_pop3_session_list (self->session, NULL, &error);
  g_assert_no_error (error);
  rst_pop3_session_retr (self->session, numbers, n_messages, &count_sink, &n_ended, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_ended, ==, n_messages);
}

static void
test_dele (Client *self,
           gconstpointer data)
{
  g_autofree guint32 *numbers = new_numbers ();
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, PIPELINING);
  expect_many (self, "DELE ", FIRST_FLIGHT);
  rst_test_server_expect_nothing (self->script, 50);
  rst_test_server_flood (self->script, "+OK\r\n", FIRST_FLIGHT);
  expect_many (self, "DELE ", 2 * FIRST_FLIGHT);
  rst_test_server_expect_nothing (self->script, 50);
  rst_test_server_flood (self->script, "+OK\r\n", 2 * FIRST_FLIGHT);
  expect_many (self, "DELE ", MANY - 3 * FIRST_FLIGHT);
  rst_test_server_flood (self->script, "+OK\r\n", MANY - 3 * FIRST_FLIGHT);
  client_log_in (self);
  rst_pop3_session_dele (self->session, numbers, MANY, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  GCancellable *cancellable;
  GThread *thread;
  gint64 begin;
} Stop;

static void
stop_soon (GIOStream *stream,
           gpointer user_data)
{
  Stop *stop = user_data;

  stop->begin = g_get_monotonic_time ();
  stop->thread = client_cancel_later (stop->cancellable, 100);
}

/* Stop is prompt while answers pour in without end, and while none comes at all. */
static void
test_cancelled (Client *self,
                gconstpointer data)
{
  g_autofree guint32 *numbers = new_numbers ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Stop stop = { .cancellable = cancellable };
  guint n_ended = 0;

  self->where.timeout = 30;
  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_expect_prefix (self->script, "TOP ");
  rst_test_server_call (self->script, stop_soon, &stop);
  if (GPOINTER_TO_INT (data))
    {
      rst_test_server_send (self->script, "+OK\r\n");
      rst_test_server_flood (self->script, "Received: by the thousand\r\n", 100 * 1000 * 1000);
    }
  rst_test_server_hang (self->script);
  client_log_in (self);
  g_assert_false (rst_pop3_session_top (self->session, numbers, MANY, 0, &count_sink, &n_ended,
                                        cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - stop.begin, <, 5 * G_USEC_PER_SEC);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_thread_join (stop.thread);
}

static void
shrink (Client *self)
{
  g_autoptr (GIOStream) base = NULL;
  GSocket *socket;

  g_object_get (rst_pop3_stream_get_base (rst_pop3_session_get_stream (self->session)),
                "base-io-stream", &base, NULL);
  socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (base));
  g_assert_true (g_socket_set_option (socket, SOL_SOCKET, SO_SNDBUF, 1, NULL));
  g_assert_true (g_socket_set_option (socket, SOL_SOCKET, SO_RCVBUF, 1, NULL));
}

/* Under TLS a record that the socket takes only in part is finished later, with more commands
 * waiting behind it by then. */
static void
test_no_deadlock_tls (Client *self,
                      gconstpointer data)
{
  const gsize n_numbers = 2500;
  g_autofree guint32 *numbers = new_numbers ();
  g_autofree char *line = g_strnfill (300, 'x');
  g_autofree char *reply = g_strconcat ("+OK\r\n", line, "\r\n.\r\n", NULL);
  g_autoptr (GError) error = NULL;
  guint n_ended = 0;

  self->where.security = RST_POP3_SECURITY_TLS;
  self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
  rst_test_server_use_tls (self->script);
  rst_test_server_use_small_buffers (self->script);
  rst_test_server_play_login (self->script, PIPELINING);
  for (gsize i = 0; i < n_numbers; i++)
    {
      g_autofree char *command = g_strdup_printf ("TOP %u 0", (guint)i + 1);

      rst_test_server_expect (self->script, command);
      rst_test_server_send (self->script, reply);
    }
  client_log_in (self);
  shrink (self);
  rst_pop3_session_top (self->session, numbers, n_numbers, 0, &count_sink, &n_ended, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_ended, ==, n_numbers);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/window/top", test_top, NULL);
  client_add ("/window/top-long", test_top_long, NULL);
  client_add ("/window/retr", test_retr, NULL);
  client_add ("/window/retr-usual", test_retr_usual, NULL);
  client_add ("/window/dele", test_dele, NULL);
  client_add ("/window/cancelled/silence", test_cancelled, GINT_TO_POINTER (FALSE));
  client_add ("/window/cancelled/flood", test_cancelled, GINT_TO_POINTER (TRUE));
  client_add ("/window/no-deadlock-tls", test_no_deadlock_tls, NULL);
  return g_test_run ();
}

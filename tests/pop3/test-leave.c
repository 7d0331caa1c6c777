/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-leave"

#include "config.h"

#include <string.h>

#include "flight.h"

/* Leaving a session without waiting, and without a word where one could do harm. What lies in the
 * system's buffers must not reach the server after the next look at it has told that nothing was
 * deleted. */

static void
test_leave_after_dele (Client *self,
                       gconstpointer data)
{
  const guint32 number = 1;
  gboolean takes_back = GPOINTER_TO_INT (data);

  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS FLIGHT_WELCOME
                        "C: DELE 1\n"
                        "S: +OK\n");
  if (takes_back)
    rst_test_server_play (self->script,
                          "C: RSET\n"
                          "S: +OK\n"
                          "C: QUIT\n");
  else
    rst_test_server_expect_reset (self->script);
  flight_open_with_memory (self, "");
  flight_assert_signs_in (self, "a");
  g_assert_true (rst_pop3_session_dele (self->session, &number, 1, NULL, NULL, NULL, NULL));
  if (takes_back)
    g_assert_true (rst_pop3_session_rset (self->session, NULL, NULL));
  rst_pop3_session_leave (self->session);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_assert_cmpint (g_str_has_suffix (self->trace->str, "C: QUIT\n"), ==, takes_back);
  rst_pop3_session_leave (self->session);
}

/* A server out of step gets no QUIT either: what it would answer is anybody's guess. */
static void
test_leave_out_of_step (Client *self,
                        gconstpointer data)
{
  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS FLIGHT_WELCOME "C: NOOP\n");
  rst_test_server_send (self->script, "+OK\r\n+OK and more\r\n");
  flight_open_with_memory (self, "");
  flight_assert_signs_in (self, "a");
  g_assert_true (rst_pop3_session_noop (self->session, NULL, NULL));
  rst_pop3_session_leave (self->session);
  g_assert_null (strstr (self->trace->str, "QUIT"));
}

/* Neither the network nor TLS's farewell is waited for. */
static void
test_busy_server (Client *self,
                  gconstpointer data)
{
  gint64 begin;

  if (GPOINTER_TO_INT (data))
    {
      self->where.security = RST_POP3_SECURITY_TLS;
      self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
      rst_test_server_use_tls (self->script);
    }
  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS FLIGHT_WELCOME);
  rst_test_server_pause (self->script, 800);
  rst_test_server_expect (self->script, "QUIT");
  flight_open_with_memory (self, "");
  flight_assert_signs_in (self, "a");
  begin = g_get_monotonic_time ();
  rst_pop3_session_leave (self->session);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, G_USEC_PER_SEC / 2);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/leave/dele", test_leave_after_dele, GINT_TO_POINTER (FALSE));
  client_add ("/leave/rset", test_leave_after_dele, GINT_TO_POINTER (TRUE));
  client_add ("/leave/out-of-step", test_leave_out_of_step, NULL);
  client_add ("/leave/busy-server/none", test_busy_server, GINT_TO_POINTER (FALSE));
  client_add ("/leave/busy-server/tls", test_busy_server, GINT_TO_POINTER (TRUE));
  return g_test_run ();
}

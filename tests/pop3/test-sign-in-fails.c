/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-sign-in-fails"

#include "config.h"

#include <string.h>

#include "flight.h"

/* A flight that comes to nothing: the password, the server, or the memory? */

typedef struct
{
  const char *name;
  const char *user;
  const char *pass;
  int code;
} Refusal;

static const Refusal refusals[] = {
  { "bare", "+OK", "-ERR", RST_POP3_ERROR_AUTH },
  { "auth", "+OK", "-ERR [AUTH] wrong", RST_POP3_ERROR_AUTH },
  { "in-use", "+OK", "-ERR [IN-USE] locked", RST_POP3_ERROR_TRY_LATER },
  { "login-delay", "+OK", "-ERR [LOGIN-DELAY] slow down", RST_POP3_ERROR_TRY_LATER },
  { "sys-temp", "+OK", "-ERR [SYS/TEMP] down", RST_POP3_ERROR_TRY_LATER },
  { "sys-perm", "+OK", "-ERR [SYS/PERM] no", RST_POP3_ERROR_REJECTED },
  { "user", "-ERR who?", "-ERR USER first", RST_POP3_ERROR_AUTH },
  { "user-later", "-ERR [SYS/TEMP] down", "-ERR USER first", RST_POP3_ERROR_TRY_LATER },
  { "user-then-in", "-ERR who?", "+OK", RST_POP3_ERROR_AUTH },
};

static void
play_refusal (Client *self,
              const Refusal *row)
{
  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS);
  rst_test_server_send (self->script, row->user);
  rst_test_server_send (self->script, "\r\n");
  rst_test_server_send (self->script, row->pass);
  rst_test_server_send (self->script, "\r\n");
}

/* All the answers are read: the session is in step. */
static void
test_refused (Client *self,
              gconstpointer data)
{
  const Refusal *row = data;

  play_refusal (self, row);
  rst_test_server_play (self->script, FLIGHT_CAPABILITIES
                        "S: -ERR not now\n"
                        "S: -ERR not now\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  flight_open_with_memory (self, "flight\n");
  flight_assert_fails (self, RST_POP3_ERROR, row->code);
  g_assert_false (rst_pop3_session_is_signed_in (self->session));
  g_assert_false (rst_pop3_session_used_memory (self->session));
  g_assert_null (rst_pop3_session_dup_memory (self->session));
  g_assert_true (rst_pop3_session_quit (self->session, NULL, NULL));
}

/* A server that hangs up once it has refused, or after so many -ERR, has refused all the same. */
static void
test_refused_and_gone (Client *self,
                       gconstpointer data)
{
  const Refusal *row = data;

  play_refusal (self, row);
  rst_test_server_play (self->script, "S: -ERR\n");
  rst_test_server_drop (self->script);
  flight_open_with_memory (self, "");
  flight_assert_fails (self, RST_POP3_ERROR, row->code);
  g_assert_false (rst_pop3_session_used_memory (self->session));
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, RST_POP3_QUIRK_NONE);
}

/* One that forgets the rest of the flight is not waited for. */
static void
test_refused_and_silent (Client *self,
                         gconstpointer data)
{
  gint64 begin;

  self->where.timeout = 30;
  play_refusal (self, &refusals[0]);
  rst_test_server_hang (self->script);
  flight_open_with_memory (self, "");
  begin = g_get_monotonic_time ();
  flight_assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
}

/* A server that quotes the password, wherever in the flight. */
static void
test_echo (Client *self,
           gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS
                        "S: -ERR USER me, PASS secret: no\n"
                        "S: -ERR secret is wrong\n"
                        "S: -ERR secret\n"
                        "S: -ERR secret\n"
                        "S: -ERR secret\n");
  flight_open_with_memory (self, "");
  g_assert_false (flight_sign_in (self, &listing, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_null (strstr (error->message, "secret"));
  g_assert_null (strstr (self->trace->str, "secret"));
}

typedef struct
{
  const char *name;
  const char *facts;
  const char *answers;
  gboolean is_silent;
  GQuark (*domain) (void);
  int code;
  gboolean has_misled;
  RstPop3Quirks quirks;
} Break;

/* A flight that the server is known to take says nothing against pipelining; one that it is not
 * known to take says so. */
static const Break breaks[] = {
  { "at-once", "", "", FALSE, g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE,
    RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "at-once/proven", "flight\n", "", FALSE, g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE,
    RST_POP3_QUIRK_NONE },
  { "at-pass", "", "S: +OK\n", FALSE, g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE,
    RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "at-pass/proven", "flight\n", "S: +OK\n", FALSE, rst_pop3_error_quark, RST_POP3_ERROR_AUTH,
    FALSE, RST_POP3_QUIRK_NONE },
  { "after-pass", "", FLIGHT_LET_IN, FALSE, g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE,
    RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "after-pass/proven", "flight\n", FLIGHT_LET_IN, FALSE, g_io_error_quark,
    G_IO_ERROR_CONNECTION_CLOSED, TRUE, RST_POP3_QUIRK_NONE },
  { "at-uidl", "", FLIGHT_LET_IN FLIGHT_CAPABILITIES "S: +OK\nS: 1 10\nS: .\n", FALSE,
    g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE, RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "garbage", "", FLIGHT_LET_IN "S: hello\n", FALSE, rst_pop3_error_quark, RST_POP3_ERROR_PROTOCOL,
    TRUE, RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "garbage/proven", "flight\n", FLIGHT_LET_IN "S: hello\n", FALSE, rst_pop3_error_quark,
    RST_POP3_ERROR_PROTOCOL, TRUE, RST_POP3_QUIRK_NONE },
  { "silence", "", FLIGHT_LET_IN, TRUE, g_io_error_quark, G_IO_ERROR_TIMED_OUT, TRUE,
    RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "silence/proven", "flight\n", FLIGHT_LET_IN, TRUE, g_io_error_quark, G_IO_ERROR_TIMED_OUT, TRUE,
    RST_POP3_QUIRK_NONE },
};

static void
test_breaks (Client *self,
             gconstpointer data)
{
  const Break *row = data;

  self->where.timeout = 1;
  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS);
  rst_test_server_play (self->script, row->answers);
  if (row->is_silent)
    rst_test_server_hang (self->script);
  else
    rst_test_server_drop (self->script);
  flight_open_with_memory (self, row->facts);
  flight_assert_fails (self, row->domain (), row->code);
  g_assert_cmpint (rst_pop3_session_used_memory (self->session), ==, row->has_misled);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, row->quirks);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

/* What a caller does next: without the memory, and with what was learnt. */
static void
test_break_and_again (Client *self,
                      gconstpointer data)
{
  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS "S: +OK\n");
  rst_test_server_drop (self->script);
  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: CAPA\n" FLIGHT_CAPABILITIES "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n" FLIGHT_QUESTIONS FLIGHT_CAPABILITIES FLIGHT_LISTS);
  flight_open_with_memory (self, "");
  flight_assert_fails (self, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_true (rst_pop3_session_used_memory (self->session));
  self->where.quirks = rst_pop3_session_get_quirks (self->session);
  flight_open (self, NULL);
  flight_assert_signs_in (self, "a");
}

static void
test_cancelled (Client *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS "S: +OK\n");
  rst_test_server_hang (self->script);
  flight_open_with_memory (self, "");
  thread = client_cancel_later (cancellable, 50);
  g_assert_false (rst_pop3_session_sign_in (self->session, "me", "secret", &listing, cancellable,
                                            &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (rst_pop3_session_used_memory (self->session));
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, RST_POP3_QUIRK_NONE);
  g_thread_join (thread);
}

static void
test_list_refused (Client *self,
                   gconstpointer data)
{
  rst_test_server_play (
      self->script, FLIGHT_GREETING FLIGHT_COMMANDS FLIGHT_LET_IN FLIGHT_CAPABILITIES "S: -ERR no\n"
                                                                                      "S: +OK\n"
                                                                                      "S: 1 a\n"
                                                                                      "S: .\n"
                                                                                      "C: QUIT\n"
                                                                                      "S: +OK\n");
  flight_open_with_memory (self, "flight\n");
  flight_assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
  g_assert_true (rst_pop3_session_is_signed_in (self->session));
  g_assert_false (rst_pop3_session_used_memory (self->session));
  g_assert_true (rst_pop3_session_quit (self->session, NULL, NULL));
}

typedef struct
{
  const char *name;
  const char *capabilities;
  gboolean is_listed;
  gboolean has_misled;
} Uidl;

/* An -ERR to UIDL is one of the moment while CAPA lists it; the memory's word counts as long as
 * CAPA does not say otherwise. */
static const Uidl uidls[] = {
  { "listed", FLIGHT_CAPABILITIES, FALSE, FALSE },
  { "not-listed", "S: +OK\nS: PIPELINING\nS: .\n", TRUE, FALSE },
  { "unknown", "S: -ERR\n", FALSE, TRUE },
};

static void
test_uidl_refused (Client *self,
                   gconstpointer data)
{
  const Uidl *row = data;

  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS FLIGHT_LET_IN);
  rst_test_server_play (self->script, row->capabilities);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "S: -ERR no\n");
  flight_open_with_memory (self, "flight\n");
  if (row->is_listed)
    flight_assert_signs_in (self, NULL);
  else
    flight_assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  g_assert_cmpint (rst_pop3_session_used_memory (self->session), ==, row->has_misled);
  g_assert_true (rst_pop3_session_is_open (self->session));
}

static void
test_line_breaks (Client *self,
                  gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script, FLIGHT_GREETING);
  flight_open_with_memory (self, "flight\n");
  g_assert_false (rst_pop3_session_sign_in (self->session, "me", "secret\r\nDELE 1", &listing, NULL,
                                            &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
}

/* Nothing of an STLS that failed, and nothing of a password on it. */
static void
test_stls_refused (Client *self,
                   gconstpointer data)
{
  g_autofree char *memory = NULL;
  g_autoptr (GError) error = NULL;

  self->where.security = RST_POP3_SECURITY_STARTTLS;
  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: STLS\n"
                        "S: -ERR not today\n");
  client_start (self);
  memory = flight_dup_memory (self, "flight\n");
  self->where.memory = memory;
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_null (self->session);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS);
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *refused = g_strdup_printf ("/sign-in/refused/%s", refusals[i].name);
      g_autofree char *gone = g_strdup_printf ("/sign-in/gone/%s", refusals[i].name);

      client_add (refused, test_refused, &refusals[i]);
      if (refusals[i].pass[0] == '-')
        client_add (gone, test_refused_and_gone, &refusals[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (breaks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sign-in/breaks/%s", breaks[i].name);

      client_add (path, test_breaks, &breaks[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (uidls); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sign-in/uidl/%s", uidls[i].name);

      client_add (path, test_uidl_refused, &uidls[i]);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add_tables ();
  client_add ("/sign-in/refused-and-silent", test_refused_and_silent, NULL);
  client_add ("/sign-in/echo", test_echo, NULL);
  client_add ("/sign-in/break-and-again", test_break_and_again, NULL);
  client_add ("/sign-in/cancelled", test_cancelled, NULL);
  client_add ("/sign-in/list-refused", test_list_refused, NULL);
  client_add ("/sign-in/line-breaks", test_line_breaks, NULL);
  client_add ("/sign-in/stls-refused", test_stls_refused, NULL);
  return g_test_run ();
}

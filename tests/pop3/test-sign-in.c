/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-sign-in"

#include "config.h"

#include <string.h>

#include "flight.h"

/* From the connection to the listing in few flights. */

/* How often something was sent after something had come: each is a round trip to wait for. */
static guint
count_flights (Client *self)
{
  guint n_flights = 0;

  for (const char *line = self->trace->str; (line = strstr (line, "\nC: ")) != NULL; line++)
    {
      const char *begin = line;

      while (begin > self->trace->str && begin[-1] != '\n')
        begin--;
      n_flights += begin[0] == 'S';
    }
  return n_flights;
}

static void
use_security (Client *self,
              RstPop3Security security)
{
  self->where.security = security;
  if (security != RST_POP3_SECURITY_NONE)
    self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
  if (security == RST_POP3_SECURITY_TLS)
    rst_test_server_use_tls (self->script);
}

static void
play_beginning (Client *self,
                gboolean has_memory)
{
  RstTestServer *script = self->script;
  gboolean is_starttls = self->where.security == RST_POP3_SECURITY_STARTTLS;

  rst_test_server_play (script, FLIGHT_GREETING);
  if (is_starttls && !has_memory)
    rst_test_server_play (script, "C: CAPA\nS: +OK\nS: STLS\nS: .\n");
  if (is_starttls)
    {
      rst_test_server_play (script, "C: STLS\nS: +OK\n");
      rst_test_server_starttls (script);
    }
  if (!has_memory)
    rst_test_server_play (script, "C: CAPA\n" FLIGHT_CAPABILITIES);
}

/* The first session asks what the server can do, the second one knows. TCP and the greeting are
 * two round trips, TLS and STLS their own. */
static void
test_flights (Client *self,
              gconstpointer data)
{
  RstPop3Security security = GPOINTER_TO_UINT (data);
  guint n_stls = security == RST_POP3_SECURITY_STARTTLS ? 1 : 0;
  g_autofree char *memory = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *second = NULL;

  use_security (self, security);
  play_beginning (self, FALSE);
  rst_test_server_play (self->script, FLIGHT_COMMANDS FLIGHT_WELCOME "C: QUIT\n");
  rst_test_server_expect_close (self->script);
  play_beginning (self, TRUE);
  rst_test_server_play (self->script, FLIGHT_COMMANDS FLIGHT_WELCOME "C: QUIT\n");
  rst_test_server_expect_close (self->script);

  flight_open (self, NULL);
  flight_assert_signs_in (self, "a");
  g_assert_cmpuint (count_flights (self), ==, 2 + 2 * n_stls);
  memory = rst_pop3_session_dup_memory (self->session);
  expected = flight_dup_memory (self, "flight\n");
  g_assert_cmpstr (memory, ==, expected);
  rst_pop3_session_leave (self->session);

  flight_open (self, memory);
  g_assert_true (rst_pop3_session_get_capabilities (self->session)->has_top);
  flight_assert_signs_in (self, "a");
  g_assert_cmpuint (count_flights (self), ==, 1 + n_stls);
  second = rst_pop3_session_dup_memory (self->session);
  g_assert_cmpstr (second, ==, memory);
  rst_pop3_session_leave (self->session);
  g_assert_null (strstr (self->trace->str, "secret"));
}

/* A server that lists no PIPELINING is asked one thing at a time, with memory or without, but is
 * not asked what it can do before it knows who asks. */
static void
test_in_turn (Client *self,
              gconstpointer data)
{
  const char *login = "C: USER me\n"
                      "S: +OK\n"
                      "C: PASS secret\n"
                      "S: +OK\n"
                      "C: CAPA\n"
                      "S: +OK\nS: UIDL\nS: .\n"
                      "C: LIST\n"
                      "S: +OK\nS: 1 10\nS: .\n"
                      "C: UIDL\n"
                      "S: +OK\nS: 1 a\nS: .\n";
  g_autofree char *memory = NULL;

  rst_test_server_play (self->script, FLIGHT_GREETING "C: CAPA\nS: +OK\nS: UIDL\nS: .\n");
  rst_test_server_play (self->script, login);
  rst_test_server_expect_close (self->script);
  rst_test_server_play (self->script, FLIGHT_GREETING);
  rst_test_server_play (self->script, login);
  flight_open (self, NULL);
  flight_assert_signs_in (self, "a");
  memory = rst_pop3_session_dup_memory (self->session);
  g_assert_nonnull (memory);
  flight_open (self, memory);
  flight_assert_signs_in (self, "a");
}

static void
test_no_capa (Client *self,
              gconstpointer data)
{
  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: -ERR\n");
  flight_open (self, NULL);
  flight_assert_signs_in (self, NULL);
  g_assert_null (rst_pop3_session_dup_memory (self->session));
}

/* What a server breaks under outweighs what it says. */
static void
test_quirks (Client *self,
             gconstpointer data)
{
  g_autofree char *memory = NULL;

  self->where.quirks = RST_POP3_QUIRK_NO_PIPELINED_LOGIN;
  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n" FLIGHT_QUESTIONS FLIGHT_CAPABILITIES FLIGHT_LISTS);
  flight_open_with_memory (self, "flight\n");
  flight_assert_signs_in (self, "a");
  memory = rst_pop3_session_dup_memory (self->session);
  g_assert_null (strstr (memory, "flight"));
}

static void
test_no_capa_quirk (Client *self,
                    gconstpointer data)
{
  self->where.quirks = RST_POP3_QUIRK_NO_CAPA;
  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: .\n");
  flight_open_with_memory (self, "flight\n");
  flight_assert_signs_in (self, "a");
}

/* UTF8 goes out after the login and before the listing. */
static void
test_utf8 (Client *self,
           gconstpointer data)
{
  const char *capabilities = "S: +OK\nS: UIDL\nS: UTF8\nS: PIPELINING\nS: .\n";

  rst_test_server_play (self->script, FLIGHT_GREETING "C: CAPA\n");
  rst_test_server_play (self->script, capabilities);
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "C: PASS secret\n"
                        "C: CAPA\n"
                        "C: UTF8\n"
                        "C: LIST\n"
                        "C: UIDL\n" FLIGHT_LET_IN);
  rst_test_server_play (self->script, capabilities);
  rst_test_server_play (self->script, data);
  rst_test_server_play (self->script, FLIGHT_LISTS);
  flight_open (self, NULL);
  flight_assert_signs_in (self, "a");
}

/* What CAPA lists after login only is asked for then. */
static void
test_more_after_login (Client *self,
                       gconstpointer data)
{
  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: PIPELINING\n"
                        "S: .\n"
                        "C: USER me\n"
                        "C: PASS secret\n"
                        "C: CAPA\n"
                        "C: LIST\n" FLIGHT_LET_IN
                        "S: +OK\n"
                        "S: PIPELINING\n"
                        "S: UIDL\n"
                        "S: UTF8\n"
                        "S: .\n"
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "C: UTF8\n"
                        "S: +OK\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: .\n");
  flight_open (self, NULL);
  flight_assert_signs_in (self, "a");
}

/* A server that has lost PIPELINING is asked anew the next time. */
static void
test_memory_lost (Client *self,
                  gconstpointer data)
{
  rst_test_server_play (self->script, FLIGHT_GREETING FLIGHT_COMMANDS FLIGHT_LET_IN
                        "S: +OK\nS: UIDL\nS: .\n" FLIGHT_LISTS);
  flight_open_with_memory (self, "flight\n");
  flight_assert_signs_in (self, "a");
  g_assert_null (rst_pop3_session_dup_memory (self->session));
}

/* rst_pop3_session_login() takes the memory, too, and leaves one. */
static void
test_login_alone (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *memory = NULL;
  g_autofree char *expected = NULL;

  rst_test_server_play (self->script, FLIGHT_GREETING
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: CAPA\n" FLIGHT_CAPABILITIES);
  flight_open_with_memory (self, "flight\n");
  rst_pop3_session_login (self->session, "me", "secret", NULL, &error);
  g_assert_no_error (error);
  memory = rst_pop3_session_dup_memory (self->session);
  expected = flight_dup_memory (self, "");
  g_assert_cmpstr (memory, ==, expected);
}

#define APOP_GREETING "S: +OK Dovecot (Debian) ready. <%s@example.org>\n"

static void
play_greeting (Client *self,
               const char *challenge)
{
  g_autofree char *script = g_strdup_printf (APOP_GREETING, challenge);

  rst_test_server_play (self->script, script);
}

/* APOP goes alone until it is known to do, then in the flight; the challenge is another one each
 * time. */
static void
test_apop (Client *self,
           gconstpointer data)
{
  g_autofree char *memory = NULL;
  g_autofree char *expected = NULL;

  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: CAPA\n" FLIGHT_CAPABILITIES
                                      "C: APOP me *\n"
                                      "S: +OK\n" FLIGHT_QUESTIONS FLIGHT_CAPABILITIES FLIGHT_LISTS);
  rst_test_server_expect_close (self->script);
  play_greeting (self, "2");
  rst_test_server_play (self->script, "C: APOP me *\n" FLIGHT_QUESTIONS
                                      "S: +OK\n" FLIGHT_CAPABILITIES FLIGHT_LISTS);
  flight_open (self, NULL);
  flight_assert_signs_in (self, "a");
  memory = rst_pop3_session_dup_memory (self->session);
  expected = flight_dup_memory (self, "auth apop\n");
  g_assert_cmpstr (memory, ==, expected);
  flight_open (self, memory);
  flight_assert_signs_in (self, "a");
  g_assert_cmpuint (count_flights (self), ==, 1);
}

static void
test_apop_refused (Client *self,
                   gconstpointer data)
{
  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: APOP me *\n"
                                      "S: -ERR\n" FLIGHT_COMMANDS FLIGHT_WELCOME);
  flight_open_with_memory (self, "flight\n");
  flight_assert_signs_in (self, "a");
}

static void
test_apop_refused_in_flight (Client *self,
                             gconstpointer data)
{
  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: APOP me *\n" FLIGHT_QUESTIONS
                                      "S: -ERR [AUTH] no more\n" FLIGHT_CAPABILITIES
                                      "S: -ERR\n"
                                      "S: -ERR\n" FLIGHT_COMMANDS FLIGHT_WELCOME);
  flight_open_with_memory (self, "flight\nauth apop\n");
  flight_assert_signs_in (self, "a");
}

static void
test_apop_try_later (Client *self,
                     gconstpointer data)
{
  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: APOP me *\n" FLIGHT_QUESTIONS
                                      "S: -ERR [IN-USE] locked\n" FLIGHT_CAPABILITIES
                                      "S: -ERR\n"
                                      "S: -ERR\n");
  flight_open_with_memory (self, "auth apop\n");
  flight_assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/sign-in/flights/none", test_flights, GUINT_TO_POINTER (RST_POP3_SECURITY_NONE));
  client_add ("/sign-in/flights/tls", test_flights, GUINT_TO_POINTER (RST_POP3_SECURITY_TLS));
  client_add ("/sign-in/flights/starttls", test_flights,
              GUINT_TO_POINTER (RST_POP3_SECURITY_STARTTLS));
  client_add ("/sign-in/in-turn", test_in_turn, NULL);
  client_add ("/sign-in/no-capa", test_no_capa, NULL);
  client_add ("/sign-in/quirk/login", test_quirks, NULL);
  client_add ("/sign-in/quirk/no-capa", test_no_capa_quirk, NULL);
  client_add ("/sign-in/utf8", test_utf8, "S: +OK\n");
  client_add ("/sign-in/utf8-refused", test_utf8, "S: -ERR\n");
  client_add ("/sign-in/more-after-login", test_more_after_login, NULL);
  client_add ("/sign-in/memory-lost", test_memory_lost, NULL);
  client_add ("/sign-in/login-alone", test_login_alone, NULL);
  client_add ("/sign-in/apop/known", test_apop, NULL);
  client_add ("/sign-in/apop/refused", test_apop_refused, NULL);
  client_add ("/sign-in/apop/refused-in-flight", test_apop_refused_in_flight, NULL);
  client_add ("/sign-in/apop/try-later", test_apop_try_later, NULL);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-sign-in"

#include "config.h"

#include <string.h>

#include "client.h"

/* From the connection to the listing in few flights. That a script expects many lines before it
 * sends any is the proof that they came in one. */

#define GREETING "S: +OK Dovecot (Debian) ready.\n"

#define CAPABILITY_LINES \
  "S: +OK\n"             \
  "S: TOP\n"             \
  "S: UIDL\n"            \
  "S: USER\n"            \
  "S: PIPELINING\n"      \
  "S: .\n"

#define LISTS \
  "S: +OK\n"  \
  "S: 1 10\n" \
  "S: .\n"    \
  "S: +OK\n"  \
  "S: 1 a\n"  \
  "S: .\n"

#define QUESTIONS \
  "C: CAPA\n"     \
  "C: LIST\n"     \
  "C: UIDL\n"

#define FLIGHT   \
  "C: USER me\n" \
  "C: PASS secret\n" QUESTIONS

#define LET_IN \
  "S: +OK\n"   \
  "S: +OK\n"

#define WELCOME LET_IN CAPABILITY_LINES LISTS

/* What a session with all of it leaves behind. */
static char *
dup_memory (Client *self,
            const char *facts)
{
  const char *names[] = { "tls", "starttls", "none" };

  return g_strdup_printf ("pop3-memory 1\n"
                          "server 127.0.0.1 %u %s Dovecot (Debian) ready.\n"
                          "%s"
                          "before TOP\nbefore UIDL\nbefore USER\nbefore PIPELINING\n"
                          "after TOP\nafter UIDL\nafter USER\nafter PIPELINING\n",
                          self->where.port, names[self->where.security], facts);
}

static gboolean
sign_in (Client *self,
         RstPop3Listing **listing,
         GError **error)
{
  return rst_pop3_session_sign_in (self->session, "me", "secret", listing, NULL, error);
}

static void
assert_signs_in (Client *self,
                 const char *uid)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  sign_in (self, &listing, &error);
  g_assert_no_error (error);
  g_assert_nonnull (listing);
  g_assert_cmpuint (rst_pop3_listing_get_n_rows (listing), ==, 1);
  g_assert_cmpuint (rst_pop3_listing_get_row (listing, 0)->size, ==, 10);
  g_assert_cmpstr (rst_pop3_listing_get_row (listing, 0)->uid, ==, uid);
  g_assert_true (rst_pop3_session_is_signed_in (self->session));
  g_assert_false (rst_pop3_session_used_memory (self->session));
}

static void
assert_fails (Client *self,
              GQuark domain,
              int code)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sign_in (self, &listing, &error));
  g_assert_error (error, domain, code);
  g_assert_null (listing);
}

/* Opens the session: the first one of the script, or one more. */
static void
open_session (Client *self,
              const char *memory)
{
  g_autoptr (GError) error = NULL;

  if (self->where.port == 0)
    client_start (self);
  g_clear_pointer (&self->session, rst_pop3_session_free);
  self->where.memory = memory;
  g_string_truncate (self->trace, 0);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_no_error (error);
  self->where.memory = NULL;
}

/* The same with a memory that says @facts, besides the capabilities. */
static void
open_with_memory (Client *self,
                  const char *facts)
{
  g_autofree char *memory = NULL;

  client_start (self);
  memory = dup_memory (self, facts);
  open_session (self, memory);
}

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

  rst_test_server_play (script, GREETING);
  if (is_starttls && !has_memory)
    rst_test_server_play (script, "C: CAPA\nS: +OK\nS: STLS\nS: .\n");
  if (is_starttls)
    {
      rst_test_server_play (script, "C: STLS\nS: +OK\n");
      rst_test_server_starttls (script);
    }
  if (!has_memory)
    rst_test_server_play (script, "C: CAPA\n" CAPABILITY_LINES);
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
  rst_test_server_play (self->script, FLIGHT WELCOME "C: QUIT\n");
  rst_test_server_expect_close (self->script);
  play_beginning (self, TRUE);
  rst_test_server_play (self->script, FLIGHT WELCOME "C: QUIT\n");
  rst_test_server_expect_close (self->script);

  open_session (self, NULL);
  assert_signs_in (self, "a");
  g_assert_cmpuint (count_flights (self), ==, 2 + 2 * n_stls);
  memory = rst_pop3_session_dup_memory (self->session);
  expected = dup_memory (self, "flight\n");
  g_assert_cmpstr (memory, ==, expected);
  rst_pop3_session_leave (self->session);

  open_session (self, memory);
  g_assert_true (rst_pop3_session_get_capabilities (self->session)->has_top);
  assert_signs_in (self, "a");
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

  rst_test_server_play (self->script, GREETING "C: CAPA\nS: +OK\nS: UIDL\nS: .\n");
  rst_test_server_play (self->script, login);
  rst_test_server_expect_close (self->script);
  rst_test_server_play (self->script, GREETING);
  rst_test_server_play (self->script, login);
  open_session (self, NULL);
  assert_signs_in (self, "a");
  memory = rst_pop3_session_dup_memory (self->session);
  g_assert_nonnull (memory);
  open_session (self, memory);
  assert_signs_in (self, "a");
}

static void
test_no_capa (Client *self,
              gconstpointer data)
{
  rst_test_server_play (self->script, GREETING
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
  open_session (self, NULL);
  assert_signs_in (self, NULL);
  g_assert_null (rst_pop3_session_dup_memory (self->session));
}

/* What a server breaks under outweighs what it says. */
static void
test_quirks (Client *self,
             gconstpointer data)
{
  g_autofree char *memory = NULL;

  self->where.quirks = RST_POP3_QUIRK_NO_PIPELINED_LOGIN;
  rst_test_server_play (self->script, GREETING
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n" QUESTIONS CAPABILITY_LINES LISTS);
  open_with_memory (self, "flight\n");
  assert_signs_in (self, "a");
  memory = rst_pop3_session_dup_memory (self->session);
  g_assert_null (strstr (memory, "flight"));
}

static void
test_no_capa_quirk (Client *self,
                    gconstpointer data)
{
  self->where.quirks = RST_POP3_QUIRK_NO_CAPA;
  rst_test_server_play (self->script, GREETING
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
  open_with_memory (self, "flight\n");
  assert_signs_in (self, "a");
}

/* UTF8 goes out after the login and before the listing. */
static void
test_utf8 (Client *self,
           gconstpointer data)
{
  const char *capabilities = "S: +OK\nS: UIDL\nS: UTF8\nS: PIPELINING\nS: .\n";

  rst_test_server_play (self->script, GREETING "C: CAPA\n");
  rst_test_server_play (self->script, capabilities);
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "C: PASS secret\n"
                        "C: CAPA\n"
                        "C: UTF8\n"
                        "C: LIST\n"
                        "C: UIDL\n" LET_IN);
  rst_test_server_play (self->script, capabilities);
  rst_test_server_play (self->script, data);
  rst_test_server_play (self->script, LISTS);
  open_session (self, NULL);
  assert_signs_in (self, "a");
}

/* What CAPA lists after login only is asked for then. */
static void
test_more_after_login (Client *self,
                       gconstpointer data)
{
  rst_test_server_play (self->script, GREETING
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: PIPELINING\n"
                        "S: .\n"
                        "C: USER me\n"
                        "C: PASS secret\n"
                        "C: CAPA\n"
                        "C: LIST\n" LET_IN
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
  open_session (self, NULL);
  assert_signs_in (self, "a");
}

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
  rst_test_server_play (self->script, GREETING FLIGHT);
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
  rst_test_server_play (self->script, CAPABILITY_LINES
                        "S: -ERR not now\n"
                        "S: -ERR not now\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  open_with_memory (self, "flight\n");
  assert_fails (self, RST_POP3_ERROR, row->code);
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
  open_with_memory (self, "");
  assert_fails (self, RST_POP3_ERROR, row->code);
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
  open_with_memory (self, "");
  begin = g_get_monotonic_time ();
  assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 10 * G_USEC_PER_SEC);
}

/* A server that quotes the password, wherever in the flight. */
static void
test_echo (Client *self,
           gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script, GREETING FLIGHT
                        "S: -ERR USER me, PASS secret: no\n"
                        "S: -ERR secret is wrong\n"
                        "S: -ERR secret\n"
                        "S: -ERR secret\n"
                        "S: -ERR secret\n");
  open_with_memory (self, "");
  g_assert_false (sign_in (self, &listing, &error));
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
  { "after-pass", "", LET_IN, FALSE, g_io_error_quark, G_IO_ERROR_CONNECTION_CLOSED, TRUE,
    RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "after-pass/proven", "flight\n", LET_IN, FALSE, g_io_error_quark,
    G_IO_ERROR_CONNECTION_CLOSED, TRUE, RST_POP3_QUIRK_NONE },
  { "at-uidl", "", LET_IN CAPABILITY_LINES "S: +OK\nS: 1 10\nS: .\n", FALSE, g_io_error_quark,
    G_IO_ERROR_CONNECTION_CLOSED, TRUE, RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "garbage", "", LET_IN "S: hello\n", FALSE, rst_pop3_error_quark, RST_POP3_ERROR_PROTOCOL,
    TRUE, RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "garbage/proven", "flight\n", LET_IN "S: hello\n", FALSE, rst_pop3_error_quark,
    RST_POP3_ERROR_PROTOCOL, TRUE, RST_POP3_QUIRK_NONE },
  { "silence", "", LET_IN, TRUE, g_io_error_quark, G_IO_ERROR_TIMED_OUT, TRUE,
    RST_POP3_QUIRK_NO_PIPELINED_LOGIN },
  { "silence/proven", "flight\n", LET_IN, TRUE, g_io_error_quark, G_IO_ERROR_TIMED_OUT, TRUE,
    RST_POP3_QUIRK_NONE },
};

static void
test_breaks (Client *self,
             gconstpointer data)
{
  const Break *row = data;

  self->where.timeout = 1;
  rst_test_server_play (self->script, GREETING FLIGHT);
  rst_test_server_play (self->script, row->answers);
  if (row->is_silent)
    rst_test_server_hang (self->script);
  else
    rst_test_server_drop (self->script);
  open_with_memory (self, row->facts);
  assert_fails (self, row->domain (), row->code);
  g_assert_cmpint (rst_pop3_session_used_memory (self->session), ==, row->has_misled);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, row->quirks);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

/* What a caller does next: without the memory, and with what was learnt. */
static void
test_break_and_again (Client *self,
                      gconstpointer data)
{
  rst_test_server_play (self->script, GREETING FLIGHT "S: +OK\n");
  rst_test_server_drop (self->script);
  rst_test_server_play (self->script, GREETING "C: CAPA\n" CAPABILITY_LINES
                                               "C: USER me\n"
                                               "S: +OK\n"
                                               "C: PASS secret\n"
                                               "S: +OK\n" QUESTIONS CAPABILITY_LINES LISTS);
  open_with_memory (self, "");
  assert_fails (self, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_assert_true (rst_pop3_session_used_memory (self->session));
  self->where.quirks = rst_pop3_session_get_quirks (self->session);
  open_session (self, NULL);
  assert_signs_in (self, "a");
}

static void
test_cancelled (Client *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;
  GThread *thread;

  rst_test_server_play (self->script, GREETING FLIGHT "S: +OK\n");
  rst_test_server_hang (self->script);
  open_with_memory (self, "");
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
  rst_test_server_play (self->script, GREETING FLIGHT LET_IN CAPABILITY_LINES
                        "S: -ERR no\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: .\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  open_with_memory (self, "flight\n");
  assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED);
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
  { "listed", CAPABILITY_LINES, FALSE, FALSE },
  { "not-listed", "S: +OK\nS: PIPELINING\nS: .\n", TRUE, FALSE },
  { "unknown", "S: -ERR\n", FALSE, TRUE },
};

static void
test_uidl_refused (Client *self,
                   gconstpointer data)
{
  const Uidl *row = data;

  rst_test_server_play (self->script, GREETING FLIGHT LET_IN);
  rst_test_server_play (self->script, row->capabilities);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "S: 1 10\n"
                        "S: .\n"
                        "S: -ERR no\n");
  open_with_memory (self, "flight\n");
  if (row->is_listed)
    assert_signs_in (self, NULL);
  else
    assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
  g_assert_cmpint (rst_pop3_session_used_memory (self->session), ==, row->has_misled);
  g_assert_true (rst_pop3_session_is_open (self->session));
}

/* A server that has lost PIPELINING is asked anew the next time. */
static void
test_memory_lost (Client *self,
                  gconstpointer data)
{
  rst_test_server_play (self->script, GREETING FLIGHT LET_IN "S: +OK\nS: UIDL\nS: .\n" LISTS);
  open_with_memory (self, "flight\n");
  assert_signs_in (self, "a");
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

  rst_test_server_play (self->script, GREETING
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: CAPA\n" CAPABILITY_LINES);
  open_with_memory (self, "flight\n");
  rst_pop3_session_login (self->session, "me", "secret", NULL, &error);
  g_assert_no_error (error);
  memory = rst_pop3_session_dup_memory (self->session);
  expected = dup_memory (self, "");
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
  rst_test_server_play (self->script, "C: CAPA\n" CAPABILITY_LINES
                                      "C: APOP me *\n"
                                      "S: +OK\n" QUESTIONS CAPABILITY_LINES LISTS);
  rst_test_server_expect_close (self->script);
  play_greeting (self, "2");
  rst_test_server_play (self->script, "C: APOP me *\n" QUESTIONS "S: +OK\n" CAPABILITY_LINES LISTS);
  open_session (self, NULL);
  assert_signs_in (self, "a");
  memory = rst_pop3_session_dup_memory (self->session);
  expected = dup_memory (self, "apop\n");
  g_assert_cmpstr (memory, ==, expected);
  open_session (self, memory);
  assert_signs_in (self, "a");
  g_assert_cmpuint (count_flights (self), ==, 1);
}

static void
test_apop_refused (Client *self,
                   gconstpointer data)
{
  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: APOP me *\n"
                                      "S: -ERR\n" FLIGHT WELCOME);
  open_with_memory (self, "flight\n");
  assert_signs_in (self, "a");
}

static void
test_apop_refused_in_flight (Client *self,
                             gconstpointer data)
{
  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: APOP me *\n" QUESTIONS
                                      "S: -ERR [AUTH] no more\n" CAPABILITY_LINES
                                      "S: -ERR\n"
                                      "S: -ERR\n" FLIGHT WELCOME);
  open_with_memory (self, "flight\napop\n");
  assert_signs_in (self, "a");
}

static void
test_apop_try_later (Client *self,
                     gconstpointer data)
{
  play_greeting (self, "1");
  rst_test_server_play (self->script, "C: APOP me *\n" QUESTIONS
                                      "S: -ERR [IN-USE] locked\n" CAPABILITY_LINES
                                      "S: -ERR\n"
                                      "S: -ERR\n");
  open_with_memory (self, "apop\n");
  assert_fails (self, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
}

static void
test_line_breaks (Client *self,
                  gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script, GREETING);
  open_with_memory (self, "flight\n");
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
  rst_test_server_play (self->script, GREETING
                        "C: STLS\n"
                        "S: -ERR not today\n");
  client_start (self);
  memory = dup_memory (self, "flight\n");
  self->where.memory = memory;
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_null (self->session);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS);
}

static void
test_leave_after_dele (Client *self,
                       gconstpointer data)
{
  const guint32 number = 1;
  gboolean takes_back = GPOINTER_TO_INT (data);

  rst_test_server_play (self->script, GREETING FLIGHT WELCOME
                        "C: DELE 1\n"
                        "S: +OK\n");
  if (takes_back)
    rst_test_server_play (self->script,
                          "C: RSET\n"
                          "S: +OK\n"
                          "C: QUIT\n");
  open_with_memory (self, "");
  assert_signs_in (self, "a");
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
  rst_test_server_play (self->script, GREETING FLIGHT WELCOME "C: NOOP\n");
  rst_test_server_send (self->script, "+OK\r\n+OK and more\r\n");
  open_with_memory (self, "");
  assert_signs_in (self, "a");
  g_assert_true (rst_pop3_session_noop (self->session, NULL, NULL));
  rst_pop3_session_leave (self->session);
  g_assert_null (strstr (self->trace->str, "QUIT"));
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
  add_tables ();
  client_add ("/sign-in/refused-and-silent", test_refused_and_silent, NULL);
  client_add ("/sign-in/echo", test_echo, NULL);
  client_add ("/sign-in/break-and-again", test_break_and_again, NULL);
  client_add ("/sign-in/cancelled", test_cancelled, NULL);
  client_add ("/sign-in/list-refused", test_list_refused, NULL);
  client_add ("/sign-in/memory-lost", test_memory_lost, NULL);
  client_add ("/sign-in/login-alone", test_login_alone, NULL);
  client_add ("/sign-in/apop/known", test_apop, NULL);
  client_add ("/sign-in/apop/refused", test_apop_refused, NULL);
  client_add ("/sign-in/apop/refused-in-flight", test_apop_refused_in_flight, NULL);
  client_add ("/sign-in/apop/try-later", test_apop_try_later, NULL);
  client_add ("/sign-in/line-breaks", test_line_breaks, NULL);
  client_add ("/sign-in/stls-refused", test_stls_refused, NULL);
  client_add ("/sign-in/leave/dele", test_leave_after_dele, GINT_TO_POINTER (FALSE));
  client_add ("/sign-in/leave/rset", test_leave_after_dele, GINT_TO_POINTER (TRUE));
  client_add ("/sign-in/leave/out-of-step", test_leave_out_of_step, NULL);
  return g_test_run ();
}

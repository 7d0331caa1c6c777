/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-open"

#include "config.h"

#include <string.h>

#include "client.h"

#define BYTES(text) text, sizeof text - 1

/* What stands in an error that is to be raised. */
typedef struct
{
  const char *name;
  const char *greeting;
  gsize length;
  const char *domain;
  int code;
  const char *words;
} BadGreeting;

static const BadGreeting bad_greetings[] = {
  { "err", BYTES ("-ERR go away\r\n"), "pop3", RST_POP3_ERROR_REJECTED, "“go away”" },
  { "err-bare", BYTES ("-ERR\r\n"), "pop3", RST_POP3_ERROR_REJECTED, "no reason" },
  { "in-use", BYTES ("-ERR [IN-USE] later\r\n"), "pop3", RST_POP3_ERROR_TRY_LATER, "“later”" },
  { "sys-temp", BYTES ("-ERR [SYS/TEMP] x\r\n"), "pop3", RST_POP3_ERROR_TRY_LATER, "few minutes" },
  { "plus-err", BYTES ("+ERR no\r\n"), "pop3", RST_POP3_ERROR_PROTOCOL, "not a POP3 server" },
  { "smtp", BYTES ("220 mx ESMTP\r\n"), "pop3", RST_POP3_ERROR_PROTOCOL, "“220 mx ESMTP”" },
  { "imap", BYTES ("* OK ready\r\n"), "pop3", RST_POP3_ERROR_PROTOCOL, "not a POP3 server" },
  { "http", BYTES ("HTTP/1.1 400 Bad\r\n\r\n<html>"), "pop3", RST_POP3_ERROR_PROTOCOL,
    "“HTTP/1.1" },
  { "okay", BYTES ("+OKAY\r\n"), "pop3", RST_POP3_ERROR_PROTOCOL, "not a POP3 server" },
  { "nul", BYTES ("+OK a\0b\r\n"), "pop3", RST_POP3_ERROR_PROTOCOL, "NUL" },
  { "tls-alert", BYTES ("\x15\x03\x01\x00\x02\x02\x28"), "pop3", RST_POP3_ERROR_TLS,
    "speaks TLS from the first byte" },
  { "tls-handshake", BYTES ("\x16\x03\x03\x00\x7a"), "pop3", RST_POP3_ERROR_TLS,
    "Choose security “TLS”" },
  { "nothing", BYTES (""), "io", G_IO_ERROR_CONNECTION_CLOSED, "without a greeting" },
  { "half-a-line", BYTES ("+OK rea"), "io", G_IO_ERROR_CONNECTION_CLOSED, "unexpectedly" },
};

static GQuark
domain_of (const char *name)
{
  return g_str_equal (name, "pop3") ? RST_POP3_ERROR : G_IO_ERROR;
}

static void
assert_words (const GError *error,
              const char *words)
{
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, words);
  /* Whole sentences: the caller puts host and port in front. */
  g_assert_true (g_str_has_suffix (error->message, "."));
}

static void
test_bad_greeting (Client *self,
                   gconstpointer data)
{
  const BadGreeting *row = data;
  g_autoptr (GError) error = NULL;

  rst_test_server_send_bytes (self->script, row->greeting, row->length);
  rst_test_server_drop (self->script);
  error = client_open_fails (self);
  g_assert_error (error, domain_of (row->domain), row->code);
  assert_words (error, row->words);
}

static void
test_greeting (Client *self,
               gconstpointer data)
{
  const char *line = data;

  rst_test_server_send (self->script, line);
  rst_test_server_send (self->script, "\r\n");
  rst_test_server_play (self->script,
                        "C: CAPA\n"
                        "S: -ERR\n");
  client_open (self);
  g_assert_cmpstr (rst_pop3_session_get_greeting (self->session), ==, line + strlen ("+OK "));
}

static void
test_greeting_bare (Client *self,
                    gconstpointer data)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n");
  client_open (self);
  g_assert_cmpstr (rst_pop3_session_get_greeting (self->session), ==, "");
  g_assert_true (rst_pop3_session_is_open (self->session));
}

static void
test_greeting_endless (Client *self,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_flood (self->script, "+OK and on and on", 10000000);
  error = client_open_fails (self);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG);
}

static void
test_greeting_slow (Client *self,
                    gconstpointer data)
{
  /* More time in all than the timeout, less between any two bytes. */
  self->where.timeout = 1;
  rst_test_server_split (self->script, 1, 150);
  rst_test_server_play (self->script, "S: +OK slowly\n");
  rst_test_server_split (self->script, 0, 0);
  rst_test_server_play (self->script,
                        "C: CAPA\n"
                        "S: -ERR\n");
  client_open (self);
  g_assert_cmpstr (rst_pop3_session_get_greeting (self->session), ==, "slowly");
}

static void
test_silent (Client *self,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  rst_test_server_hang (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  assert_words (error, "choose security “TLS”");
}

static void
test_cancelled (Client *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  self->where.security = GPOINTER_TO_INT (data);
  rst_test_server_hang (self->script);
  client_start (self);
  thread = client_cancel_later (cancellable, 50);
  self->session = rst_pop3_session_open (&self->where, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static void
test_refused (void)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GError) error = NULL;
  RstPop3Server where = { .host = "127.0.0.1", .security = RST_POP3_SECURITY_NONE };

  /* A port that is taken, and that nobody listens on. */
  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  g_socket_bind (socket, any, FALSE, &error);
  g_assert_no_error (error);
  address = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  where.port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));

  g_assert_null (rst_pop3_session_open (&where, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  assert_words (error, "Check the host name and the port");
}

/* A resolver that knows no names, so that no test looks one up for real. */
struct _NoResolver
{
  GResolver parent_instance;
};

G_DECLARE_FINAL_TYPE (NoResolver, no_resolver, NO, RESOLVER, GResolver)
G_DEFINE_FINAL_TYPE (NoResolver, no_resolver, G_TYPE_RESOLVER)

static GList *
no_resolver_lookup (GResolver *resolver,
                    const char *name,
                    GCancellable *cancellable,
                    GError **error)
{
  g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", name);
  return NULL;
}

static void
no_resolver_class_init (NoResolverClass *klass)
{
  G_RESOLVER_CLASS (klass)->lookup_by_name = no_resolver_lookup;
}

static void
no_resolver_init (NoResolver *self)
{
}

static void
test_unknown_host (void)
{
  g_autoptr (GResolver) usual = g_resolver_get_default ();
  g_autoptr (GResolver) resolver = g_object_new (no_resolver_get_type (), NULL);
  g_autoptr (GError) error = NULL;
  RstPop3Server where = { .host = "pop.example.org", .port = 110 };

  g_resolver_set_default (resolver);
  g_assert_null (rst_pop3_session_open (&where, NULL, &error));
  g_resolver_set_default (usual);
  g_assert_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
  assert_words (error, "Check the host name");
}

static void
assert_no_capa (Client *self,
                RstPop3Quirks quirks)
{
  g_assert_false (rst_pop3_session_get_capabilities (self->session)->is_known);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, quirks);
}

static void
test_capa (Client *self,
           gconstpointer data)
{
  const RstPop3Capabilities *capabilities;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK here it comes\n"
                        "S: TOP\n"
                        "S: ..SOMETHING\n"
                        "S: PIPELINING\n"
                        "S: .\n");
  client_open (self);
  capabilities = rst_pop3_session_get_capabilities (self->session);
  g_assert_true (capabilities->is_known);
  g_assert_true (capabilities->has_top);
  g_assert_true (capabilities->has_pipelining);
  g_assert_false (capabilities->has_uidl);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, RST_POP3_QUIRK_NONE);
}

static void
test_capa_empty (Client *self,
                 gconstpointer data)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: .\n");
  client_open (self);
  g_assert_true (rst_pop3_session_get_capabilities (self->session)->is_known);
}

static void
test_capa_refused (Client *self,
                   gconstpointer data)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR unknown command\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_log_in (self);
  assert_no_capa (self, RST_POP3_QUIRK_NONE);
}

static void
test_capa_hang_up (Client *self,
                   gconstpointer data)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n");
  if (GPOINTER_TO_INT (data))
    rst_test_server_reset (self->script);
  else
    rst_test_server_drop (self->script);
  rst_test_server_play (self->script,
                        "S: +OK again\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_log_in (self);
  assert_no_capa (self, RST_POP3_QUIRK_NO_CAPA);
  g_assert_cmpstr (rst_pop3_session_get_greeting (self->session), ==, "again");
}

static void
test_capa_cut (Client *self,
               gconstpointer data)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: TOP\n");
  rst_test_server_drop (self->script);
  rst_test_server_play (self->script, "S: +OK again\n");
  client_open (self);
  assert_no_capa (self, RST_POP3_QUIRK_NO_CAPA);
}

static void
test_capa_silence (Client *self,
                   gconstpointer data)
{
  self->where.timeout = 1;
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n");
  rst_test_server_expect_close (self->script);
  rst_test_server_play (self->script, "S: +OK again\n");
  client_open (self);
  assert_no_capa (self, RST_POP3_QUIRK_NO_CAPA);
}

static void
test_capa_known_quirk (Client *self,
                       gconstpointer data)
{
  self->where.quirks = RST_POP3_QUIRK_NO_CAPA;
  rst_test_server_play (self->script, "S: +OK\n");
  client_open (self);
  assert_no_capa (self, RST_POP3_QUIRK_NO_CAPA);
}

/* Only once: a server that drops every connection is not tried for ever. */
static void
test_capa_hang_up_twice (Client *self,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n");
  rst_test_server_drop (self->script);
  rst_test_server_drop (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_capa_endless_line (Client *self,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n");
  rst_test_server_flood (self->script, "TOP TOP TOP", 10000000);
  error = client_open_fails (self);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG);
}

static void
test_capa_cancelled (Client *self,
                     gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n");
  rst_test_server_expect_close (self->script);
  client_start (self);
  thread = client_cancel_later (cancellable, 50);
  self->session = rst_pop3_session_open (&self->where, cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bad_greetings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/open/bad-greeting/%s", bad_greetings[i].name);

      client_add (path, test_bad_greeting, &bad_greetings[i]);
    }
  client_add ("/open/greeting/words", test_greeting, "+OK POP3 ready");
  client_add ("/open/greeting/apop", test_greeting, "+OK ready <1896.697170952@example.org>");
  client_add ("/open/greeting/bare", test_greeting_bare, NULL);
  client_add ("/open/greeting/endless", test_greeting_endless, NULL);
  client_add ("/open/greeting/slow", test_greeting_slow, NULL);
  client_add ("/open/silent", test_silent, NULL);
  client_add ("/open/cancelled/greeting", test_cancelled,
              GINT_TO_POINTER (RST_POP3_SECURITY_NONE));
  client_add ("/open/cancelled/handshake", test_cancelled, GINT_TO_POINTER (RST_POP3_SECURITY_TLS));
  client_add ("/open/cancelled/capa", test_capa_cancelled, NULL);
  g_test_add_func ("/open/refused", test_refused);
  g_test_add_func ("/open/unknown-host", test_unknown_host);
  client_add ("/open/capa/known", test_capa, NULL);
  client_add ("/open/capa/empty", test_capa_empty, NULL);
  client_add ("/open/capa/refused", test_capa_refused, NULL);
  client_add ("/open/capa/hang-up", test_capa_hang_up, GINT_TO_POINTER (FALSE));
  client_add ("/open/capa/reset", test_capa_hang_up, GINT_TO_POINTER (TRUE));
  client_add ("/open/capa/cut", test_capa_cut, NULL);
  client_add ("/open/capa/silence", test_capa_silence, NULL);
  client_add ("/open/capa/known-quirk", test_capa_known_quirk, NULL);
  client_add ("/open/capa/hang-up-twice", test_capa_hang_up_twice, NULL);
  client_add ("/open/capa/endless-line", test_capa_endless_line, NULL);
  return g_test_run ();
}

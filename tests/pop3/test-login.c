/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-login"

#include "config.h"

#include <malloc.h>
#include <string.h>

#include "client.h"
#include "pop3/rst-pop3-session-private.h"

typedef struct
{
  const char *name;
  const char *reply;
  int code;
} Refusal;

static const Refusal refusals[] = {
  { "bare", "-ERR", RST_POP3_ERROR_AUTH },
  { "words", "-ERR wrong password", RST_POP3_ERROR_AUTH },
  { "auth", "-ERR [AUTH] wrong password", RST_POP3_ERROR_AUTH },
  { "unknown-code", "-ERR [X-FUTURE] no", RST_POP3_ERROR_AUTH },
  { "in-use", "-ERR [IN-USE] locked", RST_POP3_ERROR_TRY_LATER },
  { "login-delay", "-ERR [LOGIN-DELAY] slow down", RST_POP3_ERROR_TRY_LATER },
  { "sys-temp", "-ERR [SYS/TEMP] database down", RST_POP3_ERROR_TRY_LATER },
  { "sys-perm", "-ERR [SYS/PERM] no such mailbox", RST_POP3_ERROR_REJECTED },
};

static GError *
log_in_fails (Client *self,
              const char *user,
              const char *password)
{
  GError *error = NULL;

  client_open (self);
  g_assert_false (rst_pop3_session_login (self->session, user, password, NULL, &error));
  g_assert_nonnull (error);
  return error;
}

static void
play_greeting (Client *self,
               const char *greeting)
{
  rst_test_server_send (self->script, greeting);
  rst_test_server_play (self->script,
                        "C: CAPA\n"
                        "S: -ERR\n");
}

static void
test_user_and_pass (Client *self,
                    gconstpointer data)
{
  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_log_in (self);
  g_assert_cmpstr (self->trace->str, ==,
                   "S: +OK\n"
                   "C: CAPA\n"
                   "S: -ERR\n"
                   "C: USER me\n"
                   "S: +OK\n"
                   "C: PASS ***\n"
                   "S: +OK\n");
}

/* What is no line break is the server's business. */
static void
test_odd_password (Client *self,
                   gconstpointer data)
{
  const char *password = data;
  g_autofree char *line = g_strconcat ("PASS ", password, NULL);
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER a user\n"
                        "S: +OK\n");
  rst_test_server_expect (self->script, line);
  rst_test_server_play (self->script, "S: +OK\n");
  client_open (self);
  rst_pop3_session_login (self->session, "a user", password, NULL, &error);
  g_assert_no_error (error);
}

/* After every refusal the session is in step: another try, or QUIT. */
static void
test_refused (Client *self,
              gconstpointer data)
{
  const Refusal *row = data;
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n");
  rst_test_server_send (self->script, row->reply);
  rst_test_server_play (self->script,
                        "S: \n"
                        "C: QUIT\n"
                        "S: +OK\n");
  error = log_in_fails (self, "me", "secret");
  g_assert_error (error, RST_POP3_ERROR, row->code);
  g_assert_true (rst_pop3_session_is_open (self->session));
  g_assert_true (rst_pop3_session_quit (self->session, NULL, NULL));
}

static void
test_user_refused (Client *self,
                   gconstpointer data)
{
  const Refusal *row = data;
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script, "C: USER me\n");
  rst_test_server_send (self->script, row->reply);
  rst_test_server_play (self->script, "S: \n");
  error = log_in_fails (self, "me", "secret");
  g_assert_error (error, RST_POP3_ERROR, row->code);
}

static void
test_hang_up (Client *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n");
  if (GPOINTER_TO_INT (data))
    rst_test_server_reset (self->script);
  else
    rst_test_server_drop (self->script);
  error = log_in_fails (self, "me", "secret");
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_false (rst_pop3_session_is_open (self->session));
}

/* A server that is gone before the password says nothing about the password. */
static void
test_hang_up_on_user (Client *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_expect (self->script, "USER me");
  rst_test_server_drop (self->script);
  error = log_in_fails (self, "me", "secret");
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_silence (Client *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n");
  error = log_in_fails (self, "me", "secret");
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_cancelled (Client *self,
                gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n");
  client_open (self);
  thread = client_cancel_later (cancellable, 50);
  g_assert_false (rst_pop3_session_login (self->session, "me", "secret", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_thread_join (thread);
}

static void
check_nothing_sent (Client *self,
                    const char *user,
                    const char *password)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rst_pop3_session_login (self->session, user, password, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_true (rst_pop3_session_is_open (self->session));
}

static void
test_line_breaks (Client *self,
                  gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (100000, 'x');

  play_greeting (self, "+OK <1@example.org>\r\n");
  client_open (self);
  check_nothing_sent (self, "me\r\nDELE 1", "secret");
  check_nothing_sent (self, "me\n", "secret");
  check_nothing_sent (self, "me\r", "secret");
  check_nothing_sent (self, "me", "secret\r\nDELE 1");
  check_nothing_sent (self, "me", "secret\n");
  check_nothing_sent (self, "me", "\rsecret");
  check_nothing_sent (self, long_text, "secret");
  check_nothing_sent (self, "me", long_text);
}

/* There are servers that quote what they refuse. */
static void
test_echoed_password (Client *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS hunter2\n"
                        "S: -ERR 'PASS hunter2': hunter2 is wrong\n");
  error = log_in_fails (self, "me", "hunter2");
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "“'PASS ***': *** is wrong”"));
  g_assert_null (strstr (self->trace->str, "hunter2"));
}

/* Once it is sent, the password is nowhere in what the session holds. */
static void
test_password_wiped (Client *self,
                     gconstpointer data)
{
  const char password[] = "hunter2-hunter2";
  g_autoptr (GError) error = NULL;
  RstPop3Stream *stream;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS hunter2-hunter2\n"
                        "S: +OK\n");
  client_open (self);
  rst_pop3_session_login (self->session, "me", password, NULL, &error);
  g_assert_no_error (error);
  stream = rst_pop3_session_get_stream (self->session);
  g_assert_cmpuint (malloc_usable_size (stream), >, 2 * RST_POP3_STREAM_MAX_UNREAD);
  g_assert_null (memmem (stream, malloc_usable_size (stream), password, strlen (password)));
}

/* A password that is part of the verdict must not hide it. */
static void
test_password_like_verdict (Client *self,
                            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS O\n"
                        "S: +OK HELLO\n");
  client_open (self);
  rst_pop3_session_login (self->session, "me", "O", NULL, &error);
  g_assert_no_error (error);
}

/* The example of RFC 1939 §7. */
static void
test_apop (Client *self,
           gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK POP3 server ready <1896.697170952@dbc.mtview.ca.us>\r\n");
  rst_test_server_play (self->script,
                        "C: APOP mrose c4c9334bac560ecc979e58001b3e22fb\n"
                        "S: +OK maildrop has 1 message (369 octets)\n");
  client_open (self);
  rst_pop3_session_login (self->session, "mrose", "tanstaaf", NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (self->trace->str, "C: APOP mrose ***\n"));
}

static void
test_apop_refused (Client *self,
                   gconstpointer data)
{
  play_greeting (self, "+OK <1@example.org>\r\n");
  rst_test_server_play (self->script,
                        "C: APOP me *\n"
                        "S: -ERR [AUTH] no APOP for you\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_log_in (self);
}

/* As solid-pop3d does, where the user has no secret for APOP: the next connection goes without. */
static void
test_apop_hang_up (Client *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK <1@example.org>\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: APOP me *\n"
                        "S: -ERR authentication failed\n");
  rst_test_server_drop (self->script);
  rst_test_server_play (self->script,
                        "S: +OK <2@example.org>\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_open (self);
  g_assert_false (rst_pop3_session_login (self->session, "me", "secret", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  g_clear_error (&error);
  self->where.quirks = rst_pop3_session_get_quirks (self->session);
  g_assert_cmpint (self->where.quirks, ==, RST_POP3_QUIRK_PLAIN_LOGIN);
  rst_pop3_session_free (self->session);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (rst_pop3_session_login (self->session, "me", "secret", NULL, &error));
  g_assert_no_error (error);
}

static void
test_apop_try_later (Client *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_greeting (self, "+OK <1@example.org>\r\n");
  rst_test_server_play (self->script,
                        "C: APOP me *\n"
                        "S: -ERR [IN-USE] locked\n");
  error = log_in_fails (self, "me", "secret");
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
}

/* What is no message-id is no challenge: a forged one helps to find the password out. */
static void
test_apop_bad_challenge (Client *self,
                         gconstpointer data)
{
  play_greeting (self, data);
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_log_in (self);
}

static void
test_apop_not_under_tls (Client *self,
                         gconstpointer data)
{
  self->where.security = RST_POP3_SECURITY_TLS;
  self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
  rst_test_server_use_tls (self->script);
  play_greeting (self, "+OK <1@example.org>\r\n");
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n");
  client_log_in (self);
}

static void
play_login (Client *self,
            const char *capabilities)
{
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: TOP\n"
                        "S: LOGIN-DELAY 900 USER\n"
                        "S: .\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: CAPA\n");
  rst_test_server_play (self->script, capabilities);
}

static void
test_capa_again (Client *self,
                 gconstpointer data)
{
  const RstPop3Capabilities *capabilities;

  play_login (self, "S: +OK\nS: UIDL\nS: LOGIN-DELAY 10\nS: .\n");
  client_log_in (self);
  capabilities = rst_pop3_session_get_capabilities (self->session);
  g_assert_cmpuint (capabilities->login_delay, ==, 10);
  g_assert_true (capabilities->has_uidl);
  g_assert_false (capabilities->has_top);
}

static void
test_capa_again_refused (Client *self,
                         gconstpointer data)
{
  play_login (self, "S: -ERR not now\n");
  client_log_in (self);
  g_assert_true (rst_pop3_session_get_capabilities (self->session)->is_known);
  g_assert_true (rst_pop3_session_get_capabilities (self->session)->has_top);
}

static void
test_utf8 (Client *self,
           gconstpointer data)
{
  play_login (self, "S: +OK\nS: UTF8 USER\nS: .\nC: UTF8\n");
  rst_test_server_play (self->script, data);
  client_log_in (self);
  g_assert_true (rst_pop3_session_is_open (self->session));
}

/* RFC 6856 §2.2: said before the user's name, and once. */
static void
test_utf8_user (Client *self,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK ready\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: USER\n"
                        "S: UTF8 USER\n"
                        "S: .\n"
                        "C: UTF8\n");
  rst_test_server_play (self->script, data);
  rst_test_server_play (self->script,
                        "C: USER 用戶@例え.example\n"
                        "S: +OK\n"
                        "C: PASS пароль\n"
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: USER\n"
                        "S: UTF8 USER\n"
                        "S: .\n");
  client_open (self);
  rst_pop3_session_login (self->session, "用戶@例え.example", "пароль", NULL, &error);
  g_assert_no_error (error);
}

/* Where it is not said that users may be UTF-8, nothing is asked before. */
static void
test_utf8_without_user (Client *self,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_play (self->script,
                        "S: +OK ready\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: USER\n"
                        "S: UTF8\n"
                        "S: .\n"
                        "C: USER 用戶\n"
                        "S: +OK\n"
                        "C: PASS x\n"
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: UTF8\n"
                        "S: +OK\n");
  client_open (self);
  rst_pop3_session_login (self->session, "用戶", "x", NULL, &error);
  g_assert_no_error (error);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/login/user-and-pass", test_user_and_pass, NULL);
  client_add ("/login/password/blanks", test_odd_password, " a  b ");
  client_add ("/login/password/utf-8", test_odd_password, "пароль");
  client_add ("/login/password/bytes", test_odd_password, "\xff\xfe\x01");
  client_add ("/login/password/empty", test_odd_password, "");
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *pass = g_strdup_printf ("/login/refused/%s", refusals[i].name);
      g_autofree char *user = g_strdup_printf ("/login/user-refused/%s", refusals[i].name);

      client_add (pass, test_refused, &refusals[i]);
      client_add (user, test_user_refused, &refusals[i]);
    }
  client_add ("/login/hang-up", test_hang_up, GINT_TO_POINTER (FALSE));
  client_add ("/login/reset", test_hang_up, GINT_TO_POINTER (TRUE));
  client_add ("/login/hang-up-on-user", test_hang_up_on_user, NULL);
  client_add ("/login/silence", test_silence, NULL);
  client_add ("/login/cancelled", test_cancelled, NULL);
  client_add ("/login/line-breaks", test_line_breaks, NULL);
  client_add ("/login/echoed-password", test_echoed_password, NULL);
  client_add ("/login/password-wiped", test_password_wiped, NULL);
  client_add ("/login/password-like-verdict", test_password_like_verdict, NULL);
  client_add ("/login/apop/rfc", test_apop, NULL);
  client_add ("/login/apop/refused", test_apop_refused, NULL);
  client_add ("/login/apop/hang-up", test_apop_hang_up, NULL);
  client_add ("/login/apop/try-later", test_apop_try_later, NULL);
  client_add ("/login/apop/no-at", test_apop_bad_challenge, "+OK <1.example.org>\r\n");
  client_add ("/login/apop/blank", test_apop_bad_challenge, "+OK <1 2@example.org>\r\n");
  client_add ("/login/apop/eight-bit", test_apop_bad_challenge, "+OK <\xff@example.org>\r\n");
  client_add ("/login/apop/open", test_apop_bad_challenge, "+OK <1@example.org\r\n");
  client_add ("/login/apop/not-under-tls", test_apop_not_under_tls, NULL);
  client_add ("/login/capa-again", test_capa_again, NULL);
  client_add ("/login/capa-again-refused", test_capa_again_refused, NULL);
  client_add ("/login/utf8", test_utf8, "S: +OK\n");
  client_add ("/login/utf8-user", test_utf8_user, "S: +OK\n");
  client_add ("/login/utf8-user-refused", test_utf8_user, "S: -ERR\n");
  client_add ("/login/utf8-without-user", test_utf8_without_user, NULL);
  client_add ("/login/utf8-refused", test_utf8, "S: -ERR\n");
  return g_test_run ();
}

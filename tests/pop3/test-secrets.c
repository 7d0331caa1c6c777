/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-secrets"

#include "config.h"

#include <string.h>

#include "client.h"
#include "pop3/rst-pop3-secrets.h"
#include "pop3/rst-pop3-session-private.h"

/* Servers that say what they were told in confidence. */

#define SECRET "hunter2secret"
#define SECRET_64 "aHVudGVyMnNlY3JldA=="
#define PLAIN_64 "AG1lAGh1bnRlcjJzZWNyZXQ="
/* user=me, auth=Bearer hunter2secret */
#define XOAUTH2_64 "dXNlcj1tZQFhdXRoPUJlYXJlciBodW50ZXIyc2VjcmV0AQE="

typedef struct
{
  const char *name;
  const char *secrets; /* separated by blanks */
  const char *line;
  const char *shown;
} Line;

static const Line lines[] = {
  { "nothing", SECRET, "-ERR no", "-ERR no" },
  { "alone", SECRET, SECRET, "***" },
  { "first-word", SECRET, SECRET " is wrong", "*** is wrong" },
  { "after-ok", SECRET, "+OK " SECRET, "+OK ***" },
  { "after-err", SECRET, "-ERR\t" SECRET, "-ERR ***" },
  { "after-plus", SECRET, "+ " SECRET_64, "+ ***" },
  { "glued-to-ok", SECRET, "+OK" SECRET, "+OK***" },
  { "in-a-word", SECRET, "-ERR <" SECRET ">", "-ERR <***>" },
  { "twice", SECRET, "-ERR " SECRET ", " SECRET, "-ERR ***, ***" },
  { "verdict-as-secret", "+OK", "+OK is +OK", "+OK is ***" },
  { "verdict-in-a-list", "1", "1 120", "*** ***20" },
  { "overlapping", "abab", "x ababab x", "x *** x" },
  { "in-each-other", "cret supersecrets", "x supersecrets x", "x *** x" },
  { "base64", SECRET, "no " SECRET_64 " here", "no *** here" },
  { "base64-shifted-by-1", SECRET, "-ERR eGh1bnRlcjJzZWNyZXQ=", "-ERR ***" },
  { "base64-shifted-by-2", SECRET, "-ERR eHhodW50ZXIyc2VjcmV0", "-ERR ***" },
  { "base64-of-more", SECRET, "-ERR " XOAUTH2_64, "-ERR ***" },
  { "base64-too-short", "a", "-ERR YQ==", "-ERR YQ==" },
};

static void
test_line (gconstpointer data)
{
  const Line *row = data;
  g_autoptr (RstPop3Secrets) secrets = rst_pop3_secrets_new ();
  g_auto (GStrv) words = g_strsplit (row->secrets, " ", -1);
  g_autofree char *shown = NULL;
  g_autofree char *kept = g_strdup (row->line);

  for (guint i = 0; words[i] != NULL; i++)
    rst_pop3_secrets_add (secrets, words[i]);
  rst_pop3_secrets_add (secrets, "");
  shown = rst_pop3_secrets_dup_shown (secrets, row->line, 100);
  g_assert_cmpstr (shown, ==, row->shown);
  rst_pop3_secrets_hide (secrets, &kept);
  g_assert_cmpstr (g_strdelimit (kept, "\t", ' '), ==, row->shown);
}

/* What is cut is hidden before. */
static void
test_cut (void)
{
  g_autoptr (RstPop3Secrets) secrets = rst_pop3_secrets_new ();
  g_autofree char *shown = NULL;

  rst_pop3_secrets_add (secrets, SECRET);
  shown = rst_pop3_secrets_dup_shown (secrets, "-ERR 1234567890 " SECRET, 30);
  g_assert_null (strstr (shown, "hun"));
}

/* A whole line of the script each, and where the login ends. */
typedef struct
{
  const char *name;
  RstPop3Auth auth;
  const char *script;
  int code;
  const char *words;
} Refusal;

static const Refusal refusals[] = {
  { "pass-alone", RST_POP3_AUTH_PASSWORD,
    "C: USER me\n"
    "S: +OK\n"
    "C: PASS " SECRET "\n"
    "S: " SECRET "\n",
    RST_POP3_ERROR_PROTOCOL, "not POP3: “***”" },
  { "pass-in-base64", RST_POP3_AUTH_PASSWORD,
    "C: USER me\n"
    "S: +OK\n"
    "C: PASS " SECRET "\n"
    "S: -ERR " SECRET_64 "\n",
    RST_POP3_ERROR_AUTH, "“***”" },
  { "code-is-understood", RST_POP3_AUTH_PASSWORD,
    "C: USER me\n"
    "S: +OK\n"
    "C: PASS " SECRET "\n"
    "S: -ERR [SYS/TEMP] " SECRET "\n",
    RST_POP3_ERROR_TRY_LATER, "“***”" },
  { "login-alone", RST_POP3_AUTH_LOGIN,
    "C: AUTH LOGIN\n"
    "S: + VXNlcm5hbWU6\n"
    "C: bWU=\n"
    "S: + UGFzc3dvcmQ6\n"
    "C: " SECRET_64 "\n"
    "S: " SECRET_64 "\n",
    RST_POP3_ERROR_PROTOCOL, "makes no sense" },
  { "plain-alone", RST_POP3_AUTH_PLAIN,
    "C: AUTH PLAIN " PLAIN_64 "\n"
    "S: " PLAIN_64 "\n",
    RST_POP3_ERROR_PROTOCOL, "makes no sense" },
  /* "me" and a digest, which has no secret in it and is none of anybody's business all the same */
  { "cram-md5-answer", RST_POP3_AUTH_CRAM_MD5,
    "C: AUTH CRAM-MD5\n"
    "S: + PDFAeD4=\n"
    "C: bWUgZTk4YTNlYWUwYzE2NDNkMjU1ZDZlZjhlNDYwMWJhYzA=\n"
    "S: -ERR bad bWUgZTk4YTNlYWUwYzE2NDNkMjU1ZDZlZjhlNDYwMWJhYzA=\n",
    RST_POP3_ERROR_AUTH, "“bad ***”" },
  { "xoauth2-reason", RST_POP3_AUTH_XOAUTH2,
    "C: AUTH XOAUTH2 " XOAUTH2_64 "\n"
    /* {"error_description":"bad token hunter2secret"} */
    "S: + eyJlcnJvcl9kZXNjcmlwdGlvbiI6ImJhZCB0b2tlbiBodW50ZXIyc2VjcmV0In0=\n"
    "C: \n"
    "S: -ERR no\n",
    RST_POP3_ERROR_AUTH, "“bad token ***”" },
  { "oauthbearer-reason", RST_POP3_AUTH_OAUTHBEARER,
    "C: AUTH OAUTHBEARER *\n"
    /* what it was sent, in base64, in JSON, in base64 */
    "S: + eyJlcnJvcl9kZXNjcmlwdGlvbiI6ImJhZCBodW50ZXIyc2VjcmV0IG9yIGFIVnVkR1Z5TW5ObFkzSmxkQT09"
    "In0=\n"
    "C: AQ==\n"
    "S: -ERR no\n",
    RST_POP3_ERROR_AUTH, "“bad *** or ***”" },
  { "xoauth2-first-response", RST_POP3_AUTH_XOAUTH2,
    "C: AUTH XOAUTH2 " XOAUTH2_64 "\n"
    "S: + e30=\n"
    "C: \n"
    "S: -ERR [SYS/TEMP] nope " XOAUTH2_64 "\n",
    RST_POP3_ERROR_TRY_LATER, "“nope ***”" },
};

static void
assert_hidden (const char *text)
{
  static const char *const forms[] = { SECRET, "hunter2", "aHVudGVy", "h1bnRlcj", "odW50ZXIy" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (strstr (text, forms[i]) != NULL)
      g_error ("“%s” is in “%s”", forms[i], text);
}

static void
assert_error_is_hidden (const GError *error,
                        int code,
                        const char *words)
{
  g_assert_error (error, RST_POP3_ERROR, code);
  assert_hidden (error->message);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (Client *self,
              gconstpointer data)
{
  const Refusal *row = data;
  g_autoptr (GError) error = NULL;

  self->where.auth = row->auth;
  rst_test_server_play (self->script, "S: +OK ready\n"
                                      "C: CAPA\n"
                                      "S: +OK\n"
                                      "S: USER\n"
                                      "S: SASL PLAIN LOGIN XOAUTH2 OAUTHBEARER\n"
                                      "S: .\n");
  rst_test_server_play (self->script, row->script);
  client_open (self);
  g_assert_false (rst_pop3_session_login (self->session, "me", SECRET, NULL, &error));
  assert_error_is_hidden (error, row->code, row->words);
  assert_hidden (self->trace->str);
}

/* PHP writes "\/" for "/". */
static void
test_escaped (Client *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.auth = RST_POP3_AUTH_XOAUTH2;
  /* {"error_description":"bad token ya29.a0\/Abc\/De"} */
  rst_test_server_play (self->script,
                        "S: +OK ready\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: AUTH XOAUTH2 *\n"
                        "S: + eyJlcnJvcl9kZXNjcmlwdGlvbiI6ImJhZCB0b2tlbiB5YTI5LmEwXC9BYmNcL0RlIn0="
                        "\n"
                        "C: \n"
                        "S: -ERR no\n");
  client_open (self);
  g_assert_false (rst_pop3_session_login (self->session, "me", "ya29.a0/Abc/De", NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_nonnull (strstr (error->message, "“bad token ***”"));
}

static void
log_in (Client *self,
        const char *secret)
{
  g_autoptr (GError) error = NULL;

  client_open (self);
  rst_pop3_session_login (self->session, "me", secret, NULL, &error);
  g_assert_no_error (error);
}

/* Long after the login it may still come. */
static void
test_later (Client *self,
            gconstpointer data)
{
  guint32 number = 1;
  g_autofree char *memory = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, "TOP\nUSER\n"
                                            "IMPLEMENTATION " SECRET "\n"
                                            "SASL " SECRET_64 "\n" SECRET "\n");
  rst_test_server_play (self->script, "C: NOOP\n"
                                      "S: -ERR " SECRET "\n"
                                      "C: TOP 1 0\n"
                                      "S: -ERR no " SECRET "\n"
                                      "C: QUIT\n"
                                      "S: +OK bye " SECRET "\n");
  log_in (self, SECRET);
  g_assert_cmpstr (rst_pop3_session_get_capabilities (self->session)->implementation, ==, "***");
  g_assert_cmpstr (rst_pop3_session_get_capabilities (self->session)->sasl, ==, "***");
  memory = rst_pop3_session_dup_memory (self->session);
  assert_hidden (strstr (memory, "after"));
  g_assert_false (rst_pop3_session_noop (self->session, NULL, &error));
  assert_error_is_hidden (error, RST_POP3_ERROR_REJECTED, "“***”");
  g_clear_error (&error);
  rst_pop3_session_top (self->session, &number, 1, 0, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
  assert_hidden (self->messages->str);
  g_assert_true (rst_pop3_session_quit (self->session, NULL, NULL));
  g_assert_cmpstr (rst_pop3_session_get_farewell (self->session), ==, "+OK bye ***");
  assert_hidden (strstr (self->trace->str, "PASS"));
}

static void
test_unasked (Client *self,
              gconstpointer data)
{
  const char *line = data;
  g_autofree char *bytes = g_strconcat (line, "\r\n", NULL);
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, "USER\n");
  rst_test_server_play (self->script, "C: NOOP\n");
  rst_test_server_send (self->script, "+OK\r\n");
  rst_test_server_send (self->script, bytes);
  rst_test_server_expect_close (self->script);
  log_in (self, SECRET);
  g_assert_true (rst_pop3_session_noop (self->session, NULL, NULL));
  while (rst_pop3_session_begin (self->session, &error))
    g_usleep (1000);
  assert_hidden (error->message);
  g_assert_nonnull (strstr (error->message, "***"));
}

static void
test_bad_listing (Client *self,
                  gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (self->script, "USER\n");
  rst_test_server_play (self->script, "C: LIST\n"
                                      "S: +OK\n"
                                      "S: " SECRET "\n"
                                      "S: .\n");
  log_in (self, SECRET);
  listing = rst_pop3_session_list (self->session, NULL, &error);
  assert_error_is_hidden (error, RST_POP3_ERROR_PROTOCOL, "LIST");
  assert_hidden (self->trace->str);
}

/* The server remembers the password from another session. */
static void
test_greeting (Client *self,
               gconstpointer data)
{
  self->where.secret = SECRET;
  rst_test_server_send (self->script, "+OK " SECRET " ready\r\n");
  rst_test_server_play (self->script, "C: CAPA\n"
                                      "S: -ERR\n");
  client_open (self);
  g_assert_cmpstr (rst_pop3_session_get_greeting (self->session), ==, "*** ready");
  assert_hidden (self->trace->str);
}

static void
test_no_greeting (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.secret = SECRET;
  rst_test_server_send (self->script, SECRET " ready\r\n");
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  assert_error_is_hidden (error, RST_POP3_ERROR_PROTOCOL, "“*** ready”");
}

/* Only what is shown changes: a password that is part of all that is said does no harm. */
static void
test_short (Client *self,
            gconstpointer data)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;
  guint n_messages;
  guint64 size;

  rst_test_server_play_login (self->script, CAPABILITIES);
  rst_test_server_play (self->script, "C: STAT\n"
                                      "S: +OK 1 21\n"
                                      "C: LIST\n"
                                      "S: +OK 1\n"
                                      "S: 1 21\n"
                                      "S: .\n"
                                      "C: UIDL\n"
                                      "S: +OK\n"
                                      "S: 1 u1\n"
                                      "S: .\n");
  log_in (self, "1");
  g_assert_true (rst_pop3_session_stat (self->session, &n_messages, &size, NULL, NULL));
  g_assert_cmpuint (n_messages, ==, 1);
  g_assert_cmpuint (size, ==, 21);
  listing = rst_pop3_session_list (self->session, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rst_pop3_listing_get_row (listing, 0)->size, ==, 21);
  g_assert_cmpstr (rst_pop3_listing_get_row (listing, 0)->uid, ==, "u1");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/secrets/line/%s", lines[i].name);

      g_test_add_data_func (path, &lines[i], test_line);
    }
  g_test_add_func ("/secrets/cut", test_cut);
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/secrets/refused/%s", refusals[i].name);

      client_add (path, test_refused, &refusals[i]);
    }
  client_add ("/secrets/escaped", test_escaped, NULL);
  client_add ("/secrets/later", test_later, NULL);
  client_add ("/secrets/unasked/refusal", test_unasked, "-ERR idle, " SECRET);
  client_add ("/secrets/unasked/nonsense", test_unasked, SECRET);
  client_add ("/secrets/bad-listing", test_bad_listing, NULL);
  client_add ("/secrets/greeting", test_greeting, NULL);
  client_add ("/secrets/no-greeting", test_no_greeting, NULL);
  client_add ("/secrets/short", test_short, NULL);

  return g_test_run ();
}

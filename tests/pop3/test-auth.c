/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-auth"

#include "config.h"

#include <gsasl.h>
#include <string.h>

#include "client.h"

/* What a server says, and what has to come of it. */
typedef struct
{
  const char *name;
  RstPop3Auth auth;
  const char *user;
  const char *secret;
  const char *capabilities;
  const char *script;
  int code; /* of the error, -1 for none */
  const char *words;
} Row;

#define CRAM_CHALLENGE "PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+"
#define CRAM_ANSWER "dGltIGI5MTNhNjAyYzdlZGE3YTQ5NWI0ZTZlNzMzNGQzODkw"
#define XOAUTH2_ANSWER "dXNlcj1hbGljZQFhdXRoPUJlYXJlciB0MGtlbgEB"

static const Row rows[] = {
  /* RFC 4616: without USER, the password goes by AUTH. */
  { "plain", RST_POP3_AUTH_AUTOMATIC, "alice", "secret", "SASL PLAIN LOGIN",
    "C: AUTH PLAIN AGFsaWNlAHNlY3JldA==\n"
    "S: +OK\n",
    -1, NULL },
  { "user-before-plain", RST_POP3_AUTH_AUTOMATIC, "alice", "secret", "USER\nS: SASL PLAIN",
    "C: USER alice\n"
    "S: +OK\n"
    "C: PASS secret\n"
    "S: +OK\n",
    -1, NULL },
  { "login", RST_POP3_AUTH_AUTOMATIC, "alice", "secret", "SASL LOGIN",
    "C: AUTH LOGIN\n"
    "S: + VXNlcm5hbWU6\n"
    "C: YWxpY2U=\n"
    "S: + UGFzc3dvcmQ6\n"
    "C: c2VjcmV0\n"
    "S: +OK\n",
    -1, NULL },
  { "ok-as-challenge", RST_POP3_AUTH_LOGIN, "alice", "secret", "SASL LOGIN",
    "C: AUTH LOGIN\n"
    "S: +OK VXNlcm5hbWU6\n"
    "C: YWxpY2U=\n"
    "S: +OK\n"
    "C: c2VjcmV0\n"
    "S: +OK\n",
    -1, NULL },
  /* RFC 2195 §2 */
  { "cram-md5", RST_POP3_AUTH_AUTOMATIC, "tim", "tanstaaftanstaaf",
    "USER\nS: SASL CRAM-MD5 PLAIN",
    "C: AUTH CRAM-MD5\n"
    "S: + " CRAM_CHALLENGE "\n"
    "C: " CRAM_ANSWER "\n"
    "S: +OK\n",
    -1, NULL },
  { "cram-md5-not-for-this-user", RST_POP3_AUTH_AUTOMATIC, "tim", "tanstaaftanstaaf",
    "USER\nS: SASL CRAM-MD5",
    "C: AUTH CRAM-MD5\n"
    "S: + " CRAM_CHALLENGE "\n"
    "C: " CRAM_ANSWER "\n"
    "S: -ERR no\n"
    "C: USER tim\n"
    "S: +OK\n"
    "C: PASS tanstaaftanstaaf\n"
    "S: +OK\n",
    -1, NULL },
  { "cram-md5-try-later", RST_POP3_AUTH_AUTOMATIC, "tim", "tanstaaftanstaaf",
    "USER\nS: SASL CRAM-MD5",
    "C: AUTH CRAM-MD5\n"
    "S: -ERR [SYS/TEMP] tomorrow\n",
    RST_POP3_ERROR_TRY_LATER, "tomorrow" },
  { "chosen-and-refused", RST_POP3_AUTH_CRAM_MD5, "tim", "tanstaaftanstaaf", "USER",
    "C: AUTH CRAM-MD5\n"
    "S: -ERR unknown\n",
    RST_POP3_ERROR_AUTH, "unknown" },
  { "apop-not-offered", RST_POP3_AUTH_APOP, "alice", "secret", "USER", "",
    RST_POP3_ERROR_UNSUPPORTED, "APOP" },
  { "password", RST_POP3_AUTH_PASSWORD, "alice", "secret", "USER\nS: SASL CRAM-MD5",
    "C: USER alice\n"
    "S: +OK\n"
    "C: PASS secret\n"
    "S: +OK\n",
    -1, NULL },
  { "xoauth2", RST_POP3_AUTH_TOKEN, "alice", "t0ken", "SASL PLAIN XOAUTH2",
    "C: AUTH XOAUTH2 " XOAUTH2_ANSWER "\n"
    "S: +OK\n",
    -1, NULL },
  { "xoauth2-refused", RST_POP3_AUTH_XOAUTH2, "alice", "t0ken", "SASL XOAUTH2",
    "C: AUTH XOAUTH2 " XOAUTH2_ANSWER "\n"
    /* {"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"} */
    "S: + eyJzdGF0dXMiOiI0MDAiLCJzY2hlbWVzIjoiQmVhcmVyIiwic2NvcGUiOiJodHRwczovL21haWwuZ29vZ2xlLm"
    "NvbS8ifQ==\n"
    "C: \n"
    "S: -ERR no\n",
    RST_POP3_ERROR_AUTH, "expired" },
  /* RFC 7628 §4.1 */
  { "oauthbearer", RST_POP3_AUTH_TOKEN, "user@example.com", "vF9dft4qmT",
    "SASL XOAUTH2 OAUTHBEARER", "C: AUTH OAUTHBEARER *\n", -1, NULL },
  { "oauthbearer-refused", RST_POP3_AUTH_OAUTHBEARER, "user@example.com", "vF9dft4qmT", "SASL X",
    "C: AUTH OAUTHBEARER *\n"
    /* {"status":"insufficient_scope","error_description":"Ask for mail.pop"} */
    "S: + eyJzdGF0dXMiOiJpbnN1ZmZpY2llbnRfc2NvcGUiLCJlcnJvcl9kZXNjcmlwdGlvbiI6IkFzayBmb3IgbWFpbC"
    "5wb3AifQ==\n"
    "C: AQ==\n"
    "S: -ERR no\n",
    RST_POP3_ERROR_AUTH, "“Ask for mail.pop”" },
  { "asks-without-end", RST_POP3_AUTH_XOAUTH2, "alice", "t0ken", "SASL XOAUTH2",
    "C: AUTH XOAUTH2 *\n"
    "S: + \nC: \nS: + \nC: \nS: + \nC: \nS: + \nC: \nS: + \nC: \nS: + \nC: \nS: + \nC: \nS: + \n",
    RST_POP3_ERROR_PROTOCOL, "without end" },
  { "nonsense", RST_POP3_AUTH_PLAIN, "alice", "secret", "SASL PLAIN",
    "C: AUTH PLAIN *\n"
    "S: HTTP/1.1 400 Bad Request\n",
    RST_POP3_ERROR_PROTOCOL, "makes no sense" },
  { "not-base64", RST_POP3_AUTH_CRAM_MD5, "alice", "secret", "SASL CRAM-MD5",
    "C: AUTH CRAM-MD5\n"
    "S: + %%%\n",
    RST_POP3_ERROR_PROTOCOL, "CRAM-MD5" },
  { "secret-quoted-back", RST_POP3_AUTH_PLAIN, "alice", "secret", "SASL PLAIN",
    "C: AUTH PLAIN AGFsaWNlAHNlY3JldA==\n"
    "S: -ERR no AGFsaWNlAHNlY3JldA== or secret here\n",
    RST_POP3_ERROR_AUTH, "no *** or *** here" },
};

static void
play_greeting (Client *self,
               const char *capabilities)
{
  g_autofree char *script = g_strdup_printf ("S: +OK ready\n"
                                             "C: CAPA\n"
                                             "S: +OK\n"
                                             "S: %s\n"
                                             "S: .\n",
                                             capabilities);

  rst_test_server_play (self->script, script);
}

static void
sign_in (Client *self,
         const char *user,
         const char *secret,
         int code,
         const char *words)
{
  g_autoptr (GError) error = NULL;
  gboolean is_good;

  client_open (self);
  is_good = rst_pop3_session_login (self->session, user, secret, NULL, &error);
  g_assert_cmpint (rst_pop3_session_is_signed_in (self->session), ==, code < 0);
  g_assert_cmpint (is_good, ==, code < 0);
  if (code < 0)
    g_assert_no_error (error);
  else
    {
      g_assert_error (error, RST_POP3_ERROR, code);
      g_assert_nonnull (strstr (error->message, words));
      g_assert_null (strstr (error->message, secret));
    }
  g_assert_null (strstr (self->trace->str, secret));
}

static void
test_row (Client *self,
          gconstpointer data)
{
  const Row *row = data;

  self->where.auth = row->auth;
  play_greeting (self, row->capabilities);
  rst_test_server_play (self->script, row->script);
  if (row->code < 0 && g_str_has_suffix (row->script, "*\n"))
    rst_test_server_play (self->script, "S: +OK\n");
  if (row->code < 0)
    rst_test_server_play (self->script, "C: CAPA\n"
                                        "S: -ERR\n");
  sign_in (self, row->user, row->secret, row->code, row->words);
  g_assert_null (strstr (self->trace->str, "AGFsaWNlAHNlY3JldA=="));
}

/* RFC 5034 §4: what makes the command too long waits for the server's go-ahead. */
static void
test_long_response (Client *self,
                    gconstpointer data)
{
  g_autofree char *secret = g_strnfill (300, 'x');
  g_autofree char *plain = g_malloc0 (3 + 300);
  g_autofree char *encoded = NULL;

  /* NUL, user, NUL, password */
  plain[1] = 'a';
  memcpy (plain + 3, secret, 300);
  encoded = g_base64_encode ((const guchar *)plain, 303);
  self->where.auth = RST_POP3_AUTH_PLAIN;
  play_greeting (self, "SASL PLAIN");
  rst_test_server_play (self->script, "C: AUTH PLAIN\n"
                                      "S: +\n");
  rst_test_server_expect (self->script, encoded);
  rst_test_server_play (self->script, "S: +OK\n"
                                      "C: CAPA\n"
                                      "S: -ERR\n");
  sign_in (self, "a", secret, -1, NULL);
}

/* As long as a token may be: it waits for the go-ahead, and goes in one line (RFC 5034 §4: however
 * long that is). */
static void
test_long_token (Client *self,
                 gconstpointer data)
{
  g_autofree char *token = g_strnfill (RST_POP3_MAX_TOKEN, 'x');
  g_autofree char *user = g_strnfill (1024, 'u');
  g_autofree char *answer = g_strdup_printf ("user=%s\001auth=Bearer %s\001\001", user, token);
  g_autofree char *encoded = NULL;

  self->where.auth = RST_POP3_AUTH_TOKEN;
  play_greeting (self, "SASL XOAUTH2");
  rst_test_server_play (self->script, "C: AUTH XOAUTH2\n"
                                      "S: +\n");
  encoded = g_base64_encode ((const guchar *)answer, strlen (answer));
  rst_test_server_expect (self->script, encoded);
  rst_test_server_play (self->script, "S: +OK\n"
                                      "C: CAPA\n"
                                      "S: -ERR\n");
  sign_in (self, user, token, -1, NULL);
}

/* Nobody is told to type a token. */
static void
test_too_long_token (Client *self,
                     gconstpointer data)
{
  g_autofree char *token = g_strnfill (RST_POP3_MAX_TOKEN + 1, 'x');

  self->where.auth = RST_POP3_AUTH_TOKEN;
  play_greeting (self, "SASL XOAUTH2");
  sign_in (self, "alice", token, RST_POP3_ERROR_AUTH, "where the account gets its token from");
}

/* What an impostor says in the place of the proof that it knows the password. */
typedef enum
{
  PROOF_HONEST,
  PROOF_FORGED,
  PROOF_MISSING,
  PROOF_NONSENSE,
  PROOF_SKIPPED,
} Proof;

/* The other side of SCRAM. */
typedef struct
{
  const char *name;
  const char *mechanism;
  const char *iterations;
  gboolean is_tls;
  Proof proof;
  int code;
  const char *words;
} Scram;

static const Scram scrams[] = {
  { "sha-256", "SCRAM-SHA-256", "4096", FALSE, PROOF_HONEST, -1, NULL },
  { "sha-1", "SCRAM-SHA-1", "4096", FALSE, PROOF_HONEST, -1, NULL },
  { "bound-sha-256", "SCRAM-SHA-256-PLUS", "4096", TRUE, PROOF_HONEST, -1, NULL },
  { "bound-sha-1", "SCRAM-SHA-1-PLUS", "4096", TRUE, PROOF_HONEST, -1, NULL },
  { "forged", "SCRAM-SHA-256", "4096", FALSE, PROOF_FORGED, RST_POP3_ERROR_TLS, "impostor" },
  { "missing", "SCRAM-SHA-256", "4096", FALSE, PROOF_MISSING, RST_POP3_ERROR_TLS, "impostor" },
  { "nonsense", "SCRAM-SHA-1", "4096", FALSE, PROOF_NONSENSE, RST_POP3_ERROR_TLS, "impostor" },
  { "skipped", "SCRAM-SHA-256", "4096", FALSE, PROOF_SKIPPED, RST_POP3_ERROR_TLS, "impostor" },
  { "absurd-work", "SCRAM-SHA-256", "99999999", FALSE, PROOF_HONEST, RST_POP3_ERROR_PROTOCOL,
    "absurd" },
};

static int
scram_property_cb (Gsasl *library,
                   Gsasl_session *session,
                   Gsasl_property property)
{
  const Scram *row = gsasl_callback_hook_get (library);
  GTlsConnection *tls = gsasl_session_hook_get (session);

  if (property == GSASL_PASSWORD)
    return gsasl_property_set (session, property, "secret");
  if (property == GSASL_CB_TLS_EXPORTER && tls != NULL)
    {
      g_autoptr (GByteArray) data = g_byte_array_new ();
      g_autofree char *encoded = NULL;

      g_assert_true (g_tls_connection_get_channel_binding_data (
          tls, G_TLS_CHANNEL_BINDING_TLS_EXPORTER, data, NULL));
      encoded = g_base64_encode (data->data, data->len);
      return gsasl_property_set (session, property, encoded);
    }
  if (property == GSASL_SCRAM_ITER)
    return gsasl_property_set (session, property, row->iterations);
  if (property == GSASL_SCRAM_SALT)
    return gsasl_property_set (session, property, "QSXCR+Q6sek8bf92");
  return GSASL_NO_CALLBACK;
}

/* A signature of the right form that somebody made up. */
static char *
forge (void)
{
  guchar signature[32] = { 1, 2, 3 };
  g_autofree char *value = g_base64_encode (signature, sizeof signature);
  g_autofree char *message = g_strconcat ("v=", value, NULL);

  return g_base64_encode ((const guchar *)message, strlen (message));
}

static char *
dup_answer (const Scram *row,
            gboolean is_first,
            const char *challenge)
{
  g_autofree char *forged = forge ();

  if (row->proof == PROOF_SKIPPED)
    return g_strdup ("+OK Logged in\r\n");
  if (is_first || row->proof == PROOF_HONEST)
    return g_strdup_printf ("+ %s\r\n", challenge);
  if (row->proof == PROOF_FORGED)
    return g_strdup_printf ("+ %s\r\n", forged);
  return g_strdup (row->proof == PROOF_MISSING ? "+OK\r\n" : "+ bm9uc2Vuc2U=\r\n");
}

static void
scram_cb (GIOStream *stream,
          gpointer user_data)
{
  const Scram *row = user_data;
  g_autoptr (GDataInputStream) input = NULL;
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autofree char *prefix = g_strdup_printf ("AUTH %s ", row->mechanism);
  Gsasl *library = NULL;
  Gsasl_session *session = NULL;
  int status = GSASL_NEEDS_MORE;

  input = g_data_input_stream_new (g_io_stream_get_input_stream (stream));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  g_assert_cmpint (gsasl_init (&library), ==, GSASL_OK);
  gsasl_callback_hook_set (library, (gpointer)row);
  gsasl_callback_set (library, scram_property_cb);
  g_assert_cmpint (gsasl_server_start (library, row->mechanism, &session), ==, GSASL_OK);
  gsasl_session_hook_set (session, row->is_tls ? stream : NULL);
  while (status == GSASL_NEEDS_MORE)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);
      g_autofree char *reply = NULL;
      char *challenge = NULL;
      gboolean is_first = line != NULL && g_str_has_prefix (line, prefix);

      if (line == NULL)
        break;
      status = gsasl_step64 (session, line + (is_first ? strlen (prefix) : 0), &challenge);
      g_assert_true (status == GSASL_OK || status == GSASL_NEEDS_MORE);
      reply = dup_answer (row, is_first, challenge);
      g_output_stream_write_all (output, reply, strlen (reply), NULL, NULL, NULL);
      gsasl_free (challenge);
    }
  gsasl_finish (session);
  gsasl_done (library);
}

static void
test_scram (Client *self,
            gconstpointer data)
{
  const Scram *row = data;
  g_autofree char *capability =
      g_strconcat ("USER\nS: SASL PLAIN CRAM-MD5 SCRAM-SHA-1 ", row->mechanism,
                   g_str_has_suffix (row->mechanism, "256-PLUS") ? " SCRAM-SHA-256" : "", NULL);

  if (row->is_tls)
    {
      rst_test_server_use_tls (self->script);
      self->where.security = RST_POP3_SECURITY_TLS;
      self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
    }

  play_greeting (self, capability);
  rst_test_server_call (self->script, scram_cb, (gpointer)row);
  if (row->code < 0)
    rst_test_server_play (self->script, "C: \n"
                                        "S: +OK\n"
                                        "C: CAPA\n"
                                        "S: -ERR\n");
  sign_in (self, "alice", "secret", row->code, row->words);
}

static void
test_names (void)
{
  for (RstPop3Auth auth = RST_POP3_AUTH_AUTOMATIC; auth <= RST_POP3_AUTH_XOAUTH2; auth++)
    {
      RstPop3Auth again = RST_POP3_AUTH_AUTOMATIC;

      g_assert_true (rst_pop3_auth_from_string (rst_pop3_auth_to_string (auth), &again));
      g_assert_cmpint (again, ==, auth);
    }
  g_assert_false (rst_pop3_auth_from_string ("kerberos", &(RstPop3Auth){ 0 }));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/auth/names", test_names);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/auth/%s", rows[i].name);

      client_add (path, test_row, &rows[i]);
    }
  client_add ("/auth/long-response", test_long_response, NULL);
  client_add ("/auth/long-token", test_long_token, NULL);
  client_add ("/auth/too-long-token", test_too_long_token, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (scrams); i++)
    {
      g_autofree char *path = g_strdup_printf ("/auth/scram/%s", scrams[i].name);

      client_add (path, test_scram, &scrams[i]);
    }

  return g_test_run ();
}

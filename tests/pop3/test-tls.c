/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-tls"

#include "config.h"

#include <string.h>

#include "client.h"

static void
assert_tls_error (const GError *error,
                  const char *words)
{
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS);
  if (strstr (error->message, words) == NULL)
    g_error ("\"%s\" does not say \"%s\"", error->message, words);
}

static void
trust (Client *self)
{
  self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
}

static void
use_tls (Client *self)
{
  self->where.security = RST_POP3_SECURITY_TLS;
  rst_test_server_use_tls (self->script);
}

static void
play_greeting (Client *self)
{
  rst_test_server_play (self->script,
                        "S: +OK in secret\n"
                        "C: CAPA\n"
                        "S: -ERR\n");
}

static void
test_trusted (Client *self,
              gconstpointer data)
{
  use_tls (self);
  trust (self);
  play_greeting (self);
  rst_test_server_play (self->script,
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  client_log_in (self);
  g_assert_true (rst_pop3_session_quit (self->session, NULL, NULL));
}

/* Big answers and small pieces, through TLS's own buffers. */
static void
test_transfer (Client *self,
               gconstpointer data)
{
  g_autofree char *line = g_strnfill (100000, 'x');
  g_autofree char *reply = g_strconcat ("+OK\r\n", line, "\r\n.\r\n", NULL);
  const guint32 numbers[] = { 1, 2, 3 };
  g_autoptr (GError) error = NULL;

  use_tls (self);
  trust (self);
  rst_test_server_play_login (self->script, PIPELINING);
  rst_test_server_play (self->script,
                        "C: TOP 1 99\n"
                        "C: TOP 2 99\n"
                        "C: TOP 3 99\n");
  rst_test_server_split (self->script, 7777, 0);
  rst_test_server_flood (self->script, reply, 3);
  client_log_in (self);
  rst_pop3_session_top (self->session, numbers, 3, 99, &CLIENT_SINK, self, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (self->messages->len, ==, 3 * (strlen ("1:") + 100002 + strlen ("|")));
}

static void
test_untrusted (Client *self,
                gconstpointer data)
{
  const RstTestCertificate *certificate = rst_test_server_get_certificate (self->script);
  g_autofree char *start = g_ascii_strup (certificate->pin, 2);
  g_autoptr (GError) error = NULL;

  use_tls (self);
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "not issued by a known authority");
  assert_tls_error (error, start);
}

static void
test_faults (Client *self,
             gconstpointer data)
{
  RstTestCertificateFaults faults = GPOINTER_TO_UINT (data);
  g_autoptr (RstTestCertificate) certificate = rst_test_certificate_new (faults);
  g_autoptr (GError) error = NULL;

  rst_test_server_set_certificate (self->script, certificate);
  use_tls (self);
  trust (self);
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  if ((faults & RST_TEST_CERTIFICATE_EXPIRED) != 0)
    assert_tls_error (error, "it has expired");
  if ((faults & RST_TEST_CERTIFICATE_OTHER_NAME) != 0)
    assert_tls_error (error, "a server of another name");
  if ((faults & RST_TEST_CERTIFICATE_NOT_YET) != 0)
    assert_tls_error (error, "it is not valid yet");
  g_assert_null (strstr (error->message, "authority"));
  client_finish (self);
}

static char *
dup_with_colons (const char *pin)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; pin[i] != '\0'; i += 2)
    g_string_append_printf (text, "%s%.2s", i > 0 ? ":" : "", pin + i);
  return g_string_free (text, FALSE);
}

static void
test_pinned (Client *self,
             gconstpointer data)
{
  g_autoptr (RstTestCertificate) certificate = NULL;
  g_autofree char *colons = NULL;
  g_autofree char *pin = NULL;
  gboolean is_fancy = GPOINTER_TO_INT (data);

  certificate = rst_test_certificate_new (RST_TEST_CERTIFICATE_EXPIRED |
                                          RST_TEST_CERTIFICATE_OTHER_NAME);
  colons = dup_with_colons (certificate->pin);
  pin = is_fancy ? g_ascii_strup (colons, -1) : g_strdup (certificate->pin);
  rst_test_server_set_certificate (self->script, certificate);
  use_tls (self);
  self->where.certificate_pin = pin;
  play_greeting (self);
  client_open (self);
  client_finish (self);
}

/* A pin that is not the server's, however near, is refused: also where authorities vouch for the
 * certificate. */
static void
test_wrong_pin (Client *self,
                gconstpointer data)
{
  const char *right = rst_test_server_get_certificate (self->script)->pin;
  g_autofree char *pin = NULL;
  g_autoptr (GError) error = NULL;

  switch (GPOINTER_TO_INT (data))
    {
    case 0:
      pin = g_strdup (right);
      pin[63] = pin[63] == '0' ? '1' : '0';
      break;
    case 1:
      pin = g_strndup (right, 62);
      break;
    case 2:
      pin = g_strconcat (right, "00", NULL);
      break;
    default:
      pin = g_strdup ("");
    }
  use_tls (self);
  trust (self);
  self->where.certificate_pin = pin;
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "not the one that is pinned");
}

static void
test_ca_file_missing (Client *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  use_tls (self);
  self->where.ca_file = "no-such-file.pem";
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "“no-such-file.pem”");
}

static void
test_plaintext_port (Client *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.security = RST_POP3_SECURITY_TLS;
  rst_test_server_play (self->script, "S: +OK in the clear\n");
  rst_test_server_hang (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "does not speak TLS");
}

static void
test_silent_port (Client *self,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.security = RST_POP3_SECURITY_TLS;
  self->where.timeout = 1;
  rst_test_server_hang (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "when TLS was to begin"));
}

static void
test_closed_handshake (Client *self,
                       gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.security = RST_POP3_SECURITY_TLS;
  if (GPOINTER_TO_INT (data))
    rst_test_server_reset (self->script);
  else
    rst_test_server_drop (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  /* A reset may be there before connecting is over. */
  if (!GPOINTER_TO_INT (data) || strstr (error->message, "before the server said") == NULL)
    g_assert_nonnull (strstr (error->message, "when TLS was to begin"));
}

/* The other way round: TLS waits for the client to begin, and so does a client in the clear. */
static void
test_encrypted_port (Client *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  rst_test_server_use_tls (self->script);
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "choose security “TLS”"));
}

/* A connection that is cut without TLS's farewell is a cut connection, and nothing else. */
static void
test_cut (Client *self,
          gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  use_tls (self);
  trust (self);
  play_greeting (self);
  rst_test_server_expect (self->script, "NOOP");
  rst_test_server_reset (self->script);
  client_open (self);
  g_assert_false (rst_pop3_session_noop (self->session, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
set_up_stls (Client *self)
{
  self->where.security = RST_POP3_SECURITY_STARTTLS;
  trust (self);
}

/* What was said in the clear does not count: TOP and PIPELINING were an attacker's. */
static void
test_stls (Client *self,
           gconstpointer data)
{
  const RstPop3Capabilities *capabilities;

  set_up_stls (self);
  rst_test_server_play (self->script,
                        "S: +OK <1@example.org>\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: STLS\n"
                        "S: TOP\n"
                        "S: PIPELINING\n"
                        "S: .\n"
                        "C: STLS\n"
                        "S: +OK\n");
  rst_test_server_starttls (self->script);
  rst_test_server_play (self->script,
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: UIDL\n"
                        "S: .\n"
                        "C: USER me\n"
                        "S: +OK\n"
                        "C: PASS secret\n"
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: UIDL\n"
                        "S: .\n");
  client_log_in (self);
  capabilities = rst_pop3_session_get_capabilities (self->session);
  g_assert_true (capabilities->has_uidl);
  g_assert_false (capabilities->has_top);
  g_assert_false (capabilities->has_pipelining);
}

static void
test_stls_without_capa (Client *self,
                        gconstpointer data)
{
  set_up_stls (self);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: STLS\n"
                        "S: +OK\n");
  rst_test_server_starttls (self->script);
  client_open (self);
}

/* A pin is as good, and as strict, after STLS. */
static void
test_stls_pinned (Client *self,
                  gconstpointer data)
{
  gboolean is_right = GPOINTER_TO_INT (data);
  g_autofree char *pin = g_strdup (rst_test_server_get_certificate (self->script)->pin);
  g_autoptr (GError) error = NULL;

  if (!is_right)
    pin[0] = pin[0] == '0' ? '1' : '0';
  self->where.security = RST_POP3_SECURITY_STARTTLS;
  self->where.certificate_pin = pin;
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: STLS\n"
                        "S: +OK\n");
  rst_test_server_starttls (self->script);
  if (is_right)
    {
      client_open (self);
      return;
    }
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "not the one that is pinned");
}

static void
test_stls_capa_hang_up (Client *self,
                        gconstpointer data)
{
  set_up_stls (self);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: STLS\n"
                        "S: .\n"
                        "C: STLS\n"
                        "S: +OK\n");
  rst_test_server_starttls (self->script);
  rst_test_server_expect (self->script, "CAPA");
  rst_test_server_drop (self->script);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: STLS\n"
                        "S: +OK\n");
  rst_test_server_starttls (self->script);
  client_open (self);
  g_assert_cmpint (rst_pop3_session_get_quirks (self->session), ==, RST_POP3_QUIRK_NO_CAPA);
}

/* No login in the clear, whatever the server says to STLS. */
static void
test_stls_refused (Client *self,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_up_stls (self);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: STLS\n"
                        "S: -ERR no certificate\n");
  error = client_open_fails (self);
  assert_tls_error (error, "“no certificate”");
}

static void
test_stls_not_listed (Client *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  set_up_stls (self);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: USER\n"
                        "S: .\n");
  error = client_open_fails (self);
  assert_tls_error (error, "lacks STLS");
}

static void
play_stls (Client *self)
{
  set_up_stls (self);
  rst_test_server_play (self->script,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: STLS\n");
}

static void
test_stls_injected (Client *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_stls (self);
  rst_test_server_send (self->script, "+OK\r\n+OK injected\r\n");
  rst_test_server_expect_close (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "went on in the clear: “+OK injected”");
}

static void
test_stls_then_err (Client *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_stls (self);
  rst_test_server_play (self->script, "S: +OK begin\n");
  rst_test_server_pause (self->script, 50);
  rst_test_server_play (self->script, "S: -ERR no certificate\n");
  rst_test_server_hang (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "then did not speak it well");
}

static void
test_stls_then_close (Client *self,
                      gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_stls (self);
  rst_test_server_play (self->script, "S: +OK begin\n");
  rst_test_server_drop (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static void
test_stls_then_silence (Client *self,
                        gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  play_stls (self);
  rst_test_server_play (self->script, "S: +OK begin\n");
  rst_test_server_hang (self->script);
  error = client_open_fails (self);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static void
test_stls_untrusted (Client *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  play_stls (self);
  self->where.ca_file = NULL;
  rst_test_server_play (self->script, "S: +OK begin\n");
  rst_test_server_starttls (self->script);
  error = client_open_fails (self);
  assert_tls_error (error, "not issued by a known authority");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  client_add ("/tls/trusted", test_trusted, NULL);
  client_add ("/tls/transfer", test_transfer, NULL);
  client_add ("/tls/untrusted", test_untrusted, NULL);
  client_add ("/tls/expired", test_faults, GUINT_TO_POINTER (RST_TEST_CERTIFICATE_EXPIRED));
  client_add ("/tls/other-name", test_faults, GUINT_TO_POINTER (RST_TEST_CERTIFICATE_OTHER_NAME));
  client_add ("/tls/not-yet", test_faults, GUINT_TO_POINTER (RST_TEST_CERTIFICATE_NOT_YET));
  client_add ("/tls/expired-and-other-name", test_faults,
              GUINT_TO_POINTER (RST_TEST_CERTIFICATE_EXPIRED | RST_TEST_CERTIFICATE_OTHER_NAME));
  client_add ("/tls/pinned", test_pinned, GINT_TO_POINTER (FALSE));
  client_add ("/tls/pinned-with-colons", test_pinned, GINT_TO_POINTER (TRUE));
  client_add ("/tls/wrong-pin/digit", test_wrong_pin, GINT_TO_POINTER (0));
  client_add ("/tls/wrong-pin/short", test_wrong_pin, GINT_TO_POINTER (1));
  client_add ("/tls/wrong-pin/long", test_wrong_pin, GINT_TO_POINTER (2));
  client_add ("/tls/wrong-pin/empty", test_wrong_pin, GINT_TO_POINTER (3));
  client_add ("/tls/ca-file-missing", test_ca_file_missing, NULL);
  client_add ("/tls/plaintext-port", test_plaintext_port, NULL);
  client_add ("/tls/silent-port", test_silent_port, NULL);
  client_add ("/tls/closed-handshake", test_closed_handshake, GINT_TO_POINTER (FALSE));
  client_add ("/tls/reset-handshake", test_closed_handshake, GINT_TO_POINTER (TRUE));
  client_add ("/tls/encrypted-port", test_encrypted_port, NULL);
  client_add ("/tls/cut", test_cut, NULL);
  client_add ("/tls/stls/trusted", test_stls, NULL);
  client_add ("/tls/stls/without-capa", test_stls_without_capa, NULL);
  client_add ("/tls/stls/pinned", test_stls_pinned, GINT_TO_POINTER (TRUE));
  client_add ("/tls/stls/wrong-pin", test_stls_pinned, GINT_TO_POINTER (FALSE));
  client_add ("/tls/stls/capa-hang-up", test_stls_capa_hang_up, NULL);
  client_add ("/tls/stls/refused", test_stls_refused, NULL);
  client_add ("/tls/stls/not-listed", test_stls_not_listed, NULL);
  client_add ("/tls/stls/injected", test_stls_injected, NULL);
  client_add ("/tls/stls/then-err", test_stls_then_err, NULL);
  client_add ("/tls/stls/then-close", test_stls_then_close, NULL);
  client_add ("/tls/stls/then-silence", test_stls_then_silence, NULL);
  client_add ("/tls/stls/untrusted", test_stls_untrusted, NULL);
  return g_test_run ();
}

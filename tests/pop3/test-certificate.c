/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-certificate"

#include "config.h"

#include <string.h>

#include <gnutls/gnutls.h>

#include "client.h"

static gssize
push_cb (gnutls_transport_ptr_t stream,
         const void *bytes,
         gsize length)
{
  return g_output_stream_write (g_io_stream_get_output_stream (stream), bytes, length, NULL, NULL);
}

static gssize
pull_cb (gnutls_transport_ptr_t stream,
         void *bytes,
         gsize length)
{
  return g_input_stream_read (g_io_stream_get_input_stream (stream), bytes, length, NULL, NULL);
}

typedef struct
{
  const RstTestCertificate *certificate;
  const char *versions;
  int result;
  gssize n_received;
} OldServer;

static void
load_certificate (OldServer *self,
                  gnutls_certificate_credentials_t credentials)
{
  g_autofree char *key = NULL;
  gnutls_datum_t certificate_datum;
  gnutls_datum_t key_datum;

  g_object_get (self->certificate->certificate, "private-key-pem", &key, NULL);
  certificate_datum = (gnutls_datum_t){ (guint8 *)self->certificate->pem,
                                        (guint)strlen (self->certificate->pem) };
  key_datum = (gnutls_datum_t){ (guint8 *)key, (guint)strlen (key) };
  g_assert_cmpint (gnutls_certificate_set_x509_key_mem (credentials, &certificate_datum, &key_datum,
                                                        GNUTLS_X509_FMT_PEM),
                   >=, 0);
}

/* A handshake of these versions of TLS and no other, and a greeting behind it. */
static void
serve_cb (GIOStream *stream,
          gpointer user_data)
{
  OldServer *self = user_data;
  g_autofree char *priority = g_strconcat ("NORMAL:-VERS-ALL:", self->versions, NULL);
  gnutls_certificate_credentials_t credentials = NULL;
  gnutls_session_t session = NULL;
  char line[100];

  gnutls_certificate_allocate_credentials (&credentials);
  load_certificate (self, credentials);
  gnutls_init (&session, GNUTLS_SERVER);
  g_assert_cmpint (gnutls_priority_set_direct (session, priority, NULL), ==, 0);
  gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_ptr (session, stream);
  gnutls_transport_set_push_function (session, push_cb);
  gnutls_transport_set_pull_function (session, pull_cb);
  do
    self->result = gnutls_handshake (session);
  while (self->result < 0 && !gnutls_error_is_fatal (self->result));
  if (self->result == 0)
    {
      gnutls_record_send (session, "+OK ready\r\n", strlen ("+OK ready\r\n"));
      self->n_received = gnutls_record_recv (session, line, sizeof line);
      gnutls_record_send (session, "-ERR\r\n", strlen ("-ERR\r\n"));
    }
  gnutls_deinit (session);
  gnutls_certificate_free_credentials (credentials);
}

static OldServer
prepare (Client *self,
         const char *versions)
{
  self->where.security = RST_POP3_SECURITY_TLS;
  self->where.ca_file = rst_test_server_get_certificate (self->script)->ca_file;
  return (OldServer){ rst_test_server_get_certificate (self->script), versions, 1, 0 };
}

static void
test_old (Client *self,
          gconstpointer versions)
{
  OldServer server = prepare (self, versions);
  g_autoptr (GError) error = NULL;

  rst_test_server_call (self->script, serve_cb, &server);
  error = client_open_fails (self);
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS);
  client_finish (self);
  g_assert_cmpint (server.n_received, <=, 0);
}

static void
test_new (Client *self,
          gconstpointer versions)
{
  OldServer server = prepare (self, versions);

  rst_test_server_call (self->script, serve_cb, &server);
  client_open (self);
  client_finish (self);
  g_assert_cmpint (server.n_received, ==, strlen ("CAPA\r\n"));
}

static void
test_expires (void)
{
  static const struct
  {
    int seconds;
    gboolean is_soon;
  } rows[] = {
    { -15 * 86400, FALSE },
    { -14 * 86400 - 1, FALSE },
    { -14 * 86400, TRUE },
    { -1, TRUE },
    { 0, FALSE },
    { 86400, FALSE },
  };
  g_autoptr (RstTestCertificate) made = rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
  g_autoptr (RstPop3Certificate) certificate =
      rst_pop3_certificate_new (made->certificate, 0, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GDateTime) now =
          g_date_time_add_seconds (certificate->not_after, rows[i].seconds);

      g_assert_cmpint (rst_pop3_certificate_expires_soon (certificate, now), ==, rows[i].is_soon);
    }
}

static void
test_shown (void)
{
  g_autoptr (RstTestCertificate) made =
      rst_test_certificate_new (RST_TEST_CERTIFICATE_EXPIRED | RST_TEST_CERTIFICATE_OTHER_NAME);
  g_autoptr (RstPop3Certificate) certificate = rst_pop3_certificate_new (
      made->certificate, G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_BAD_IDENTITY, NULL);

  g_assert_cmpstr (certificate->subject, ==, "CN=elsewhere.example");
  g_assert_cmpstr (certificate->issuer, ==, "CN=elsewhere.example");
  g_assert_cmpstr (certificate->names, ==, "elsewhere.example");
  g_assert_cmpstr (certificate->faults, ==,
                   "it is for a server of another name; it has expired");
  g_assert_cmpuint (strlen (certificate->fingerprint), ==, 32 * 3 - 1);
  g_assert_true (rst_pop3_certificate_matches (certificate, made->pin));
  g_assert_true (certificate->is_refused);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/certificate/shown", test_shown);
  g_test_add_func ("/certificate/expires", test_expires);
  client_add ("/certificate/tls-1.0", test_old, "+VERS-TLS1.0");
  client_add ("/certificate/tls-1.1", test_old, "+VERS-TLS1.1");
  client_add ("/certificate/tls-1.2", test_new, "+VERS-TLS1.2");
  client_add ("/certificate/tls-1.3", test_new, "+VERS-TLS1.3");
  return g_test_run ();
}

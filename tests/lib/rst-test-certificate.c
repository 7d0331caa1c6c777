/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-certificate"

#include "config.h"

#include "rst-test-certificate.h"

#include <time.h>

#include <glib/gstdio.h>
#include <gnutls/x509.h>

#define DAY (24 * 60 * 60)

static void
sign (gnutls_x509_crt_t certificate,
      gnutls_x509_privkey_t key,
      RstTestCertificateFaults faults,
      const char *const *names)
{
  static const guint8 loopback[] = { 127, 0, 0, 1 };
  time_t now = time (NULL);
  time_t end = (faults & RST_TEST_CERTIFICATE_EXPIRED) != 0 ? now - DAY : now + 10 * DAY;
  time_t start = (faults & RST_TEST_CERTIFICATE_NOT_YET) != 0 ? now + DAY : now - 2 * DAY;
  guint32 serial = GUINT32_TO_BE (g_random_int () >> 1);
  int result = 0;

  result |= gnutls_x509_crt_set_version (certificate, 3);
  result |= gnutls_x509_crt_set_serial (certificate, &serial, sizeof serial);
  result |= gnutls_x509_crt_set_activation_time (certificate, start);
  result |= gnutls_x509_crt_set_expiration_time (certificate, end);
  result |= gnutls_x509_crt_set_dn_by_oid (certificate, GNUTLS_OID_X520_COMMON_NAME, 0, names[0],
                                           strlen (names[0]));
  for (guint i = 0; names[i] != NULL; i++)
    result |= gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, names[i],
                                                    strlen (names[i]),
                                                    i == 0 ? GNUTLS_FSAN_SET : GNUTLS_FSAN_APPEND);
  if (g_str_equal (names[0], "localhost"))
    result |= gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, loopback,
                                                    sizeof loopback, GNUTLS_FSAN_APPEND);
  result |= gnutls_x509_crt_set_key (certificate, key);
  result |= gnutls_x509_crt_sign2 (certificate, certificate, key, GNUTLS_DIG_SHA256, 0);
  g_assert_cmpint (result, ==, GNUTLS_E_SUCCESS);
}

static char *
dup_datum (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *)datum->data, datum->size);

  gnutls_free (datum->data);
  return text;
}

static char *
write_file (const char *pem)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  int fd;

  fd = g_file_open_tmp ("restante-test-XXXXXX.pem", &path, &error);
  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, pem, -1, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&path);
}

static RstTestCertificate *
create (RstTestCertificateFaults faults,
        const char *const *names)
{
  RstTestCertificate *self = g_new0 (RstTestCertificate, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *key_pem = NULL;
  g_autofree char *both = NULL;
  gnutls_x509_privkey_t key = NULL;
  gnutls_x509_crt_t certificate = NULL;
  gnutls_datum_t datum = { NULL, 0 };

  gnutls_x509_privkey_init (&key);
  gnutls_x509_crt_init (&certificate);
  g_assert_cmpint (gnutls_x509_privkey_generate (
                       key, GNUTLS_PK_ECDSA,
                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0),
                   ==, GNUTLS_E_SUCCESS);
  sign (certificate, key, faults, names);
  g_assert_cmpint (gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &datum), >=, 0);
  self->pem = dup_datum (&datum);
  g_assert_cmpint (gnutls_x509_privkey_export2 (key, GNUTLS_X509_FMT_PEM, &datum), >=, 0);
  key_pem = dup_datum (&datum);
  gnutls_x509_crt_deinit (certificate);
  gnutls_x509_privkey_deinit (key);

  both = g_strconcat (self->pem, key_pem, NULL);
  self->certificate = g_tls_certificate_new_from_pem (both, -1, &error);
  g_assert_no_error (error);
  g_object_get (self->certificate, "certificate", &der, NULL);
  self->pin = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  self->ca_file = write_file (self->pem);
  return self;
}

RstTestCertificate *
rst_test_certificate_new (RstTestCertificateFaults faults)
{
  static const char *const here[] = { "localhost", NULL };
  static const char *const elsewhere[] = { "elsewhere.example", NULL };

  return create (faults, (faults & RST_TEST_CERTIFICATE_OTHER_NAME) != 0 ? elsewhere : here);
}

RstTestCertificate *
rst_test_certificate_new_for_names (const char *const *names)
{
  return create (RST_TEST_CERTIFICATE_GOOD, names);
}

void
rst_test_certificate_free (RstTestCertificate *self)
{
  g_unlink (self->ca_file);
  g_object_unref (self->certificate);
  g_free (self->pem);
  g_free (self->pin);
  g_free (self->ca_file);
  g_free (self);
}

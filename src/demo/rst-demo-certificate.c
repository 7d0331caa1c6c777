/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-certificate"

#include "config.h"

#include "rst-demo-certificate.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <netinet/in.h>

#define DAY_SECS (24 * 60 * 60)

typedef gnutls_x509_privkey_t Key;
typedef gnutls_x509_crt_t Certificate;

G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Key, gnutls_x509_privkey_deinit, NULL)
G_DEFINE_AUTO_CLEANUP_FREE_FUNC (Certificate, gnutls_x509_crt_deinit, NULL)

/* An elliptic key takes a millisecond to make, and every client of today knows P-256. */
static int
make_key (Key *key)
{
  int result = gnutls_x509_privkey_init (key);

  if (result < 0)
    return result;
  return gnutls_x509_privkey_generate (*key,
                                       GNUTLS_PK_ECDSA,
                                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1),
                                       0);
}

static int
set_names (Certificate certificate)
{
  const struct in_addr loopback4 = { htonl (INADDR_LOOPBACK) };
  const struct
  {
    gnutls_x509_subject_alt_name_t kind;
    const void *data;
    unsigned int length;
  } names[] = {
    { GNUTLS_SAN_DNSNAME, "localhost", 9 },
    { GNUTLS_SAN_IPADDRESS, &loopback4, sizeof loopback4 },
    { GNUTLS_SAN_IPADDRESS, &in6addr_loopback, sizeof in6addr_loopback },
  };
  int result = gnutls_x509_crt_set_dn (certificate, "CN=localhost,O=Restante demo server", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names) && result >= 0; i++)
    result = gnutls_x509_crt_set_subject_alt_name (certificate,
                                                   names[i].kind,
                                                   names[i].data,
                                                   names[i].length,
                                                   GNUTLS_FSAN_APPEND);
  return result;
}

static int
make_certificate (Certificate *certificate,
                  Key key)
{
  gint64 now = g_get_real_time ();
  guint64 serial = GUINT64_TO_BE ((guint64)now);
  time_t today = (time_t)(now / G_USEC_PER_SEC);
  int result = gnutls_x509_crt_init (certificate);

  if (result < 0)
    return result;
  gnutls_x509_crt_set_version (*certificate, 3);
  gnutls_x509_crt_set_serial (*certificate, &serial, sizeof serial);
  gnutls_x509_crt_set_activation_time (*certificate, today - DAY_SECS);
  gnutls_x509_crt_set_expiration_time (*certificate, today + 365 * DAY_SECS);
  gnutls_x509_crt_set_basic_constraints (*certificate, 0, -1);
  gnutls_x509_crt_set_key_usage (*certificate, GNUTLS_KEY_DIGITAL_SIGNATURE);
  gnutls_x509_crt_set_key_purpose_oid (*certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
  result = set_names (*certificate);
  if (result >= 0)
    result = gnutls_x509_crt_set_key (*certificate, key);
  if (result >= 0)
    result = gnutls_x509_crt_sign2 (*certificate, *certificate, key, GNUTLS_DIG_SHA256, 0);
  return result;
}

static int
format_pem (Certificate certificate,
            Key key,
            GString *pem)
{
  gnutls_datum_t datum = { NULL, 0 };
  int result = gnutls_x509_crt_export2 (certificate, GNUTLS_X509_FMT_PEM, &datum);

  if (result < 0)
    return result;
  g_string_append_len (pem, (const char *)datum.data, datum.size);
  gnutls_free (datum.data);
  result = gnutls_x509_privkey_export2_pkcs8 (key,
                                              GNUTLS_X509_FMT_PEM,
                                              NULL,
                                              GNUTLS_PKCS_PLAIN,
                                              &datum);
  if (result < 0)
    return result;
  g_string_append_len (pem, (const char *)datum.data, datum.size);
  gnutls_free (datum.data);
  return result;
}

GTlsCertificate *
rst_demo_certificate_new (GError **error)
{
  g_auto (Key) key = NULL;
  g_auto (Certificate) certificate = NULL;
  g_autoptr (GString) pem = g_string_new (NULL);
  int result = make_key (&key);

  if (result >= 0)
    result = make_certificate (&certificate, key);
  if (result >= 0)
    result = format_pem (certificate, key, pem);
  if (result < 0)
    {
      g_set_error (error, G_TLS_ERROR, G_TLS_ERROR_MISC,
                   "Could not make a certificate: %s", gnutls_strerror (result));
      return NULL;
    }
  return g_tls_certificate_new_from_pem (pem->str, (gssize)pem->len, error);
}

char *
rst_demo_certificate_dup_pin (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;

  g_object_get (certificate, "certificate", &der, NULL);
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
}

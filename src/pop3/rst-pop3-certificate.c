/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-certificate"

#include "config.h"

#include "rst-pop3-certificate.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-reply.h"

/* Bytes of a name that is shown. */
#define MAX_NAME 512

/* How long before its end a certificate expires soon. */
#define SOON (14 * G_TIME_SPAN_DAY)

/* Names of servers that are shown. */
#define MAX_NAMES 20

static const struct
{
  GTlsCertificateFlags fault;
  const char *words;
} fault_words[] = {
  { G_TLS_CERTIFICATE_UNKNOWN_CA, N_ ("it was not issued by a known authority") },
  { G_TLS_CERTIFICATE_BAD_IDENTITY, N_ ("it is for a server of another name") },
  { G_TLS_CERTIFICATE_NOT_ACTIVATED, N_ ("it is not valid yet") },
  { G_TLS_CERTIFICATE_EXPIRED, N_ ("it has expired") },
  { G_TLS_CERTIFICATE_REVOKED, N_ ("it was revoked") },
  { G_TLS_CERTIFICATE_INSECURE, N_ ("it uses an insecure algorithm") },
  { G_TLS_CERTIFICATE_GENERIC_ERROR, N_ ("it could not be checked") },
};

static char *
dup_fingerprint (GTlsCertificate *certificate)
{
  g_autoptr (GByteArray) der = NULL;
  g_autofree char *digest = NULL;
  GString *text = g_string_new (NULL);

  g_object_get (certificate, "certificate", &der, NULL);
  digest = g_compute_checksum_for_data (G_CHECKSUM_SHA256, der->data, der->len);
  for (const char *p = digest; *p != '\0'; p++)
    {
      if (p > digest && (p - digest) % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (*p));
    }
  return g_string_free (text, FALSE);
}

static char *
dup_fault_words (GTlsCertificateFlags faults)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_null_terminated (4, NULL, TRUE);

  if (faults == 0)
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (fault_words); i++)
    if ((faults & fault_words[i].fault) != 0)
      g_ptr_array_add (words, (gpointer)_ (fault_words[i].words));
  /* Translators: stands between the faults of a certificate: "it has expired; it was revoked" */
  return g_strjoinv (_ ("; "), (char **)words->pdata);
}

static char *
dup_shown (char *name)
{
  g_autofree char *owned = name;

  return rst_pop3_dup_printable (owned != NULL ? owned : "", MAX_NAME);
}

static void
add_name (GString *names,
          const char *name)
{
  g_autofree char *shown = rst_pop3_dup_printable (name, MAX_NAME);

  if (names->len > 0)
    g_string_append (names, ", ");
  g_string_append (names, shown);
}

static char *
dup_names (GTlsCertificate *certificate)
{
  g_autoptr (GPtrArray) dns_names = g_tls_certificate_get_dns_names (certificate);
  g_autoptr (GPtrArray) addresses = g_tls_certificate_get_ip_addresses (certificate);
  GString *names = g_string_new (NULL);
  guint n_names = 0;

  for (guint i = 0; dns_names != NULL && i < dns_names->len && n_names < MAX_NAMES; i++, n_names++)
    {
      g_autofree char *name = NULL;
      gsize length;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (dns_names, i), &length);

      name = g_strndup (bytes, length);
      add_name (names, name);
    }
  for (guint i = 0; addresses != NULL && i < addresses->len && n_names < MAX_NAMES; i++, n_names++)
    {
      g_autofree char *name = g_inet_address_to_string (g_ptr_array_index (addresses, i));

      add_name (names, name);
    }
  return g_string_free (names, FALSE);
}

RstPop3Certificate *
rst_pop3_certificate_new (GTlsCertificate *certificate,
                          GTlsCertificateFlags faults,
                          const char *pin)
{
  RstPop3Certificate *self = g_atomic_rc_box_new0 (RstPop3Certificate);

  self->subject = dup_shown (g_tls_certificate_get_subject_name (certificate));
  self->issuer = dup_shown (g_tls_certificate_get_issuer_name (certificate));
  self->names = dup_names (certificate);
  self->not_before = g_tls_certificate_get_not_valid_before (certificate);
  self->not_after = g_tls_certificate_get_not_valid_after (certificate);
  self->fingerprint = dup_fingerprint (certificate);
  self->faults = dup_fault_words (faults);
  if (pin != NULL)
    self->is_refused = !rst_pop3_certificate_matches (self, pin);
  else
    self->is_refused = faults != 0;
  return self;
}

RstPop3Certificate *
rst_pop3_certificate_ref (RstPop3Certificate *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
certificate_clear (gpointer data)
{
  RstPop3Certificate *self = data;

  g_free (self->subject);
  g_free (self->issuer);
  g_free (self->names);
  g_clear_pointer (&self->not_before, g_date_time_unref);
  g_clear_pointer (&self->not_after, g_date_time_unref);
  g_free (self->fingerprint);
  g_free (self->faults);
}

void
rst_pop3_certificate_unref (RstPop3Certificate *self)
{
  g_atomic_rc_box_release_full (self, certificate_clear);
}

gboolean
rst_pop3_certificate_matches (const RstPop3Certificate *self,
                              const char *pin)
{
  const char *fingerprint = self->fingerprint;

  for (;;)
    {
      while (*fingerprint == ':')
        fingerprint++;
      while (*pin == ':' || *pin == ' ')
        pin++;
      if (*fingerprint == '\0' || g_ascii_toupper (*fingerprint) != g_ascii_toupper (*pin))
        return *fingerprint == *pin;
      fingerprint++;
      pin++;
    }
}

gboolean
rst_pop3_certificate_expires_soon (const RstPop3Certificate *self,
                                   GDateTime *now)
{
  GTimeSpan left;

  if (self->not_after == NULL)
    return FALSE;

  left = g_date_time_difference (self->not_after, now);
  return left > 0 && left <= SOON;
}

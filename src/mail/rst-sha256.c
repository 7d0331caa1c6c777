/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-sha256"

#include "config.h"

#include "rst-sha256.h"

#include <string.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

/* RstSha256 is GnuTLS's own handle under a name of ours. SHA-256 fails only where there is no
 * memory or no cryptography at all; identities can't be trusted then, and the program ends as it
 * does when g_malloc() fails. */
static void
check (int status)
{
  if (status < 0)
    g_error ("SHA-256 is not available: %s", gnutls_strerror (status));
}

RstSha256 *
rst_sha256_new (void)
{
  gnutls_hash_hd_t handle = NULL;

  check (gnutls_hash_init (&handle, GNUTLS_DIG_SHA256));

  return (RstSha256 *)handle;
}

RstSha256 *
rst_sha256_copy (const RstSha256 *self)
{
  gnutls_hash_hd_t copy = gnutls_hash_copy ((gnutls_hash_hd_t)self);

  check (copy != NULL ? 0 : GNUTLS_E_MEMORY_ERROR);

  return (RstSha256 *)copy;
}

void
rst_sha256_update (RstSha256 *self,
                   const void *bytes,
                   gsize length)
{
  if (length > 0)
    check (gnutls_hash ((gnutls_hash_hd_t)self, bytes, length));
}

void
rst_sha256_update_lines (RstSha256 *self,
                         const char *bytes,
                         gsize length)
{
  const char *end = bytes + length;
  const char *search = bytes;

  while (search < end)
    {
      const char *cr = memchr (search, '\r', (gsize)(end - search));

      if (cr == NULL)
        break;

      search = cr + 1;
      if (search < end && *search == '\n')
        {
          rst_sha256_update (self, bytes, (gsize)(cr - bytes));
          bytes = search;
        }
    }

  rst_sha256_update (self, bytes, (gsize)(end - bytes));
}

void
rst_sha256_finish (RstSha256 *self,
                   guint8 digest[RST_SHA256_SIZE])
{
  gnutls_hash_deinit ((gnutls_hash_hd_t)self, digest);
}

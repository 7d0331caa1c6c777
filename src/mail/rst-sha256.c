/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-sha256"

#include "config.h"

#include "rst-sha256.h"

#include <string.h>

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

/* GnuTLS takes the processor's instructions for whole blocks of 64 bytes only, and fills up a
 * block that was begun without them. So bytes are gathered here, and most header blocks go out at
 * once. */
#define BUFFER_SIZE (128 * 64)

struct _RstSha256
{
  gnutls_hash_hd_t handle; /* NULL until the buffer was full for the first time. */
  gsize used;
  guint8 buffer[BUFFER_SIZE];
};

/* SHA-256 fails only where there is no memory or no cryptography at all; identities can't be
 * trusted then, and the program ends as it does when g_malloc() fails. */
static void
check (int status)
{
  if (status < 0)
    g_error ("SHA-256 is not available: %s", gnutls_strerror (status));
}

RstSha256 *
rst_sha256_new (void)
{
  RstSha256 *self = g_new (RstSha256, 1);

  self->handle = NULL;
  self->used = 0;

  return self;
}

RstSha256 *
rst_sha256_copy (const RstSha256 *self)
{
  RstSha256 *copy = rst_sha256_new ();

  if (self->handle != NULL)
    {
      copy->handle = gnutls_hash_copy (self->handle);
      check (copy->handle != NULL ? 0 : GNUTLS_E_MEMORY_ERROR);
    }
  copy->used = self->used;
  memcpy (copy->buffer, self->buffer, self->used);

  return copy;
}

void
rst_sha256_update (RstSha256 *self,
                   const void *bytes,
                   gsize length)
{
  const guint8 *rest = bytes;

  while (length > 0)
    {
      gsize fitting = MIN (length, BUFFER_SIZE - self->used);

      memcpy (self->buffer + self->used, rest, fitting);
      self->used += fitting;
      rest += fitting;
      length -= fitting;
      if (self->used < BUFFER_SIZE)
        return;

      if (self->handle == NULL)
        check (gnutls_hash_init (&self->handle, GNUTLS_DIG_SHA256));
      check (gnutls_hash (self->handle, self->buffer, self->used));
      self->used = 0;
    }
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
  if (self->handle == NULL)
    check (gnutls_hash_fast (GNUTLS_DIG_SHA256, self->buffer, self->used, digest));
  else
    {
      check (gnutls_hash (self->handle, self->buffer, self->used));
      gnutls_hash_deinit (self->handle, digest);
    }

  g_free (self);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-identity"

#include "config.h"

#include "rst-identity.h"

RstIdentity *
rst_identity_new (const char *uid,
                  guint32 number,
                  guint64 size,
                  RstHeaderDigest *digest)
{
  RstIdentity *self = g_atomic_rc_box_new0 (RstIdentity);

  self->uid = g_strdup (uid);
  self->number = number;
  self->size = size;
  self->digest = digest;

  return self;
}

RstIdentity *
rst_identity_new_renumbered (const RstIdentity *self,
                             const char *uid,
                             guint32 number,
                             guint64 size)
{
  RstHeaderDigest *digest = self->digest ? rst_header_digest_copy (self->digest) : NULL;
  RstIdentity *copy = rst_identity_new (uid, number, size, digest);

  copy->body = g_memdup2 (self->body, RST_BODY_DIGEST_SIZE);

  return copy;
}

RstIdentity *
rst_identity_new_with_body (const RstIdentity *self,
                            const guint8 body[RST_BODY_DIGEST_SIZE])
{
  RstIdentity *copy = rst_identity_new_renumbered (self, self->uid, self->number, self->size);

  g_free (copy->body);
  copy->body = g_memdup2 (body, RST_BODY_DIGEST_SIZE);

  return copy;
}

RstIdentity *
rst_identity_ref (RstIdentity *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rst_identity_clear (gpointer data)
{
  RstIdentity *self = data;

  g_free (self->uid);
  g_free (self->body);
  g_clear_pointer (&self->digest, rst_header_digest_free);
}

void
rst_identity_unref (RstIdentity *self)
{
  g_atomic_rc_box_release_full (self, rst_identity_clear);
}

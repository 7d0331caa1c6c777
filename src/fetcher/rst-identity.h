/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "mail/rst-body-digest.h"
#include "mail/rst-header-digest.h"

G_BEGIN_DECLS

/**
 * RstIdentity:
 * @uid: (nullable): the server's unique-id as it was last listed
 * @digest: (nullable): of the header block, %NULL while the headers are not loaded
 * @number: the number in the session that listed it last: a hint where there is no UID, and never
 *   acted on unverified
 * @size: octets as last listed, a hint
 * @body: (nullable): digest of the whole message (rst_body_digest_new(), %RST_BODY_DIGEST_SIZE
 *   bytes), once it was read
 *
 * What every user action carries in the place of a number. Immutable, and shared by reference
 * between threads.
 */
typedef struct
{
  char *uid;
  RstHeaderDigest *digest;
  guint8 *body;
  guint64 size;
  guint32 number;
} RstIdentity;

/**
 * rst_identity_new:
 * @uid: (nullable): copied
 * @digest: (transfer full) (nullable):
 */
RstIdentity *rst_identity_new (const char *uid,
                               guint32 number,
                               guint64 size,
                               RstHeaderDigest *digest);

/**
 * rst_identity_new_renumbered:
 *
 * Returns: (transfer full): the same message, as a newer listing shows it.
 */
RstIdentity *rst_identity_new_renumbered (const RstIdentity *self,
                                          const char *uid,
                                          guint32 number,
                                          guint64 size);

/**
 * rst_identity_new_with_body:
 *
 * Returns: (transfer full): the same message, with the digest of the body that was read.
 */
RstIdentity *rst_identity_new_with_body (const RstIdentity *self,
                                         const guint8 body[RST_BODY_DIGEST_SIZE]);

RstIdentity *rst_identity_ref (RstIdentity *self);
void rst_identity_unref (RstIdentity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstIdentity, rst_identity_unref)

G_END_DECLS

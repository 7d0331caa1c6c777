/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RST_BODY_DIGEST_SIZE: bytes of a digest. */
#define RST_BODY_DIGEST_SIZE 32

/**
 * rst_body_digest_new:
 * @bytes: a whole message as RETR sent it; untrusted
 * @digest: (out) (array fixed-size=32): SHA-256 of the message, line ends as LF, without the
 *   volatile header fields and without line ends at its end
 *
 * Tells whether two messages are equal but for what a server rewrites: identical copies may go for
 * one another. Pure; any thread; can't fail.
 */
void rst_body_digest_new (const char *bytes,
                          gsize length,
                          guint8 digest[RST_BODY_DIGEST_SIZE]);

G_END_DECLS

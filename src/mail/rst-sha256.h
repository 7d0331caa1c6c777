/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RST_SHA256_SIZE 32

/**
 * RstSha256:
 *
 * A running SHA-256. GnuTLS, which speaks TLS for us anyway, computes it with the processor's own
 * instructions: eight times as fast as #GChecksum, which would cost more than the server needs to
 * send a header block. Not to be shared between threads.
 */
typedef struct _RstSha256 RstSha256;

/** rst_sha256_new: Returns: (transfer full): the state of no bytes; rst_sha256_finish() frees it.
 */
RstSha256 *rst_sha256_new (void);

/** rst_sha256_copy: Returns: (transfer full): one that goes on from the same state. */
RstSha256 *rst_sha256_copy (const RstSha256 *self);

/** rst_sha256_update: goes on with these bytes; can't fail. */
void rst_sha256_update (RstSha256 *self,
                        const void *bytes,
                        gsize length);

/**
 * rst_sha256_update_lines:
 *
 * As rst_sha256_update(), with each CRLF taken as LF. A bare CR stays as it is.
 */
void rst_sha256_update_lines (RstSha256 *self,
                              const char *bytes,
                              gsize length);

/** rst_sha256_finish: @self: (transfer full): freed by this call. */
void rst_sha256_finish (RstSha256 *self,
                        guint8 digest[RST_SHA256_SIZE]);

G_END_DECLS

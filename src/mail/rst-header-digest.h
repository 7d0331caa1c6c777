/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RST_HEADER_DIGEST_SIZE 32

/**
 * RstHeaderDigest:
 * @exact: SHA-256 of the whole block, line ends as LF
 * @stable: the same without the volatile fields (Status, X-UIDL and their like), which servers
 *   rewrite
 * @common: SHA-256 over the unfolded values of From, To, Subject, Date, Cc, Return-Path and
 *   Received, each with its name
 * @common_tail: @common without the first Received field, which some servers add to one of TOP and
 *   RETR only
 * @message_ids: (nullable) (array zero-terminated=1): the values of the Message-ID fields, %NULL
 *   when there are none; their digest in the place of those that take more than 2 KiB together
 *
 * What is kept of a header block to recognise the message again (the law of identity). 128 bytes
 * and the ids; the header text need not stay in memory. Immutable once made.
 */
typedef struct
{
  guint8 exact[RST_HEADER_DIGEST_SIZE];
  guint8 stable[RST_HEADER_DIGEST_SIZE];
  guint8 common[RST_HEADER_DIGEST_SIZE];
  guint8 common_tail[RST_HEADER_DIGEST_SIZE];
  char **message_ids;
} RstHeaderDigest;

/**
 * rst_header_digest_new:
 * @block: a header block as rst_header_block_find_end() delimits it; untrusted
 *
 * Returns: (transfer full): its digest. This function can't fail: an empty block has a digest too.
 * Any thread.
 */
RstHeaderDigest *rst_header_digest_new (const char *block,
                                        gsize length);

RstHeaderDigest *rst_header_digest_copy (const RstHeaderDigest *self);
void rst_header_digest_free (RstHeaderDigest *self);

/**
 * rst_header_digest_match:
 *
 * Exact equal, or stable equal: yes. Either has message ids and they differ: no. Common equal: yes.
 * Else no. Symmetric and pure.
 *
 * Returns: whether both were made from the headers of the same message.
 */
gboolean rst_header_digest_match (const RstHeaderDigest *a,
                                  const RstHeaderDigest *b);

/**
 * rst_header_digest_match_retr:
 * @top: made from the answer to TOP
 * @retr: made from the headers in the answer to RETR
 *
 * As rst_header_digest_match(), and the first Received field may be missing on one side.
 */
gboolean rst_header_digest_match_retr (const RstHeaderDigest *top,
                                       const RstHeaderDigest *retr);

/**
 * rst_header_digest_to_bytes:
 *
 * Returns: (transfer full): a stored form, which holds across versions of the program.
 */
GBytes *rst_header_digest_to_bytes (const RstHeaderDigest *self);

/**
 * rst_header_digest_from_bytes:
 * @data: what rst_header_digest_to_bytes() gave, or anything else (a damaged store)
 *
 * Returns: (transfer full) (nullable): the digest, %NULL when @data is not one.
 */
RstHeaderDigest *rst_header_digest_from_bytes (const void *data,
                                               gsize length);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstHeaderDigest, rst_header_digest_free)

G_END_DECLS

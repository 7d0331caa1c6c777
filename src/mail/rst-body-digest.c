/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-body-digest"

#include "config.h"

#include "rst-body-digest.h"

#include "rst-header-digest-private.h"

/* Servers differ in the line ends that they put before the final dot: none of them counts. */
static gsize
trim_line_ends (const char *bytes,
                gsize length)
{
  while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r'))
    length--;

  return length;
}

void
rst_body_digest_new (const char *bytes,
                     gsize length,
                     guint8 digest[32])
{
  gsize header_length = rst_header_block_find_end (bytes, length);
  RstSha256 *hash = rst_sha256_new ();

  length = trim_line_ends (bytes, length);
  rst_header_block_hash_stable (bytes, MIN (header_length, length), hash);

  /* The blank line that follows, and the body. */
  if (length > header_length)
    rst_sha256_update_lines (hash, bytes + header_length, length - header_length);

  rst_sha256_finish (hash, digest);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "mail/rst-header-digest.h"

G_BEGIN_DECLS

/* One part of a digest as a hash table's key. */

static inline guint
rst_digest_key_hash (gconstpointer key)
{
  guint hash;

  memcpy (&hash, key, sizeof hash);
  return hash;
}

static inline gboolean
rst_digest_key_equal (gconstpointer a,
                      gconstpointer b)
{
  return memcmp (a, b, RST_HEADER_DIGEST_SIZE) == 0;
}

/* A whole digest as a key: equal are those that match. */

static inline guint
rst_digest_looks_hash (gconstpointer digest)
{
  return rst_digest_key_hash (((const RstHeaderDigest *)digest)->common);
}

static inline gboolean
rst_digest_looks_equal (gconstpointer a,
                        gconstpointer b)
{
  return rst_header_digest_match (a, b);
}

G_END_DECLS

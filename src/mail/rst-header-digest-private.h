/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-header-block.h"
#include "rst-sha256.h"

G_BEGIN_DECLS

/**
 * rst_header_block_hash_stable:
 * @block: a header block; what follows a blank line is none of it
 *
 * Adds the block to @hash: its fields in their order, line ends as LF and one at the very end, less
 * those that servers rewrite.
 *
 * Returns: whether such a volatile field was left out.
 */
gboolean rst_header_block_hash_stable (const char *block,
                                       gsize length,
                                       RstSha256 *hash);

G_END_DECLS

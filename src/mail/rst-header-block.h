/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Raw bytes of headers are untrusted: 8-bit bytes, NULs, bare CRs and a missing end are all normal
 * here. Everything in
 * this file is pure and may be called on any thread; nothing can fail. */

/**
 * rst_header_block_find_end:
 * @bytes: a message, or its beginning
 *
 * Returns: the length of the header block (RFC 5322 §2.1) without the blank line that ends it: the
 * whole @length when there is no blank line, 0 for a message that starts with one.
 */
gsize rst_header_block_find_end (const char *bytes,
                                 gsize length);

/**
 * RstHeaderField:
 * @name: the field's name, without the colon; not NUL-terminated
 * @name_length: bytes of @name
 * @raw: the whole field: name, colon, value and folded lines, with line ends
 * @raw_length: bytes of @raw
 * @value: where the value begins in @raw, after the colon
 * @value_length: bytes from @value to the end of @raw
 *
 * One field of a header block; all pointers point into the block. A line that is neither a field
 * nor a continuation is a field with an empty name.
 */
typedef struct
{
  const char *name;
  gsize name_length;
  const char *raw;
  gsize raw_length;
  const char *value;
  gsize value_length;
} RstHeaderField;

/**
 * rst_header_block_next:
 * @position: (inout): where to go on, 0 at first
 * @field: (out): the next field, folded lines included
 *
 * Returns: %FALSE when the block has no further field.
 */
gboolean rst_header_block_next (const char *block,
                                gsize length,
                                gsize *position,
                                RstHeaderField *field);

/** rst_header_field_is: Returns: whether the field has this name, compared without (ASCII) case. */
gboolean rst_header_field_is (const RstHeaderField *field,
                              const char *name);

/**
 * rst_header_field_unfold:
 * @length: (out) (optional): bytes of the result; it may hold NULs
 *
 * Returns: (transfer full): the value in one line, still raw: line ends of folding removed, blanks
 * around it trimmed.
 */
char *rst_header_field_unfold (const RstHeaderField *field,
                               gsize *length);

G_END_DECLS

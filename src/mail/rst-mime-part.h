/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-gmime.h"

G_BEGIN_DECLS

typedef struct _RstMimePart RstMimePart;

/**
 * RstMimePart:
 * @type: "text/plain", in lower case
 * @charset: (nullable): as it is named; untrusted
 * @name: (nullable): the file name, decoded; untrusted
 * @is_attachment: whether its sender wants it not to be shown in the text
 * @is_flowed: whether its lines may be joined (RFC 3676)
 * @deletes_space: whether the blank at a joint goes, too
 * @encoding: how its content was encoded for the way
 * @start: where its encoded content begins in the message
 * @length: bytes of the encoded content
 * @preamble: (nullable): the raw content of a multipart whose boundaries can't be found
 * @children: (element-type RstMimePart): the parts of a multipart, empty for others
 *
 * A part of a message, found by GMime, and free of it: immutable, and readable by any thread.
 * Messages within the message are not taken apart.
 */
struct _RstMimePart
{
  char *type;
  char *charset;
  char *name;
  gboolean is_attachment;
  gboolean is_flowed;
  gboolean deletes_space;
  GMimeContentEncoding encoding;
  gsize start;
  gsize length;
  char *preamble;
  GPtrArray *children;
};

/**
 * rst_mime_part_new_from_message:
 * @message: untrusted
 * @fallback_charset: (nullable): for raw 8-bit names
 *
 * Returns: (transfer full): the root of the message's parts; this function can't fail.
 */
RstMimePart *rst_mime_part_new_from_message (GBytes *message,
                                             const char *fallback_charset);
void rst_mime_part_free (RstMimePart *self);

/** rst_mime_part_is_type: @type: "text/plain", or "text/" for all of its kind */
gboolean rst_mime_part_is_type (const RstMimePart *self,
                                const char *type);

/**
 * rst_mime_part_dup_content:
 * @message: what @self was made from
 *
 * Returns: (transfer full): the decoded content; damaged encodings give what can be had.
 */
GBytes *rst_mime_part_dup_content (const RstMimePart *self,
                                   GBytes *message);

/** rst_mime_part_measure: Returns: bytes of the decoded content. */
gsize rst_mime_part_measure (const RstMimePart *self,
                             GBytes *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMimePart, rst_mime_part_free)

G_END_DECLS

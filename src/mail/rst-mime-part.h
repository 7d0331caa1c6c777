/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-gmime.h"

G_BEGIN_DECLS

typedef struct _RstMimePart RstMimePart;

/**
 * RstMimeDamage:
 * @RST_MIME_UNCLOSED: the boundary that ends a multipart is missing
 * @RST_MIME_NO_PARTS: a multipart has no part, as its boundaries are not there
 * @RST_MIME_TOO_DEEP: what is in the part lies too deep to be looked for
 * @RST_MIME_UNKNOWN_ENCODING: its encoding has a name that is not known
 *
 * What is wrong with the structure of a part.
 */
typedef enum
{
  RST_MIME_SOUND = 0,
  RST_MIME_UNCLOSED = 1 << 0,
  RST_MIME_NO_PARTS = 1 << 1,
  RST_MIME_TOO_DEEP = 1 << 2,
  RST_MIME_UNKNOWN_ENCODING = 1 << 3,
} RstMimeDamage;

/**
 * RstMimePart:
 * @type: "text/plain", in lower case
 * @charset: (nullable): as it is named; untrusted
 * @name: (nullable): the file name, decoded; untrusted
 * @content_id: (nullable): without angle brackets
 * @content_location: (nullable): RFC 2557
 * @smime_type: (nullable): of application/pkcs7-mime
 * @is_attachment: whether its sender wants it not to be shown in the text
 * @is_body: whether it is a text to be read, and not a file
 * @is_flowed: whether its lines may be joined (RFC 3676)
 * @deletes_space: whether the blank at a joint goes, too
 * @damage: what is wrong with its structure
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
  char *content_id;
  char *content_location;
  char *smime_type;
  gboolean is_attachment;
  gboolean is_body;
  gboolean is_flowed;
  gboolean deletes_space;
  RstMimeDamage damage;
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

/**
 * rst_mime_part_dup_beginning:
 * @max_length: of the encoded content
 *
 * Returns: (transfer full): the beginning of the decoded content.
 */
GBytes *rst_mime_part_dup_beginning (const RstMimePart *self,
                                     GBytes *message,
                                     gsize max_length);

/** rst_mime_part_is_damaged: Returns: whether the encoding of the content is broken or cut off. */
gboolean rst_mime_part_is_damaged (const RstMimePart *self,
                                   GBytes *message);

/** rst_mime_part_measure: Returns: bytes of the decoded content. */
gsize rst_mime_part_measure (const RstMimePart *self,
                             GBytes *message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMimePart, rst_mime_part_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-address.h"
#include "rst-envelope.h"
#include "rst-sender.h"

G_BEGIN_DECLS

/**
 * RstAttachment:
 * @name: a safe file name: one path component, no control or bidirectional characters, no leading
 *   dot, at most 120 characters; never empty
 * @content_type: "image/png", in lower case
 * @size: bytes after decoding
 * @is_inline: whether it is an image that the message's HTML shows
 *
 * One part of a message that is not shown as its text. Owned by its message.
 */
typedef struct
{
  char *name;
  char *content_type;
  gsize size;
  gboolean is_inline;
} RstAttachment;

/**
 * RstMessage:
 *
 * A whole message: its bytes, and the parts that GMime found in them. Immutable; shared by
 * reference between threads.
 */
typedef struct _RstMessage RstMessage;

/**
 * rst_message_new:
 * @bytes: the message as RETR sent it; untrusted
 * @fallback_charset: (nullable): see rst_text_decode()
 *
 * Parses what can be parsed: there is no message that fails. May take long for a big one; any
 * thread.
 *
 * Returns: (transfer full): the message.
 */
RstMessage *rst_message_new (GBytes *bytes,
                             const char *fallback_charset);

/**
 * rst_message_new_in_charset:
 * @charset: what all of the message's 8-bit text is read in, header fields included, whatever it
 *   declares; one that is not known is passed over
 *
 * As rst_message_new(), when the user knows better.
 *
 * Returns: (transfer full): the message.
 */
RstMessage *rst_message_new_in_charset (GBytes *bytes,
                                        const char *charset);
RstMessage *rst_message_ref (RstMessage *self);
void rst_message_unref (RstMessage *self);

/** rst_message_get_bytes: Returns: (transfer none): the message exactly as it was received. */
GBytes *rst_message_get_bytes (const RstMessage *self);

/** rst_message_get_envelope: Returns: (transfer none): its list fields. */
RstEnvelope *rst_message_get_envelope (const RstMessage *self);

/**
 * rst_message_get_text:
 *
 * Made when it is first asked for, which may take long for a big message; any thread.
 *
 * Returns: (transfer none): what rst_message_make_document() shows, as plain text in valid UTF-8,
 *   with the targets of links. It holds no control characters but LF and TAB.
 */
const char *rst_message_get_text (RstMessage *self);

/** rst_message_get_has_html: Returns: whether the message has HTML to show. */
gboolean rst_message_get_has_html (const RstMessage *self);

/** rst_message_get_n_remote_images: Returns: how many images its HTML would load from the network,
 * which it never does. */
guint rst_message_get_n_remote_images (const RstMessage *self);

/**
 * rst_message_dup_addresses:
 * @name: of a header field: "From"
 *
 * Returns: (transfer full) (element-type RstAddress): see rst_address_parse_field().
 */
GPtrArray *rst_message_dup_addresses (const RstMessage *self,
                                      const char *name);

/** rst_message_dup_sender: Returns: (transfer full): see rst_sender_new_from_headers(). */
RstSender *rst_message_dup_sender (const RstMessage *self);

/**
 * rst_message_get_problems:
 *
 * Returns: (transfer none) (element-type utf8): what is wrong with the message, in sentences for
 *   the user: "The message ends before its last part does."; never %NULL, at most twenty.
 */
GPtrArray *rst_message_get_problems (const RstMessage *self);

/**
 * rst_message_dup_headers:
 *
 * Returns: (transfer full): all header fields decoded, one a line, valid UTF-8.
 */
char *rst_message_dup_headers (const RstMessage *self);

/**
 * rst_message_dup_source:
 *
 * Returns: (transfer full): the source as valid UTF-8 text, to be shown: line ends are LF, and
 *   there are no control characters but LF and TAB.
 */
char *rst_message_dup_source (const RstMessage *self);

/**
 * rst_message_get_attachments:
 *
 * Returns: (transfer none) (element-type RstAttachment): never %NULL.
 */
GPtrArray *rst_message_get_attachments (const RstMessage *self);

/**
 * rst_message_dup_attachment_content:
 * @index: position in rst_message_get_attachments()
 *
 * Returns: (transfer full): the decoded bytes of the attachment; truncated or wrong encodings give
 * what can be had.
 */
GBytes *rst_message_dup_attachment_content (const RstMessage *self,
                                            guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMessage, rst_message_unref)

G_END_DECLS

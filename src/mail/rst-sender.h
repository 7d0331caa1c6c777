/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstSender:
 * @address: (nullable): the sender's real address, when the name contains another one
 * @reply_to: (nullable): where answers go, when that is not to the sender:
 *   "Ada <ada@example.org>"
 * @authentication: (nullable): what the receiving server found out: "SPF pass, DKIM fail"
 * @is_refuted: whether the receiving server found that the sender is not the one named
 *
 * What is true about the sender of a message, where it is not what it seems to be. Strings are
 * valid UTF-8 in one line.
 */
typedef struct
{
  char *address;
  char *reply_to;
  char *authentication;
  gboolean is_refuted;
} RstSender;

/**
 * rst_sender_new_from_headers:
 * @block: a raw header block; untrusted
 * @fallback: (nullable): see rst_text_decode()
 *
 * Of Authentication-Results (RFC 8601) the topmost field counts, and those that follow under the
 * name of the same server: whatever stands below may have come with the message. Any thread; can't
 * fail.
 *
 * Returns: (transfer full): the sender; release with rst_sender_free().
 */
RstSender *rst_sender_new_from_headers (const char *block,
                                        gsize length,
                                        const char *fallback);
void rst_sender_free (RstSender *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSender, rst_sender_free)

G_END_DECLS

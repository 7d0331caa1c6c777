/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_mime_source_new:
 * @message: a whole message; untrusted
 * @shift: (out): what is to be added to a position in the result to get the one in @message
 *
 * Makes a copy of a message for GMime's parser to find its parts in. The copy has the same bytes at
 * the same places, shifted as a whole, where contents of parts lie; its headers are made harmless:
 *
 * - Of the message's own fields only the first of those that describe its content is there. What
 *   stands before the first field, or is no field, doesn't matter so.
 * - What exceeds 4 KiB in a field is blank. GMime copies parts of fields onto the stack, and
 *   compares some in quadratic time.
 * - Messages within the message are masked: they are to be had byte for byte, and parsed only when
 *   they are looked at.
 *
 * Returns: (transfer full): the copy.
 */
GByteArray *rst_mime_source_new (GBytes *message,
                                 gssize *shift);

/**
 * rst_mime_source_unmask:
 * @type: as found in the copy
 *
 * Returns: (transfer full): the type as it is in the message, in lower case.
 */
char *rst_mime_source_unmask (const char *type);

G_END_DECLS

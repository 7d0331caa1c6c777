/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_text_decode:
 * @bytes: text in some charset; untrusted, may hold NULs
 * @declared: (nullable): the charset that the message names for it
 * @fallback: (nullable): the account's charset for text that names none, or names it wrongly
 *
 * Tries @declared, @fallback, UTF-8 and windows-1252, in this order; unknown names and impossible
 * bytes never fail: what nothing decodes becomes U+FFFD. Line ends become LF, NULs U+FFFD. Pure;
 * any thread.
 *
 * Returns: (transfer full): valid UTF-8.
 */
char *rst_text_decode (const char *bytes,
                       gsize length,
                       const char *declared,
                       const char *fallback);

/**
 * rst_text_decode_header:
 * @value: an unfolded header value; untrusted
 *
 * Decodes encoded words (RFC 2047) and raw 8-bit bytes, and removes what could deceive in one line
 * of a window: control characters become blanks, bidirectional overrides (U+202A-U+202E,
 * U+2066-U+2069) are taken out.
 *
 * Returns: (transfer full): one line of valid UTF-8.
 */
char *rst_text_decode_header (const char *value,
                              gsize length,
                              const char *fallback);

G_END_DECLS

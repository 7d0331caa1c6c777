/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Before the name of a fallback charset: it is what the user says, and holds instead of whatever a
 * message declares for its 8-bit texts. */
#define RST_TEXT_INSTEAD "!"

/**
 * rst_text_decode:
 * @bytes: text in some charset; untrusted, may hold NULs
 * @declared: (nullable): the charset that the message names for it
 * @fallback: (nullable): the account's charset for text that names none, or names it wrongly; may
 *   begin with %RST_TEXT_INSTEAD
 *
 * Tries @declared, @fallback, UTF-8 and windows-1252, in this order; the first that reads the text
 * without damage is taken. So is a charset that nearly all of the foreign characters speak for: one
 * damaged byte, or a last character cut in two, does not make a letter another charset's. When none
 * reads it, the first that was named does, with U+FFFD for the impossible bytes. Unknown names are
 * passed over; a wide charset for plain ASCII, and US-ASCII for 8-bit text, are known to be wrong.
 * Line ends become LF, NULs U+FFFD. Pure; any thread; can't fail.
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

/**
 * rst_text_clean:
 * @text: (transfer full): valid UTF-8 from outside
 *
 * Makes text of many lines safe for a window and a terminal: control characters but LF and TAB
 * become U+FFFD.
 *
 * Returns: (transfer full): the text.
 */
char *rst_text_clean (char *text);

/**
 * rst_text_clean_line:
 * @text: (transfer full): valid UTF-8 from outside
 *
 * Removes what could deceive in one line of a window, as rst_text_decode_header() does, and blanks
 * around it.
 *
 * Returns: (transfer full): the text in one line.
 */
char *rst_text_clean_line (char *text);

/**
 * rst_text_clean_address:
 * @text: (transfer full): valid UTF-8 from outside
 *
 * As rst_text_clean_line(), for what is trusted to say who wrote: control characters and
 * bidirectional overrides are no part of an honest address, and are shown, as U+FFFD.
 *
 * Returns: (transfer full): the text in one line.
 */
char *rst_text_clean_address (char *text);

/** rst_text_begins_with: Returns: whether the bytes from @p to @end begin with @prefix, in capitals
 * or small letters. */
gboolean rst_text_begins_with (const char *p,
                               const char *end,
                               const char *prefix);

G_END_DECLS

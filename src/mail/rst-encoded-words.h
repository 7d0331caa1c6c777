/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Encoded words (RFC 2047, RFC 2231 §5) as they really come: charsets that are misnamed, words that
 * are run together, cut within a character, or stand in quotes; raw 8-bit text between them.
 * GMime's own decoder gives up a text for "?" where its charset is misnamed. Pure; any thread;
 * can't fail. */

/**
 * rst_encoded_words_decode:
 * @value: an unfolded header value; untrusted
 * @fallback: (nullable): see rst_text_decode()
 *
 * Returns: (transfer full): the value as text, valid UTF-8.
 */
char *rst_encoded_words_decode (const char *value,
                                gsize length,
                                const char *fallback);

/**
 * rst_encoded_words_to_utf8:
 *
 * As rst_encoded_words_decode(), but the words stay encoded, in UTF-8: a structured field must be
 * parsed first and decoded then, or a name could make itself an address.
 *
 * Returns: (transfer full): the value, valid UTF-8.
 */
char *rst_encoded_words_to_utf8 (const char *value,
                                 gsize length,
                                 const char *fallback);

G_END_DECLS

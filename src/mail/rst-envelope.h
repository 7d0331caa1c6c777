/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstEnvelopeKey:
 * @RST_ENVELOPE_KEY_FROM: the sender's name, to be ordered by with strcmp()
 * @RST_ENVELOPE_KEY_SUBJECT: the subject without "Re:", to be ordered by with strcmp()
 * @RST_ENVELOPE_KEY_SEARCH: sender, recipients and subject without case and accents, to be searched
 *   in
 *
 * What ordering and searching compare instead of the fields themselves.
 */
typedef enum
{
  RST_ENVELOPE_KEY_FROM,
  RST_ENVELOPE_KEY_SUBJECT,
  RST_ENVELOPE_KEY_SEARCH,
} RstEnvelopeKey;

#define RST_ENVELOPE_N_KEYS (RST_ENVELOPE_KEY_SEARCH + 1)

/**
 * RstEnvelope:
 * @from: the From field decoded, "Ada Lovelace <ada@example.org>"; never %NULL, may be empty
 * @from_name: what a list shows: the first author's name, or the address when there is no name;
 *   never %NULL
 * @to: recipients (To and Cc) decoded, comma-separated; never %NULL
 * @subject: decoded; never %NULL
 * @message_id: (nullable): without angle brackets
 * @date: seconds since 1970 in UTC from Date, else from the first Received; 0 when neither can be
 *   read
 * @has_attachments: a guess from Content-Type: multipart/mixed or a main type that is not text or
 *   multipart
 * @is_decodable: %FALSE when the block could not be read as text at all; @from then says so in
 *   words
 *
 * The fields of a message list, all valid UTF-8 in one line without control or bidirectional
 * override characters. Immutable once made; shared by reference.
 */
typedef struct
{
  char *from;
  char *from_name;
  char *to;
  char *subject;
  char *message_id;
  gint64 date;
  gboolean has_attachments;
  gboolean is_decodable;

  /*< private >*/
  char *keys[RST_ENVELOPE_N_KEYS];
} RstEnvelope;

/**
 * rst_envelope_new_from_headers:
 * @block: a raw header block; untrusted
 * @fallback_charset: (nullable): charset of raw 8-bit fields, tried before UTF-8 and windows-1252
 *
 * Scans for the few fields that a list needs and decodes their values only (a full parse of the
 * block would be four times slower). Of each name the first field counts, up to 16 KiB of it. This
 * function can't fail. Any thread.
 *
 * Returns: (transfer full): the envelope; release with rst_envelope_unref().
 */
RstEnvelope *rst_envelope_new_from_headers (const char *block,
                                            gsize length,
                                            const char *fallback_charset);

/**
 * rst_envelope_new:
 *
 * Returns: (transfer full): an envelope whose strings are all %NULL, to be filled by its maker (the
 * store) before it is shared; it owns the strings that are put into it.
 */
RstEnvelope *rst_envelope_new (void);

/**
 * rst_envelope_get_key:
 *
 * Made when it is first asked for; several threads may ask at once.
 *
 * Returns: (transfer none): the key, for as long as the envelope lives.
 */
const char *rst_envelope_get_key (RstEnvelope *self,
                                  RstEnvelopeKey key);

/** rst_envelope_fold: Returns: (transfer full): valid UTF-8 without case and accents. */
char *rst_envelope_fold (const char *text);
RstEnvelope *rst_envelope_ref (RstEnvelope *self);
void rst_envelope_unref (RstEnvelope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstEnvelope, rst_envelope_unref)

G_END_DECLS

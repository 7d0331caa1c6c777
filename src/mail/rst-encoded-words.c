/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-encoded-words"

#include "config.h"

#include "rst-encoded-words.h"

#include <string.h>

#include <gmime/gmime.h>

#include "rst-text.h"

/* Longer than any name of a charset with a language behind it. */
#define MAX_CHARSET 64

/* "=?" "?" "Q" "?" "?=" */
#define MIN_WORD 7

typedef struct
{
  char charset[MAX_CHARSET];
  char encoding;
  const char *payload;
  const char *payload_end;
} Word;

typedef struct
{
  const char *end;
  /* The last "?=" of the value: what begins behind it cannot be a word, and is not searched. */
  const char *last_close;
  const char *fallback;
  gboolean keeps_encoding;
  GString *out;
} Decoder;

static const char *
skip_blanks (const char *p,
             const char *end)
{
  while (p < end && g_ascii_isspace (*p))
    p++;

  return p;
}

/* "=?charset*language?encoding?payload?=" */
static gboolean
word_parse (Word *self,
            const char *start,
            const Decoder *decoder)
{
  const char *charset = start + strlen ("=?");
  const char *p = charset;
  char *language;

  if (decoder->end - start < MIN_WORD || memcmp (start, "=?", 2) != 0)
    return FALSE;

  while (p < decoder->end && p - charset < MAX_CHARSET && g_ascii_isgraph (*p) && *p != '?')
    p++;
  if (p - charset == MAX_CHARSET || decoder->end - p < 3 || p[0] != '?' || p[2] != '?')
    return FALSE;

  self->encoding = g_ascii_toupper (p[1]);
  self->payload = p + 3;
  if ((self->encoding != 'B' && self->encoding != 'Q') || self->payload > decoder->last_close)
    return FALSE;

  memcpy (self->charset, charset, (gsize)(p - charset));
  self->charset[p - charset] = '\0';
  language = strchr (self->charset, '*');
  if (language != NULL)
    *language = '\0';

  self->payload_end = memmem (self->payload, (gsize)(decoder->end - self->payload), "?=", 2);

  return TRUE;
}

static gboolean
word_continues (const Word *self,
                const Word *previous)
{
  return self->encoding == previous->encoding &&
         g_ascii_strcasecmp (self->charset, previous->charset) == 0;
}

/* The encoding runs on from word to word: some mailers cut within a character, or even within the
 * four letters of base64 that stand for three bytes. */
static void
word_decode (const Word *self,
             GMimeEncoding *encoding,
             GByteArray *bytes)
{
  gsize length = (gsize)(self->payload_end - self->payload);
  g_autofree char *payload = g_memdup2 (self->payload, length);
  guint start = bytes->len;

  if (self->encoding == 'B' && encoding->state == -1)
    g_mime_encoding_reset (encoding);
  for (gsize i = 0; self->encoding == 'Q' && i < length; i++)
    if (payload[i] == '_')
      payload[i] = ' ';

  g_byte_array_set_size (bytes, start + (guint)g_mime_encoding_outlen (encoding, length));
  length = g_mime_encoding_step (encoding, payload, length, (char *)bytes->data + start);
  g_byte_array_set_size (bytes, start + (guint)length);
}

/* Base64 whose padding was left out at its very end lacks only that. */
static void
finish_encoding (GMimeEncoding *encoding,
                 GByteArray *bytes)
{
  char rest[4];
  gsize length;

  if (encoding->encoding != GMIME_CONTENT_ENCODING_BASE64)
    return;

  length = g_mime_encoding_step (encoding, "=", 1, rest);
  g_byte_array_append (bytes, (const guint8 *)rest, (guint)length);
}

static void
decoder_add_text (Decoder *self,
                  const char *text,
                  const char *end)
{
  g_autofree char *decoded = NULL;

  if (text == end)
    return;

  decoded = rst_text_decode (text, (gsize)(end - text), NULL, self->fallback);
  g_string_append (self->out, decoded);
}

/* In Q, which knows no padding: GMime joins words of one encoding, and ends a run of base64 at the
 * first padding. */
static void
append_encoded (GString *out,
                const char *text)
{
  g_string_append (out, "=?UTF-8?Q?");
  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (out, *text);
    else
      g_string_append_printf (out, "=%02X", (guchar)*text);
  g_string_append (out, "?=");
}

static void
decoder_add_bytes (Decoder *self,
                   const GByteArray *bytes,
                   const char *charset)
{
  g_autofree char *text = NULL;

  text = rst_text_decode ((const char *)bytes->data, bytes->len, charset, self->fallback);
  if (self->keeps_encoding)
    append_encoded (self->out, text);
  else
    g_string_append (self->out, text);
}

/* Decodes @word and those after it that are of its kind; returns where the last one ends. */
static const char *
decoder_add_run (Decoder *self,
                 const Word *word)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GMimeEncoding encoding;
  Word next = *word;
  const char *end;

  g_mime_encoding_init_decode (&encoding,
                               word->encoding == 'B' ? GMIME_CONTENT_ENCODING_BASE64
                                                     : GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  do
    {
      word_decode (&next, &encoding, bytes);
      end = next.payload_end + strlen ("?=");
    }
  while (word_parse (&next, skip_blanks (end, self->end), self) && word_continues (&next, word));

  finish_encoding (&encoding, bytes);
  decoder_add_bytes (self, bytes, word->charset);

  return end;
}

static const char *
find_last_close (const char *value,
                 gsize length)
{
  for (; length >= 2; length--)
    if (memcmp (value + length - 2, "?=", 2) == 0)
      return value + length - 2;

  return NULL;
}

static char *
decode (const char *value,
        gsize length,
        const char *fallback,
        gboolean keeps_encoding)
{
  const char *close = find_last_close (value, length);
  Decoder decoder = { value + length, close, fallback, keeps_encoding };
  const char *text = value;
  const char *p = value;
  gboolean is_after_word = FALSE;
  Word word;

  decoder.out = g_string_sized_new (length + 1);
  while (close != NULL && (p = memmem (p, (gsize)(decoder.end - p), "=?", 2)) != NULL)
    {
      if (!word_parse (&word, p, &decoder))
        {
          p += strlen ("=?");
          continue;
        }

      /* Blanks between two words are no part of the text. */
      if (!is_after_word || skip_blanks (text, p) < p)
        decoder_add_text (&decoder, text, p);
      else if (keeps_encoding)
        g_string_append_c (decoder.out, ' ');

      p = text = decoder_add_run (&decoder, &word);
      is_after_word = TRUE;
    }

  decoder_add_text (&decoder, text, decoder.end);

  return g_string_free (decoder.out, FALSE);
}

char *
rst_encoded_words_decode (const char *value,
                          gsize length,
                          const char *fallback)
{
  return decode (value, length, fallback, FALSE);
}

char *
rst_encoded_words_to_utf8 (const char *value,
                           gsize length,
                           const char *fallback)
{
  return decode (value, length, fallback, TRUE);
}

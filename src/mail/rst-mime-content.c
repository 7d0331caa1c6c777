/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mime-content"

#include "config.h"

#include "rst-mime-part.h"

#include <string.h>

/* Bytes that are decoded at a time. */
#define DECODE_PIECE 16384

static gboolean
is_encoded (const RstMimePart *self)
{
  return self->encoding == GMIME_CONTENT_ENCODING_BASE64 ||
         self->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
         self->encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

/* Uuencoded files begin behind a line that names them, and GMime's decoder knows LF only. */
static char *
prepare_uuencoded (const char *bytes,
                   gsize *length)
{
  static const char begin[] = "begin ";
  const char *end = bytes + *length;
  char *lines;
  gsize n = 0;

  while (bytes < end && ((gsize)(end - bytes) < sizeof begin - 1 ||
                         memcmp (bytes, begin, sizeof begin - 1) != 0))
    {
      const char *newline = memchr (bytes, '\n', (gsize)(end - bytes));

      bytes = newline != NULL ? newline + 1 : end;
    }
  while (bytes < end && *bytes != '\n')
    bytes++;

  lines = g_malloc ((gsize)(end - bytes) + 1);
  for (; bytes < end; bytes++)
    if (*bytes != '\r')
      lines[n++] = *bytes;
  *length = n;

  return lines;
}

/* Decodes piece by piece, to @decoded unless only the length is asked for. */
static gsize
decode (const RstMimePart *self,
        GBytes *message,
        GByteArray *decoded)
{
  const char *bytes = (const char *)g_bytes_get_data (message, NULL) + self->start;
  gsize left = self->length;
  g_autofree char *uuencoded = NULL;
  GMimeEncoding encoding;
  gsize total = 0;
  gboolean is_last = FALSE;

  g_mime_encoding_init_decode (&encoding, self->encoding);
  if (self->encoding == GMIME_CONTENT_ENCODING_UUENCODE)
    {
      bytes = uuencoded = prepare_uuencoded (bytes, &left);
      encoding.state |= GMIME_UUDECODE_STATE_BEGIN;
    }

  while (!is_last)
    {
      char piece[DECODE_PIECE + 8];
      gsize length = MIN (left, DECODE_PIECE);
      gsize n;

      is_last = left == 0;
      if (!is_last)
        n = g_mime_encoding_step (&encoding, bytes, length, piece);
      else if (self->encoding == GMIME_CONTENT_ENCODING_BASE64)
        /* What was cut off in the middle of a group gives the bytes that it holds. */
        n = g_mime_encoding_step (&encoding, "=", 1, piece);
      else
        n = 0;

      if (decoded != NULL)
        g_byte_array_append (decoded, (const guint8 *)piece, (guint)n);
      total += n;
      bytes += length;
      left -= length;
    }

  return total;
}

GBytes *
rst_mime_part_dup_content (const RstMimePart *self,
                           GBytes *message)
{
  GByteArray *decoded;

  if (!is_encoded (self))
    return g_bytes_new_from_bytes (message, self->start, self->length);

  decoded = g_byte_array_sized_new ((guint)self->length);
  decode (self, message, decoded);

  return g_byte_array_free_to_bytes (decoded);
}

GBytes *
rst_mime_part_dup_beginning (const RstMimePart *self,
                             GBytes *message,
                             gsize max_length)
{
  RstMimePart beginning = *self;

  beginning.length = MIN (self->length, max_length);

  return rst_mime_part_dup_content (&beginning, message);
}

gsize
rst_mime_part_measure (const RstMimePart *self,
                       GBytes *message)
{
  return is_encoded (self) ? decode (self, message, NULL) : self->length;
}

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/';
}

/* What follows the padding is no part of it: mailing lists put their lines there. */
static gboolean
is_base64_damaged (const char *bytes,
                   const char *end)
{
  gsize n_letters = 0;

  for (; bytes < end && *bytes != '='; bytes++)
    if (is_base64 (*bytes))
      n_letters++;
    else if (!g_ascii_isspace (*bytes))
      return TRUE;

  for (; bytes < end && n_letters % 4 != 0 && (*bytes == '=' || g_ascii_isspace (*bytes)); bytes++)
    if (*bytes == '=')
      n_letters++;

  return n_letters % 4 != 0;
}

static gboolean
is_quoted_printable_damaged (const char *bytes,
                             const char *end)
{
  while ((bytes = memchr (bytes, '=', (gsize)(end - bytes))) != NULL)
    {
      const char *next = ++bytes;

      if (end - bytes >= 2 && g_ascii_isxdigit (bytes[0]) && g_ascii_isxdigit (bytes[1]))
        continue;

      /* A soft line break, which may have got blanks behind it on its way. */
      while (next < end && (*next == ' ' || *next == '\t' || *next == '\r'))
        next++;
      if (next < end && *next != '\n')
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_uuencoded_damaged (const char *bytes,
                      const char *end)
{
  return bytes == NULL || memmem (bytes, (gsize)(end - bytes), "begin ", 6) == NULL ||
         memmem (bytes, (gsize)(end - bytes), "\nend", 4) == NULL;
}

gboolean
rst_mime_part_is_damaged (const RstMimePart *self,
                          GBytes *message)
{
  const char *bytes = g_bytes_get_data (message, NULL);
  const char *end;

  if (self->length == 0)
    return FALSE;

  bytes += self->start;
  end = bytes + self->length;
  if (self->encoding == GMIME_CONTENT_ENCODING_BASE64)
    return is_base64_damaged (bytes, end);
  if (self->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
    return is_quoted_printable_damaged (bytes, end);
  if (self->encoding == GMIME_CONTENT_ENCODING_UUENCODE)
    return is_uuencoded_damaged (bytes, end);

  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-text"

#include "config.h"

#include "rst-text.h"

#include <errno.h>
#include <string.h>

#include "rst-charset.h"
#include "rst-encoded-words.h"

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */
#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* A text may have one impossible byte in this many foreign characters and still be what it is said
 * to be: one damaged byte must not turn a whole letter into another charset's nonsense. */
#define FOREIGN_PER_DAMAGE 20
#define FOREIGN_PER_DAMAGE_UTF8 2

/* A text as one charset reads it. */
typedef struct
{
  GString *text;
  RstCharsetKind kind;
  gsize n_damaged;
  gboolean is_cut;
} Reading;

static void
reading_clear (Reading *self)
{
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
}

static void
reading_add_damage (Reading *self)
{
  g_string_append_len (self->text, REPLACEMENT, strlen (REPLACEMENT));
  self->n_damaged++;
}

static Reading
read_utf8 (const char *bytes,
           gsize length)
{
  Reading reading = { g_string_sized_new (length + 1), RST_CHARSET_UTF8 };
  const char *end = bytes + length;

  while (bytes < end)
    {
      const char *valid_end;

      g_utf8_validate_len (bytes, (gsize)(end - bytes), &valid_end);
      g_string_append_len (reading.text, bytes, valid_end - bytes);
      bytes = valid_end;
      if (bytes == end)
        break;

      /* NUL is a character of UTF-8; normalize() replaces it. */
      if (*bytes == '\0')
        g_string_append_c (reading.text, '\0');
      else if (g_utf8_get_char_validated (bytes, end - bytes) == (gunichar)-2)
        reading.is_cut = TRUE;
      else
        reading_add_damage (&reading);
      bytes++;

      if (reading.is_cut)
        break;
    }

  return reading;
}

/* Converts what can be converted at one go. Without input it lets out what the converter holds
 * back: in some charsets a character may go with the one before. Returns 0 or iconv's error. */
static int
convert (GIConv converter,
         char **in,
         gsize *in_left,
         GString *text)
{
  gsize status;
  int error;

  do
    {
      char buffer[4096];
      char *out = buffer;
      gsize out_left = sizeof buffer;

      status = g_iconv (converter, in, in_left, &out, &out_left);
      error = status == (gsize)-1 ? errno : 0;
      g_string_append_len (text, buffer, out - buffer);
    }
  while (error == E2BIG);

  return error;
}

static gboolean
read_with_iconv (const char *bytes,
                 gsize length,
                 const RstCharset *charset,
                 Reading *reading)
{
  GIConv converter = rst_charset_open (charset);
  char *in = (char *)bytes;
  gsize in_left = length;

  if (converter == (GIConv)-1)
    return FALSE;

  *reading = (Reading){ g_string_sized_new (length + length / 2 + 16), charset->kind };
  while (in_left > 0 && !reading->is_cut)
    {
      int error = convert (converter, &in, &in_left, reading->text);

      /* EINVAL: the text ends within a character. */
      if (error == EINVAL)
        reading->is_cut = TRUE;
      else if (error != 0)
        {
          reading_add_damage (reading);
          in++;
          in_left--;
        }
    }

  convert (converter, NULL, NULL, reading->text);
  g_iconv_close (converter);

  return TRUE;
}

static gboolean
reading_is_clean (const Reading *self)
{
  return self->n_damaged == 0 && !self->is_cut;
}

static gboolean
reading_is_tolerable (const Reading *self)
{
  gsize per_damage = self->kind == RST_CHARSET_UTF8 ? FOREIGN_PER_DAMAGE_UTF8 : FOREIGN_PER_DAMAGE;
  gsize n_foreign = 0;

  for (gsize i = 0; i < self->text->len; i++)
    if (((guchar)self->text->str[i] & 0xC0) == 0xC0)
      n_foreign++;

  n_foreign -= MIN (n_foreign, self->n_damaged);

  return n_foreign > 0 && n_foreign >= self->n_damaged * per_damage;
}

static gboolean
is_7bit (const char *bytes,
         gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar)bytes[i] >= 0x80)
      return FALSE;

  return TRUE;
}

/* Some declare UTF-16 and send ASCII: wide text of a few words has NULs, as it has line ends or
 * blanks. */
static gboolean
is_plausible (const RstCharset *charset,
              const char *bytes,
              gsize length)
{
  switch (charset->kind)
    {
    case RST_CHARSET_ASCII:
      return is_7bit (bytes, length);
    case RST_CHARSET_WIDE:
      return !is_7bit (bytes, length) || memchr (bytes, '\0', length) != NULL;
    case RST_CHARSET_UTF8:
    case RST_CHARSET_MULTI_BYTE:
    case RST_CHARSET_SINGLE_BYTE:
    default:
      return TRUE;
    }
}

/* The escape sequences of ISO-2022-JP announce it in the text itself; mail that leaves it
 * undeclared was common. */
static gboolean
announces_japanese (const char *bytes,
                    gsize length)
{
  return memmem (bytes, length, "\x1B$", 2) != NULL && is_7bit (bytes, length);
}

static gboolean
read_as (const char *bytes,
         gsize length,
         const char *name,
         Reading *reading)
{
  static const RstCharset japanese = { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE };
  RstCharset charset;

  if (!rst_charset_find (name, &charset) || !is_plausible (&charset, bytes, length))
    return FALSE;

  if (charset.kind != RST_CHARSET_UTF8 && charset.kind != RST_CHARSET_ASCII)
    return read_with_iconv (bytes, length, &charset, reading);

  if (announces_japanese (bytes, length))
    return read_with_iconv (bytes, length, &japanese, reading);

  *reading = read_utf8 (bytes, length);

  return TRUE;
}

/* Line ends become LF, NULs U+FFFD; a byte order mark is no text. */
static char *
normalize (GString *text)
{
  const char *read = text->str;
  const char *end = text->str + text->len;
  GString *normal;

  if (g_str_has_prefix (read, BYTE_ORDER_MARK))
    read += strlen (BYTE_ORDER_MARK);
  else if (memchr (read, '\r', text->len) == NULL && memchr (read, '\0', text->len) == NULL)
    return g_string_free (text, FALSE);

  normal = g_string_sized_new (text->len);
  while (read < end)
    {
      const char *plain = read;

      while (read < end && *read != '\r' && *read != '\0')
        read++;
      g_string_append_len (normal, plain, read - plain);
      if (read == end)
        break;

      if (*read == '\0')
        g_string_append (normal, REPLACEMENT);
      else
        g_string_append_c (normal, '\n');

      read += *read == '\r' && read + 1 < end && read[1] == '\n' ? 2 : 1;
    }

  g_string_free (text, TRUE);

  return g_string_free (normal, FALSE);
}

static char *
reading_finish (Reading *self)
{
  if (self->is_cut)
    g_string_append (self->text, REPLACEMENT);

  return normalize (self->text);
}

/* What the user says is not doubted; but that text of 7 bits is what it was before, unless the
 * charset is one that writes with such bytes. */
static gboolean
read_instead (const char *bytes,
              gsize length,
              const char *name,
              Reading *reading)
{
  RstCharset charset;

  if (!rst_charset_find (name, &charset) ||
      (charset.kind != RST_CHARSET_MULTI_BYTE && is_7bit (bytes, length)))
    return FALSE;

  return read_as (bytes, length, name, reading);
}

char *
rst_text_decode (const char *bytes,
                 gsize length,
                 const char *declared,
                 const char *fallback)
{
  const gboolean is_instead = fallback != NULL && g_str_has_prefix (fallback, RST_TEXT_INSTEAD);
  const char *const names[] = { declared, is_instead ? NULL : fallback, "UTF-8" };
  const guint n_told = 2;
  Reading told = { NULL };
  Reading reading;

  if (length == 0)
    return g_strdup ("");
  if (is_instead &&
      read_instead (bytes, length, fallback + strlen (RST_TEXT_INSTEAD), &reading))
    return reading_finish (&reading);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (!read_as (bytes, length, names[i], &reading))
        continue;

      if (reading_is_clean (&reading) ||
          (reading.kind != RST_CHARSET_SINGLE_BYTE && reading_is_tolerable (&reading)))
        {
          reading_clear (&told);
          return reading_finish (&reading);
        }

      if (told.text == NULL && i < n_told)
        told = reading;
      else
        reading_clear (&reading);
    }

  /* windows-1252 makes something of nearly anything: it is the last to be asked. */
  if (told.text != NULL && reading_is_tolerable (&told))
    return reading_finish (&told);

  if (!read_as (bytes, length, "windows-1252", &reading))
    reading = read_utf8 (bytes, length);
  if (told.text == NULL || reading_is_clean (&reading))
    {
      reading_clear (&told);
      return reading_finish (&reading);
    }

  reading_clear (&reading);

  return reading_finish (&told);
}

static gboolean
is_direction_override (gunichar c)
{
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

static gboolean
is_line_breaker (gunichar c)
{
  return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029;
}

/* U+0080-U+009F begin with C2, the others above ASCII with E2. */
static gboolean
may_deceive (const char *text)
{
  for (; *text != '\0'; text++)
    if ((guchar)*text < 0x20 || *text == 0x7F || *text == '\xC2' || *text == '\xE2')
      return TRUE;

  return FALSE;
}

/* @replacement: (nullable): what stands for control characters and overrides; without, the first
 * become blanks, and the others are left out */
static char *
clean_line (char *text,
            const char *replacement)
{
  GString *clean;

  if (!may_deceive (text))
    return g_strstrip (text);

  clean = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      gboolean is_bad = is_line_breaker (c) || is_direction_override (c);

      if (!is_bad)
        g_string_append_len (clean, p, g_utf8_next_char (p) - p);
      else if (c == '\t' || (replacement == NULL && is_line_breaker (c)))
        g_string_append_c (clean, ' ');
      else if (replacement != NULL)
        g_string_append (clean, replacement);
    }

  g_free (text);

  return g_strstrip (g_string_free (clean, FALSE));
}

char *
rst_text_clean_line (char *text)
{
  return clean_line (text, NULL);
}

char *
rst_text_clean_address (char *text)
{
  return clean_line (text, REPLACEMENT);
}

char *
rst_text_clean (char *text)
{
  GString *clean;

  if (!may_deceive (text))
    return text;

  clean = g_string_sized_new (strlen (text));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_iscntrl (c) && c != '\n' && c != '\t')
        g_string_append (clean, REPLACEMENT);
      else
        g_string_append_len (clean, p, g_utf8_next_char (p) - p);
    }

  g_free (text);

  return g_string_free (clean, FALSE);
}

char *
rst_text_decode_header (const char *value,
                        gsize length,
                        const char *fallback)
{
  char *line = rst_text_clean_line (rst_encoded_words_decode (value, length, fallback));

  /* A list holds hundreds of thousands of these: none is to keep the room it was decoded in. */
  return g_realloc (line, strlen (line) + 1);
}

gboolean
rst_text_begins_with (const char *p,
                      const char *end,
                      const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize)(end - p) >= length && g_ascii_strncasecmp (p, prefix, length) == 0;
}

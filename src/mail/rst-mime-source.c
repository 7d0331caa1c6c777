/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mime-source"

#include "config.h"

#include "rst-mime-source.h"

#include <string.h>

#include "rst-header-block.h"

#define MAX_FIELD 4096

/* Stands in the place of the first letter of a subtype, so that GMime takes messages within
 * messages for parts like any other. */
#define MASK '_'

static const char *const content_fields[] = {
  "Content-Type",
  "Content-Transfer-Encoding",
  "Content-Disposition",
};

/* What GMime would parse as messages, or take for messages where a part names no type. */
static const char *const masked_types[] = {
  "message/rfc822",
  "message/rfc2822",
  "message/global",
  "message/news",
  "multipart/digest",
};

static void
append_content_fields (GByteArray *source,
                       const char *block,
                       gsize length)
{
  gboolean has_field[G_N_ELEMENTS (content_fields)] = { FALSE };
  static const char version[] = "MIME-Version: 1.0\n";
  RstHeaderField field;
  gsize position = 0;

  /* A message without any field would be none. */
  g_byte_array_append (source, (const guint8 *)version, sizeof version - 1);
  while (rst_header_block_next (block, length, &position, &field))
    for (guint i = 0; i < G_N_ELEMENTS (content_fields); i++)
      {
        gsize value_length;
        g_autofree char *value = NULL;
        g_autofree char *line = NULL;

        if (has_field[i] || !rst_header_field_is (&field, content_fields[i]))
          continue;

        field.value_length = MIN (field.value_length, MAX_FIELD);
        value = rst_header_field_unfold (&field, &value_length);
        line = g_strdup_printf ("%s: %s\n", content_fields[i], value);
        g_byte_array_append (source, (const guint8 *)line, (guint)strlen (line));
        has_field[i] = TRUE;
      }
}

static gboolean
is_field_space (char c)
{
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void
mask_type (const RstHeaderField *field)
{
  char *value = (char *)field->value;
  const char *end = value + field->value_length;

  while (value < end && is_field_space (*value))
    value++;

  for (guint i = 0; i < G_N_ELEMENTS (masked_types); i++)
    {
      gsize length = strlen (masked_types[i]);

      if ((gsize)(end - value) >= length &&
          g_ascii_strncasecmp (value, masked_types[i], length) == 0)
        {
          *(strchr (value, '/') + 1) = MASK;
          return;
        }
    }
}

static void
blank_rest (const RstHeaderField *field)
{
  char *raw = (char *)field->raw;

  for (gsize i = MAX_FIELD; i < field->raw_length; i++)
    if (!is_field_space (raw[i]))
      raw[i] = ' ';
}

/* Any line may be a field of a part, and is treated like one with the lines that would continue it:
 * contents are not read from here. */
static void
tame_fields (const char *text,
             gsize length)
{
  RstHeaderField field;
  gsize position = 0;

  while (position < length)
    {
      const char *newline;

      while (rst_header_block_next (text, length, &position, &field))
        {
          if (rst_header_field_is (&field, "Content-Type"))
            mask_type (&field);
          blank_rest (&field);
        }

      /* The blank line that ends a block. */
      newline = memchr (text + position, '\n', length - position);
      position = newline != NULL ? (gsize)(newline - text) + 1 : length;
    }
}

GByteArray *
rst_mime_source_new (GBytes *message,
                     gssize *shift)
{
  gsize size;
  const char *bytes = g_bytes_get_data (message, &size);
  gsize header_length = rst_header_block_find_end (bytes, size);
  GByteArray *source = g_byte_array_sized_new ((guint)(size - header_length) + MAX_FIELD);

  append_content_fields (source, bytes, header_length);
  *shift = (gssize)header_length - (gssize)source->len;

  /* The blank line, and the body. */
  if (size > header_length)
    g_byte_array_append (source,
                         (const guint8 *)bytes + header_length,
                         (guint)(size - header_length));
  tame_fields ((const char *)source->data, source->len);

  return source;
}

char *
rst_mime_source_unmask (const char *type)
{
  const char *subtype = strchr (type, '/');

  for (guint i = 0; subtype != NULL && subtype[1] == MASK && i < G_N_ELEMENTS (masked_types); i++)
    {
      const char *masked = strchr (masked_types[i], '/');

      if (g_ascii_strcasecmp (masked + 2, subtype + 2) == 0)
        return g_strdup (masked_types[i]);
    }

  return g_ascii_strdown (type, -1);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-header-block"

#include "config.h"

#include "rst-header-block.h"

#include <string.h>

/* The lines of a block end in CRLF or LF; a CR anywhere else is a byte like any other, because a
 * server that passes it on must not be able to make two lines of one. */

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

static gboolean
is_space (char c)
{
  return is_blank (c) || c == '\r' || c == '\n';
}

static gsize
measure_line (const char *line,
              gsize length)
{
  const char *end = memchr (line, '\n', length);

  return end != NULL ? (gsize)(end - line) + 1 : length;
}

/* A lone CR as the last byte is a blank line whose LF was cut off. */
static gboolean
is_blank_line (const char *line,
               gsize length)
{
  return line[0] == '\n' || (line[0] == '\r' && (length == 1 || line[1] == '\n'));
}

/* RFC 5322 §2.2: printable ASCII but the colon. §4.5 allows blanks before the colon. Returns the
 * length of the name, 0 when the line does not begin with one; sets @colon. */
static gsize
measure_name (const char *line,
              gsize length,
              gsize *colon)
{
  gsize name_length = 0;

  while (name_length < length && g_ascii_isgraph (line[name_length]) && line[name_length] != ':')
    name_length++;

  *colon = name_length;
  while (*colon < length && is_blank (line[*colon]))
    (*colon)++;

  return *colon < length && line[*colon] == ':' ? name_length : 0;
}

static gsize
measure_line_content (const char *line,
                      gsize length)
{
  if (length == 0 || line[length - 1] != '\n')
    return length;

  return length > 1 && line[length - 2] == '\r' ? length - 2 : length - 1;
}

gsize
rst_header_block_find_end (const char *bytes,
                           gsize length)
{
  gsize position = 0;

  while (position < length && !is_blank_line (bytes + position, length - position))
    position += measure_line (bytes + position, length - position);

  return position;
}

gboolean
rst_header_block_next (const char *block,
                       gsize length,
                       gsize *position,
                       RstHeaderField *field)
{
  const char *raw;
  gsize available, end, colon;

  if (*position >= length || is_blank_line (block + *position, length - *position))
    return FALSE;

  raw = block + *position;
  available = length - *position;
  end = measure_line (raw, available);
  field->name = raw;
  field->name_length = measure_name (raw, end, &colon);
  while (end < available && is_blank (raw[end]))
    end += measure_line (raw + end, available - end);

  field->raw = raw;
  field->raw_length = end;
  field->value = field->name_length > 0 ? raw + colon + 1 : raw;
  field->value_length = (gsize)(raw + end - field->value);
  *position += end;

  return TRUE;
}

gboolean
rst_header_field_is (const RstHeaderField *field,
                     const char *name)
{
  /* Asked twenty times a field, where most names differ in more of their first letter than case. */
  if (field->name_length == 0 || ((*field->name ^ *name) & ~0x20) != 0)
    return FALSE;

  return field->name_length == strlen (name) &&
         g_ascii_strncasecmp (field->name, name, field->name_length) == 0;
}

char *
rst_header_field_unfold (const RstHeaderField *field,
                         gsize *length)
{
  const char *line = field->value;
  gsize left = field->value_length, out = 0;
  char *value;

  while (left > 0 && is_space (line[left - 1]))
    left--;
  for (; left > 0 && is_space (*line); left--)
    line++;

  value = g_malloc (left + 1);
  while (left > 0)
    {
      gsize line_length = measure_line (line, left);
      gsize content = measure_line_content (line, line_length);

      memcpy (value + out, line, content);
      out += content;
      line += line_length;
      left -= line_length;
    }
  value[out] = '\0';

  if (length != NULL)
    *length = out;

  return value;
}

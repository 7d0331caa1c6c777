/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-text"

#include "config.h"

#include "rst-cli-text.h"

#include <string.h>

#define REPLACEMENT 0xfffd

static guint
width_of (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;

  return g_unichar_iswide (character) ? 2 : 1;
}

/* How many of the first bytes are printable ASCII, a column each: nearly all of a line is. */
static gsize
measure_plain (const char *text)
{
  gsize length = 0;

  while (g_ascii_isprint (text[length]))
    length++;

  return length;
}

/* Returns the columns that were used; what has no width stays with what it stands on. */
static guint
append_cut (GString *line,
            const char *text,
            guint width)
{
  gsize n_plain = measure_plain (text);
  guint used = (guint)MIN (n_plain, width);

  g_string_append_len (line, text, used);
  if (used < n_plain)
    return used;

  for (const char *c = text + used; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character))
        character = REPLACEMENT;
      if (used + width_of (character) > width)
        break;
      used += width_of (character);
      g_string_append_unichar (line, character);
    }

  return used;
}

static void
append_blanks (GString *line,
               guint count)
{
  for (guint i = 0; i < count; i++)
    g_string_append_c (line, ' ');
}

char *
rst_cli_text_escape (const char *text)
{
  GString *escaped = g_string_sized_new (strlen (text));

  for (const char *c = text; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character) && character != '\t' && character != '\n')
        character = REPLACEMENT;
      g_string_append_unichar (escaped, character);
    }

  return g_string_free (escaped, FALSE);
}

char *
rst_cli_text_cut (const char *text,
                  guint width)
{
  GString *line = g_string_new (NULL);

  append_cut (line, text, width);
  return g_string_free (line, FALSE);
}

char *
rst_cli_text_pad (const char *text,
                  guint width)
{
  GString *line = g_string_new (NULL);

  append_blanks (line, width - append_cut (line, text, width));
  return g_string_free (line, FALSE);
}

char *
rst_cli_text_pad_left (const char *text,
                       guint width)
{
  GString *line = g_string_new (NULL);
  g_autoptr (GString) cut = g_string_new (NULL);

  append_blanks (line, width - append_cut (cut, text, width));
  g_string_append (line, cut->str);
  return g_string_free (line, FALSE);
}

void
rst_cli_text_append_json (GString *json,
                          const char *text)
{
  if (!text)
    {
      g_string_append (json, "null");
      return;
    }

  g_string_append_c (json, '"');
  for (const char *c = text; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (character == '"' || character == '\\')
        g_string_append_printf (json, "\\%c", (char)character);
      else if (g_unichar_iscntrl (character))
        g_string_append_printf (json, "\\u%04x", character);
      else
        g_string_append_unichar (json, character);
    }
  g_string_append_c (json, '"');
}

void
rst_cli_text_append_json_member (GString *json,
                                 const char *name,
                                 const char *text)
{
  g_string_append_printf (json, ",\"%s\":", name);
  rst_cli_text_append_json (json, text);
}

char *
rst_cli_text_format_date (gint64 date,
                          GTimeZone *zone,
                          const char *format)
{
  g_autoptr (GDateTime) utc = date != 0 ? g_date_time_new_from_unix_utc (date) : NULL;
  g_autoptr (GDateTime) there = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  char *text = there ? g_date_time_format (there, format) : NULL;

  return text ? text : g_strdup ("");
}

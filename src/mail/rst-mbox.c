/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mbox"

#include "config.h"

#include "rst-mbox.h"

#include <string.h>

/* mboxrd: a body line of any number of ">" and "From " gets one more ">" when it is written, and
 * loses one when it is read, so that what was put in comes out again. */

#define FROM "From "
#define FROM_LENGTH (sizeof FROM - 1)

static const char *
find_line_end (const char *line,
               const char *end)
{
  const char *newline = memchr (line, '\n', (gsize)(end - line));

  return newline != NULL ? newline + 1 : end;
}

static gboolean
is_blank_line (const char *line,
               const char *end)
{
  return line < end && (*line == '\n' || (end - line >= 2 && memcmp (line, "\r\n", 2) == 0));
}

static gboolean
is_from_line (const char *line,
              const char *end)
{
  return end - line >= (gssize)FROM_LENGTH && memcmp (line, FROM, FROM_LENGTH) == 0;
}

static gboolean
is_quotable (const char *line,
             const char *end)
{
  while (line < end && *line == '>')
    line++;

  return is_from_line (line, end);
}

/* Other writers leave "From now on ..." in a body as it is. What begins a message has a time of day
 * at least, whatever form its date has. */
static gboolean
is_separator (const char *line,
              const char *end)
{
  const char *line_end;

  if (!is_from_line (line, end))
    return FALSE;

  line_end = find_line_end (line, end);
  for (const char *p = line + FROM_LENGTH; p + 2 < line_end; p++)
    if (g_ascii_isdigit (p[-1]) && p[0] == ':' && g_ascii_isdigit (p[1]) && g_ascii_isdigit (p[2]))
      return TRUE;

  return FALSE;
}

/* The blank line before the next separator is none of the message's. */
static const char *
trim_blank_line (const char *start,
                 const char *end)
{
  const char *last = end;

  if (last > start && last[-1] == '\n')
    last--;
  if (last < end && last > start && last[-1] == '\r')
    last--;

  return last == start || last[-1] == '\n' ? last : end;
}

static GBytes *
unquote (GBytes *mbox,
         const char *start,
         const char *end,
         gboolean is_quoted)
{
  const char *bytes = g_bytes_get_data (mbox, NULL);
  GByteArray *message;

  end = trim_blank_line (start, end);
  if (!is_quoted)
    return g_bytes_new_from_bytes (mbox, (gsize)(start - bytes), (gsize)(end - start));

  message = g_byte_array_sized_new ((guint)(end - start));
  while (start < end)
    {
      const char *line_end = find_line_end (start, end);

      if (*start == '>' && is_quotable (start, line_end))
        start++;
      g_byte_array_append (message, (const guint8 *)start, (guint)(line_end - start));
      start = line_end;
    }

  return g_byte_array_free_to_bytes (message);
}

GPtrArray *
rst_mbox_split (GBytes *mbox)
{
  GPtrArray *messages = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gsize size;
  const char *line = g_bytes_get_data (mbox, &size);
  const char *end = size > 0 ? line + size : line;
  const char *message = NULL;
  gboolean is_after_blank = TRUE;
  gboolean is_quoted = FALSE;

  while (line < end)
    {
      const char *line_end = find_line_end (line, end);

      if (is_after_blank && is_separator (line, line_end))
        {
          if (message != NULL)
            g_ptr_array_add (messages, unquote (mbox, message, line, is_quoted));
          message = line_end;
          is_quoted = FALSE;
        }

      is_quoted |= *line == '>' && is_quotable (line, line_end);
      is_after_blank = is_blank_line (line, line_end);
      line = line_end;
    }

  if (message != NULL)
    g_ptr_array_add (messages, unquote (mbox, message, end, is_quoted));

  return messages;
}

gboolean
rst_mbox_is_separator (const char *line,
                       gsize length)
{
  return is_separator (line, line + length);
}

GBytes *
rst_mbox_extract (GBytes *entry)
{
  gsize size;
  const char *start = g_bytes_get_data (entry, &size);
  const char *end = start + size;
  gboolean is_quoted = FALSE;

  for (const char *line = start; line < end && !is_quoted; line = find_line_end (line, end))
    is_quoted = *line == '>' && is_quotable (line, end);

  return unquote (entry, start, end, is_quoted);
}

/* As asctime() has it, in English whatever the locale is. */
static char *
format_date (gint64 seconds)
{
  static const char days[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" };
  static const char months[][4] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
  g_autoptr (GDateTime) date = g_date_time_new_from_unix_utc (seconds);

  if (date == NULL)
    date = g_date_time_new_from_unix_utc (0);

  return g_strdup_printf ("%s %s %2d %02d:%02d:%02d %d",
                          days[g_date_time_get_day_of_week (date) - 1],
                          months[g_date_time_get_month (date) - 1],
                          g_date_time_get_day_of_month (date),
                          g_date_time_get_hour (date),
                          g_date_time_get_minute (date),
                          g_date_time_get_second (date),
                          g_date_time_get_year (date));
}

/* The sender is one word of one line. */
static void
append_from_line (GByteArray *entry,
                  const char *sender,
                  gint64 date)
{
  g_autofree char *word = g_strdup (sender != NULL && *sender != '\0' ? sender : "MAILER-DAEMON");
  g_autofree char *date_text = format_date (date);
  g_autofree char *line = NULL;

  for (char *p = word; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p))
      *p = '-';

  line = g_strdup_printf (FROM "%s %s\n", word, date_text);
  g_byte_array_append (entry, (const guint8 *)line, (guint)strlen (line));
}

GBytes *
rst_mbox_format (GBytes *message,
                 const char *sender,
                 gint64 date)
{
  gsize size;
  const char *line = g_bytes_get_data (message, &size);
  const char *end = line + size;
  GByteArray *entry = g_byte_array_sized_new ((guint)size + 128);

  append_from_line (entry, sender, date);
  while (line < end)
    {
      const char *line_end = find_line_end (line, end);
      gsize length = (gsize)(line_end - line);

      if (line[length - 1] == '\n')
        length -= length > 1 && line[length - 2] == '\r' ? 2 : 1;
      if (is_quotable (line, line_end))
        g_byte_array_append (entry, (const guint8 *)">", 1);
      g_byte_array_append (entry, (const guint8 *)line, (guint)length);
      g_byte_array_append (entry, (const guint8 *)"\n", 1);
      line = line_end;
    }
  g_byte_array_append (entry, (const guint8 *)"\n", 1);

  return g_byte_array_free_to_bytes (entry);
}

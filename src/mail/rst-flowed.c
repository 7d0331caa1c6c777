/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-flowed"

#include "config.h"

#include "rst-flowed.h"

#include <string.h>

/* RFC 3676 §4.3: the line above a signature ends in a blank, and is no flowing line. */
#define SIGNATURE "-- "

typedef struct
{
  const char *text;
  gsize length;
  guint n_quotes;
  gboolean is_signature;
  gboolean flows;
} Line;

/* A line is its quote marks, then at most one blank that was stuffed in, then its text. */
static const char *
read_line (const char *p,
           Line *line)
{
  const char *end = strchrnul (p, '\n');

  for (line->n_quotes = 0; *p == '>'; p++)
    line->n_quotes++;
  if (*p == ' ')
    p++;

  line->text = p;
  line->length = (gsize)(end - p);
  line->is_signature = line->length == strlen (SIGNATURE) &&
                       strncmp (p, SIGNATURE, line->length) == 0;
  line->flows = line->length > 0 && p[line->length - 1] == ' ' && !line->is_signature;

  return *end == '\n' ? end + 1 : end;
}

static void
append_quotes (GString *out,
               guint n_quotes)
{
  for (guint i = 0; i < n_quotes; i++)
    g_string_append (out, "> ");
}

char *
rst_flowed_unwrap (const char *text,
                   gboolean deletes_space)
{
  GString *out = g_string_sized_new (strlen (text));
  gboolean is_joining = FALSE;
  guint n_quotes = 0;

  while (*text != '\0')
    {
      Line line;

      text = read_line (text, &line);
      if (is_joining && (line.n_quotes != n_quotes || line.is_signature))
        {
          g_string_append_c (out, '\n');
          is_joining = FALSE;
        }

      if (!is_joining)
        append_quotes (out, line.n_quotes);
      g_string_append_len (out, line.text, (gssize)(line.length - (line.flows && deletes_space)));

      is_joining = line.flows && *text != '\0';
      n_quotes = line.n_quotes;
      if (!is_joining)
        g_string_append_c (out, '\n');
    }

  return g_string_free (out, FALSE);
}

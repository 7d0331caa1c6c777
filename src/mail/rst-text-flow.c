/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-text-flow"

#include "config.h"

#include "rst-text-flow.h"

#include <string.h>

/* Levels that are shown. A few bytes of hostile source must not become a line of thousands. */
#define MAX_QUOTES 12
#define MAX_INDENTS 8

#define CELL_GAP "  "

/* Blanks and line ends are held back until text follows them, so that none stand at the beginning
 * or end of a line, or pile up. */
struct _RstTextFlow
{
  GString *text;
  guint n_line_ends;
  gboolean has_blank;
  gboolean has_gap;
  int n_quotes;
  int n_indents;
  int last_line_quotes;
  char *marker;
};

RstTextFlow *
rst_text_flow_new (void)
{
  RstTextFlow *self = g_new0 (RstTextFlow, 1);

  self->text = g_string_new (NULL);

  return self;
}

char *
rst_text_flow_free_to_text (RstTextFlow *self)
{
  char *text = g_string_free (self->text, FALSE);

  g_free (self->marker);
  g_free (self);

  return text;
}

static gboolean
is_at_line_start (const RstTextFlow *self)
{
  return self->text->len == 0 || self->n_line_ends > 0;
}

static void
begin_line (RstTextFlow *self)
{
  for (int i = 0; i < MIN (self->n_quotes, MAX_QUOTES); i++)
    g_string_append (self->text, "> ");
  for (int i = 0; i < MIN (self->n_indents, MAX_INDENTS); i++)
    g_string_append (self->text, "  ");

  if (self->marker != NULL)
    g_string_append_printf (self->text, "%s ", self->marker);
  g_clear_pointer (&self->marker, g_free);
  self->last_line_quotes = self->n_quotes;
}

/* A blank line belongs to the quotation when both lines around it do. */
static void
add_blank_line (RstTextFlow *self)
{
  int n_quotes = MIN (self->last_line_quotes, self->n_quotes);

  for (int i = 0; i < MIN (n_quotes, MAX_QUOTES); i++)
    g_string_append (self->text, i == 0 ? ">" : " >");
  g_string_append_c (self->text, '\n');
}

static void
let_out (RstTextFlow *self)
{
  if (is_at_line_start (self))
    {
      if (self->text->len > 0)
        g_string_append_c (self->text, '\n');
      for (guint i = 1; self->text->len > 0 && i < self->n_line_ends; i++)
        add_blank_line (self);
      begin_line (self);
    }
  else if (self->has_gap)
    g_string_append (self->text, CELL_GAP);
  else if (self->has_blank)
    g_string_append_c (self->text, ' ');

  self->n_line_ends = 0;
  self->has_blank = FALSE;
  self->has_gap = FALSE;
}

static gboolean
is_collapsible (gunichar c)
{
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0xA0;
}

/* Characters that cannot be seen: newsletters fill the preview of a mail list with them. */
static gboolean
is_invisible (const RstTextFlow *self,
              gunichar c)
{
  if (c == 0xAD || c == 0x34F || c == 0x200B || c == 0xFEFF)
    return TRUE;

  /* Between letters these have a meaning. */
  return (c == 0x200C || c == 0x200D) && (self->has_blank || is_at_line_start (self));
}

void
rst_text_flow_add (RstTextFlow *self,
                   const char *text,
                   gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      const char *next = g_utf8_next_char (text);
      gunichar c = g_utf8_get_char (text);

      if (is_collapsible (c))
        self->has_blank = TRUE;
      else if (!is_invisible (self, c))
        {
          let_out (self);
          g_string_append_len (self->text, text, MIN (next, end) - text);
        }

      text = next;
    }
}

void
rst_text_flow_add_verbatim (RstTextFlow *self,
                            const char *text,
                            gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      gsize rest = (gsize)(end - text);
      const char *newline = memchr (text, '\n', rest);
      gsize line_length = newline != NULL ? (gsize)(newline - text) : rest;

      if (line_length > 0)
        {
          let_out (self);
          g_string_append_len (self->text, text, (gssize)line_length);
        }
      if (newline != NULL)
        self->n_line_ends++;
      text += line_length + (newline != NULL ? 1 : 0);
    }
}

static void
request_line_ends (RstTextFlow *self,
                   guint n_line_ends)
{
  self->n_line_ends = MAX (self->n_line_ends, n_line_ends);
  self->has_blank = FALSE;
  self->has_gap = FALSE;
}

void
rst_text_flow_break (RstTextFlow *self)
{
  request_line_ends (self, MIN (self->n_line_ends + 1, 2));
}

void
rst_text_flow_end_block (RstTextFlow *self)
{
  request_line_ends (self, 1);
}

void
rst_text_flow_end_paragraph (RstTextFlow *self)
{
  request_line_ends (self, 2);
}

void
rst_text_flow_end_cell (RstTextFlow *self)
{
  self->has_gap = TRUE;
}

void
rst_text_flow_set_marker (RstTextFlow *self,
                          const char *marker)
{
  g_free (self->marker);
  self->marker = g_strdup (marker);
}

void
rst_text_flow_quote (RstTextFlow *self,
                     int change)
{
  self->n_quotes += change;
}

void
rst_text_flow_indent (RstTextFlow *self,
                      int change)
{
  self->n_indents += change;
}

gsize
rst_text_flow_mark (const RstTextFlow *self)
{
  return self->text->len;
}

char *
rst_text_flow_dup_since (const RstTextFlow *self,
                         gsize mark)
{
  return g_strstrip (g_strdup (self->text->str + mark));
}

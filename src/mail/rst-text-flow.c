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
#define DOCUMENT_CELL_GAP "   "

/* Blanks and line ends are held back until text follows them, so that none stand at the beginning
 * or end of a line, or pile up. */
struct _RstTextFlow
{
  GString *text;
  RstDocumentBuilder *builder; /* where the text goes instead */
  gsize n_written;
  RstRun look;
  RstRun blank_look;
  RstRun last_look;
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

RstTextFlow *
rst_text_flow_new_for_document (RstDocumentBuilder *builder)
{
  RstTextFlow *self = g_new0 (RstTextFlow, 1);

  self->builder = builder;

  return self;
}

static void
put (RstTextFlow *self,
     const char *text,
     gsize length,
     const RstRun *look)
{
  if (self->builder != NULL)
    rst_document_builder_add (self->builder, text, length, look);
  else
    g_string_append_len (self->text, text, (gssize)length);
  self->n_written += length;
}

static void
update_look (RstTextFlow *self)
{
  self->look.quote = (guint8)CLAMP (self->n_quotes, 0, MAX_QUOTES);
  self->look.indent = (guint8)CLAMP (self->n_indents, 0, MAX_INDENTS);
}

/* What the end of a line shares with the line. */
static RstRunFlags
get_line_flags (RstRunFlags flags)
{
  RstRunFlags shared = RST_RUN_SIGNATURE;

  if ((flags & RST_RUN_PREFORMATTED) != 0)
    shared |= RST_RUN_PREFORMATTED | RST_RUN_MONOSPACE;

  return flags & shared;
}

static void
put_line_end (RstTextFlow *self)
{
  RstRun look = { .flags = get_line_flags (self->last_look.flags),
                  .heading = self->last_look.heading,
                  .quote = self->last_look.quote,
                  .indent = self->last_look.indent };

  put (self, "\n", 1, &look);
}

void
rst_text_flow_free (RstTextFlow *self)
{
  if (self->builder != NULL && self->n_written > 0)
    put_line_end (self);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  g_free (self->marker);
  g_free (self);
}

char *
rst_text_flow_free_to_text (RstTextFlow *self)
{
  char *text = g_string_free (g_steal_pointer (&self->text), FALSE);

  rst_text_flow_free (self);

  return text;
}

void
rst_text_flow_set_look (RstTextFlow *self,
                        const RstRun *look)
{
  self->look = *look;
  update_look (self);
}

static gboolean
is_at_line_start (const RstTextFlow *self)
{
  return self->n_written == 0 || self->n_line_ends > 0;
}

static void
begin_line (RstTextFlow *self)
{
  if (self->builder == NULL)
    {
      for (int i = 0; i < MIN (self->n_quotes, MAX_QUOTES); i++)
        put (self, "> ", 2, NULL);
      for (int i = 1; i < MIN (self->n_indents, MAX_INDENTS + 1); i++)
        put (self, "  ", 2, NULL);
    }

  if (self->marker != NULL)
    {
      RstRun look = { .flags = RST_RUN_MARKER | (self->look.flags & RST_RUN_SIGNATURE),
                      .quote = self->look.quote,
                      .indent = self->look.indent };

      put (self, self->marker, strlen (self->marker), &look);
      put (self, " ", 1, &look);
    }
  g_clear_pointer (&self->marker, g_free);
  self->last_line_quotes = self->n_quotes;
}

/* A blank line belongs to the quotation when both lines around it do. */
static void
add_blank_line (RstTextFlow *self)
{
  int n_quotes = MIN (self->last_line_quotes, self->n_quotes);
  RstRun look = { .flags = get_line_flags (self->last_look.flags & self->look.flags),
                  .quote = MIN (self->last_look.quote, self->look.quote) };

  for (int i = 0; self->builder == NULL && i < MIN (n_quotes, MAX_QUOTES); i++)
    g_string_append (self->text, i == 0 ? ">" : " >");
  put (self, "\n", 1, &look);
}

static void
let_out (RstTextFlow *self)
{
  if (is_at_line_start (self))
    {
      gboolean has_text = self->n_written > 0;

      if (has_text)
        put_line_end (self);
      for (guint i = 1; has_text && i < self->n_line_ends; i++)
        add_blank_line (self);
      begin_line (self);
    }
  else if (self->has_gap && self->builder != NULL)
    put (self, DOCUMENT_CELL_GAP, strlen (DOCUMENT_CELL_GAP), &self->blank_look);
  else if (self->has_gap)
    put (self, CELL_GAP, strlen (CELL_GAP), NULL);
  else if (self->has_blank)
    put (self, " ", 1, &self->blank_look);

  self->n_line_ends = 0;
  self->has_blank = FALSE;
  self->has_gap = FALSE;
  self->last_look = self->look;
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

static void
hold_blank (RstTextFlow *self)
{
  if (!self->has_blank && !self->has_gap)
    self->blank_look = self->look;
  self->has_blank = TRUE;
}

void
rst_text_flow_add (RstTextFlow *self,
                   const char *text,
                   gsize length)
{
  const char *end = text + length;

  while (text < end)
    {
      gunichar c = g_utf8_get_char (text);
      const char *start = text;

      text = g_utf8_next_char (text);
      if (is_collapsible (c))
        {
          hold_blank (self);
          continue;
        }
      if (is_invisible (self, c))
        continue;

      let_out (self);
      for (; text < end; text = g_utf8_next_char (text))
        {
          c = g_utf8_get_char (text);
          if (is_collapsible (c) || is_invisible (self, c))
            break;
        }
      put (self, start, (gsize)(MIN (text, end) - start), &self->look);
    }
}

void
rst_text_flow_add_image (RstTextFlow *self,
                         const char *alt,
                         GBytes *content)
{
  if (self->builder == NULL)
    return;

  let_out (self);
  rst_document_builder_add_image (self->builder, alt, content, &self->look);
  self->n_written++;
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
          put (self, text, line_length, &self->look);
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
  if (!self->has_gap)
    self->blank_look = self->look;
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
  update_look (self);
}

void
rst_text_flow_indent (RstTextFlow *self,
                      int change)
{
  self->n_indents += change;
  update_look (self);
}

gsize
rst_text_flow_mark (const RstTextFlow *self)
{
  return self->builder != NULL ? rst_document_builder_get_length (self->builder) : self->text->len;
}

char *
rst_text_flow_dup_since (const RstTextFlow *self,
                         gsize mark,
                         gsize max_length)
{
  const char *text = self->builder != NULL
                         ? rst_document_get_text (rst_document_builder_peek (self->builder))
                         : self->text->str;
  const char *end = text + rst_text_flow_mark (self);

  text += mark;
  if (max_length < (gsize)(end - text))
    for (end = text + max_length; end > text && ((guchar)*end & 0xC0) == 0x80;)
      end--;

  return g_strstrip (g_strndup (text, (gsize)(end - text)));
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document-folds"

#include "config.h"

#include "rst-document-folds.h"

#include <string.h>

/* A quotation of more lines can be folded; one of more still is folded even where answers follow
 * it, as nobody would find them. */
#define SHORT_LINES 12
#define LONG_LINES 40

typedef struct
{
  gsize start;
  gsize end;
  guint quote;
  gboolean is_blank;
  gboolean is_signature;
} Line;

typedef struct
{
  const RstDocument *document;
  const RstRun *runs;
  gsize n_runs;
  gsize run;
} Lines;

/* A stretch of lines, all of them quoted. */
typedef struct
{
  gsize start;
  gsize end;
  guint n_lines;
  gboolean is_below_text;
} Block;

static gboolean
read_line (Lines *self,
           gsize position,
           Line *line)
{
  const char *text = rst_document_get_text (self->document);
  gsize length = rst_document_get_length (self->document);
  const char *line_end;

  if (position >= length)
    return FALSE;

  while (self->run + 1 < self->n_runs && self->runs[self->run + 1].start <= position)
    self->run++;

  line_end = memchr (text + position, '\n', length - position);
  line->start = position;
  line->end = line_end != NULL ? (gsize)(line_end - text) + 1 : length;
  line->quote = self->runs[self->run].quote;
  line->is_signature = (self->runs[self->run].flags & RST_RUN_SIGNATURE) != 0;
  for (; position < line->end && g_ascii_isspace (text[position]);)
    position++;
  line->is_blank = position == line->end;

  return TRUE;
}

/* Extends the last block, or begins one, by a line that is at least @depth quotations deep. */
static void
add_line (GArray *blocks,
          const Line *line,
          gboolean is_below_text)
{
  Block block = { line->start, line->end, 1, is_below_text };
  Block *last = blocks->len > 0 ? &g_array_index (blocks, Block, blocks->len - 1) : NULL;

  if (last != NULL && last->end == line->start)
    {
      last->end = line->end;
      last->n_lines++;
    }
  else
    g_array_append_val (blocks, block);
}

static gboolean
ends_in_colon (const Lines *self,
               const Line *line)
{
  const char *text = rst_document_get_text (self->document);
  gsize end = line->end;

  while (end > line->start && g_ascii_isspace (text[end - 1]))
    end--;

  return end > line->start && text[end - 1] == ':';
}

static gboolean
has_digit (const Lines *self,
           const Line *line)
{
  const char *text = rst_document_get_text (self->document);

  for (gsize i = line->start; i < line->end; i++)
    if (g_ascii_isdigit (text[i]))
      return TRUE;

  return FALSE;
}

/* The sender's own lines so far, and how many of the last ones say who wrote what follows: one that
 * ends in a colon, and the one with the date above it if that was broken in two. */
typedef struct
{
  guint n_lines;
  guint n_attributing;
  gboolean follows_date;
} OwnText;

static void
count_own_line (OwnText *self,
                const Lines *lines,
                const Line *line)
{
  if (line->is_blank)
    {
      self->follows_date = FALSE;
      return;
    }

  self->n_lines++;
  self->n_attributing = 0;
  if (ends_in_colon (lines, line))
    self->n_attributing = self->follows_date ? 2 : 1;
  self->follows_date = has_digit (lines, line);
}

static gboolean
has_own_text (const OwnText *self)
{
  return self->n_lines > self->n_attributing;
}

static void
add_inner_folds (RstDocumentBuilder *builder,
                 const GArray *inner,
                 const Block *outer)
{
  for (guint i = 0; i < inner->len; i++)
    {
      const Block *block = &g_array_index (inner, Block, i);

      if (block->start >= outer->start && block->end <= outer->end && block->n_lines > SHORT_LINES)
        rst_document_builder_add_fold (builder, block->start, block->end, TRUE);
    }
}

void
rst_document_fold_quotations (RstDocumentBuilder *builder,
                              gsize start)
{
  Lines lines = { .document = rst_document_builder_peek (builder) };
  g_autoptr (GArray) outer = g_array_new (FALSE, FALSE, sizeof (Block));
  g_autoptr (GArray) inner = g_array_new (FALSE, FALSE, sizeof (Block));
  OwnText own = { 0 };
  gsize last_own = 0;
  Line line;

  lines.runs = rst_document_get_runs (lines.document, &lines.n_runs);
  for (gsize position = start; read_line (&lines, position, &line); position = line.end)
    {
      if (line.quote > 0)
        add_line (outer, &line, has_own_text (&own));
      else if (!line.is_signature)
        count_own_line (&own, &lines, &line);
      if (line.quote > 1)
        add_line (inner, &line, FALSE);
      if (line.quote == 0 && !line.is_blank && !line.is_signature)
        last_own = line.start;
    }

  for (guint i = 0; i < outer->len; i++)
    {
      const Block *block = &g_array_index (outer, Block, i);
      gboolean is_last = last_own < block->start;
      gboolean is_folded = is_last ? block->is_below_text : block->n_lines > LONG_LINES;

      if (block->n_lines <= SHORT_LINES)
        continue;

      rst_document_builder_add_fold (builder, block->start, block->end, is_folded);
      if (!is_folded)
        add_inner_folds (builder, inner, block);
    }
}

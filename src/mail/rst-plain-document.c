/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-plain-document"

#include "config.h"

#include "rst-plain-document.h"

#include <string.h>

#include "rst-document-folds.h"
#include "rst-link.h"

/* Levels; further marks are text. */
#define MAX_QUOTES 100

typedef struct
{
  const char *start;
  const char *text; /* behind the quote marks */
  const char *end;  /* before the line end */
  const char *next;
  guint n_quotes;
} Line;

typedef struct
{
  RstDocumentBuilder *builder;
  const char *end;
  guint n_quotes;
  gboolean is_signature;
} Writer;

/* Quote marks stand close, or with one blank between them: ">>a", "> > a". */
static void
read_line (const char *p,
           const char *end,
           Line *line)
{
  const char *newline = memchr (p, '\n', (gsize)(end - p));

  line->start = p;
  line->end = newline != NULL ? newline : end;
  line->next = newline != NULL ? newline + 1 : end;
  line->n_quotes = 0;
  while (p < line->end && line->n_quotes < MAX_QUOTES)
    {
      const char *mark = p + (line->n_quotes > 0 && *p == ' ' ? 1 : 0);

      if (mark == line->end || *mark != '>')
        break;
      p = mark + 1;
      line->n_quotes++;
    }

  if (line->n_quotes > 0 && p < line->end && *p == ' ')
    p++;
  line->text = p;
}

static gboolean
begins_with (const Line *line,
             const char *prefix)
{
  gsize length = strlen (prefix);

  return (gsize)(line->end - line->start) >= length && strncmp (line->start, prefix, length) == 0;
}

/* Marks that quote nothing: alone in their lines, a program's prompt, or what an mbox file puts
 * before "From". Returns where this stretch of marked lines ends. */
static const char *
read_marked_lines (const char *p,
                   const char *end,
                   gboolean *is_quotation)
{
  gboolean has_text = FALSE;
  gboolean is_prompt = TRUE;
  gboolean is_from = TRUE;
  Line line;

  for (; p < end; p = line.next)
    {
      read_line (p, end, &line);
      if (line.n_quotes == 0)
        break;

      has_text = has_text || line.text < line.end;
      is_prompt = is_prompt && line.n_quotes == 3 && begins_with (&line, ">>> ");
      is_from = is_from && begins_with (&line, ">From ");
    }

  *is_quotation = has_text && !is_prompt && !is_from;

  return p;
}

static void
add_text (Writer *self,
          const char *text,
          gsize length,
          RstRun *look)
{
  while (length > 0 && !rst_document_builder_is_full (self->builder))
    {
      gsize start = length;
      gsize end = length;
      g_autofree char *target = rst_link_find (text, length, &start, &end);

      rst_document_builder_add (self->builder, text, start, look);
      if (target != NULL)
        {
          look->link = rst_document_builder_add_link (self->builder, target, NULL);
          rst_document_builder_add (self->builder, text + start, end - start, look);
          look->link = 0;
        }

      text += end;
      length -= end;
    }
}

/* A signature ends where the quotation does that it belongs to, and above a message that some
 * mailers put below it whole. */
static void
add_line (Writer *self,
          const Line *line)
{
  gsize length = (gsize)(line->end - line->text);
  RstRun look = { .quote = (guint8)line->n_quotes };

  if (line->n_quotes != self->n_quotes || (length > 4 && strncmp (line->text, "-----", 5) == 0))
    self->is_signature = FALSE;
  if (length == 3 && strncmp (line->text, "-- ", 3) == 0)
    self->is_signature = TRUE;
  self->n_quotes = line->n_quotes;
  if (self->is_signature)
    look.flags |= RST_RUN_SIGNATURE;

  add_text (self, line->text, length, &look);
  rst_document_builder_add (self->builder, "\n", 1, &look);
}

static void
add_lines (Writer *self,
           const char *p)
{
  const char *marked_end = p;
  gboolean is_quotation = FALSE;

  while (p < self->end && !rst_document_builder_is_full (self->builder))
    {
      Line line;

      read_line (p, self->end, &line);
      if (line.n_quotes > 0 && p >= marked_end)
        marked_end = read_marked_lines (p, self->end, &is_quotation);
      if (line.n_quotes > 0 && !is_quotation)
        {
          line.text = line.start;
          line.n_quotes = 0;
        }

      add_line (self, &line);
      p = line.next;
    }
}

void
rst_plain_add_to_document (RstDocumentBuilder *builder,
                           const char *text,
                           gsize length)
{
  static const RstRun plain = { 0 };
  Writer self = { builder, text + length };
  gsize start;

  for (const char *p = text; p < self.end && g_ascii_isspace (*p); p++)
    if (*p == '\n')
      text = p + 1;
  for (const char *p = self.end; p > text && g_ascii_isspace (p[-1]); p--)
    if (p[-1] == '\n')
      self.end = p - 1;
  if (text == self.end)
    return;

  if (!rst_document_builder_ends_line (builder))
    rst_document_builder_add (builder, "\n", 1, &plain);
  start = rst_document_builder_get_length (builder);
  add_lines (&self, text);
  rst_document_fold_quotations (builder, start);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-body-writer"

#include "config.h"

#include "rst-body-writer.h"

#include <string.h>

#include "rst-html-text.h"
#include "rst-plain-document.h"

struct _RstBodyWriter
{
  RstDocumentBuilder *builder; /* not owned; %NULL for text */
  GString *text;
};

static const RstRun plain = { 0 };

RstBodyWriter *
rst_body_writer_new (RstDocumentBuilder *builder)
{
  RstBodyWriter *self = g_new0 (RstBodyWriter, 1);

  self->builder = builder;
  self->text = g_string_new (NULL);

  return self;
}

char *
rst_body_writer_end (RstBodyWriter *self)
{
  char *text = g_string_free (self->text, FALSE);

  g_free (self);

  return text;
}

gboolean
rst_body_writer_is_full (const RstBodyWriter *self)
{
  return self->builder != NULL && rst_document_builder_is_full (self->builder);
}

static void
add (RstBodyWriter *self,
     const char *text,
     const RstRun *look)
{
  if (self->builder != NULL)
    rst_document_builder_add (self->builder, text, strlen (text), look);
  else
    g_string_append (self->text, text);
}

static void
begin_block (RstBodyWriter *self)
{
  GString *text = self->text;

  if (self->builder != NULL)
    {
      if (!rst_document_builder_ends_line (self->builder))
        add (self, "\n", &plain);
      if (rst_document_builder_get_length (self->builder) > 0)
        add (self, "\n", &plain);
    }
  else if (text->len > 0)
    {
      while (text->len > 0 && text->str[text->len - 1] == '\n')
        g_string_truncate (text, text->len - 1);
      g_string_append (text, "\n\n");
    }
}

static gboolean
is_blank (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return *text == '\0';
}

void
rst_body_writer_add_plain (RstBodyWriter *self,
                           const char *text)
{
  if (is_blank (text))
    return;

  begin_block (self);
  if (self->builder != NULL)
    rst_plain_add_to_document (self->builder, text, strlen (text));
  else
    g_string_append (self->text, text);
}

void
rst_body_writer_add_html (RstBodyWriter *self,
                          const char *html,
                          RstFindContentFunc find_content,
                          gpointer user_data)
{
  if (self->builder != NULL)
    {
      begin_block (self);
      rst_html_add_to_document (self->builder, html, strlen (html), find_content, user_data);
    }
  else
    {
      g_autofree char *text = rst_html_to_text (html, strlen (html));

      rst_body_writer_add_plain (self, text);
    }
}

void
rst_body_writer_add_note (RstBodyWriter *self,
                          const char *note)
{
  static const RstRun look = { .flags = RST_RUN_NOTE };

  begin_block (self);
  add (self, note, &look);
  add (self, "\n", &plain);
}

void
rst_body_writer_begin_section (RstBodyWriter *self,
                               const char *title,
                               gboolean is_folded)
{
  begin_block (self);
  if (self->builder != NULL)
    rst_document_builder_begin_fold (self->builder, title, is_folded);
}

void
rst_body_writer_end_section (RstBodyWriter *self)
{
  if (self->builder != NULL)
    rst_document_builder_end_fold (self->builder);
}

void
rst_body_writer_add_field (RstBodyWriter *self,
                           const char *name,
                           const char *value)
{
  static const RstRun bold = { .flags = RST_RUN_BOLD };

  if (value == NULL || *value == '\0')
    return;

  add (self, name, &bold);
  add (self, " ", &plain);
  add (self, value, &plain);
  add (self, "\n", &plain);
}

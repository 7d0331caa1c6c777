/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-print-layout"

#include "config.h"

#include "rst-print-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rst-print-text.h"

#define FONT "Sans 10"
#define FOOTER_FONT "Sans 8"

/* In points. */
#define QUOTE_INDENT 10.0
#define LIST_INDENT 18.0
#define FOOTER_HEIGHT 22.0
#define HEADER_GAP 10.0

/* Of the width; deeper quotations and lists stand no further to the right. */
#define MAX_INDENT 0.5

/* Pango takes a paragraph as a whole: text is given to it in pieces. */
#define MAX_BLOCK_BYTES (16 * 1024)

/* One piece of the text, all of which stands equally far to the right. */
typedef struct
{
  PangoLayout *layout;
  double x;
  guint quote;
} Block;

typedef struct
{
  PangoLayoutLine *line; /* of its block's layout */
  guint block;
  double x;
  double top;
  double height;
  double baseline;
} Line;

struct _RstPrintLayout
{
  GtkPrintContext *context;
  RstEnvelope *envelope;
  RstDocument *document;
  double width;
  double height;

  GArray *blocks;
  GArray *lines;
  GArray *pages; /* the first line of each */
  gsize position;
  double y;
  double rule;
};

static void
block_clear (gpointer data)
{
  g_object_unref (((Block *)data)->layout);
}

static void
append_line (RstPrintLayout *self,
             PangoLayoutIter *iter,
             const Block *block)
{
  PangoRectangle rectangle;
  Line line = { pango_layout_iter_get_line_readonly (iter), self->blocks->len - 1 };
  double top_in_layout;

  pango_layout_iter_get_line_extents (iter, NULL, &rectangle);
  top_in_layout = pango_units_to_double (rectangle.y);
  line.height = pango_units_to_double (rectangle.height);
  line.x = block->x + pango_units_to_double (rectangle.x);
  if (self->pages->len == 0 || self->y + line.height > self->height)
    {
      guint first = self->lines->len;

      g_array_append_val (self->pages, first);
      self->y = 0;
    }
  line.top = self->y;
  line.baseline =
      self->y + pango_units_to_double (pango_layout_iter_get_baseline (iter)) - top_in_layout;
  self->y += line.height;
  g_array_append_val (self->lines, line);
}

static void
append_block (RstPrintLayout *self,
              const char *text,
              PangoAttrList *attributes,
              double indent,
              guint quote)
{
  Block block = { gtk_print_context_create_pango_layout (self->context), indent, quote };
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FONT);
  PangoLayoutIter *iter;

  pango_layout_set_font_description (block.layout, font);
  pango_layout_set_width (block.layout, pango_units_from_double (self->width - indent));
  pango_layout_set_wrap (block.layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (block.layout, text, -1);
  pango_layout_set_attributes (block.layout, attributes);
  g_array_append_val (self->blocks, block);

  iter = pango_layout_get_iter (block.layout);
  do
    append_line (self, iter, &block);
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
append_header (RstPrintLayout *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  rst_print_text_add_header (text, attributes, self->envelope);
  append_block (self, text->str, attributes, 0, 0);
  self->rule = self->y + HEADER_GAP / 2;
  self->y += HEADER_GAP;
}

static gboolean
stand_alike (const RstRun *a,
             const RstRun *b)
{
  return a == b ||
         (a != NULL && b != NULL && a->quote == b->quote && a->indent == b->indent);
}

/* Lines that stand equally far to the right, as many as fit. */
static gsize
find_block_end (RstPrintLayout *self,
                const RstRun *first)
{
  const char *text = rst_document_get_text (self->document);
  gsize length = rst_document_get_length (self->document);
  gsize limit = MIN (self->position + MAX_BLOCK_BYTES, length);
  gsize end = self->position;

  while (end < limit)
    {
      const char *newline = memchr (text + end, '\n', limit - end);

      if (newline == NULL && limit < length && end == self->position)
        return (gsize)(g_utf8_find_prev_char (text, text + limit + 1) - text);
      if (newline == NULL)
        return limit < length ? end : limit;
      end = (gsize)(newline - text) + 1;
      if (end < limit && !stand_alike (first, rst_print_text_find_run (self->document, end)))
        return end;
    }
  return end;
}

static void
append_text (RstPrintLayout *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  const RstRun *run = rst_print_text_find_run (self->document, self->position);
  gsize end = find_block_end (self, run);
  guint quote = run != NULL ? run->quote : 0;
  double indent = quote * QUOTE_INDENT + (run != NULL ? run->indent : 0) * LIST_INDENT;

  rst_print_text_add (text, attributes, self->document, self->position, end);
  /* The next block begins a line of its own. */
  if (text->len > 0 && text->str[text->len - 1] == '\n')
    g_string_truncate (text, text->len - 1);
  append_block (self, text->str, attributes, MIN (indent, self->width * MAX_INDENT), quote);
  self->position = end;
}

static void
append_cut_note (RstPrintLayout *self)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC));
  append_block (self, _ ("The message goes on, and is too long to be printed."), attributes, 0, 0);
}

static void
draw_quote_bars (cairo_t *cairo,
                 const Line *line,
                 const Block *block)
{
  cairo_save (cairo);
  cairo_set_source_rgb (cairo, 0.6, 0.6, 0.6);
  cairo_set_line_width (cairo, 1);
  for (guint i = 0; i < block->quote && i * QUOTE_INDENT < block->x; i++)
    {
      cairo_move_to (cairo, i * QUOTE_INDENT + 1, line->top);
      cairo_line_to (cairo, i * QUOTE_INDENT + 1, line->top + line->height);
    }
  cairo_stroke (cairo);
  cairo_restore (cairo);
}

static void
draw_rule (cairo_t *cairo,
           double y,
           double width)
{
  cairo_set_line_width (cairo, 0.5);
  cairo_move_to (cairo, 0, y);
  cairo_line_to (cairo, width, y);
  cairo_stroke (cairo);
}

static void
draw_footer_text (RstPrintLayout *self,
                  GtkPrintContext *context,
                  const char *text,
                  PangoAlignment alignment)
{
  g_autoptr (PangoLayout) layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (FOOTER_FONT);
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  /* The number stands at the end of the line and needs a part of it. */
  double width = alignment == PANGO_ALIGN_LEFT ? self->width * 0.8 : self->width;

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, pango_units_from_double (width));
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_alignment (layout, alignment);
  pango_layout_set_auto_dir (layout, FALSE);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cairo, 0, self->height + FOOTER_HEIGHT / 2);
  pango_cairo_show_layout (cairo, layout);
}

RstPrintLayout *
rst_print_layout_new (GtkPrintContext *context,
                      RstEnvelope *envelope,
                      RstDocument *document)
{
  RstPrintLayout *self = g_new0 (RstPrintLayout, 1);

  self->context = g_object_ref (context);
  self->envelope = rst_envelope_ref (envelope);
  self->document = rst_document_ref (document);
  self->width = gtk_print_context_get_width (context);
  self->height = MAX (0, gtk_print_context_get_height (context) - FOOTER_HEIGHT);
  self->blocks = g_array_new (FALSE, FALSE, sizeof (Block));
  g_array_set_clear_func (self->blocks, block_clear);
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->pages = g_array_new (FALSE, FALSE, sizeof (guint));
  append_header (self);
  return self;
}

void
rst_print_layout_free (RstPrintLayout *self)
{
  g_array_unref (self->pages);
  g_array_unref (self->lines);
  g_array_unref (self->blocks);
  rst_document_unref (self->document);
  rst_envelope_unref (self->envelope);
  g_object_unref (self->context);
  g_free (self);
}

gboolean
rst_print_layout_continue (RstPrintLayout *self)
{
  gsize length = rst_document_get_length (self->document);

  if (self->position < length)
    append_text (self);
  if (self->position < length)
    return FALSE;

  if (rst_document_get_is_cut (self->document))
    append_cut_note (self);
  return TRUE;
}

guint
rst_print_layout_get_n_pages (const RstPrintLayout *self)
{
  return self->pages->len;
}

void
rst_print_layout_draw (RstPrintLayout *self,
                       GtkPrintContext *context,
                       guint page)
{
  cairo_t *cairo = gtk_print_context_get_cairo_context (context);
  guint end = page + 1 < self->pages->len ? g_array_index (self->pages, guint, page + 1)
                                          : self->lines->len;
  /* Translators: the number of a printed page, and of how many: "2 of 7" */
  g_autofree char *number = g_strdup_printf (_ ("%u of %u"), page + 1, self->pages->len);

  cairo_set_source_rgb (cairo, 0, 0, 0);
  for (guint i = g_array_index (self->pages, guint, page); i < end; i++)
    {
      const Line *line = &g_array_index (self->lines, Line, i);
      const Block *block = &g_array_index (self->blocks, Block, line->block);

      draw_quote_bars (cairo, line, block);
      cairo_move_to (cairo, line->x, line->baseline);
      pango_cairo_show_layout_line (cairo, line->line);
    }
  if (page == 0)
    draw_rule (cairo, self->rule, self->width);
  draw_footer_text (self, context, self->envelope->subject, PANGO_ALIGN_LEFT);
  draw_footer_text (self, context, number, PANGO_ALIGN_RIGHT);
}

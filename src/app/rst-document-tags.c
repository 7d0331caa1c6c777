/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document-tags"

#include "config.h"

#include "rst-document-tags.h"

#include <adwaita.h>

#define N_FLAGS 9
#define N_HEADINGS 6

/* Deeper ones look like the deepest: a margin that goes on growing leaves no room for text. */
#define N_QUOTES 8
#define N_INDENTS 8
#define QUOTE_MARGIN 14
#define INDENT_MARGIN 22
#define MARKER_INDENT -14

#define DIM_ALPHA 0.6

struct _RstDocumentTags
{
  GtkTextTagTable *table;

  /* Borrowed References */
  GtkTextTag *flags[N_FLAGS];
  GtkTextTag *headings[N_HEADINGS];
  GtkTextTag *quotes[N_QUOTES];
  GtkTextTag *indents[N_INDENTS];
  GtkTextTag *link;
  GtkTextTag *fold;
  GtkTextTag *match;
  GtkTextTag *current_match;
  GtkTextTag *focus;
  GtkTextTag *hidden;
};

static GtkTextTag *
add_tag (RstDocumentTags *self,
         const char *property,
         ...)
{
  GtkTextTag *tag = gtk_text_tag_new (NULL);
  va_list arguments;

  va_start (arguments, property);
  g_object_set_valist (G_OBJECT (tag), property, arguments);
  va_end (arguments);
  gtk_text_tag_table_add (self->table, tag);
  g_object_unref (tag);
  return tag;
}

static void
add_margins (RstDocumentTags *self)
{
  for (int i = 0; i < N_QUOTES; i++)
    self->quotes[i] = add_tag (self, "accumulative-margin", TRUE,
                               "left-margin", QUOTE_MARGIN * (i + 1), NULL);
  for (int i = 0; i < N_INDENTS; i++)
    self->indents[i] = add_tag (self, "accumulative-margin", TRUE,
                                "left-margin", INDENT_MARGIN * (i + 1), NULL);
}

static void
add_headings (RstDocumentTags *self)
{
  static const double scales[N_HEADINGS] = { 1.6, 1.4, 1.2, 1.1, 1.0, 1.0 };

  for (int i = 0; i < N_HEADINGS; i++)
    self->headings[i] = add_tag (self, "scale", scales[i], "weight", PANGO_WEIGHT_BOLD,
                                 "pixels-above-lines", 6, "pixels-below-lines", 4, NULL);
}

/* In the order of RstRunFlags. */
static void
add_flags (RstDocumentTags *self)
{
  GtkTextTag **tag = self->flags;

  *tag++ = add_tag (self, "weight", PANGO_WEIGHT_BOLD, NULL);
  *tag++ = add_tag (self, "style", PANGO_STYLE_ITALIC, NULL);
  *tag++ = add_tag (self, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  *tag++ = add_tag (self, "strikethrough", TRUE, NULL);
  *tag++ = add_tag (self, "family", "monospace", NULL);
  *tag++ = add_tag (self, "family", "monospace", "pixels-below-lines", 0, NULL);
  *tag++ = add_tag (self, NULL);
  *tag++ = add_tag (self, "style", PANGO_STYLE_ITALIC, NULL);
  *tag++ = add_tag (self, "indent", MARKER_INDENT, NULL);
}

RstDocumentTags *
rst_document_tags_new (void)
{
  RstDocumentTags *self = g_new0 (RstDocumentTags, 1);

  /* A later tag goes before an earlier one. */
  self->table = gtk_text_tag_table_new ();
  add_margins (self);
  add_headings (self);
  add_flags (self);
  self->link = add_tag (self, "underline", PANGO_UNDERLINE_SINGLE, NULL);
  self->fold = add_tag (self, "pixels-above-lines", 3, "pixels-below-lines", 3, NULL);
  self->match = add_tag (self, NULL);
  self->current_match = add_tag (self, NULL);
  self->focus = add_tag (self, NULL);
  self->hidden = add_tag (self, "invisible", TRUE, NULL);
  return self;
}

void
rst_document_tags_free (RstDocumentTags *self)
{
  g_object_unref (self->table);
  g_free (self);
}

GtkTextTagTable *
rst_document_tags_get_table (RstDocumentTags *self)
{
  return self->table;
}

static void
set_color (GtkTextTag *tag,
           const char *property,
           const char *text,
           double alpha)
{
  GdkRGBA color;

  gdk_rgba_parse (&color, text);
  color.alpha = (float)alpha;
  g_object_set (tag, property, &color, NULL);
}

static void
set_link_color (RstDocumentTags *self,
                GtkWidget *widget)
{
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA color;

  if (!gtk_style_context_lookup_color (style, "accent_color", &color))
    gdk_rgba_parse (&color, "#1c71d8");
  g_object_set (self->link, "foreground-rgba", &color, NULL);
  g_object_set (self->fold, "foreground-rgba", &color, NULL);
  color.alpha = 0.25f;
  g_object_set (self->focus, "background-rgba", &color, NULL);
}

void
rst_document_tags_set_colors (RstDocumentTags *self,
                              GtkWidget *widget)
{
  static const char *const light_quotes[] = { "#1a5fb4", "#1b7245", "#813d9c", "#865e3c" };
  static const char *const dark_quotes[] = { "#99c1f1", "#8ff0a4", "#dc8add", "#cdab8f" };
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const char *const *quotes = is_dark ? dark_quotes : light_quotes;
  const char *text = is_dark ? "#ffffff" : "#000000";

  for (guint i = 0; i < N_QUOTES; i++)
    set_color (self->quotes[i], "foreground-rgba", quotes[i % G_N_ELEMENTS (light_quotes)], 1);
  for (int i = 0; i < N_FLAGS; i++)
    if ((1 << i) & (RST_RUN_SIGNATURE | RST_RUN_NOTE | RST_RUN_MARKER))
      set_color (self->flags[i], "foreground-rgba", text, DIM_ALPHA);
  set_color (self->match, "background-rgba", "#f5c211", is_dark ? 0.4 : 0.5);
  set_color (self->current_match, "background-rgba", "#ff7800", is_dark ? 0.7 : 0.6);
  set_link_color (self, widget);
}

static void
apply_level (GtkTextTag *const *tags,
             guint n_tags,
             guint level,
             const GtkTextIter *start,
             const GtkTextIter *end)
{
  if (level > 0)
    gtk_text_buffer_apply_tag (
        gtk_text_iter_get_buffer (start), tags[MIN (level, n_tags) - 1], start, end);
}

void
rst_document_tags_apply (RstDocumentTags *self,
                         const RstRun *look,
                         const GtkTextIter *start,
                         const GtkTextIter *end)
{
  for (int i = 0; i < N_FLAGS; i++)
    if (look->flags & (1 << i))
      gtk_text_buffer_apply_tag (gtk_text_iter_get_buffer (start), self->flags[i], start, end);
  apply_level (self->headings, N_HEADINGS, look->heading, start, end);
  apply_level (self->quotes, N_QUOTES, look->quote, start, end);
  apply_level (self->indents, N_INDENTS, look->indent, start, end);
  apply_level (&self->link, 1, look->link, start, end);
}

GtkTextTag *
rst_document_tags_get_fold (RstDocumentTags *self)
{
  return self->fold;
}

GtkTextTag *
rst_document_tags_get_hidden (RstDocumentTags *self)
{
  return self->hidden;
}

GtkTextTag *
rst_document_tags_get_focus (RstDocumentTags *self)
{
  return self->focus;
}

GtkTextTag *
rst_document_tags_get_match (RstDocumentTags *self)
{
  return self->match;
}

GtkTextTag *
rst_document_tags_get_current_match (RstDocumentTags *self)
{
  return self->current_match;
}

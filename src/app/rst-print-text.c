/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-print-text"

#include "config.h"

#include "rst-print-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rst-format.h"

#define SUBJECT_SCALE 1.5
#define IMAGE "\xEF\xBF\xBC"

/* What stands back on paper: about a third of white. */
#define GREY 0x5500

static void
add_attribute (PangoAttrList *attributes,
               PangoAttribute *attribute,
               gsize start,
               gsize end)
{
  attribute->start_index = (guint)start;
  attribute->end_index = (guint)end;
  pango_attr_list_insert (attributes, attribute);
}

static void
add_look (PangoAttrList *attributes,
          const RstRun *run,
          gsize start,
          gsize end)
{
  static const double scales[] = { 1, 1.5, 1.3, 1.15, 1.05, 1, 1 };

  if (run->flags & RST_RUN_BOLD || run->heading > 0)
    add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, end);
  if (run->flags & (RST_RUN_ITALIC | RST_RUN_NOTE))
    add_attribute (attributes, pango_attr_style_new (PANGO_STYLE_ITALIC), start, end);
  if (run->flags & RST_RUN_UNDERLINE || run->link > 0)
    add_attribute (attributes, pango_attr_underline_new (PANGO_UNDERLINE_SINGLE), start, end);
  if (run->flags & RST_RUN_STRIKE)
    add_attribute (attributes, pango_attr_strikethrough_new (TRUE), start, end);
  if (run->flags & (RST_RUN_MONOSPACE | RST_RUN_PREFORMATTED))
    add_attribute (attributes, pango_attr_family_new ("Monospace"), start, end);
  if (run->flags & (RST_RUN_SIGNATURE | RST_RUN_NOTE) || run->quote > 0)
    add_attribute (attributes, pango_attr_foreground_new (GREY, GREY, GREY), start, end);
  if (run->heading > 0 && run->heading < G_N_ELEMENTS (scales))
    add_attribute (attributes, pango_attr_scale_new (scales[run->heading]), start, end);
}

static const char *
find_alt (const RstDocument *document,
          gsize position)
{
  GPtrArray *images = rst_document_get_images (document);

  for (guint i = 0; i < images->len; i++)
    {
      const RstDocumentImage *image = g_ptr_array_index (images, i);

      if (image->start == position && image->alt != NULL && image->alt[0] != '\0')
        return image->alt;
    }
  /* Translators: stands in a printed message where it has an image without a description */
  return _ ("image");
}

static void
add_piece (GString *text,
           const RstDocument *document,
           gsize start,
           gsize end)
{
  const char *bytes = rst_document_get_text (document);

  while (start < end)
    {
      const char *image = g_strstr_len (bytes + start, (gssize)(end - start), IMAGE);
      gsize stop = image != NULL ? (gsize)(image - bytes) : end;

      g_string_append_len (text, bytes + start, (gssize)(stop - start));
      if (image != NULL)
        {
          g_string_append_printf (text, "[%s]", find_alt (document, stop));
          stop += strlen (IMAGE);
        }
      start = stop;
    }
}

const RstRun *
rst_print_text_find_run (const RstDocument *document,
                         gsize position)
{
  gsize n_runs;
  const RstRun *runs = rst_document_get_runs (document, &n_runs);
  gsize low = 0;
  gsize high = n_runs;

  while (high - low > 1)
    {
      gsize middle = low + (high - low) / 2;

      if (runs[middle].start <= position)
        low = middle;
      else
        high = middle;
    }
  return n_runs > 0 ? &runs[low] : NULL;
}

void
rst_print_text_add (GString *text,
                    PangoAttrList *attributes,
                    const RstDocument *document,
                    gsize start,
                    gsize end)
{
  gsize n_runs;
  const RstRun *last = rst_document_get_runs (document, &n_runs) + n_runs;
  const RstRun *run = rst_print_text_find_run (document, start);

  while (start < end)
    {
      gsize stop = run != NULL && run + 1 < last ? MIN (run[1].start, end) : end;
      gsize first = text->len;

      add_piece (text, document, start, stop);
      if (run != NULL)
        add_look (attributes, run++, first, text->len);
      start = stop;
    }
}

static void
add_field (GString *text,
           PangoAttrList *attributes,
           const char *name,
           const char *value)
{
  gsize start = text->len + 1;

  if (value[0] == '\0')
    return;

  g_string_append_printf (text, "\n%s %s", name, value);
  add_attribute (
      attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, start + strlen (name));
}

void
rst_print_text_add_header (GString *text,
                           PangoAttrList *attributes,
                           const RstEnvelope *envelope)
{
  g_autofree char *date = rst_format_full_date (envelope->date);
  gsize start = text->len;

  g_string_append (text, envelope->subject[0] != '\0' ? envelope->subject : _ ("(no subject)"));
  add_attribute (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD), start, text->len);
  add_attribute (attributes, pango_attr_scale_new (SUBJECT_SCALE), start, text->len);
  /* Translators: names of header fields on a printed page */
  add_field (text, attributes, _ ("From:"), envelope->from);
  add_field (text, attributes, _ ("To:"), envelope->to);
  add_field (text, attributes, _ ("Date:"), date);
}

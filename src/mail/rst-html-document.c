/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-document"

#include "config.h"

#include "rst-html-document.h"

#include "rst-document-folds.h"
#include "rst-html-converter.h"
#include "rst-html-source.h"

/* Bytes of all images within a page. */
#define MAX_IMAGES (64 * 1024 * 1024)

static gboolean
convert (RstHtmlSink *sink,
         const GString *source)
{
  gboolean is_converted;

  sink->flow = rst_text_flow_new_for_document (sink->builder);
  is_converted = rst_html_convert (sink, source);
  rst_text_flow_free (sink->flow);

  return is_converted;
}

void
rst_html_add_to_document (RstDocumentBuilder *builder,
                          const char *html,
                          gsize length,
                          RstFindContentFunc find_content,
                          gpointer user_data)
{
  static const RstRun plain = { 0 };
  g_autoptr (GPtrArray) data_urls = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GString) source = rst_html_source_tidy (html, length, data_urls);
  RstHtmlSink sink = { .builder = builder,
                       .find_content = find_content,
                       .user_data = user_data,
                       .data_urls = data_urls,
                       .image_room = MAX_IMAGES };
  RstDocumentMark mark;

  if (!rst_document_builder_ends_line (builder))
    rst_document_builder_add (builder, "\n", 1, &plain);

  rst_document_builder_mark (builder, &mark);
  if (!convert (&sink, source))
    {
      g_autoptr (GString) stripped = rst_html_source_strip (source);

      rst_document_builder_rewind (builder, &mark);
      sink.is_stripped = TRUE;
      convert (&sink, stripped);
    }

  rst_document_fold_quotations (builder, mark.length);
}

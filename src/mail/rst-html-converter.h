/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-html-document.h"
#include "rst-text-flow.h"

G_BEGIN_DECLS

/**
 * RstHtmlSink:
 * @builder: (nullable): where links go; %NULL for plain text, which names their targets
 * @find_content: (nullable): see rst_html_add_to_document()
 * @data_urls: (nullable) (element-type GBytes): what rst_html_source_tidy() took out
 * @image_room: how many bytes of images within the page are still taken
 * @is_stripped: whether the source has no tags any more, and looks like nothing
 *
 * Where a page of HTML goes.
 */
typedef struct
{
  RstTextFlow *flow;
  RstDocumentBuilder *builder;
  RstFindContentFunc find_content;
  gpointer user_data;
  GPtrArray *data_urls;
  gsize image_room;
  gboolean is_stripped;
} RstHtmlSink;

/**
 * rst_html_convert:
 * @html: what rst_html_source_tidy() or rst_html_source_strip() gave
 *
 * Reads a page through libxml2's parser. Nothing is loaded.
 *
 * Returns: %FALSE when elements lie too deep within one another; what was written is to be taken
 * back then.
 */
gboolean rst_html_convert (RstHtmlSink *sink,
                           const GString *html);

G_END_DECLS

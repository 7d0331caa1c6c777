/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libxml/HTMLparser.h>

#include "rst-document.h"

G_BEGIN_DECLS

/**
 * RstHtmlStyle:
 * @is_hidden: a browser would not show the element: the second subject of newsletters, or a text
 *   for filters only
 * @is_quote: it holds what is quoted, without being a blockquote
 * @is_indent: as a blockquote it only moves text in
 * @keeps_blanks: blanks and line ends are as in the source
 * @set: looks that begin with it
 * @cleared: looks that end with it
 *
 * What the attributes of an element say about it.
 */
typedef struct
{
  gboolean is_hidden;
  gboolean is_quote;
  gboolean is_indent;
  gboolean keeps_blanks;
  RstRunFlags set;
  RstRunFlags cleared;
} RstHtmlStyle;

/**
 * rst_html_read_style:
 * @name: of the element
 * @attributes: (nullable): names and values in turn, as libxml2 has them; untrusted
 * @style: (out caller-allocates): all of it is set
 *
 * Pure; any thread; can't fail.
 */
void rst_html_read_style (const char *name,
                          const xmlChar **attributes,
                          RstHtmlStyle *style);

/** rst_html_apply_element: Changes the look as the element @name does by itself. */
void rst_html_apply_element (const char *name,
                             RstRun *look);

/** rst_html_find_attribute: Returns: (transfer none) (nullable): "" for one without a value. */
const char *rst_html_find_attribute (const xmlChar **attributes,
                                     const char *name);

G_END_DECLS

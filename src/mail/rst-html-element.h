/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** RstHtmlKind: how an element of HTML looks as text. */
typedef enum
{
  RST_HTML_INLINE,
  RST_HTML_SKIPPED,
  RST_HTML_BLOCK,
  RST_HTML_PARAGRAPH,
  RST_HTML_PREFORMATTED,
  RST_HTML_QUOTE,
  RST_HTML_INDENT,
  RST_HTML_LIST,
  RST_HTML_ORDERED_LIST,
  RST_HTML_ITEM,
  RST_HTML_CELL,
  RST_HTML_LINK,
} RstHtmlKind;

/**
 * rst_html_find_kind:
 * @name: an element's name, in any case
 */
RstHtmlKind rst_html_find_kind (const char *name);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-element"

#include "config.h"

#include "rst-html-element.h"

#include <stdlib.h>

typedef struct
{
  const char *name;
  RstHtmlKind kind;
} KnownElement;

/* In the order of their names. */
static const KnownElement known_elements[] = {
  { "a", RST_HTML_LINK },
  { "address", RST_HTML_BLOCK },
  { "applet", RST_HTML_SKIPPED },
  { "article", RST_HTML_BLOCK },
  { "aside", RST_HTML_BLOCK },
  { "audio", RST_HTML_SKIPPED },
  { "blockquote", RST_HTML_QUOTE },
  { "canvas", RST_HTML_SKIPPED },
  { "caption", RST_HTML_BLOCK },
  { "center", RST_HTML_BLOCK },
  { "dd", RST_HTML_BLOCK },
  { "dir", RST_HTML_LIST },
  { "div", RST_HTML_BLOCK },
  { "dl", RST_HTML_PARAGRAPH },
  { "dt", RST_HTML_BLOCK },
  { "fieldset", RST_HTML_PARAGRAPH },
  { "figcaption", RST_HTML_BLOCK },
  { "figure", RST_HTML_BLOCK },
  { "footer", RST_HTML_BLOCK },
  { "form", RST_HTML_BLOCK },
  { "frameset", RST_HTML_SKIPPED },
  { "h1", RST_HTML_PARAGRAPH },
  { "h2", RST_HTML_PARAGRAPH },
  { "h3", RST_HTML_PARAGRAPH },
  { "h4", RST_HTML_PARAGRAPH },
  { "h5", RST_HTML_PARAGRAPH },
  { "h6", RST_HTML_PARAGRAPH },
  { "head", RST_HTML_SKIPPED },
  { "header", RST_HTML_BLOCK },
  { "iframe", RST_HTML_SKIPPED },
  { "legend", RST_HTML_BLOCK },
  { "li", RST_HTML_ITEM },
  { "listing", RST_HTML_PREFORMATTED },
  { "main", RST_HTML_BLOCK },
  { "math", RST_HTML_SKIPPED },
  { "menu", RST_HTML_LIST },
  { "nav", RST_HTML_BLOCK },
  { "object", RST_HTML_SKIPPED },
  { "ol", RST_HTML_ORDERED_LIST },
  { "option", RST_HTML_BLOCK },
  { "p", RST_HTML_PARAGRAPH },
  { "plaintext", RST_HTML_PREFORMATTED },
  { "pre", RST_HTML_PREFORMATTED },
  { "script", RST_HTML_SKIPPED },
  { "section", RST_HTML_BLOCK },
  { "style", RST_HTML_SKIPPED },
  { "svg", RST_HTML_SKIPPED },
  { "table", RST_HTML_BLOCK },
  { "td", RST_HTML_CELL },
  { "template", RST_HTML_SKIPPED },
  { "textarea", RST_HTML_PREFORMATTED },
  { "th", RST_HTML_CELL },
  { "title", RST_HTML_SKIPPED },
  { "tr", RST_HTML_BLOCK },
  { "ul", RST_HTML_LIST },
  { "video", RST_HTML_SKIPPED },
  { "xmp", RST_HTML_PREFORMATTED },
};

static int
compare_names (gconstpointer name,
               gconstpointer element)
{
  return g_ascii_strcasecmp (name, ((const KnownElement *)element)->name);
}

RstHtmlKind
rst_html_find_kind (const char *name)
{
  const KnownElement *found = bsearch (name,
                                       known_elements,
                                       G_N_ELEMENTS (known_elements),
                                       sizeof *known_elements,
                                       compare_names);

  return found != NULL ? found->kind : RST_HTML_INLINE;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-text"

#include "config.h"

#include "rst-html-text.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "rst-html-element.h"
#include "rst-html-source.h"
#include "rst-text-flow.h"

/* libxml2 parses and calls back for each tag and piece of text; no tree is built, so that memory
 * stays that of the text. The handlers are ours alone: there is none that could load anything. */

/* Elements within one another. libxml2's own trees end there too; beyond, tags are stripped. */
#define MAX_DEPTH 256

#define RULE "----"

/* libxml2 counts in ints. */
#define MAX_HTML (G_MAXINT / 4)

/* @name lives as long as the parser. */
typedef struct
{
  const char *name;
  RstHtmlKind kind;
  guint n_items;
  char *target;
  gsize link_start;
} Element;

typedef struct
{
  htmlParserCtxt *parser;
  RstTextFlow *flow;
  GArray *open; /* Element: from the outermost to the innermost */
  guint n_skipped;
  guint n_preformatted;
  guint n_lists;
  gboolean drops_line_end;
  gboolean is_too_deep;
} Converter;

static const char *
find_attribute (const xmlChar **attributes,
                const char *name)
{
  for (; attributes != NULL && attributes[0] != NULL; attributes += 2)
    if (g_ascii_strcasecmp ((const char *)attributes[0], name) == 0)
      return attributes[1] != NULL ? (const char *)attributes[1] : "";

  return NULL;
}

/* "0", "0px", "0.0em", but not "0.9em" */
static gboolean
is_zero (const char *value)
{
  return *value == '0' && g_ascii_strtod (value, NULL) == 0.0;
}

/* What a browser would not show: the second subject of newsletters, or a text for filters only. */
static gboolean
is_hidden (const xmlChar **attributes)
{
  static const char *const zeros[] = { "font-size:", "max-height:", "opacity:" };
  const char *style = find_attribute (attributes, "style");
  g_autoptr (GString) plain = NULL;

  if (find_attribute (attributes, "hidden") != NULL)
    return TRUE;
  if (style == NULL)
    return FALSE;

  plain = g_string_new (";");
  for (; *style != '\0'; style++)
    if (!g_ascii_isspace (*style))
      g_string_append_c (plain, g_ascii_tolower (*style));

  if (strstr (plain->str, ";display:none") != NULL ||
      strstr (plain->str, ";visibility:hidden") != NULL)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (zeros); i++)
    {
      const char *found = strstr (plain->str, zeros[i]);

      if (found != NULL && found[-1] == ';' && is_zero (found + strlen (zeros[i])))
        return TRUE;
    }

  return FALSE;
}

/* Targets that a reader can follow; the others are places in the page, or programs. */
static char *
dup_target (const xmlChar **attributes)
{
  static const char *const schemes[] = { "https:", "http:", "mailto:", "tel:", "ftp:" };
  const char *href = find_attribute (attributes, "href");
  g_autoptr (GString) target = g_string_new (NULL);

  for (; href != NULL && *href != '\0'; href++)
    if (!g_ascii_isspace (*href) && !g_ascii_iscntrl (*href))
      g_string_append_c (target, *href);

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    if (g_ascii_strncasecmp (target->str, schemes[i], strlen (schemes[i])) == 0)
      return g_string_free (g_steal_pointer (&target), FALSE);

  return NULL;
}

/* "www.example.org" and "http://www.example.org/" are the same to a reader. */
static gboolean
is_same_target (const char *text,
                const char *target)
{
  static const char *const prefixes[] = { "https://", "http://", "mailto:", "tel:" };
  gsize text_length, target_length;

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    {
      gsize length = strlen (prefixes[i]);

      if (g_ascii_strncasecmp (text, prefixes[i], length) == 0)
        text += length;
      if (g_ascii_strncasecmp (target, prefixes[i], length) == 0)
        target += length;
    }

  text_length = strlen (text);
  target_length = strlen (target);
  text_length -= g_str_has_suffix (text, "/") ? 1 : 0;
  target_length -= g_str_has_suffix (target, "/") ? 1 : 0;

  return text_length == target_length && g_ascii_strncasecmp (text, target, text_length) == 0;
}

static void
end_link (Converter *self,
          const Element *link)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;

  if (link->target == NULL)
    return;

  text = rst_text_flow_dup_since (self->flow, link->link_start);
  if (*text == '\0' || is_same_target (text, link->target))
    return;

  shown = g_strdup_printf (" <%s>", link->target);
  rst_text_flow_add (self->flow, shown, strlen (shown));
}

static void
begin_item (Converter *self)
{
  g_autofree char *marker = NULL;

  rst_text_flow_end_block (self->flow);
  for (guint i = self->open->len; i > 0 && marker == NULL; i--)
    {
      Element *list = &g_array_index (self->open, Element, i - 1);

      if (list->kind == RST_HTML_ORDERED_LIST)
        marker = g_strdup_printf ("%u.", ++list->n_items);
      else if (list->kind == RST_HTML_LIST)
        marker = g_strdup ("•");
    }

  rst_text_flow_set_marker (self->flow, marker != NULL ? marker : "•");
}

/* Lists within lists stand close, and further in. */
static void
change_list (Converter *self,
             gboolean begins)
{
  gboolean is_inner = begins ? self->n_lists > 0 : self->n_lists > 1;

  if (is_inner)
    {
      rst_text_flow_end_block (self->flow);
      rst_text_flow_indent (self->flow, begins ? 1 : -1);
    }
  else
    rst_text_flow_end_paragraph (self->flow);

  self->n_lists += begins ? 1 : -1;
}

static void
begin_element (Converter *self,
               Element *element,
               const xmlChar **attributes)
{
  switch (element->kind)
    {
    case RST_HTML_BLOCK:
      rst_text_flow_end_block (self->flow);
      break;
    case RST_HTML_PARAGRAPH:
      rst_text_flow_end_paragraph (self->flow);
      break;
    case RST_HTML_PREFORMATTED:
      rst_text_flow_end_paragraph (self->flow);
      self->n_preformatted++;
      self->drops_line_end = TRUE;
      break;
    case RST_HTML_QUOTE:
      rst_text_flow_end_paragraph (self->flow);
      rst_text_flow_quote (self->flow, 1);
      break;
    case RST_HTML_LIST:
    case RST_HTML_ORDERED_LIST:
      change_list (self, TRUE);
      break;
    case RST_HTML_ITEM:
      begin_item (self);
      break;
    case RST_HTML_LINK:
      element->target = dup_target (attributes);
      element->link_start = rst_text_flow_mark (self->flow);
      break;
    case RST_HTML_CELL:
    case RST_HTML_SKIPPED:
    case RST_HTML_INLINE:
    default:
      break;
    }
}

static void
finish_element (Converter *self,
                const Element *element)
{
  switch (element->kind)
    {
    case RST_HTML_SKIPPED:
      self->n_skipped--;
      break;
    case RST_HTML_BLOCK:
      rst_text_flow_end_block (self->flow);
      break;
    case RST_HTML_PARAGRAPH:
      rst_text_flow_end_paragraph (self->flow);
      break;
    case RST_HTML_PREFORMATTED:
      rst_text_flow_end_paragraph (self->flow);
      self->n_preformatted--;
      break;
    case RST_HTML_QUOTE:
      rst_text_flow_end_paragraph (self->flow);
      rst_text_flow_quote (self->flow, -1);
      break;
    case RST_HTML_LIST:
    case RST_HTML_ORDERED_LIST:
      change_list (self, FALSE);
      break;
    case RST_HTML_ITEM:
      rst_text_flow_set_marker (self->flow, NULL);
      rst_text_flow_end_block (self->flow);
      break;
    case RST_HTML_CELL:
      rst_text_flow_end_cell (self->flow);
      break;
    case RST_HTML_LINK:
      end_link (self, element);
      break;
    case RST_HTML_INLINE:
    default:
      break;
    }
}

/* Elements that stand for themselves. */
static void
add_void_element (Converter *self,
                  const char *name,
                  const xmlChar **attributes)
{
  if (g_ascii_strcasecmp (name, "br") == 0)
    rst_text_flow_break (self->flow);
  else if (g_ascii_strcasecmp (name, "hr") == 0)
    {
      rst_text_flow_end_paragraph (self->flow);
      rst_text_flow_add (self->flow, RULE, strlen (RULE));
      rst_text_flow_end_paragraph (self->flow);
    }
  else if (g_ascii_strcasecmp (name, "img") == 0)
    {
      const char *text = find_attribute (attributes, "alt");

      if (text != NULL)
        rst_text_flow_add (self->flow, text, strlen (text));
    }
}

static void
start_element_cb (void *data,
                  const xmlChar *name,
                  const xmlChar **attributes)
{
  Converter *self = data;
  Element element = { (const char *)name, rst_html_find_kind ((const char *)name) };

  if (self->open->len == MAX_DEPTH)
    {
      self->is_too_deep = TRUE;
      xmlStopParser (self->parser);
      return;
    }

  if (self->n_skipped > 0 || element.kind == RST_HTML_SKIPPED || is_hidden (attributes))
    {
      element.kind = RST_HTML_SKIPPED;
      self->n_skipped++;
    }
  else
    {
      begin_element (self, &element, attributes);
      add_void_element (self, element.name, attributes);
    }

  g_array_append_val (self->open, element);
}

static void
close_innermost (Converter *self)
{
  Element element = g_array_index (self->open, Element, self->open->len - 1);

  finish_element (self, &element);
  g_free (element.target);
  g_array_set_size (self->open, self->open->len - 1);
}

static void
end_element_cb (void *data,
                const xmlChar *name)
{
  Converter *self = data;
  guint n_open = self->open->len;

  while (n_open > 0 &&
         strcmp (g_array_index (self->open, Element, n_open - 1).name, (const char *)name) != 0)
    n_open--;

  while (n_open > 0 && self->open->len >= n_open)
    close_innermost (self);
}

static void
characters_cb (void *data,
               const xmlChar *text,
               int length)
{
  Converter *self = data;
  const char *bytes = (const char *)text;

  if (self->n_skipped > 0 || length <= 0)
    return;

  if (self->n_preformatted == 0)
    {
      rst_text_flow_add (self->flow, bytes, (gsize)length);
      return;
    }

  /* HTML: a line end right after <pre> is none. */
  if (self->drops_line_end && *bytes == '\n')
    bytes++, length--;
  self->drops_line_end = FALSE;
  rst_text_flow_add_verbatim (self->flow, bytes, (gsize)length);
}

/* Returns NULL when elements lie too deep within one another. */
static char *
convert (const char *html,
         gsize length)
{
  htmlSAXHandler handlers = {
    .startElement = start_element_cb,
    .endElement = end_element_cb,
    .characters = characters_cb,
    .ignorableWhitespace = characters_cb,
    .cdataBlock = characters_cb,
  };
  Converter self = { htmlNewParserCtxt (), rst_text_flow_new () };
  g_autofree char *text = NULL;

  self.open = g_array_new (FALSE, FALSE, sizeof (Element));
  *self.parser->sax = handlers;
  self.parser->userData = &self;
  htmlCtxtReadMemory (self.parser,
                      html,
                      (int)length,
                      NULL,
                      "UTF-8",
                      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                          HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD |
                          HTML_PARSE_IGNORE_ENC);

  while (self.open->len > 0)
    close_innermost (&self);
  g_array_unref (self.open);
  htmlFreeParserCtxt (self.parser);
  text = rst_text_flow_free_to_text (self.flow);

  return self.is_too_deep ? NULL : g_steal_pointer (&text);
}

static void
init_parser (void)
{
  static gsize is_initialized = 0;

  if (g_once_init_enter (&is_initialized))
    {
      xmlInitParser ();
      g_once_init_leave (&is_initialized, 1);
    }
}

char *
rst_html_to_text (const char *html,
                  gsize length)
{
  g_autoptr (GString) source = NULL;
  char *text;

  init_parser ();
  source = rst_html_source_tidy (html, MIN (length, MAX_HTML));
  text = convert (source->str, source->len);
  if (text == NULL)
    {
      g_autoptr (GString) stripped = rst_html_source_strip (source);

      text = convert (stripped->str, stripped->len);
    }

  return text;
}

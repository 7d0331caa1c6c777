/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-converter"

#include "config.h"

#include "rst-html-converter.h"

#include <string.h>

#include <libxml/HTMLparser.h>

#include "rst-html-element.h"
#include "rst-html-image.h"
#include "rst-html-style.h"
#include "rst-link.h"

/* libxml2 parses and calls back for each tag and piece of text; no tree is built, so that memory
 * stays that of the text. The handlers are ours alone: there is none that could load anything. */

/* Elements within one another. libxml2's own trees end there too; beyond, tags are stripped. */
#define MAX_DEPTH 256

#define RULE "----"
#define DOCUMENT_RULE "────────────"

/* Bytes of a link's words, in which the name of a host is looked for. */
#define MAX_CLAIM 2048

/* @name lives as long as the parser. */
typedef struct
{
  const char *name;
  RstHtmlKind kind;
  guint n_items;
  char *target;
  guint link;
  gsize link_start;
  gboolean keeps_blanks;
  RstRun outer_look;
} Element;

typedef struct
{
  htmlParserCtxt *parser;
  RstHtmlSink *sink;
  RstTextFlow *flow;
  GArray *open; /* Element: from the outermost to the innermost */
  RstRun look;
  guint n_skipped;
  guint n_preformatted;
  guint n_lists;
  gboolean drops_line_end;
  gboolean is_too_deep;
} Converter;

/* Targets that a reader can follow; the others are places in the page, or programs. */
static char *
dup_target (const xmlChar **attributes)
{
  static const char *const schemes[] = { "https:", "http:", "mailto:", "tel:", "ftp:" };
  const char *href = rst_html_find_attribute (attributes, "href");
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

  if (self->sink->builder != NULL)
    {
      g_autofree char *claimed = NULL;

      text = rst_text_flow_dup_since (self->flow, link->link_start, MAX_CLAIM);
      claimed = rst_link_dup_claimed_host (text, link->target);
      if (claimed != NULL)
        rst_document_builder_claim_host (self->sink->builder, link->link, claimed);
      return;
    }

  text = rst_text_flow_dup_since (self->flow, link->link_start, G_MAXSIZE);
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

  rst_text_flow_indent (self->flow, begins ? 1 : -1);
  if (is_inner)
    rst_text_flow_end_block (self->flow);
  else
    rst_text_flow_end_paragraph (self->flow);

  self->n_lists += begins ? 1 : -1;
}

static guint
read_number (const xmlChar **attributes,
             const char *name)
{
  const char *value = rst_html_find_attribute (attributes, name);

  return value != NULL ? (guint)CLAMP (g_ascii_strtoll (value, NULL, 10), 0, 99999) : 0;
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
    case RST_HTML_ORDERED_LIST:
      element->n_items = read_number (attributes, "start");
      element->n_items -= element->n_items > 0 ? 1 : 0;
      change_list (self, TRUE);
      break;
    case RST_HTML_LIST:
      change_list (self, TRUE);
      break;
    case RST_HTML_ITEM:
      begin_item (self);
      break;
    case RST_HTML_INDENT:
      rst_text_flow_end_paragraph (self->flow);
      rst_text_flow_indent (self->flow, 1);
      break;
    case RST_HTML_LINK:
      element->target = dup_target (attributes);
      if (element->target != NULL && self->sink->builder != NULL)
        element->link = rst_document_builder_add_link (self->sink->builder, element->target, NULL);
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
    case RST_HTML_INDENT:
      rst_text_flow_end_paragraph (self->flow);
      rst_text_flow_indent (self->flow, -1);
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

static void
add_rule (Converter *self)
{
  RstRun look = { .flags = RST_RUN_MARKER };
  const char *rule = self->sink->builder != NULL ? DOCUMENT_RULE : RULE;

  rst_text_flow_end_paragraph (self->flow);
  rst_text_flow_set_look (self->flow, &look);
  rst_text_flow_add (self->flow, rule, strlen (rule));
  rst_text_flow_set_look (self->flow, &self->look);
  rst_text_flow_end_paragraph (self->flow);
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
    add_rule (self);
  else if (g_ascii_strcasecmp (name, "img") == 0)
    rst_html_add_image (self->sink, attributes, TRUE);
}

static void
apply_look (Converter *self,
            const Element *element,
            const RstHtmlStyle *style)
{
  if (self->sink->is_stripped)
    return;

  rst_html_apply_element (element->name, &self->look);
  self->look.flags = (self->look.flags & ~style->cleared) | style->set;
  if (element->link > 0)
    self->look.link = element->link;
  rst_text_flow_set_look (self->flow, &self->look);
}

static void
show_element (Converter *self,
              Element *element,
              const RstHtmlStyle *style,
              const xmlChar **attributes)
{
  if (style->is_quote)
    element->kind = RST_HTML_QUOTE;
  else if (style->is_indent && element->kind == RST_HTML_QUOTE)
    element->kind = RST_HTML_INDENT;

  begin_element (self, element, attributes);
  apply_look (self, element, style);
  add_void_element (self, element->name, attributes);
  element->keeps_blanks = style->keeps_blanks && element->kind != RST_HTML_PREFORMATTED;
  self->n_preformatted += element->keeps_blanks ? 1 : 0;
}

static gboolean
is_full (const Converter *self)
{
  return self->sink->builder != NULL && rst_document_builder_is_full (self->sink->builder);
}

static void
start_element_cb (void *data,
                  const xmlChar *name,
                  const xmlChar **attributes)
{
  Converter *self = data;
  Element element = { (const char *)name, rst_html_find_kind ((const char *)name) };
  RstHtmlStyle style;

  if (self->open->len == MAX_DEPTH || is_full (self))
    {
      self->is_too_deep = !is_full (self);
      xmlStopParser (self->parser);
      return;
    }

  element.outer_look = self->look;
  rst_html_read_style (element.name, attributes, &style);
  if (self->n_skipped > 0 || element.kind == RST_HTML_SKIPPED || style.is_hidden)
    {
      element.kind = RST_HTML_SKIPPED;
      self->n_skipped++;
      if (g_ascii_strcasecmp (element.name, "img") == 0)
        rst_html_add_image (self->sink, attributes, FALSE);
    }
  else
    show_element (self, &element, &style, attributes);

  g_array_append_val (self->open, element);
}

static void
close_innermost (Converter *self)
{
  Element element = g_array_index (self->open, Element, self->open->len - 1);

  finish_element (self, &element);
  self->n_preformatted -= element.keeps_blanks ? 1 : 0;
  self->look = element.outer_look;
  rst_text_flow_set_look (self->flow, &self->look);
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

gboolean
rst_html_convert (RstHtmlSink *sink,
                  const GString *html)
{
  htmlSAXHandler handlers = {
    .startElement = start_element_cb,
    .endElement = end_element_cb,
    .characters = characters_cb,
    .ignorableWhitespace = characters_cb,
    .cdataBlock = characters_cb,
  };
  Converter self = { .sink = sink, .flow = sink->flow };

  init_parser ();
  self.parser = htmlNewParserCtxt ();
  self.open = g_array_new (FALSE, FALSE, sizeof (Element));
  *self.parser->sax = handlers;
  self.parser->userData = &self;
  htmlCtxtReadMemory (self.parser,
                      html->str,
                      (int)html->len,
                      NULL,
                      "UTF-8",
                      HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                          HTML_PARSE_NONET | HTML_PARSE_NOIMPLIED | HTML_PARSE_NODEFDTD |
                          HTML_PARSE_IGNORE_ENC);

  while (self.open->len > 0)
    close_innermost (&self);
  g_array_unref (self.open);
  htmlFreeParserCtxt (self.parser);

  return !self.is_too_deep;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-text"

#include "config.h"

#include "rst-html-text.h"

#include "rst-html-converter.h"
#include "rst-html-source.h"

static char *
convert (const GString *source)
{
  RstHtmlSink sink = { .flow = rst_text_flow_new () };
  gboolean is_converted = rst_html_convert (&sink, source);
  g_autofree char *text = rst_text_flow_free_to_text (sink.flow);

  return is_converted ? g_steal_pointer (&text) : NULL;
}

char *
rst_html_to_text (const char *html,
                  gsize length)
{
  g_autoptr (GString) source = rst_html_source_tidy (html, length, NULL);
  char *text = convert (source);

  if (text == NULL)
    {
      g_autoptr (GString) stripped = rst_html_source_strip (source);

      text = convert (stripped);
    }

  return text;
}

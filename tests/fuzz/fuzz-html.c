/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

#include "mail/rst-html-document.h"
#include "mail/rst-html-source.h"
#include "mail/rst-html-text.h"

static GBytes *
find_content (const char *content_id,
              gpointer user_data)
{
  return *content_id == 'a' ? g_bytes_new_static ("png", 3) : NULL;
}

static void
check_document (const char *html,
                gsize max_length,
                gsize max_runs)
{
  RstDocumentBuilder *builder = rst_document_builder_new (max_length, max_runs);
  g_autoptr (RstDocument) document = NULL;

  rst_html_add_to_document (builder, html, strlen (html), find_content, NULL);
  document = rst_document_builder_end (builder);
  rst_fuzz_check_document (document);
  if (max_length > 0)
    g_assert_cmpuint (rst_document_get_length (document), <=, max_length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *html = rst_fuzz_dup_text (data, size);
  g_autofree char *text = rst_html_to_text (html, strlen (html));
  g_autofree char *charset = rst_html_source_dup_charset ((const char *)data, size);

  g_assert_true (charset == NULL || strlen (charset) <= size);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  check_document (html, 0, 0);
  check_document (html, 50, 5);

  return 0;
}

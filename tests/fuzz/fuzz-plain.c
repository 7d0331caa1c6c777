/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

#include "mail/rst-flowed.h"
#include "mail/rst-plain-document.h"

static void
check_document (const char *text,
                gsize max_length,
                gsize max_runs)
{
  RstDocumentBuilder *builder = rst_document_builder_new (max_length, max_runs);
  g_autoptr (RstDocument) document = NULL;

  rst_plain_add_to_document (builder, text, strlen (text));
  document = rst_document_builder_end (builder);
  rst_fuzz_check_document (document);
  if (max_length > 0)
    g_assert_cmpuint (rst_document_get_length (document), <=, max_length);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autofree char *text = rst_fuzz_dup_text (data, size);
  g_autofree char *unwrapped = rst_flowed_unwrap (text, size % 2 == 0);

  g_assert_true (g_utf8_validate (unwrapped, -1, NULL));
  check_document (text, 0, 0);
  check_document (unwrapped, 50, 5);

  return 0;
}

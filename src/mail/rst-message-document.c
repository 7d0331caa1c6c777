/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-document"

#include "config.h"

#include "rst-message-document.h"

#include <string.h>

#include "rst-document-builder.h"

RstDocument *
rst_message_make_document (RstMessage *self,
                           const RstDocumentOptions *options)
{
  static const RstDocumentOptions defaults = { 0 };
  static const RstRun plain = { 0 };
  const char *text = rst_message_get_text (self);
  RstDocumentBuilder *builder;

  if (options == NULL)
    options = &defaults;
  builder = rst_document_builder_new (options->max_length, options->max_runs);
  rst_document_builder_add (builder, text, strlen (text), &plain);

  return rst_document_builder_end (builder);
}

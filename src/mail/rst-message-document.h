/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document.h"
#include "rst-message.h"

G_BEGIN_DECLS

/**
 * RstShow:
 * @RST_SHOW_PLAIN: the plain text, where there is a choice
 * @RST_SHOW_HTML: the HTML
 *
 * Which alternative of a message is shown.
 */
typedef enum
{
  RST_SHOW_PLAIN,
  RST_SHOW_HTML,
} RstShow;

/**
 * RstDocumentOptions:
 * @show: which alternative, of a message that has both
 * @max_length: bytes of text, after which the document is cut; 0 for no limit
 * @max_runs: how many runs; 0 for no limit
 */
typedef struct
{
  RstShow show;
  gsize max_length;
  gsize max_runs;
} RstDocumentOptions;

/**
 * rst_message_make_document:
 * @options: (nullable): %NULL for the plain text without limits
 *
 * Makes what a window shows of a message: the texts of its parts in their order, one of those that
 * are alternatives, with the images that the message brings; messages within the message as folds;
 * invitations and delivery reports in words; and notes where something is to be said about a part.
 * Takes as long as its text is long; any thread; can't fail.
 *
 * Returns: (transfer full): the document.
 */
RstDocument *rst_message_make_document (RstMessage *self,
                                        const RstDocumentOptions *options);

G_END_DECLS

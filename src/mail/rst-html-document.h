/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document-builder.h"

G_BEGIN_DECLS

/**
 * RstFindContentFunc:
 * @content_id: the part that an image names after "cid:", decoded, without the angle brackets
 *
 * Returns: (transfer full) (nullable): the image's bytes; %NULL when there is no such part.
 */
typedef GBytes *(*RstFindContentFunc) (const char *content_id,
                                       gpointer user_data);

/**
 * rst_html_add_to_document:
 * @html: valid UTF-8; untrusted
 * @find_content: (nullable): finds the images that came with the message
 *
 * Adds a page of HTML, as rst_html_to_text() reads it, with its looks, links, images and folds.
 * Begins and ends a line. Nothing is loaded: images from the network are counted. Linear; any
 * thread; can't fail.
 */
void rst_html_add_to_document (RstDocumentBuilder *builder,
                               const char *html,
                               gsize length,
                               RstFindContentFunc find_content,
                               gpointer user_data);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libxml/HTMLparser.h>

#include "rst-html-converter.h"

G_BEGIN_DECLS

/**
 * rst_html_add_image:
 * @is_shown: whether it stands where it can be seen
 *
 * Adds an image that came with the message; counts one that did not, and leaves its words.
 */
void rst_html_add_image (RstHtmlSink *sink,
                         const xmlChar **attributes,
                         gboolean is_shown);

G_END_DECLS

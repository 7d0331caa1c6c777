/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_html_source_tidy:
 * @html: valid UTF-8; untrusted
 * @data_urls: (nullable) (element-type GBytes): takes images that stand within their tags; they
 *   share the memory of @html, and "data:#0" stands for the first
 *
 * Leaves out what is no text (comments, declarations, programs, style sheets) and what would cost
 * the parser time that grows with its square: attributes of overlong tags, which are images within
 * their tag, or hostile; with @data_urls, the short ones stay. The body is begun, or text outside
 * of any element would be put into paragraphs.
 *
 * Returns: (transfer full): the source for the parser.
 */
GString *rst_html_source_tidy (const char *html,
                               gsize length,
                               GPtrArray *data_urls);

/**
 * rst_html_source_dup_charset:
 * @html: raw bytes; untrusted
 *
 * Returns: (transfer full) (nullable): the charset that the page itself names in a meta element,
 * for parts that name none.
 */
char *rst_html_source_dup_charset (const char *html,
                                   gsize length);

/**
 * rst_html_source_strip:
 * @tidy: what rst_html_source_tidy() gave
 *
 * Returns: (transfer full): preformatted lines of text without a tag, with entities.
 */
GString *rst_html_source_strip (const GString *tidy);

G_END_DECLS

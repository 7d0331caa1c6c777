/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_html_to_text:
 * @html: valid UTF-8; untrusted
 *
 * Turns HTML into readable plain text through libxml2's parser: paragraphs, lists, quotes, links
 * with their targets; no script, no style, no hidden text. Nothing is loaded. Nesting that the
 * parser gives up on falls back to stripping the tags. Pure; any thread; can't fail.
 *
 * Returns: (transfer full): valid UTF-8.
 */
char *rst_html_to_text (const char *html,
                        gsize length);

G_END_DECLS

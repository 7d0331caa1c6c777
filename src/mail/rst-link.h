/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_link_find:
 * @text: valid UTF-8
 * @start: (out): the byte where the link's text begins
 * @end: (out): where it ends
 *
 * Finds the first address in running text that can be followed: "https://…", "http://…",
 * "ftp://…", "mailto:…", "www.…", and a mail address. Punctuation and brackets around it don't
 * belong to it. Linear, when it is called again from @end on. Pure; any thread.
 *
 * Returns: (transfer full) (nullable): its target; %NULL when there is none.
 */
char *rst_link_find (const char *text,
                     gsize length,
                     gsize *start,
                     gsize *end);

/**
 * rst_link_dup_claimed_host:
 * @text: the words of a link
 * @target: where it leads
 *
 * Returns: (transfer full) (nullable): the host that @text names, if it is not that of @target nor
 *   of the same domain.
 */
char *rst_link_dup_claimed_host (const char *text,
                                 const char *target);

G_END_DECLS

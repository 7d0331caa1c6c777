/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_flowed_unwrap:
 * @text: valid UTF-8 with LF line ends, of a part with "format=flowed"
 * @deletes_space: whether the part says "delsp=yes"
 *
 * Joins the lines of each paragraph (RFC 3676), so that the window can break them where it ends.
 * Quoted lines begin with "> " for each level. Pure; any thread; can't fail.
 *
 * Returns: (transfer full): the text.
 */
char *rst_flowed_unwrap (const char *text,
                         gboolean deletes_space);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-mime-part.h"

G_BEGIN_DECLS

/**
 * rst_mime_part_is_markup:
 *
 * Returns: whether the part is HTML, or what can be read like it.
 */
gboolean rst_mime_part_is_markup (const RstMimePart *self);

/**
 * rst_mime_part_decode_text:
 * @message: what @self was made from
 * @fallback: (nullable): see rst_text_decode()
 *
 * Returns: (transfer full): the part as text, in UTF-8; markup with its tags, and flowed text
 *   unwrapped.
 */
char *rst_mime_part_decode_text (const RstMimePart *self,
                                 GBytes *message,
                                 const char *fallback);

G_END_DECLS

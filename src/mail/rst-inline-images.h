/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-mime-part.h"

G_BEGIN_DECLS

/**
 * RstInlineImages:
 *
 * The parts of a message that its HTML may show by "cid:". Remembers which were asked for, and
 * keeps what it decoded: a page may show one image many times. To be used by one thread.
 */
typedef struct _RstInlineImages RstInlineImages;

/** rst_inline_images_new: @root: of the message's parts; to live longer than the result */
RstInlineImages *rst_inline_images_new (const RstMimePart *root,
                                        GBytes *message);
void rst_inline_images_free (RstInlineImages *self);

/**
 * rst_inline_images_find:
 * @content_id: the part's Content-ID without brackets, or its Content-Location
 * @self: as a pointer, so that this is a #RstFindContentFunc
 *
 * Returns: (transfer full) (nullable): the image's bytes; %NULL when there is no such image, and
 *   when the images of the message are too big altogether.
 */
GBytes *rst_inline_images_find (const char *content_id,
                                gpointer self);

/** rst_inline_images_has: Returns: whether @part was asked for. */
gboolean rst_inline_images_has (const RstInlineImages *self,
                                const RstMimePart *part);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstInlineImages, rst_inline_images_free)

G_END_DECLS

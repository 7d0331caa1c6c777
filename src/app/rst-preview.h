/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-message.h"

G_BEGIN_DECLS

/**
 * RstPreview:
 * @texture: (nullable): a picture, else
 * @text: (nullable): a text, valid UTF-8
 * @is_cut: whether @text is only the beginning
 *
 * What can be shown of an attachment.
 */
typedef struct
{
  GdkTexture *texture;
  char *text;
  gboolean is_cut;
} RstPreview;

void rst_preview_free (RstPreview *self);

/** rst_preview_is_picture: Returns: whether @attachment says that it is a picture. */
gboolean rst_preview_is_picture (const RstAttachment *attachment);

/** rst_preview_is_text: Returns: whether @attachment says that it is a text. */
gboolean rst_preview_is_text (const RstAttachment *attachment);

/**
 * rst_preview_new:
 *
 * Decodes a picture, or the first part of a text. Blocks; any thread.
 *
 * Returns: (transfer full): the preview. Errors: %GDK_PIXBUF_ERROR, %G_IO_ERROR_NOT_SUPPORTED for a
 * picture of too many pixels.
 */
RstPreview *rst_preview_new (RstMessage *message,
                             guint index,
                             GCancellable *cancellable,
                             GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPreview, rst_preview_free)

G_END_DECLS

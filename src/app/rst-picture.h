/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gdk/gdk.h>

G_BEGIN_DECLS

#define RST_TYPE_PICTURE (rst_picture_get_type ())

/**
 * RstPicture:
 *
 * An image of a message, which is never drawn wider than there is room for it.
 */
G_DECLARE_FINAL_TYPE (RstPicture, rst_picture, RST, PICTURE, GObject)

/**
 * rst_picture_decode_async:
 * @content: the image's file; untrusted
 * @max_pixels: how many are kept at most; a larger image is scaled down
 *
 * Decodes an image on a worker thread. Vector images are refused, and those whose size says that
 * they want more memory than a photograph.
 */
void rst_picture_decode_async (GBytes *content,
                               guint max_pixels,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/** rst_picture_decode_finish: Returns: (transfer full): the picture, in its own size. */
RstPicture *rst_picture_decode_finish (GAsyncResult *result,
                                       GError **error);

/** rst_picture_get_n_pixels: Returns: how many pixels are held in memory. */
guint rst_picture_get_n_pixels (RstPicture *self);

/** rst_picture_set_max_width: Returns: whether it is drawn in another size from now on. */
gboolean rst_picture_set_max_width (RstPicture *self,
                                    int max_width);

G_END_DECLS

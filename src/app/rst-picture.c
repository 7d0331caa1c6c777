/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-picture"

#include "config.h"

#include "rst-picture.h"

/* A photograph of a good camera; an image that claims more is no illustration of a letter. */
#define MAX_SOURCE_PIXELS (64 * 1000 * 1000)

/* What is read of it between two looks at whether it is still wanted. */
#define CHUNK_BYTES (64 * 1024)

/* By how much an image that is too large is made smaller at a time. */
#define SCALE_STEP 0.9

struct _RstPicture
{
  GObject parent_instance;

  GdkTexture *texture;
  int width;
  int height;
};

static void rst_picture_paintable_init (GdkPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RstPicture,
                               rst_picture,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      rst_picture_paintable_init))

static void
rst_picture_snapshot (GdkPaintable *paintable,
                      GdkSnapshot *snapshot,
                      double width,
                      double height)
{
  gdk_paintable_snapshot (GDK_PAINTABLE (RST_PICTURE (paintable)->texture), snapshot, width,
                          height);
}

static int
rst_picture_get_intrinsic_width (GdkPaintable *paintable)
{
  return RST_PICTURE (paintable)->width;
}

static int
rst_picture_get_intrinsic_height (GdkPaintable *paintable)
{
  return RST_PICTURE (paintable)->height;
}

static GdkPaintableFlags
rst_picture_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS;
}

static void
rst_picture_paintable_init (GdkPaintableInterface *iface)
{
  iface->get_flags = rst_picture_get_flags;
  iface->get_intrinsic_height = rst_picture_get_intrinsic_height;
  iface->get_intrinsic_width = rst_picture_get_intrinsic_width;
  iface->snapshot = rst_picture_snapshot;
}

static void
rst_picture_finalize (GObject *object)
{
  g_clear_object (&RST_PICTURE (object)->texture);

  G_OBJECT_CLASS (rst_picture_parent_class)->finalize (object);
}

static void
rst_picture_class_init (RstPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rst_picture_finalize;
}

static void
rst_picture_init (RstPicture *self)
{
}

typedef struct
{
  GBytes *content;
  guint max_pixels;
} Decoding;

static void
decoding_free (Decoding *decoding)
{
  g_bytes_unref (decoding->content);
  g_free (decoding);
}

/* A size of nothing makes a loader give up before it takes memory for the image. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int width,
                  int height,
                  gpointer user_data)
{
  const Decoding *decoding = user_data;
  double n_pixels = (double)width * height;
  double scale = 1;

  if (n_pixels > MAX_SOURCE_PIXELS ||
      gdk_pixbuf_format_is_scalable (gdk_pixbuf_loader_get_format (loader)))
    {
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }
  if (n_pixels <= decoding->max_pixels)
    return;

  while (n_pixels * scale * scale > decoding->max_pixels)
    scale *= SCALE_STEP;
  gdk_pixbuf_loader_set_size (
      loader, MAX (1, (int)(width * scale)), MAX (1, (int)(height * scale)));
}

static gboolean
write_all (GdkPixbufLoader *loader,
           GBytes *content,
           GCancellable *cancellable,
           GError **error)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (content, &length);

  for (gsize i = 0; i < length; i += CHUNK_BYTES)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !gdk_pixbuf_loader_write (loader, bytes + i, MIN (CHUNK_BYTES, length - i), error))
      return FALSE;
  return TRUE;
}

/* A truncated image is shown as far as it goes. */
static RstPicture *
decode (const Decoding *decoding,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) local_error = NULL;
  GdkPixbuf *pixbuf;
  RstPicture *self;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), (gpointer)decoding);
  write_all (loader, decoding->content, cancellable, &local_error);
  gdk_pixbuf_loader_close (loader, local_error == NULL ? &local_error : NULL);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  if (pixbuf == NULL || g_cancellable_is_cancelled (cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = g_object_new (RST_TYPE_PICTURE, NULL);
  self->texture = gdk_texture_new_for_pixbuf (pixbuf);
  self->width = gdk_texture_get_width (self->texture);
  self->height = gdk_texture_get_height (self->texture);
  return self;
}

static void
decode_thread (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  RstPicture *picture = decode (task_data, cancellable, &error);

  if (picture != NULL)
    g_task_return_pointer (task, picture, g_object_unref);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "No image");
}

void
rst_picture_decode_async (GBytes *content,
                          guint max_pixels,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Decoding *decoding = g_new (Decoding, 1);

  g_return_if_fail (content != NULL);

  *decoding = (Decoding){ g_bytes_ref (content), max_pixels };
  g_task_set_source_tag (task, rst_picture_decode_async);
  g_task_set_task_data (task, decoding, (GDestroyNotify)decoding_free);
  g_task_run_in_thread (task, decode_thread);
}

RstPicture *
rst_picture_decode_finish (GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

guint
rst_picture_get_n_pixels (RstPicture *self)
{
  g_return_val_if_fail (RST_IS_PICTURE (self), 0);

  return (guint)gdk_texture_get_width (self->texture) *
         (guint)gdk_texture_get_height (self->texture);
}

gboolean
rst_picture_set_max_width (RstPicture *self,
                           int max_width)
{
  int width = gdk_texture_get_width (self->texture);
  int height = gdk_texture_get_height (self->texture);
  int new_width = CLAMP (width, 1, MAX (1, max_width));

  g_return_val_if_fail (RST_IS_PICTURE (self), FALSE);

  if (self->width == new_width)
    return FALSE;

  self->width = new_width;
  self->height = MAX (1, (int)((double)height * new_width / width));
  gdk_paintable_invalidate_size (GDK_PAINTABLE (self));
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-preview"

#include "config.h"

#include "rst-preview.h"

#include <glib/gi18n.h>

#include "mail/rst-text.h"

/* A camera's largest; 240 MB while it is decoded. A small file can name any size. */
#define MAX_PIXELS (60 * 1000 * 1000)

/* What no screen has more of. */
#define MAX_SIDE 4096

/* So much text is laid out at once without being felt. */
#define MAX_TEXT_BYTES (256 * 1024)

/* How much is decoded before it is asked whether anybody waits for it. */
#define CHUNK_BYTES (64 * 1024)

void
rst_preview_free (RstPreview *self)
{
  g_clear_object (&self->texture);
  g_free (self->text);
  g_free (self);
}

gboolean
rst_preview_is_picture (const RstAttachment *attachment)
{
  return g_str_has_prefix (attachment->content_type, "image/");
}

gboolean
rst_preview_is_text (const RstAttachment *attachment)
{
  static const char *const types[] = {
    "application/json",
    "application/pgp-keys",
    "application/pgp-signature",
    "application/xml",
  };

  if (g_str_has_prefix (attachment->content_type, "text/"))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i], attachment->content_type))
      return TRUE;
  return FALSE;
}

/* Loaders give up a picture whose size is asked to be nothing. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int width,
                  int height,
                  gpointer user_data)
{
  gboolean *is_too_big = user_data;
  int side = MAX (width, height);

  *is_too_big = (gint64)width * height > MAX_PIXELS;
  if (*is_too_big)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
  else if (side > MAX_SIDE)
    gdk_pixbuf_loader_set_size (loader,
                                MAX (1, (int)((gint64)width * MAX_SIDE / side)),
                                MAX (1, (int)((gint64)height * MAX_SIDE / side)));
}

static gboolean
feed_loader (GdkPixbufLoader *loader,
             GBytes *content,
             const gboolean *is_too_big,
             GCancellable *cancellable,
             GError **error)
{
  gsize size;
  const guchar *data = g_bytes_get_data (content, &size);

  for (gsize position = 0; position < size && !*is_too_big; position += CHUNK_BYTES)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !gdk_pixbuf_loader_write (
            loader, data + position, MIN (CHUNK_BYTES, size - position), error))
      return FALSE;
  return TRUE;
}

static GdkTexture *
decode_picture (GBytes *content,
                GCancellable *cancellable,
                GError **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GdkPixbuf) turned = NULL;
  GdkPixbuf *pixbuf;
  gboolean is_too_big = FALSE;
  gboolean is_fed;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &is_too_big);
  is_fed = feed_loader (loader, content, &is_too_big, cancellable, &local_error);
  /* A picture that was cut off on its way is shown as far as it goes. */
  gdk_pixbuf_loader_close (loader, is_fed ? &local_error : NULL);
  pixbuf = is_too_big ? NULL : gdk_pixbuf_loader_get_pixbuf (loader);
  if (is_too_big)
    g_set_error_literal (error,
                         G_IO_ERROR,
                         G_IO_ERROR_NOT_SUPPORTED,
                         _ ("The picture is too large to be shown here"));
  else if (pixbuf == NULL && local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (pixbuf == NULL)
    g_set_error_literal (
        error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _ ("There is no picture in it"));
  if (pixbuf == NULL)
    return NULL;

  turned = gdk_pixbuf_apply_embedded_orientation (pixbuf);
  return gdk_texture_new_for_pixbuf (turned);
}

static void
decode_text (RstPreview *self,
             GBytes *content)
{
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  self->is_cut = size > MAX_TEXT_BYTES;
  self->text = rst_text_clean (
      rst_text_decode (data != NULL ? data : "", MIN (size, MAX_TEXT_BYTES), NULL, NULL));
}

RstPreview *
rst_preview_new (RstMessage *message,
                 guint index,
                 GCancellable *cancellable,
                 GError **error)
{
  const RstAttachment *attachment =
      g_ptr_array_index (rst_message_get_attachments (message), index);
  g_autoptr (GBytes) content = rst_message_dup_attachment_content (message, index);
  g_autoptr (RstPreview) self = g_new0 (RstPreview, 1);

  if (!rst_preview_is_picture (attachment))
    decode_text (self, content);
  else
    {
      self->texture = decode_picture (content, cancellable, error);
      if (self->texture == NULL)
        return NULL;
    }
  return g_steal_pointer (&self);
}

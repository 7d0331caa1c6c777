/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-inline-images"

#include "config.h"

#include "rst-inline-images.h"

/* Encoded bytes of the images that one message shows. */
#define MAX_BYTES ((gsize)64 << 20)

struct _RstInlineImages
{
  GBytes *message;
  GHashTable *parts;  /* RstMimePart by its names, which it owns */
  GHashTable *images; /* GBytes by RstMimePart */
  gsize n_bytes;
};

static void
add_name (RstInlineImages *self,
          const char *name,
          const RstMimePart *part)
{
  if (name != NULL && *name != '\0' && !g_hash_table_contains (self->parts, name))
    g_hash_table_insert (self->parts, (gpointer)name, (gpointer)part);
}

static void
add_part (RstInlineImages *self,
          const RstMimePart *part)
{
  add_name (self, part->content_id, part);
  add_name (self, part->content_location, part);
  for (guint i = 0; i < part->children->len; i++)
    add_part (self, g_ptr_array_index (part->children, i));
}

RstInlineImages *
rst_inline_images_new (const RstMimePart *root,
                       GBytes *message)
{
  RstInlineImages *self = g_new0 (RstInlineImages, 1);

  self->message = g_bytes_ref (message);
  self->parts = g_hash_table_new (g_str_hash, g_str_equal);
  self->images = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)g_bytes_unref);
  add_part (self, root);

  return self;
}

void
rst_inline_images_free (RstInlineImages *self)
{
  g_hash_table_unref (self->images);
  g_hash_table_unref (self->parts);
  g_bytes_unref (self->message);
  g_free (self);
}

GBytes *
rst_inline_images_find (const char *content_id,
                        gpointer user_data)
{
  RstInlineImages *self = user_data;
  const RstMimePart *part = g_hash_table_lookup (self->parts, content_id);
  GBytes *image;

  if (part == NULL || rst_mime_part_is_type (part, "text/") ||
      rst_mime_part_is_type (part, "multipart/"))
    return NULL;

  image = g_hash_table_lookup (self->images, part);
  if (image == NULL)
    {
      if (part->length > MAX_BYTES - self->n_bytes)
        return NULL;

      self->n_bytes += part->length;
      image = rst_mime_part_dup_content (part, self->message);
      g_hash_table_insert (self->images, (gpointer)part, image);
    }

  return g_bytes_ref (image);
}

gboolean
rst_inline_images_has (const RstInlineImages *self,
                       const RstMimePart *part)
{
  return g_hash_table_contains (self->images, part);
}

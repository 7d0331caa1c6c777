/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document"

#include "config.h"

#include "rst-document-private.h"

static void
link_free (gpointer data)
{
  RstDocumentLink *link = data;

  g_free (link->target);
  g_free (link->claimed_host);
  g_free (link);
}

static void
image_free (gpointer data)
{
  RstDocumentImage *image = data;

  g_free (image->alt);
  g_clear_pointer (&image->content, g_bytes_unref);
  g_free (image);
}

static void
fold_free (gpointer data)
{
  RstFold *fold = data;

  g_free (fold->title);
  g_free (fold);
}

RstDocument *
rst_document_new (void)
{
  RstDocument *self = g_atomic_rc_box_new0 (RstDocument);

  self->text = g_string_new (NULL);
  self->runs = g_array_new (FALSE, FALSE, sizeof (RstRun));
  self->links = g_ptr_array_new_with_free_func (link_free);
  self->images = g_ptr_array_new_with_free_func (image_free);
  self->folds = g_ptr_array_new_with_free_func (fold_free);

  return self;
}

RstDocument *
rst_document_ref (RstDocument *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rst_document_clear (gpointer data)
{
  RstDocument *self = data;

  g_string_free (self->text, TRUE);
  g_array_unref (self->runs);
  g_ptr_array_unref (self->links);
  g_ptr_array_unref (self->images);
  g_ptr_array_unref (self->folds);
}

void
rst_document_unref (RstDocument *self)
{
  g_atomic_rc_box_release_full (self, rst_document_clear);
}

const char *
rst_document_get_text (const RstDocument *self)
{
  return self->text->str;
}

gsize
rst_document_get_length (const RstDocument *self)
{
  return self->text->len;
}

const RstRun *
rst_document_get_runs (const RstDocument *self,
                       gsize *n_runs)
{
  *n_runs = self->runs->len;

  return (const RstRun *)self->runs->data;
}

GPtrArray *
rst_document_get_links (const RstDocument *self)
{
  return self->links;
}

GPtrArray *
rst_document_get_images (const RstDocument *self)
{
  return self->images;
}

GPtrArray *
rst_document_get_folds (const RstDocument *self)
{
  return self->folds;
}

guint
rst_document_get_n_remote_images (const RstDocument *self)
{
  return self->n_remote_images;
}

gboolean
rst_document_get_is_cut (const RstDocument *self)
{
  return self->is_cut;
}

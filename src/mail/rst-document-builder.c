/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document-builder"

#include "config.h"

#include "rst-document-builder.h"

#include <string.h>

#include "rst-document-private.h"

/* Stands for what cannot be shown; U+FFFC is the place of an image, and is never taken as text. */
#define REPLACEMENT "\357\277\275"
#define OBJECT "\357\277\274"
#define OBJECT_CHARACTER 0xFFFC

struct _RstDocumentBuilder
{
  RstDocument *document;
  GPtrArray *open_folds; /* RstFold of the document: from the outermost to the innermost */
  gsize max_length;
  gsize max_runs;
};

RstDocumentBuilder *
rst_document_builder_new (gsize max_length,
                          gsize max_runs)
{
  RstDocumentBuilder *self = g_new0 (RstDocumentBuilder, 1);

  self->document = rst_document_new ();
  self->open_folds = g_ptr_array_new ();
  self->max_length = max_length > 0 ? max_length : G_MAXSIZE;
  self->max_runs = max_runs > 0 ? max_runs : G_MAXSIZE;

  return self;
}

void
rst_document_builder_free (RstDocumentBuilder *self)
{
  g_clear_pointer (&self->document, rst_document_unref);
  g_ptr_array_unref (self->open_folds);
  g_free (self);
}

static int
compare_folds (gconstpointer a,
               gconstpointer b)
{
  const RstFold *first = *(RstFold *const *)a;
  const RstFold *second = *(RstFold *const *)b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  if (first->end != second->end)
    return first->end > second->end ? -1 : 1;

  return 0;
}

RstDocument *
rst_document_builder_end (RstDocumentBuilder *self)
{
  RstDocument *document;

  while (self->open_folds->len > 0)
    rst_document_builder_end_fold (self);
  g_ptr_array_sort (self->document->folds, compare_folds);

  document = g_steal_pointer (&self->document);
  rst_document_builder_free (self);

  return document;
}

static gboolean
is_same_look (const RstRun *a,
              const RstRun *b)
{
  return a->flags == b->flags && a->heading == b->heading && a->quote == b->quote &&
         a->indent == b->indent && a->link == b->link;
}

/* Beyond the limit one more run tells that what follows has no looks. */
static void
begin_run (RstDocumentBuilder *self,
           const RstRun *look)
{
  static const RstRun plain = { 0 };
  GArray *runs = self->document->runs;
  RstRun run = runs->len < self->max_runs ? *look : plain;

  run.start = self->document->text->len;
  if (runs->len == 0 || !is_same_look (&run, &g_array_index (runs, RstRun, runs->len - 1)))
    g_array_append_val (runs, run);
}

/* Valid UTF-8 only. Returns how many bytes are taken: as many whole characters as there is room. */
static gsize
append (RstDocumentBuilder *self,
        const char *text,
        gsize length,
        const RstRun *look)
{
  gsize room = self->max_length - MIN (self->max_length, self->document->text->len);

  if (self->document->is_cut)
    return 0;

  if (length > room)
    {
      self->document->is_cut = TRUE;
      for (length = room; length > 0 && ((guchar)text[length] & 0xC0) == 0x80;)
        length--;
    }

  if (length > 0)
    {
      begin_run (self, look);
      g_string_append_len (self->document->text, text, (gssize)length);
    }

  return length;
}

/* Returns the length of the character that may not be shown at @p, 0 where there is none. */
static gsize
measure_bad (const char *p,
             const char *end)
{
  gunichar c;

  if ((guchar)*p >= 0x20 && (guchar)*p < 0x7F)
    return 0;

  c = g_utf8_get_char_validated (p, end - p);
  if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0)
    return 1;
  if (c == OBJECT_CHARACTER || (g_unichar_iscntrl (c) && c != '\n' && c != '\t'))
    return (gsize)(g_utf8_next_char (p) - p);

  return 0;
}

void
rst_document_builder_add (RstDocumentBuilder *self,
                          const char *text,
                          gsize length,
                          const RstRun *look)
{
  const char *end = text + length;
  const char *good = text;

  while (text < end)
    {
      gsize bad_length = measure_bad (text, end);

      if (bad_length == 0)
        {
          text = g_utf8_next_char (text);
          continue;
        }

      append (self, good, (gsize)(text - good), look);
      append (self, REPLACEMENT, strlen (REPLACEMENT), look);
      text += bad_length;
      good = text;
    }

  append (self, good, (gsize)(text - good), look);
}

guint
rst_document_builder_add_link (RstDocumentBuilder *self,
                               const char *target,
                               const char *claimed_host)
{
  RstDocumentLink *link = g_new0 (RstDocumentLink, 1);

  link->target = g_utf8_make_valid (target, -1);
  if (claimed_host != NULL)
    link->claimed_host = g_utf8_make_valid (claimed_host, -1);
  g_ptr_array_add (self->document->links, link);

  return self->document->links->len;
}

void
rst_document_builder_claim_host (RstDocumentBuilder *self,
                                 guint number,
                                 const char *claimed_host)
{
  RstDocumentLink *link;

  g_return_if_fail (number > 0 && number <= self->document->links->len);

  link = g_ptr_array_index (self->document->links, number - 1);
  g_free (link->claimed_host);
  link->claimed_host = g_utf8_make_valid (claimed_host, -1);
}

void
rst_document_builder_add_image (RstDocumentBuilder *self,
                                const char *alt,
                                GBytes *content,
                                const RstRun *look)
{
  RstDocumentImage *image;
  gsize start = self->document->text->len;

  if (append (self, OBJECT, strlen (OBJECT), look) == 0)
    return;

  image = g_new0 (RstDocumentImage, 1);
  image->start = start;
  image->alt = alt != NULL ? g_utf8_make_valid (alt, -1) : NULL;
  image->content = content != NULL ? g_bytes_ref (content) : NULL;
  g_ptr_array_add (self->document->images, image);
}

void
rst_document_builder_add_remote_images (RstDocumentBuilder *self,
                                        guint n_images)
{
  self->document->n_remote_images += n_images;
}

static void
end_line (RstDocumentBuilder *self)
{
  static const RstRun plain = { 0 };
  GArray *runs = self->document->runs;
  const RstRun *last = runs->len > 0 ? &g_array_index (runs, RstRun, runs->len - 1) : &plain;
  RstRun look = *last;

  if (!rst_document_builder_ends_line (self))
    append (self, "\n", 1, &look);
}

static RstFold *
fold_new (gsize start,
          gsize end,
          const char *title,
          gboolean is_folded)
{
  RstFold *fold = g_new0 (RstFold, 1);

  fold->start = start;
  fold->end = end;
  fold->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  fold->is_folded = is_folded;

  return fold;
}

void
rst_document_builder_begin_fold (RstDocumentBuilder *self,
                                 const char *title,
                                 gboolean is_folded)
{
  RstFold *fold;

  end_line (self);
  fold = fold_new (self->document->text->len, 0, title, is_folded);
  g_ptr_array_add (self->document->folds, fold);
  g_ptr_array_add (self->open_folds, fold);
}

void
rst_document_builder_end_fold (RstDocumentBuilder *self)
{
  RstFold *fold;

  g_return_if_fail (self->open_folds->len > 0);

  end_line (self);
  fold = g_ptr_array_steal_index (self->open_folds, self->open_folds->len - 1);
  fold->end = self->document->text->len;
  if (fold->end == fold->start)
    g_ptr_array_remove (self->document->folds, fold);
}

void
rst_document_builder_add_fold (RstDocumentBuilder *self,
                               gsize start,
                               gsize end,
                               gboolean is_folded)
{
  g_return_if_fail (start < end && end <= self->document->text->len);

  g_ptr_array_add (self->document->folds, fold_new (start, end, NULL, is_folded));
}

void
rst_document_builder_mark (const RstDocumentBuilder *self,
                           RstDocumentMark *mark)
{
  mark->length = self->document->text->len;
  mark->n_runs = self->document->runs->len;
  mark->n_links = self->document->links->len;
  mark->n_images = self->document->images->len;
  mark->n_remote_images = self->document->n_remote_images;
}

void
rst_document_builder_rewind (RstDocumentBuilder *self,
                             const RstDocumentMark *mark)
{
  RstDocument *document = self->document;

  if (document->text->len > mark->length)
    document->is_cut = FALSE;
  g_string_truncate (document->text, mark->length);
  g_array_set_size (document->runs, mark->n_runs);
  g_ptr_array_set_size (document->links, (int)mark->n_links);
  g_ptr_array_set_size (document->images, (int)mark->n_images);
  document->n_remote_images = mark->n_remote_images;
}

gsize
rst_document_builder_get_length (const RstDocumentBuilder *self)
{
  return self->document->text->len;
}

const RstDocument *
rst_document_builder_peek (const RstDocumentBuilder *self)
{
  return self->document;
}

gboolean
rst_document_builder_is_full (const RstDocumentBuilder *self)
{
  return self->document->is_cut;
}

gboolean
rst_document_builder_ends_line (const RstDocumentBuilder *self)
{
  const GString *text = self->document->text;

  return text->len == 0 || text->str[text->len - 1] == '\n';
}

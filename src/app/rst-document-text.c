/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document-text"

#include "config.h"

#include "rst-document-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rst-format.h"

/* What is inserted between two looks at the clock: well below a millisecond. */
#define PIECE_BYTES (16 * 1024)

#define FOLDED_ARROW "▸"
#define UNFOLDED_ARROW "▾"

/* U+FFFC in UTF-8. */
#define OBJECT_BYTES 3

typedef struct
{
  int title; /* where its line begins */
  int start;
  int end;
  gboolean is_folded;
} Fold;

typedef struct
{
  int start;
  int end;
  RstPicture *picture; /* in the place of its words */
} Image;

struct _RstDocumentText
{
  /* Owned References */
  RstDocument *document;
  GtkTextBuffer *buffer;
  GArray *spots;  /* RstSpot, in the order of the text */
  GArray *folds;  /* Fold, as the document's */
  GArray *images; /* Image, as the document's */
  GArray *open;   /* guint, the folds in which the text to come lies */

  /* Borrowed References */
  RstDocumentTags *tags;

  gsize position;
  gsize run;
  int max_width;
  guint n_hiding; /* how many of the open folds are folded */
};

static void
image_clear (gpointer data)
{
  g_clear_object (&((Image *)data)->picture);
}

RstDocumentText *
rst_document_text_new (RstDocument *document,
                       GtkTextBuffer *buffer,
                       RstDocumentTags *tags)
{
  RstDocumentText *self = g_new0 (RstDocumentText, 1);

  self->document = rst_document_ref (document);
  self->buffer = g_object_ref (buffer);
  self->tags = tags;
  self->spots = g_array_new (FALSE, FALSE, sizeof (RstSpot));
  self->folds = g_array_new (FALSE, FALSE, sizeof (Fold));
  self->images = g_array_new (FALSE, FALSE, sizeof (Image));
  self->open = g_array_new (FALSE, FALSE, sizeof (guint));
  self->max_width = G_MAXINT;
  g_array_set_clear_func (self->images, image_clear);
  return self;
}

void
rst_document_text_free (RstDocumentText *self)
{
  g_array_unref (self->open);
  g_array_unref (self->images);
  g_array_unref (self->folds);
  g_array_unref (self->spots);
  g_object_unref (self->buffer);
  rst_document_unref (self->document);
  g_free (self);
}

static void
get_range (RstDocumentText *self,
           int start,
           int end,
           GtkTextIter *start_iter,
           GtkTextIter *end_iter)
{
  gtk_text_buffer_get_iter_at_offset (self->buffer, start_iter, start);
  gtk_text_buffer_get_iter_at_offset (self->buffer, end_iter, end);
}

static void
apply_tag (RstDocumentText *self,
           GtkTextTag *tag,
           int start,
           int end)
{
  GtkTextIter start_iter, end_iter;

  get_range (self, start, end, &start_iter, &end_iter);
  gtk_text_buffer_apply_tag (self->buffer, tag, &start_iter, &end_iter);
}

static void
apply_look (RstDocumentText *self,
            const RstRun *look,
            int start,
            int end)
{
  GtkTextIter start_iter, end_iter;

  get_range (self, start, end, &start_iter, &end_iter);
  rst_document_tags_apply (self->tags, look, &start_iter, &end_iter);
}

static void
add_spot (RstDocumentText *self,
          RstSpotKind kind,
          guint index,
          int start,
          int end)
{
  RstSpot *last = NULL;
  RstSpot spot = { start, end, kind, index };

  if (self->spots->len > 0)
    last = &g_array_index (self->spots, RstSpot, self->spots->len - 1);
  if (last != NULL && kind == RST_SPOT_LINK && last->kind == kind && last->index == index &&
      last->end == start)
    last->end = end;
  else
    g_array_append_val (self->spots, spot);
}

/* At the end of the buffer. Returns where it begins. */
static int
append (RstDocumentText *self,
        const char *text,
        gsize length)
{
  int start = gtk_text_buffer_get_char_count (self->buffer);
  GtkTextIter end;

  gtk_text_buffer_get_end_iter (self->buffer, &end);
  gtk_text_buffer_insert (self->buffer, &end, text, (int)length);
  if (self->n_hiding > 0)
    apply_tag (self,
               rst_document_tags_get_hidden (self->tags),
               start,
               gtk_text_buffer_get_char_count (self->buffer));
  return start;
}

static guint
count_lines (RstDocumentText *self,
             const RstFold *fold)
{
  const char *text = rst_document_get_text (self->document);
  const char *end = text + fold->end;
  guint n_lines = 0;

  for (const char *p = text + fold->start; p < end; n_lines++)
    {
      p = memchr (p, '\n', end - p);
      p = p != NULL ? p + 1 : end;
    }
  return n_lines;
}

static char *
fold_title (RstDocumentText *self,
            const RstFold *fold)
{
  const char *arrow = fold->is_folded ? FOLDED_ARROW : UNFOLDED_ARROW;
  g_autofree char *title = g_strdup (fold->title);

  if (title == NULL)
    {
      guint n_lines = count_lines (self, fold);
      g_autofree char *count = rst_format_count (n_lines);

      title = g_strdup_printf (ngettext ("%s quoted line", "%s quoted lines", n_lines), count);
    }
  return g_strdup_printf ("%s %s\n", arrow, title);
}

/* Its line stands as deep as what it stands for, less the quotation that it is itself. */
static RstRun
fold_look (RstDocumentText *self)
{
  gsize n_runs;
  const RstRun *run = &rst_document_get_runs (self->document, &n_runs)[self->run];
  RstRun look = { 0, RST_RUN_PLAIN, 0, 0, 0, 0 };

  if (self->run < n_runs && run->quote > 1)
    look.quote = run->quote - 1;
  return look;
}

static void
open_fold (RstDocumentText *self)
{
  guint index = self->folds->len;
  const RstFold *source = g_ptr_array_index (rst_document_get_folds (self->document), index);
  g_autofree char *title = fold_title (self, source);
  RstRun look = fold_look (self);
  Fold fold = { .is_folded = source->is_folded };

  fold.title = append (self, title, strlen (title));
  fold.start = gtk_text_buffer_get_char_count (self->buffer);
  fold.end = fold.start;
  apply_look (self, &look, fold.title, fold.start);
  apply_tag (self, rst_document_tags_get_fold (self->tags), fold.title, fold.start);
  add_spot (self, RST_SPOT_FOLD, index, fold.title, fold.start);
  g_array_append_val (self->folds, fold);
  g_array_append_val (self->open, index);
  if (fold.is_folded)
    self->n_hiding++;
}

/* Folds that are still being written end where the text does so far. */
static void
update_open_folds (RstDocumentText *self)
{
  for (guint i = 0; i < self->open->len; i++)
    g_array_index (self->folds, Fold, g_array_index (self->open, guint, i)).end =
        gtk_text_buffer_get_char_count (self->buffer);
}

static const RstFold *
get_innermost (RstDocumentText *self)
{
  if (self->open->len == 0)
    return NULL;
  return g_ptr_array_index (rst_document_get_folds (self->document),
                            g_array_index (self->open, guint, self->open->len - 1));
}

static void
close_fold (RstDocumentText *self)
{
  guint index = g_array_index (self->open, guint, self->open->len - 1);
  Fold *fold = &g_array_index (self->folds, Fold, index);

  fold->end = gtk_text_buffer_get_char_count (self->buffer);
  if (fold->is_folded)
    self->n_hiding--;
  g_array_set_size (self->open, self->open->len - 1);
}

static void
cross_folds (RstDocumentText *self)
{
  GPtrArray *folds = rst_document_get_folds (self->document);

  while (self->open->len > 0 && get_innermost (self)->end <= self->position)
    close_fold (self);
  while (self->folds->len < folds->len &&
         ((RstFold *)g_ptr_array_index (folds, self->folds->len))->start <= self->position)
    open_fold (self);
}

static char *
image_words (const RstDocumentImage *image)
{
  if (image->alt != NULL && image->alt[0] != '\0')
    return g_strdup_printf ("[%s]", image->alt);
  return g_strdup (_ ("[image]"));
}

static void
write_image (RstDocumentText *self,
             const RstRun *look)
{
  GPtrArray *images = rst_document_get_images (self->document);
  g_autofree char *words = image_words (g_ptr_array_index (images, self->images->len));
  RstRun words_look = *look;
  Image image = { 0 };

  words_look.flags |= RST_RUN_NOTE;
  image.start = append (self, words, strlen (words));
  image.end = gtk_text_buffer_get_char_count (self->buffer);
  apply_look (self, &words_look, image.start, image.end);
  if (look->link > 0)
    add_spot (self, RST_SPOT_LINK, look->link - 1, image.start, image.end);
  g_array_append_val (self->images, image);
  self->position += OBJECT_BYTES;
}

static gsize
piece_end (RstDocumentText *self,
           gsize limit)
{
  const char *text = rst_document_get_text (self->document);
  GPtrArray *folds = rst_document_get_folds (self->document);
  GPtrArray *images = rst_document_get_images (self->document);
  gsize end = limit;

  if (self->open->len > 0)
    end = MIN (end, get_innermost (self)->end);
  if (self->folds->len < folds->len)
    end = MIN (end, ((RstFold *)g_ptr_array_index (folds, self->folds->len))->start);
  if (self->images->len < images->len)
    end = MIN (end, ((RstDocumentImage *)g_ptr_array_index (images, self->images->len))->start);
  if (end - self->position > PIECE_BYTES)
    end = g_utf8_find_prev_char (text, text + self->position + PIECE_BYTES + 1) - text;
  return end;
}

static void
write_piece (RstDocumentText *self)
{
  static const RstRun plain = { 0, RST_RUN_PLAIN, 0, 0, 0, 0 };
  GPtrArray *images = rst_document_get_images (self->document);
  gsize n_runs;
  const RstRun *runs = rst_document_get_runs (self->document, &n_runs);
  gsize limit = rst_document_get_length (self->document);
  const RstRun *look = n_runs > 0 ? &runs[self->run] : &plain;
  gsize end;
  int start;

  if (self->run + 1 < n_runs)
    limit = look[1].start;
  if (self->images->len < images->len &&
      ((RstDocumentImage *)g_ptr_array_index (images, self->images->len))->start == self->position)
    {
      write_image (self, look);
      return;
    }

  end = piece_end (self, limit);
  start = append (
      self, rst_document_get_text (self->document) + self->position, end - self->position);
  apply_look (self, look, start, gtk_text_buffer_get_char_count (self->buffer));
  if (look->link > 0)
    add_spot (self,
              RST_SPOT_LINK,
              look->link - 1,
              start,
              gtk_text_buffer_get_char_count (self->buffer));
  self->position = end;
}

static void
find_run (RstDocumentText *self)
{
  gsize n_runs;
  const RstRun *runs = rst_document_get_runs (self->document, &n_runs);

  while (self->run + 1 < n_runs && runs[self->run + 1].start <= self->position)
    self->run++;
}

gboolean
rst_document_text_write (RstDocumentText *self,
                         gint64 deadline)
{
  while (!rst_document_text_is_written (self))
    {
      find_run (self);
      cross_folds (self);
      write_piece (self);
      if (g_get_monotonic_time () > deadline)
        break;
    }
  update_open_folds (self);
  return rst_document_text_is_written (self);
}

gboolean
rst_document_text_is_written (RstDocumentText *self)
{
  return self->position >= rst_document_get_length (self->document);
}

/* The first spot that ends behind this character. */
static guint
find_index (RstDocumentText *self,
            int offset)
{
  guint low = 0;
  guint high = self->spots->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->spots, RstSpot, middle).end <= offset)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

const RstSpot *
rst_document_text_find_spot (RstDocumentText *self,
                             int offset)
{
  guint index = find_index (self, offset);
  const RstSpot *spot;

  if (index >= self->spots->len)
    return NULL;
  spot = &g_array_index (self->spots, RstSpot, index);
  return spot->start <= offset ? spot : NULL;
}

static gboolean
is_hidden (RstDocumentText *self,
           int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (self->buffer, &iter, offset);
  return gtk_text_iter_has_tag (&iter, rst_document_tags_get_hidden (self->tags));
}

const RstSpot *
rst_document_text_find_next_spot (RstDocumentText *self,
                                  const RstSpot *spot,
                                  int step)
{
  int n_spots = (int)self->spots->len;
  int i = step > 0 ? 0 : n_spots - 1;

  if (spot != NULL)
    i = (int)(spot - &g_array_index (self->spots, RstSpot, 0)) + step;
  for (; i >= 0 && i < n_spots; i += step)
    {
      const RstSpot *next = &g_array_index (self->spots, RstSpot, i);

      if (!is_hidden (self, next->start))
        return next;
    }
  return NULL;
}

/* One character, or a picture, in the place of what stood there, with its looks. */
static void
replace (RstDocumentText *self,
         int start,
         int end,
         const char *text,
         RstPicture *picture)
{
  GtkTextIter start_iter, end_iter;
  GSList *tags;

  get_range (self, start, end, &start_iter, &end_iter);
  tags = gtk_text_iter_get_tags (&start_iter);
  gtk_text_buffer_delete (self->buffer, &start_iter, &end_iter);
  if (picture != NULL)
    gtk_text_buffer_insert_paintable (self->buffer, &start_iter, GDK_PAINTABLE (picture));
  else
    gtk_text_buffer_insert (self->buffer, &start_iter, text, -1);
  for (GSList *l = tags; l != NULL; l = l->next)
    apply_tag (self, l->data, start, start + 1);
  g_slist_free (tags);
}

static void
set_arrow (RstDocumentText *self,
           const Fold *fold)
{
  const char *arrow = fold->is_folded ? FOLDED_ARROW : UNFOLDED_ARROW;

  replace (self, fold->title, fold->title + 1, arrow, NULL);
}

static void
set_hidden (RstDocumentText *self,
            const Fold *fold,
            gboolean is_hidden)
{
  GtkTextTag *hidden = rst_document_tags_get_hidden (self->tags);
  GtkTextIter start, end;

  get_range (self, fold->start, fold->end, &start, &end);
  if (is_hidden)
    gtk_text_buffer_apply_tag (self->buffer, hidden, &start, &end);
  else
    gtk_text_buffer_remove_tag (self->buffer, hidden, &start, &end);
}

void
rst_document_text_set_folded (RstDocumentText *self,
                              guint index,
                              gboolean is_folded)
{
  Fold *fold;

  g_return_if_fail (index < self->folds->len);

  fold = &g_array_index (self->folds, Fold, index);
  if (fold->is_folded == is_folded)
    return;

  fold->is_folded = is_folded;
  for (guint i = 0; i < self->open->len; i++)
    if (g_array_index (self->open, guint, i) == index)
      self->n_hiding += is_folded ? 1 : -1;
  set_arrow (self, fold);
  if (is_hidden (self, fold->title))
    return;

  set_hidden (self, fold, is_folded);
  /* What was folded within it stays so. */
  for (guint i = index + 1; !is_folded && i < self->folds->len; i++)
    {
      const Fold *inner = &g_array_index (self->folds, Fold, i);

      if (inner->start >= fold->end)
        break;
      if (inner->is_folded)
        set_hidden (self, inner, TRUE);
    }
}

gboolean
rst_document_text_get_folded (RstDocumentText *self,
                              guint index)
{
  g_return_val_if_fail (index < self->folds->len, FALSE);

  return g_array_index (self->folds, Fold, index).is_folded;
}

void
rst_document_text_unfold_at (RstDocumentText *self,
                             int offset)
{
  for (guint i = 0; i < self->folds->len; i++)
    {
      const Fold *fold = &g_array_index (self->folds, Fold, i);

      if (fold->start > offset)
        break;
      if (offset < fold->end)
        rst_document_text_set_folded (self, i, FALSE);
    }
}

int
rst_replacement_move (const RstReplacement *self,
                      int offset)
{
  if (offset >= self->end)
    return offset + self->start + 1 - self->end;
  return MIN (offset, self->start);
}

static void
move_range (const RstReplacement *replacement,
            int *start,
            int *end)
{
  *start = rst_replacement_move (replacement, *start);
  *end = rst_replacement_move (replacement, *end);
}

static void
move_all (RstDocumentText *self,
          const RstReplacement *replacement)
{
  for (guint i = 0; i < self->spots->len; i++)
    {
      RstSpot *spot = &g_array_index (self->spots, RstSpot, i);

      move_range (replacement, &spot->start, &spot->end);
    }
  for (guint i = 0; i < self->folds->len; i++)
    {
      Fold *fold = &g_array_index (self->folds, Fold, i);

      fold->title = rst_replacement_move (replacement, fold->title);
      move_range (replacement, &fold->start, &fold->end);
    }
  for (guint i = 0; i < self->images->len; i++)
    {
      Image *image = &g_array_index (self->images, Image, i);

      move_range (replacement, &image->start, &image->end);
    }
}

RstReplacement
rst_document_text_set_picture (RstDocumentText *self,
                               guint index,
                               RstPicture *picture)
{
  RstReplacement replacement = { G_MAXINT - 1, G_MAXINT };
  Image *image;

  g_return_val_if_fail (index < self->images->len, replacement);
  g_return_val_if_fail (RST_IS_PICTURE (picture), replacement);

  image = &g_array_index (self->images, Image, index);
  rst_picture_set_max_width (picture, self->max_width);
  replace (self, image->start, image->end, NULL, picture);
  g_set_object (&image->picture, picture);
  replacement = (RstReplacement){ image->start, image->end };
  move_all (self, &replacement);
  return replacement;
}

/* The view takes a picture's size when it comes, and doesn't look again. */
void
rst_document_text_set_max_width (RstDocumentText *self,
                                 int max_width)
{
  self->max_width = max_width;
  for (guint i = 0; i < self->images->len; i++)
    {
      Image *image = &g_array_index (self->images, Image, i);

      if (image->picture != NULL && rst_picture_set_max_width (image->picture, max_width))
        replace (self, image->start, image->end, NULL, image->picture);
    }
}

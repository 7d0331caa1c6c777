/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document-tags.h"
#include "rst-picture.h"

G_BEGIN_DECLS

/**
 * RstSpotKind:
 * @RST_SPOT_LINK: its index is that of the document's link
 * @RST_SPOT_FOLD: the line that stands for a fold; its index is that of the document's fold
 */
typedef enum
{
  RST_SPOT_LINK,
  RST_SPOT_FOLD,
} RstSpotKind;

/**
 * RstSpot:
 * @start: the character of the buffer where it begins
 * @end: where it ends
 *
 * A place of the buffer that does something.
 */
typedef struct
{
  int start;
  int end;
  RstSpotKind kind;
  guint index;
} RstSpot;

/**
 * RstReplacement:
 * @start: where a picture stands now
 * @end: where the words ended that it stands for
 *
 * A change of the text in the buffer: of several characters into one.
 */
typedef struct
{
  int start;
  int end;
} RstReplacement;

/** rst_replacement_move: Returns: where that is now what was at @offset before; of what has been
 * replaced, the beginning. */
int rst_replacement_move (const RstReplacement *self,
                          int offset);

/**
 * RstDocumentText:
 *
 * A document as it stands in a text buffer: written piece by piece, so that the main loop goes
 * round; then its folds open and close, and its images come. Main thread only.
 */
typedef struct _RstDocumentText RstDocumentText;

/** rst_document_text_new: @buffer: an empty one, with the table of @tags */
RstDocumentText *rst_document_text_new (RstDocument *document,
                                        GtkTextBuffer *buffer,
                                        RstDocumentTags *tags);
void rst_document_text_free (RstDocumentText *self);

/**
 * rst_document_text_write:
 * @deadline: monotonic time after which no further piece is begun
 *
 * Returns: whether all of the document has been written.
 */
gboolean rst_document_text_write (RstDocumentText *self,
                                  gint64 deadline);

/** rst_document_text_is_written: Returns: whether all of the document has been written. */
gboolean rst_document_text_is_written (RstDocumentText *self);

/** rst_document_text_find_spot: Returns: (transfer none) (nullable): what is at this character.
 * Valid until the text is written to. */
const RstSpot *rst_document_text_find_spot (RstDocumentText *self,
                                            int offset);

/**
 * rst_document_text_find_next_spot:
 * @spot: (nullable): %NULL: before the first, or behind the last
 * @step: 1 or -1
 *
 * Returns: (transfer none) (nullable): the next link or fold that is not folded away.
 */
const RstSpot *rst_document_text_find_next_spot (RstDocumentText *self,
                                                 const RstSpot *spot,
                                                 int step);

/**
 * rst_document_text_set_folded:
 * @fold: the number of a fold that has been written; its index in a #RstSpot
 *
 * Folds a part of the text away, or opens it; the folds within it stay as they are.
 */
void rst_document_text_set_folded (RstDocumentText *self,
                                   guint fold,
                                   gboolean is_folded);

/** rst_document_text_get_folded: Returns: whether it is folded, whatever one around it is. */
gboolean rst_document_text_get_folded (RstDocumentText *self,
                                       guint fold);

/** rst_document_text_unfold_at: opens all folds in which a character lies. */
void rst_document_text_unfold_at (RstDocumentText *self,
                                  int offset);

/**
 * rst_document_text_set_picture:
 * @image: the number of an image that has been written
 *
 * Shows a picture in the place of the words that stand for it.
 *
 * Returns: what became of the text.
 */
RstReplacement rst_document_text_set_picture (RstDocumentText *self,
                                              guint image,
                                              RstPicture *picture);

/** rst_document_text_set_max_width: lets no picture be drawn wider. */
void rst_document_text_set_max_width (RstDocumentText *self,
                                      int max_width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDocumentText, rst_document_text_free)

G_END_DECLS

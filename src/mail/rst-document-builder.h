/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document.h"

G_BEGIN_DECLS

/**
 * RstDocumentBuilder:
 *
 * Writes a document from its beginning to its end. To be used by one thread.
 */
typedef struct _RstDocumentBuilder RstDocumentBuilder;

/**
 * rst_document_builder_new:
 * @max_length: bytes of text, after which nothing is taken any more; 0 for no limit
 * @max_runs: how many runs; beyond, text is taken without looks; 0 for no limit
 */
RstDocumentBuilder *rst_document_builder_new (gsize max_length,
                                              gsize max_runs);

/** rst_document_builder_end: @self: (transfer full): Returns: (transfer full): what was written. */
RstDocument *rst_document_builder_end (RstDocumentBuilder *self);
void rst_document_builder_free (RstDocumentBuilder *self);

/**
 * rst_document_builder_add:
 * @text: untrusted; control characters but LF and TAB, U+FFFC and what is no UTF-8 become U+FFFD
 * @look: how it looks; its "start" is not read
 */
void rst_document_builder_add (RstDocumentBuilder *self,
                               const char *text,
                               gsize length,
                               const RstRun *look);

/**
 * rst_document_builder_add_link:
 * @claimed_host: (nullable): see #RstDocumentLink
 *
 * Returns: the number of the link, for the looks of its text.
 */
guint rst_document_builder_add_link (RstDocumentBuilder *self,
                                     const char *target,
                                     const char *claimed_host);

/**
 * rst_document_builder_claim_host:
 * @number: what rst_document_builder_add_link() gave
 *
 * Tells what the text of a link claims, where that is known only after its text.
 */
void rst_document_builder_claim_host (RstDocumentBuilder *self,
                                      guint number,
                                      const char *claimed_host);

/**
 * rst_document_builder_add_image:
 * @content: (nullable): see #RstDocumentImage
 */
void rst_document_builder_add_image (RstDocumentBuilder *self,
                                     const char *alt,
                                     GBytes *content,
                                     const RstRun *look);

/** rst_document_builder_add_remote_images: counts images that are not loaded, besides those before.
 */
void rst_document_builder_add_remote_images (RstDocumentBuilder *self,
                                             guint n_images);

/**
 * rst_document_builder_begin_fold:
 * @title: (nullable): see #RstFold
 *
 * Ends the line first, if one is open; so does rst_document_builder_end_fold(). A fold with nothing
 * in it is dropped.
 */
void rst_document_builder_begin_fold (RstDocumentBuilder *self,
                                      const char *title,
                                      gboolean is_folded);

/** rst_document_builder_end_fold: ends the innermost fold that is open; there must be one. */
void rst_document_builder_end_fold (RstDocumentBuilder *self);

/**
 * rst_document_builder_add_fold:
 * @start: the beginning of a line that was written
 * @end: behind a line's end, or the end of what was written so far
 *
 * Adds a quotation's fold to what was written, within one that is open, or around ones that are
 * not.
 */
void rst_document_builder_add_fold (RstDocumentBuilder *self,
                                    gsize start,
                                    gsize end,
                                    gboolean is_folded);

/** RstDocumentMark: how far a document was written. */
typedef struct
{
  gsize length;
  guint n_runs;
  guint n_links;
  guint n_images;
  guint n_remote_images;
} RstDocumentMark;

/** rst_document_builder_mark: No fold may begin or end between the mark and its use. */
void rst_document_builder_mark (const RstDocumentBuilder *self,
                                RstDocumentMark *mark);

/** rst_document_builder_rewind: Takes back what was written since, to write it in another way. */
void rst_document_builder_rewind (RstDocumentBuilder *self,
                                  const RstDocumentMark *mark);

/** rst_document_builder_get_length: Returns: bytes of text so far. */
gsize rst_document_builder_get_length (const RstDocumentBuilder *self);

/** rst_document_builder_peek: Returns: (transfer none): what was written so far. */
const RstDocument *rst_document_builder_peek (const RstDocumentBuilder *self);

/** rst_document_builder_is_full: Returns: whether nothing is taken any more. */
gboolean rst_document_builder_is_full (const RstDocumentBuilder *self);

/** rst_document_builder_ends_line: Returns: whether the next text begins a line. */
gboolean rst_document_builder_ends_line (const RstDocumentBuilder *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDocumentBuilder, rst_document_builder_free)

G_END_DECLS

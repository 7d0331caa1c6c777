/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-document.h"

G_BEGIN_DECLS

/**
 * RstDocumentTags:
 *
 * The looks of a document as tags of a text buffer. Made once for a view; its buffers share them.
 */
typedef struct _RstDocumentTags RstDocumentTags;

RstDocumentTags *rst_document_tags_new (void);
void rst_document_tags_free (RstDocumentTags *self);

/** rst_document_tags_get_table: Returns: (transfer none): for the buffers to be made with. */
GtkTextTagTable *rst_document_tags_get_table (RstDocumentTags *self);

/** rst_document_tags_set_colors: takes the colours that fit the widget's style as it is now. */
void rst_document_tags_set_colors (RstDocumentTags *self,
                                   GtkWidget *widget);

/** rst_document_tags_apply: gives a part of a buffer its looks. */
void rst_document_tags_apply (RstDocumentTags *self,
                              const RstRun *look,
                              const GtkTextIter *start,
                              const GtkTextIter *end);

/** rst_document_tags_get_fold: Returns: (transfer none): of the line that stands for a fold. */
GtkTextTag *rst_document_tags_get_fold (RstDocumentTags *self);

/** rst_document_tags_get_hidden: Returns: (transfer none): of what is folded away. */
GtkTextTag *rst_document_tags_get_hidden (RstDocumentTags *self);

/** rst_document_tags_get_focus: Returns: (transfer none): of the link or fold that the keyboard is
 * at. */
GtkTextTag *rst_document_tags_get_focus (RstDocumentTags *self);

/** rst_document_tags_get_match: Returns: (transfer none): of what was searched for. */
GtkTextTag *rst_document_tags_get_match (RstDocumentTags *self);

/** rst_document_tags_get_current_match: Returns: (transfer none): of the match that is shown. */
GtkTextTag *rst_document_tags_get_current_match (RstDocumentTags *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDocumentTags, rst_document_tags_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-document.h"

G_BEGIN_DECLS

#define RST_TYPE_DOCUMENT_VIEW (rst_document_view_get_type ())

/**
 * RstDocumentView:
 *
 * Shows a document: text with its looks, images, folds and links. It is filled piece by piece, so
 * that the largest document doesn't keep the main loop waiting. Tab goes from link to link and fold
 * to fold, Return follows them. Main thread only.
 *
 * Signals: "activate-link" (const char *target), gboolean: the user wants to follow a link, and has
 * been asked when its text names another host; %TRUE: that has been done, so that the link isn't
 * opened by the desktop.
 */
G_DECLARE_FINAL_TYPE (RstDocumentView, rst_document_view, RST, DOCUMENT_VIEW, GtkWidget)

/** rst_document_view_set_document: @document: (nullable): shown from its beginning */
void rst_document_view_set_document (RstDocumentView *self,
                                     RstDocument *document);

/** rst_document_view_get_document: Returns: (transfer none) (nullable): what is shown. */
RstDocument *rst_document_view_get_document (RstDocumentView *self);

/** rst_document_view_get_is_filled: Returns: whether the document has come to its end. */
gboolean rst_document_view_get_is_filled (RstDocumentView *self);

/** rst_document_view_set_monospace: whether all text is shown in a font of one width. */
void rst_document_view_set_monospace (RstDocumentView *self,
                                      gboolean is_monospace);

/** rst_document_view_set_zoom: @zoom: per cent of the usual size */
void rst_document_view_set_zoom (RstDocumentView *self,
                                 int zoom);

/**
 * rst_document_view_page:
 * @step: 1: a page down; -1: up
 *
 * Returns: whether there was anything left to show in that direction.
 */
gboolean rst_document_view_page (RstDocumentView *self,
                                 int step);

/** rst_document_view_get_text_view: Returns: (transfer none): where the text stands. */
GtkTextView *rst_document_view_get_text_view (RstDocumentView *self);

/** rst_document_view_begin_find: opens the search bar. */
void rst_document_view_begin_find (RstDocumentView *self);

/** rst_document_view_find_next: @step: 1: the next match; -1: the one before */
void rst_document_view_find_next (RstDocumentView *self,
                                  int step);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document-text.h"
#include "rst-document-view.h"
#include "rst-find-bar.h"

G_BEGIN_DECLS

#define RST_NO_OFFSET (-1)

struct _RstDocumentView
{
  GtkWidget parent_instance;

  /* Owned References */
  RstDocument *document;
  RstDocumentTags *tags;
  RstDocumentText *text;
  GCancellable *cancellable;
  GtkCssProvider *zoom_provider;

  /* Borrowed References */
  GtkTextMark *page_mark; /* the buffer's; NULL before it is needed */

  /* Template Widgets */
  RstFindBar *find_bar;
  GtkScrolledWindow *scrolled_window;
  GtkLabel *target_label;
  GtkTextView *text_view;

  guint fill_source;
  guint resize_source;
  guint next_image;
  guint n_pixels;
  int focus;   /* where the link or fold begins that the keyboard is at */
  int pointed; /* where the link begins that the pointer is over */
  int menu;    /* where the link begins that the menu is about */
};

/* rst-document-view-links.c: what the text view's links and folds do for pointer and keyboard. */
void rst_document_view_install_links (GtkWidgetClass *widget_class);
void rst_document_view_update_target (RstDocumentView *self);

G_END_DECLS

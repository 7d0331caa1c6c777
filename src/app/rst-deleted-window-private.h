/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-deleted.h"
#include "rst-deleted-details.h"
#include "rst-deleted-window.h"

G_BEGIN_DECLS

struct _RstDeletedWindow
{
  AdwWindow parent_instance;

  /* Owned References */
  RstMailbox *mailbox;
  GSettings *settings;
  GListStore *items;
  GtkFilter *filter;
  GtkSelectionModel *selection;
  char *needle;

  /* Template Widgets */
  GtkColumnView *column_view;
  RstDeletedDetails *details;
  AdwStatusPage *page;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkStack *stack;
  AdwToastOverlay *toast_overlay;
  AdwWindowTitle *window_title;

  guint generation; /* of the last load that was begun */
  gboolean is_loaded;
};

/* rst-deleted-window.c */
void rst_deleted_window_update (RstDeletedWindow *self);
GPtrArray *rst_deleted_window_dup_selected (RstDeletedWindow *self);
void rst_deleted_window_show_toast (RstDeletedWindow *self,
                                    const char *text);

/* rst-deleted-window-load.c */
void rst_deleted_window_load (RstDeletedWindow *self);

/* rst-deleted-window-remove.c */
void rst_deleted_window_ask_to_remove (RstDeletedWindow *self,
                                       GPtrArray *items);

G_END_DECLS

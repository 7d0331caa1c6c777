/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rst-message-columns.h"
#include "rst-message-list.h"
#include "rst-message-rows.h"

G_BEGIN_DECLS

struct _RstMessageList
{
  GtkWidget parent_instance;

  /* Owned References */
  RstIndex *index;
  RstMessageRows *rows;
  GPtrArray *selected_before; /* what is to be selected again once its rows are there */
  GtkSelectionModel *selection;
  RstMessageColumns *columns;
  GtkWidget *context_menu;

  /* Template Widgets */
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkStack *stack;
  GtkScrolledWindow *scrolled_window;
  GtkColumnView *column_view;
  GMenuModel *context_menu_model;

  gboolean is_searching;
  gboolean is_scroll_due;
  gboolean is_reorder_due; /* the index was told to sort or to filter */
  gboolean is_reordering;  /* and the change that comes now is that one */
  guint selection_source;
  guint growth_source;
  guint wanted_source;
};

/* rst-message-list.c */
void rst_message_list_queue_selection_changed (RstMessageList *self);
void rst_message_list_scroll_to_start (RstMessageList *self);
void rst_message_list_update_rows (RstMessageList *self);

/* rst-message-list-order.c: the index changes, and what is selected stays selected. */
void rst_message_list_before_change_cb (RstMessageList *self);
void rst_message_list_items_changed_cb (RstMessageList *self,
                                        guint position,
                                        guint n_removed,
                                        guint n_added);

G_END_DECLS

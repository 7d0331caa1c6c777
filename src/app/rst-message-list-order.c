/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-list-order"

#include "config.h"

#include "rst-message-list-private.h"

#include "rst-message-selection.h"

/* Where fewer rows than that come or go, their widgets are not worth being kept. */
#define N_WORTH_KEEPING 50

/* Where more than that come to a list that has few, they come bit by bit. */
#define N_AT_ONCE 100

/* The selection is lost with the old rows. While the list grows, what is to be selected in the end
 * is known already, and part of it may have no row yet. */
void
rst_message_list_before_change_cb (RstMessageList *self)
{
  self->is_reordering = self->is_reorder_due;
  if (self->is_reordering && self->selected_before == NULL)
    self->selected_before = rst_message_selection_dup_items (self->selection);
}

/* The widgets of the old rows become those of the new ones. */
static void
reorder (RstMessageList *self)
{
  g_autoptr (GPtrArray) selected = g_steal_pointer (&self->selected_before);

  g_clear_handle_id (&self->growth_source, g_source_remove);
  rst_message_rows_begin_order (self->rows);
  rst_message_selection_restore (self->selection, self->index, selected);
  rst_message_list_scroll_to_start (self);
  rst_message_rows_end_order (self->rows);
}

static gboolean
grow_cb (gpointer user_data)
{
  RstMessageList *self = user_data;
  g_autoptr (GPtrArray) selected = NULL;

  if (rst_message_rows_grow (self->rows))
    return G_SOURCE_CONTINUE;

  self->growth_source = 0;
  selected = g_steal_pointer (&self->selected_before);
  if (selected != NULL)
    {
      rst_message_selection_restore (self->selection, self->index, selected);
      rst_message_list_scroll_to_start (self);
    }
  rst_message_list_queue_selection_changed (self);
  return G_SOURCE_REMOVE;
}

static void
grow (RstMessageList *self,
      guint position)
{
  rst_message_rows_begin_growth (self->rows, position);
  if (self->growth_source == 0)
    self->growth_source = g_idle_add (grow_cb, self);
}

/* Rows that were only moved keep their selection by themselves; but others may have been chosen
 * before they were there. */
static void
splice (RstMessageList *self,
        guint position,
        guint n_removed,
        guint n_added)
{
  g_autoptr (GPtrArray) selected = NULL;

  rst_message_rows_splice (self->rows, position, n_removed, n_added);
  if (self->growth_source != 0 || self->selected_before == NULL)
    return;

  selected = g_steal_pointer (&self->selected_before);
  if (selected->len != rst_message_list_get_n_selected (self))
    rst_message_selection_restore (self->selection, self->index, selected);
}

void
rst_message_list_items_changed_cb (RstMessageList *self,
                                   guint position,
                                   guint n_removed,
                                   guint n_added)
{
  guint n_rows = g_list_model_get_n_items (G_LIST_MODEL (self->rows));
  gboolean is_order = self->is_reordering;
  gboolean is_growth = is_order ? position <= n_rows : position == n_rows;

  self->is_reordering = FALSE;
  if (is_order && n_removed >= N_WORTH_KEEPING && n_added >= N_WORTH_KEEPING)
    reorder (self);
  else if (n_rows < N_AT_ONCE && n_added > N_AT_ONCE && is_growth)
    grow (self, position);
  else
    splice (self, position, n_removed, n_added);
  if (!rst_index_get_is_pending (self->index))
    self->is_reorder_due = FALSE;
  rst_message_list_update_rows (self);
  rst_message_list_look_again (self);
}

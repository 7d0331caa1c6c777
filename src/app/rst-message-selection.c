/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-selection"

#include "config.h"

#include "rst-message-selection.h"

#include "rst-format.h"

GPtrArray *
rst_message_selection_dup_items (GtkSelectionModel *selection)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GtkBitset) selected = NULL;
  GtkBitsetIter iter;
  guint position;

  g_return_val_if_fail (GTK_IS_SELECTION_MODEL (selection), items);

  selected = gtk_selection_model_get_selection (selection);
  for (gboolean is_valid = gtk_bitset_iter_init_first (&iter, selected, &position); is_valid;
       is_valid = gtk_bitset_iter_next (&iter, &position))
    g_ptr_array_add (items, g_list_model_get_item (G_LIST_MODEL (selection), position));
  return items;
}

GPtrArray *
rst_message_selection_dup_rows (GListModel *rows)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_rows = g_list_model_get_n_items (rows);

  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (items, g_list_model_get_item (rows, i));
  return items;
}

static void
select_matching (GtkSelectionModel *selection,
                 gboolean (*matches) (GHashTable *set, RstMessageItem *item),
                 GHashTable *set)
{
  g_autoptr (GtkBitset) selected = gtk_bitset_new_empty ();
  g_autoptr (GtkBitset) mask = NULL;
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (selection));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (RstMessageItem) item = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (matches (set, item))
        gtk_bitset_add (selected, i);
    }
  mask = gtk_bitset_new_range (0, n_items);
  gtk_selection_model_set_selection (selection, selected, mask);
}

static gboolean
is_member (GHashTable *items,
           RstMessageItem *item)
{
  return g_hash_table_contains (items, item);
}

static GHashTable *
create_set (GPtrArray *items)
{
  GHashTable *set = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (set, g_ptr_array_index (items, i));
  return set;
}

void
rst_message_selection_set_items (GtkSelectionModel *selection,
                                 GPtrArray *items)
{
  g_autoptr (GHashTable) set = NULL;

  g_return_if_fail (GTK_IS_SELECTION_MODEL (selection));
  g_return_if_fail (items != NULL);

  set = create_set (items);
  select_matching (selection, is_member, set);
}

/* As many need not be the same: another filter may find as many others. */
static gboolean
is_all (GListModel *rows,
        GPtrArray *items)
{
  g_autoptr (GHashTable) set = NULL;
  guint n_rows = g_list_model_get_n_items (rows);

  if (items->len != n_rows)
    return FALSE;

  set = create_set (items);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (RstMessageItem) item = g_list_model_get_item (rows, i);

      if (!g_hash_table_contains (set, item))
        return FALSE;
    }
  return TRUE;
}

void
rst_message_selection_restore (GtkSelectionModel *selection,
                               RstIndex *index,
                               GPtrArray *items)
{
  guint position;

  g_return_if_fail (GTK_IS_SELECTION_MODEL (selection));
  g_return_if_fail (RST_IS_INDEX (index));
  g_return_if_fail (items != NULL);

  if (items->len == 1 && rst_index_find (index, g_ptr_array_index (items, 0), &position))
    gtk_selection_model_select_item (selection, position, TRUE);
  else if (items->len > 1 && is_all (G_LIST_MODEL (index), items))
    gtk_selection_model_select_all (selection);
  else if (items->len > 1)
    rst_message_selection_set_items (selection, items);
}

static gboolean
is_from (GHashTable *senders,
         RstMessageItem *item)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (item);
  g_autofree char *address = NULL;

  if (envelope == NULL)
    return FALSE;
  address = rst_format_address (envelope->from);
  return g_hash_table_contains (senders, address);
}

void
rst_message_selection_set_senders (GtkSelectionModel *selection)
{
  g_autoptr (GHashTable) senders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) selected = rst_message_selection_dup_items (selection);

  for (guint i = 0; i < selected->len; i++)
    {
      RstEnvelope *envelope = rst_message_item_get_envelope (g_ptr_array_index (selected, i));

      if (envelope != NULL)
        g_hash_table_add (senders, rst_format_address (envelope->from));
    }
  if (g_hash_table_size (senders) > 0)
    select_matching (selection, is_from, senders);
}

guint
rst_message_selection_find (GtkSelectionModel *selection,
                            RstMessageItem *item)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (selection));

  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (RstMessageItem) other = g_list_model_get_item (G_LIST_MODEL (selection), i);

      if (other == item)
        return i;
    }
  return GTK_INVALID_LIST_POSITION;
}

RstMessageItem *
rst_message_selection_dup_neighbour (GtkSelectionModel *selection,
                                     RstMessageItem *item,
                                     int step)
{
  guint row = GTK_INVALID_LIST_POSITION;

  if (selection == NULL)
    return NULL;
  if (item != NULL)
    row = rst_message_selection_find (selection, item);
  if (row == GTK_INVALID_LIST_POSITION && item != NULL)
    return NULL;

  /* Beside the ends there is no row of this number. */
  return g_list_model_get_item (G_LIST_MODEL (selection), row + (guint)step);
}

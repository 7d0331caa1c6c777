/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted-window-load"

#include "config.h"

#include "rst-deleted-window-private.h"

#include <glib/gi18n.h>

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* One load of several that may be under way. */
typedef struct
{
  gpointer window; /* a weak reference */
  guint generation;
} Load;

static gboolean
is_at (GListModel *items,
       guint position,
       gpointer item)
{
  g_autoptr (GObject) there = g_list_model_get_item (items, position);

  return there == item;
}

/* Newest first. What is shown already and has not changed stays the same object: it is by them that
 * the list knows what is selected. */
static GPtrArray *
merge (GListModel *shown,
       GPtrArray *loaded)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (
      rst_deleted_item_hash, rst_deleted_item_is_same, g_object_unref, NULL);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    g_hash_table_add (known, g_list_model_get_item (shown, i));
  for (guint i = loaded->len; i > 0; i--)
    {
      RstDeletedItem *item = g_ptr_array_index (loaded, i - 1);
      RstDeletedItem *before = g_hash_table_lookup (known, item);
      gboolean is_kept = before != NULL && rst_deleted_item_is_unchanged (before, item);

      g_ptr_array_add (items, g_object_ref (is_kept ? before : item));
    }
  return items;
}

/* No more than what lies between the first and the last row that differ: the list stays where it
 * was scrolled to. Returns: whether there are any. */
static gboolean
replace (GListStore *store,
         GPtrArray *items)
{
  GListModel *shown = G_LIST_MODEL (store);
  guint n_shown = g_list_model_get_n_items (shown);
  guint n_common = MIN (n_shown, items->len);
  guint start = 0;
  guint end = 0;

  while (start < n_common && is_at (shown, start, g_ptr_array_index (items, start)))
    start++;
  while (end < n_common - start &&
         is_at (shown, n_shown - 1 - end, g_ptr_array_index (items, items->len - 1 - end)))
    end++;
  if (start + end == n_shown && n_shown == items->len)
    return FALSE;

  g_list_store_splice (
      store, start, n_shown - start - end, items->pdata + start, items->len - start - end);
  return TRUE;
}

/* Those that have changed are other objects, and were no longer selected. */
static void
select_again (RstDeletedWindow *self,
              GPtrArray *selected)
{
  g_autoptr (GHashTable) table =
      g_hash_table_new (rst_deleted_item_hash, rst_deleted_item_is_same);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->selection));
  g_autoptr (GtkBitset) all = gtk_bitset_new_range (0, n_items);
  g_autoptr (GtkBitset) chosen = gtk_bitset_new_empty ();

  for (guint i = 0; i < selected->len; i++)
    g_hash_table_add (table, g_ptr_array_index (selected, i));
  for (guint i = 0; i < n_items; i++)
    {
      g_autoptr (RstDeletedItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (g_hash_table_contains (table, item))
        gtk_bitset_add (chosen, i);
    }
  gtk_selection_model_set_selection (self->selection, chosen, all);
}

static void
show_items (RstDeletedWindow *self,
            GPtrArray *loaded)
{
  g_autoptr (GPtrArray) selected = rst_deleted_window_dup_selected (self);
  g_autoptr (GPtrArray) items = merge (G_LIST_MODEL (self->items), loaded);

  if (replace (self->items, items))
    select_again (self, selected);
}

static void
loaded_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autofree Load *load = user_data;
  g_autoptr (RstDeletedWindow) self = rst_weak_ref_take (load->window);
  g_autoptr (GError) error = NULL;
  guint64 size = 0;
  g_autoptr (GPtrArray) items = rst_deleted_load_finish (result, &size, &error);
  g_autofree char *size_text = g_format_size (size);
  g_autofree char *text = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  /* A later one may have ended before, and knows better. */
  if (self == NULL || self->items == NULL || load->generation != self->generation)
    return;

  if (items == NULL)
    {
      rst_deleted_window_show_toast (self, error->message);
      return;
    }
  show_items (self, items);
  self->is_loaded = TRUE;
  /* Translators: the name of an account, and a size */
  text = g_strdup_printf (_ ("%s · copies: %s"), rst_mailbox_get_name (self->mailbox), size_text);
  adw_window_title_set_subtitle (self->window_title, text);
  rst_deleted_window_update (self);
}

void
rst_deleted_window_load (RstDeletedWindow *self)
{
  Load *load = g_new (Load, 1);

  *load = (Load){ rst_weak_ref_new (self), ++self->generation };
  rst_deleted_load_async (rst_mailbox_get_account (self->mailbox), NULL, loaded_cb, load);
}

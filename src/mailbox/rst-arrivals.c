/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-arrivals"

#include "config.h"

#include "rst-arrivals.h"

#include "rst-index-private.h"
#include "rst-message-item-private.h"

struct _RstArrivals
{
  RstIndex *index;

  /* Headers that have arrived, and the items that show them. */
  GHashTable *items;
};

RstArrivals *
rst_arrivals_new (RstIndex *index)
{
  RstArrivals *self = g_new0 (RstArrivals, 1);

  self->index = index;
  self->items = g_hash_table_new_full (NULL, NULL, NULL, g_object_unref);

  return self;
}

void
rst_arrivals_free (RstArrivals *self)
{
  g_hash_table_unref (self->items);
  g_free (self);
}

/* Returns: the row that has stood for @header so far. */
static RstMessageItem *
find_placeholder (const RstOperation *operation,
                  const RstHeader *header)
{
  const char *uid = header->identity->uid;
  gpointer position = NULL;

  if (uid && operation->placeholders)
    position = g_hash_table_lookup (operation->placeholders, uid);

  return position ? g_ptr_array_index (operation->items, GPOINTER_TO_UINT (position) - 1) : NULL;
}

static void
fill_placeholder (RstArrivals *self,
                  RstMessageItem *placeholder,
                  RstHeader *header)
{
  RstRecord *old = rst_message_item_get_record (placeholder);
  g_autoptr (RstRecord) record =
      rst_record_new (header, old->id, old->position, old->is_read);

  rst_index_set_record (self->index, placeholder, record);
}

void
rst_arrivals_show (RstArrivals *self,
                   RstOperation *operation,
                   GPtrArray *items)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);
      RstHeader *header = rst_message_item_get_header (item);
      RstMessageItem *placeholder = find_placeholder (operation, header);

      if (placeholder)
        fill_placeholder (self, placeholder, header);
      else
        g_ptr_array_add (added, g_object_ref (item));
      g_hash_table_insert (self->items, header, g_object_ref (placeholder ? placeholder : item));
    }

  rst_index_append (self->index, added);
}

void
rst_arrivals_show_first (RstArrivals *self,
                         GPtrArray *items)
{
  if (rst_index_get_n_messages (self->index) == 0 &&
      rst_index_get_sort_column (self->index) == RST_SORT_DATE &&
      rst_index_get_sort_is_descending (self->index))
    rst_index_append (self->index, items);
}

RstMessageItem *
rst_arrivals_find (RstArrivals *self,
                   RstHeader *header)
{
  return g_hash_table_lookup (self->items, header);
}

void
rst_arrivals_take_back (RstArrivals *self,
                        RstOperation *operation)
{
  if (g_hash_table_size (self->items) == 0)
    return;

  for (guint i = 0; i < operation->items->len; i++)
    rst_message_item_set_record (g_ptr_array_index (operation->items, i),
                                 g_ptr_array_index (operation->records, i));
  rst_index_replace (self->index, operation->items);
}

void
rst_arrivals_clear (RstArrivals *self)
{
  g_hash_table_remove_all (self->items);
}

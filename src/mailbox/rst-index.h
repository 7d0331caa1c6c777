/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-message-item.h"

G_BEGIN_DECLS

/**
 * RstSortColumn:
 *
 * What the index can be ordered by. SERVER is the order of the maildrop's numbers; it also settles
 * ties, newest first.
 */
typedef enum
{
  RST_SORT_SERVER,
  RST_SORT_UNREAD,
  RST_SORT_FROM,
  RST_SORT_SUBJECT,
  RST_SORT_DATE,
  RST_SORT_SIZE,
} RstSortColumn;

#define RST_TYPE_INDEX (rst_index_get_type ())

/**
 * RstIndex:
 *
 * The client-side list of messages: a GListModel of #RstMessageItem, sorted and filtered. An item
 * that stays keeps its object, so a GtkMultiSelection keeps its selection through reloads and
 * sorting. Main thread only; only its mailbox changes its contents.
 *
 * A big list is put in order on a worker: the view then changes a moment after what was asked for.
 *
 * Signals: "before-change": the view is about to be put in another order or filtered anew; its rows
 * are still the old ones.
 *
 * Properties: "n-messages" (guint), "n-unread" (guint), "total-size" (guint64): of all messages,
 * whatever the filter.
 */
G_DECLARE_FINAL_TYPE (RstIndex, rst_index, RST, INDEX, GObject)

/** rst_index_new: Returns: (transfer full): an empty one. */
RstIndex *rst_index_new (void);

/**
 * rst_index_set_sort:
 *
 * Orders the view; the default is by date, newest first. Placeholders stand at the old end.
 */
void rst_index_set_sort (RstIndex *self,
                         RstSortColumn column,
                         gboolean is_descending);

/** rst_index_get_sort_column: Returns: what it was told last, also while that is pending. */
RstSortColumn rst_index_get_sort_column (RstIndex *self);

/** rst_index_get_sort_is_descending: Returns: what it was told last, also while that is pending. */
gboolean rst_index_get_sort_is_descending (RstIndex *self);

/** rst_index_find: Returns: whether the view shows @item; @position (out): where. */
gboolean rst_index_find (RstIndex *self,
                         RstMessageItem *item,
                         guint *position);

/** rst_index_dup_items: Returns: (transfer full) (element-type RstMessageItem): all messages, in
 * the server's order. */
GPtrArray *rst_index_dup_items (RstIndex *self);

/** rst_index_get_is_pending: Returns: whether a change of order or filter is still being worked
 * out. */
gboolean rst_index_get_is_pending (RstIndex *self);

/**
 * rst_index_set_filter:
 * @text: (nullable): every blank-separated word must occur in sender, recipients or subject,
 *   without regard to case and accents; %NULL or empty shows all
 */
void rst_index_set_filter (RstIndex *self,
                           const char *text);

/** rst_index_get_n_messages: Returns: how many there are, whatever the filter. */
guint rst_index_get_n_messages (RstIndex *self);

/** rst_index_get_n_not_loaded: Returns: how many rows are placeholders. */
guint rst_index_get_n_not_loaded (RstIndex *self);

/** rst_index_get_n_unread: Returns: how many were not read, whatever the filter. */
guint rst_index_get_n_unread (RstIndex *self);

/** rst_index_get_total_size: Returns: octets of all messages, whatever the filter. */
guint64 rst_index_get_total_size (RstIndex *self);

G_END_DECLS

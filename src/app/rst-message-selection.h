/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-index.h"

G_BEGIN_DECLS

/* What is selected, in messages: numbers of rows go no further than this. */

/**
 * rst_message_selection_dup_items:
 *
 * Returns: (transfer full) (element-type RstMessageItem): the selected messages from top to bottom.
 */
GPtrArray *rst_message_selection_dup_items (GtkSelectionModel *selection);

/** rst_message_selection_dup_rows: Returns: (transfer full) (element-type RstMessageItem): all of
 * them. */
GPtrArray *rst_message_selection_dup_rows (GListModel *rows);

/**
 * rst_message_selection_set_items:
 * @items: (element-type RstMessageItem): selected in the place of what was
 */
void rst_message_selection_set_items (GtkSelectionModel *selection,
                                      GPtrArray *items);

/**
 * rst_message_selection_restore:
 * @index: whose rows come first in @selection
 * @items: (element-type RstMessageItem): selected where they are shown now; none changes nothing
 *
 * The same for what was selected before the rows became others, without a look at each of them
 * where it can be done without.
 */
void rst_message_selection_restore (GtkSelectionModel *selection,
                                    RstIndex *index,
                                    GPtrArray *items);

/** rst_message_selection_set_senders: selects every row from the senders of the selected rows. */
void rst_message_selection_set_senders (GtkSelectionModel *selection);

/** rst_message_selection_find: Returns: the row of a message, or %GTK_INVALID_LIST_POSITION. */
guint rst_message_selection_find (GtkSelectionModel *selection,
                                  RstMessageItem *item);

/**
 * rst_message_selection_dup_neighbour:
 * @selection: (nullable):
 * @item: (nullable): %NULL: what is above the first row
 * @step: 1: the row below; -1: the row above
 *
 * Returns: (transfer full) (nullable): the message that is shown beside another.
 */
RstMessageItem *rst_message_selection_dup_neighbour (GtkSelectionModel *selection,
                                                     RstMessageItem *item,
                                                     int step);

G_END_DECLS

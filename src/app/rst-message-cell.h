/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-index.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_CELL (rst_message_cell_get_type ())

/**
 * RstMessageCell:
 *
 * One cell of the message list: what one column shows of one message. It follows the message's
 * changes while it is bound. Every cell is one line high, whatever it shows.
 */
G_DECLARE_FINAL_TYPE (RstMessageCell, rst_message_cell, RST, MESSAGE_CELL, GtkWidget)

/**
 * rst_message_cell_new:
 * @column: what it shows; %RST_SORT_UNREAD is the status column
 */
GtkWidget *rst_message_cell_new (RstSortColumn column);

/** rst_message_cell_set_item: @item: (nullable): what to show from now on. */
void rst_message_cell_set_item (RstMessageCell *self,
                                RstMessageItem *item);

/** rst_message_cell_get_item: Returns: (transfer none) (nullable): what it shows. */
RstMessageItem *rst_message_cell_get_item (RstMessageCell *self);

/** rst_message_cell_find_item: Returns: (transfer none) (nullable): what is shown at a point of
 * @view. */
RstMessageItem *rst_message_cell_find_item (GtkWidget *view,
                                            double x,
                                            double y);

G_END_DECLS

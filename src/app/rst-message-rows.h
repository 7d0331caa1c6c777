/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-index.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_ROWS (rst_message_rows_get_type ())

/**
 * RstMessageRows:
 *
 * What the list's view sees of the index: the same rows, and for a moment, while they are put in
 * another order, the new ones in front of the old ones.
 *
 * GTK 4.8 throws the widgets of rows away that a change removes, and makes new ones, two hundred of
 * them, which takes longer than a keystroke may; when it scrolls it uses them again. So the view is
 * scrolled from the old rows to the new ones, and where there were few, widgets are made for some
 * of the new ones at a time.
 */
G_DECLARE_FINAL_TYPE (RstMessageRows, rst_message_rows, RST, MESSAGE_ROWS, GObject)

RstMessageRows *rst_message_rows_new (RstIndex *index);

/** rst_message_rows_splice: the index has changed so; shows it. */
void rst_message_rows_splice (RstMessageRows *self,
                              guint position,
                              guint n_removed,
                              guint n_added);

/** rst_message_rows_begin_growth: many rows have come, and all from @position on are others now;
 * shows as many of them as can be shown at once. */
void rst_message_rows_begin_growth (RstMessageRows *self,
                                    guint position);

/** rst_message_rows_grow: shows more of them. Returns: whether there are still more. */
gboolean rst_message_rows_grow (RstMessageRows *self);

/** rst_message_rows_begin_order: all rows of the index are others now; shows them in front of the
 * old ones, which can be scrolled away from. */
void rst_message_rows_begin_order (RstMessageRows *self);

/** rst_message_rows_end_order: shows no more than the rows of the index again. */
void rst_message_rows_end_order (RstMessageRows *self);

G_END_DECLS

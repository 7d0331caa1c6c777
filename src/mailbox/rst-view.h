/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-index.h"
#include "rst-record.h"

G_BEGIN_DECLS

/**
 * RstViewOrder:
 * @column: what to order by
 * @is_descending: the other way round
 * @needles: (nullable) (array zero-terminated=1): folded words that must all occur
 *
 * What is shown of the index, and in which order.
 */
typedef struct
{
  RstSortColumn column;
  gboolean is_descending;
  char **needles;
} RstViewOrder;

/** rst_view_order_shows: Returns: whether the message is shown. */
gboolean rst_view_order_shows (const RstViewOrder *self,
                               const RstHeader *header);

/** rst_view_order_compare: Returns: less than 0 when @a stands before @b; positions are those in
 * the server's order, and settle ties. */
int rst_view_order_compare (const RstViewOrder *self,
                            const RstRecord *a,
                            guint position_a,
                            const RstRecord *b,
                            guint position_b);

/**
 * rst_view_compute:
 * @records: (element-type RstRecord): the index, in the server's order
 *
 * Pure, and on any thread: for a hundred thousand messages it takes longer than a frame.
 *
 * Returns: (transfer full) (element-type guint): positions in @records, in the order in which they
 * are shown.
 */
GArray *rst_view_compute (GPtrArray *records,
                          const RstViewOrder *order);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-index.h"
#include "rst-operation.h"

G_BEGIN_DECLS

/**
 * RstArrivals:
 *
 * The rows that an index shows before the operation that brings them has ended. Main thread only.
 */
typedef struct _RstArrivals RstArrivals;

/** rst_arrivals_new: @index: (transfer none): outlives the arrivals */
RstArrivals *rst_arrivals_new (RstIndex *index);
void rst_arrivals_free (RstArrivals *self);

/**
 * rst_arrivals_show:
 * @operation: that brings them
 * @items: (element-type RstMessageItem): with loaded headers, newest first
 *
 * Shows rows as they arrive, each at its place or in the place of its placeholder. Which numbers
 * they have is settled when the operation ends.
 */
void rst_arrivals_show (RstArrivals *self,
                        RstOperation *operation,
                        GPtrArray *items);

/**
 * rst_arrivals_show_first:
 * @items: (element-type RstMessageItem): the store's newest
 *
 * Lets them stand for all until the others have been read; in another order than theirs they would
 * be anything but the first, and are not shown.
 */
void rst_arrivals_show_first (RstArrivals *self,
                              GPtrArray *items);

/** rst_arrivals_find: Returns: (transfer none) (nullable): the row that already shows @header. */
RstMessageItem *rst_arrivals_find (RstArrivals *self,
                                   RstHeader *header);

/** rst_arrivals_take_back: nothing came of @operation, so nothing has arrived. */
void rst_arrivals_take_back (RstArrivals *self,
                             RstOperation *operation);

/** rst_arrivals_clear: the operation has ended; what the index has now is what came of it. */
void rst_arrivals_clear (RstArrivals *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-index.h"
#include "rst-record.h"

G_BEGIN_DECLS

/* For the mailbox, which alone changes what is in the index. */

/** rst_index_dup_records: Returns: (transfer full) (element-type RstRecord): everything, in the
 * server's order. */
GPtrArray *rst_index_dup_records (RstIndex *self);

/**
 * rst_index_replace:
 * @items: (element-type RstMessageItem): everything, in the server's order; items that were there
 *   before are the same objects
 *
 * Puts a new list in the place of the old one and shows the difference.
 */
void rst_index_replace (RstIndex *self,
                        GPtrArray *items);

/**
 * rst_index_append:
 * @items: (element-type RstMessageItem): that have just arrived, newest first; which numbers they
 *   have is settled by the next rst_index_replace()
 *
 * Shows them at their places in the order at hand.
 */
void rst_index_append (RstIndex *self,
                       GPtrArray *items);

/** rst_index_set_record: @item is known better now; its place in the view stays until the next
 * rst_index_replace(). */
void rst_index_set_record (RstIndex *self,
                           RstMessageItem *item,
                           RstRecord *record);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-operation.h"

G_BEGIN_DECLS

/* What an interrupted delete left open is settled by the first listing of its maildrop that
 * follows; on the worker. */

/**
 * rst_operation_load_unsettled:
 * @flags: (inout): how the listing is to be loaded so that it tells
 *
 * Returns: (transfer full) (nullable) (element-type RstReceipt): the deletes from this maildrop
 * whose outcome is not known yet.
 */
GPtrArray *rst_operation_load_unsettled (RstEngine *engine,
                                         RstLoadFlags *flags);

/**
 * rst_operation_settle:
 * @receipts: (nullable) (element-type RstReceipt): what rst_operation_load_unsettled() gave
 * @before: (element-type RstHeader): the index from before the operation's snapshot
 *
 * Settles, saves and tells what the snapshot says of them.
 *
 * Returns: whether there was any.
 */
gboolean rst_operation_settle (RstOperation *self,
                               RstEngine *engine,
                               GPtrArray *receipts,
                               GPtrArray *before);

G_END_DECLS

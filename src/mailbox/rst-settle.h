/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "fetcher/rst-receipt.h"
#include "fetcher/rst-snapshot.h"

G_BEGIN_DECLS

/**
 * rst_settle_receipt:
 * @receipt: one with unknown outcomes; to be saved by the caller
 * @before: (element-type RstHeader): the index from before the listing
 * @snapshot: a whole listing that was made after the delete, reconciled with @before
 *
 * Decides what became of each message: it is still there, or it is not. It stays unknown where the
 * message may be one whose headers could not be seen; the next listing tells. Pure.
 */
void rst_settle_receipt (RstReceipt *receipt,
                         GPtrArray *before,
                         const RstSnapshot *snapshot);

G_END_DECLS

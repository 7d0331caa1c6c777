/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-receipts.h"

G_BEGIN_DECLS

/* Copies of deleted messages. They lie in the file of the receipts, so that a receipt and the
 * copies that it names reach the disk in one step. Blocking; the owner of the receipts calls; every
 * function raises %RST_STORE_ERROR. */

/**
 * rst_copies_add:
 *
 * Writes a copy. It counts from the moment when rst_receipts_save() writes a receipt that names it;
 * it may reach the disk no sooner.
 *
 * Returns: its id, 0 when it could not be written.
 */
gint64 rst_copies_add (RstReceipts *receipts,
                       GBytes *message,
                       GError **error);

/** rst_copies_load: Returns: (transfer full) (nullable): the message as it was received; %NULL
 * without @error when the copy is no longer kept. */
GBytes *rst_copies_load (RstReceipts *receipts,
                         gint64 id,
                         GError **error);

/** rst_copies_remove: @ids: (element-type gint64): which; those that are not there do not matter.
 */
gboolean rst_copies_remove (RstReceipts *receipts,
                            GArray *ids,
                            GError **error);

/**
 * rst_copies_prune:
 * @max_total: octets
 *
 * Removes the copies that are older than @days, the oldest of those that are too many, and what an
 * interrupted delete has left. What no receipt names does not count: it may be of a delete that is
 * under way, and pushes nothing out.
 */
gboolean rst_copies_prune (RstReceipts *receipts,
                           guint days,
                           guint64 max_total,
                           GError **error);

/** rst_copies_get_size: Returns: octets of all copies that a receipt names. */
guint64 rst_copies_get_size (RstReceipts *receipts);

G_END_DECLS

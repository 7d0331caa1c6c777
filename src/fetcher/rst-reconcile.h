/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "pop3/rst-pop3-listing.h"
#include "rst-identity.h"
#include "rst-sync-report.h"

G_BEGIN_DECLS

#define RST_RECONCILE_NONE G_MAXUINT

/**
 * RstReconcileFlags:
 * @RST_RECONCILE_NUMBERS_HOLD: the listing has no UIDs, and a sample of the messages was found
 *   under their old numbers: what has a digest is taken to be where it was
 */
typedef enum
{
  RST_RECONCILE_DEFAULT = 0,
  RST_RECONCILE_NUMBERS_HOLD = 1 << 0,
} RstReconcileFlags;

/**
 * RstReconciliation:
 * @n_entries: messages in the index
 * @n_rows: messages in the listing
 * @entry_rows: (array length=n_entries): for each message of the index its row in the listing, or
 *   %RST_RECONCILE_NONE when it is gone
 * @row_entries: (array length=n_rows): for each row of the listing its message in the index, or
 *   %RST_RECONCILE_NONE when it is new
 * @uids_hold: whether any UID of the listing was known
 * @wanted: (element-type guint): rows whose headers would decide what could not be decided: fetch
 *   them and ask again
 * @report: the same in numbers
 *
 * How an index and a fresh listing belong together.
 */
typedef struct
{
  guint n_entries;
  guint n_rows;
  guint *entry_rows;
  guint *row_entries;
  gboolean uids_hold;
  GArray *wanted;
  RstSyncReport report;
} RstReconciliation;

/**
 * rst_reconcile:
 * @entries: (array length=n_entries): the index, in the server's order as it was
 * @listing: what the server lists now
 * @digests: (nullable) (array): one for each row of @listing, %NULL where the headers are not known
 * @strangers: (nullable): UIDs of messages that are none of the index (rst-strangers.h)
 *
 * Equal UIDs, unique on both sides, are the same message, unless digests of both are there and do
 * not match. Messages that share a UID or have none, and all of them when no UID at all is known
 * again (the server was migrated), are told apart by digest. Messages that nothing tells apart are
 * linked in order and counted as ambiguous. Pure; any thread; can't fail.
 *
 * Returns: (transfer full): the reconciliation.
 */
RstReconciliation *rst_reconcile (RstIdentity *const *entries,
                                  guint n_entries,
                                  const RstPop3Listing *listing,
                                  RstHeaderDigest *const *digests,
                                  GHashTable *strangers,
                                  RstReconcileFlags flags);

void rst_reconciliation_free (RstReconciliation *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstReconciliation, rst_reconciliation_free)

G_END_DECLS

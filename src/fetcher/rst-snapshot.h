/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-header.h"
#include "rst-sync-report.h"

G_BEGIN_DECLS

/**
 * RST_SNAPSHOT_NEW:
 *
 * The origin of a message that the index did not have.
 */
#define RST_SNAPSHOT_NEW G_MAXUINT

/**
 * RstSnapshot:
 * @headers: (element-type RstHeader): every message of the maildrop, in the server's order
 * @origins: (element-type guint): for each of @headers its position in the index that was given, or
 *   %RST_SNAPSHOT_NEW
 * @report: what changed
 * @has_uids: whether the server has UIDL
 * @uids_hold: whether some of the unique-ids were known, so that what is listed under none that is
 *   known is new, and what is no longer listed is gone
 * @interruption: (nullable): why loading ended early: a Stop, or a lost connection. What was not
 *   loaded is a placeholder.
 *
 * The whole truth of one listing, to take the place of the index. Owned by one thread at a time.
 */
typedef struct
{
  GPtrArray *headers;
  GArray *origins;
  RstSyncReport report;
  gboolean has_uids;
  gboolean uids_hold;
  GError *interruption;
} RstSnapshot;

RstSnapshot *rst_snapshot_new (void);
void rst_snapshot_free (RstSnapshot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSnapshot, rst_snapshot_free)

G_END_DECLS

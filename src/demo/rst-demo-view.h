/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-demo-faults.h"
#include "rst-demo-maildrop.h"

G_BEGIN_DECLS

/**
 * RstDemoSlot:
 * @entry: %NULL for a number that is left out
 * @uid: (nullable): a GRefString, as it was at login
 * @size: octets at login
 * @is_deleted: marked by DELE
 * @is_read: sent by RETR
 *
 * A message number of one session.
 */
typedef struct
{
  RstDemoEntry *entry;
  char *uid;
  gsize size;
  gboolean is_deleted;
  gboolean is_read;
} RstDemoSlot;

/**
 * RstDemoView:
 *
 * The maildrop as one session numbers it: fixed at login, whatever happens to the maildrop then
 * (RFC 1939 §5).
 */
typedef struct _RstDemoView RstDemoView;

/**
 * rst_demo_view_new:
 * @shows_read: whether messages that an earlier session has read are listed
 *
 * To be called with the maildrop locked.
 */
RstDemoView *rst_demo_view_new (RstDemoMaildrop *maildrop,
                                const RstDemoFaults *faults,
                                gboolean shows_read);
void rst_demo_view_free (RstDemoView *self);

/** rst_demo_view_get_n_slots: Returns: the highest number. */
guint rst_demo_view_get_n_slots (const RstDemoView *self);

/**
 * rst_demo_view_get_slot:
 *
 * Returns: (transfer none) (nullable): %NULL when no message has this number.
 */
RstDemoSlot *rst_demo_view_get_slot (const RstDemoView *self,
                                     guint number);

/** rst_demo_view_reset: RSET: unmarks what was marked as deleted. */
void rst_demo_view_reset (RstDemoView *self);

/**
 * rst_demo_view_commit:
 *
 * The end of the session: removes what was marked as deleted, and remembers what was read. To be
 * called with the maildrop locked.
 */
void rst_demo_view_commit (RstDemoView *self,
                           RstDemoMaildrop *maildrop,
                           RstDemoCommit commit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoView, rst_demo_view_free)

G_END_DECLS

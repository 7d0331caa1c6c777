/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-mailbox.h"
#include "rst-operation.h"

G_BEGIN_DECLS

/** rst_mailbox_queue: @operation: (transfer full): runs when those before it have ended. */
void rst_mailbox_queue (RstMailbox *self,
                        RstOperation *operation);

/** rst_mailbox_get_engine: Returns: (transfer none): only to be used while no operation runs. */
RstEngine *rst_mailbox_get_engine (RstMailbox *self);

/** rst_mailbox_set_can_cache: says whether the store can be written. */
void rst_mailbox_set_can_cache (RstMailbox *self,
                                gboolean can_cache);

/**
 * rst_mailbox_reload:
 *
 * Lists the server, reconciles, stores what came of it in the operation (snapshot, stored) and
 * settles what earlier deletes left unknown; on a worker. @wanted and @flags as in
 * rst_fetcher_load_headers().
 */
gboolean rst_mailbox_reload (RstOperation *operation,
                             RstEngine *engine,
                             GArray *wanted,
                             RstLoadFlags flags,
                             GCancellable *cancellable,
                             GError **error);

/**
 * rst_mailbox_store_records:
 *
 * Puts @after (element-type RstRecord) into the store, on a worker. A store that fails takes
 * nothing from the user but time at the next start: it is told as a notice.
 *
 * Returns: (transfer full) (element-type RstRecord): @after, as it is stored now.
 */
GPtrArray *rst_mailbox_store_records (RstOperation *operation,
                                      RstEngine *engine,
                                      GPtrArray *after);

/**
 * rst_mailbox_show_reload:
 *
 * Puts what rst_mailbox_reload() brought into the index; on the main thread. Does nothing when it
 * brought nothing.
 */
void rst_mailbox_show_reload (RstOperation *operation);

/**
 * rst_mailbox_find_placeholders:
 *
 * Returns: (transfer full) (element-type guint): positions in the index of the operation's messages
 * that are not loaded.
 */
GArray *rst_mailbox_find_placeholders (RstOperation *operation);

/** rst_mailbox_reload_flags: Returns: how a reload must look at the server after the engine's last
 * operation. */
RstLoadFlags rst_mailbox_reload_flags (RstEngine *engine);

/** rst_mailbox_find_arrival: Returns: (transfer none) (nullable): the row that already shows
 * @header. */
RstMessageItem *rst_mailbox_find_arrival (RstMailbox *self,
                                          RstHeader *header);

/** rst_mailbox_tell_reload: tells the front end if a synchronisation error made the operation
 * reload the index. */
void rst_mailbox_tell_reload (RstOperation *operation);

G_END_DECLS

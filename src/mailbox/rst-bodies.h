/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-store.h"

G_BEGIN_DECLS

/* Messages that were read, kept in the store. Blocking; the store's owner calls. */

/** RST_BODIES_BUDGET: bytes of messages that the store keeps at most. */
#define RST_BODIES_BUDGET (200 * 1000 * 1000)

/**
 * rst_bodies_load:
 * @record: one that is stored
 *
 * Looks for a message that was read before. It is compared with the record's digest like one that
 * has just arrived: what does not match is thrown away.
 *
 * Returns: (transfer full) (nullable): the message as the server sent it, %NULL when it is not
 * kept.
 */
GBytes *rst_bodies_load (RstStore *store,
                         const RstRecord *record);

/**
 * rst_bodies_save:
 * @budget: bytes that may be kept in all
 *
 * Keeps a message, and lets those go that were not used for longest when they are too many. One
 * that is larger than a quarter of the budget is not kept. Failing costs no more than another
 * download, so nothing is said.
 */
void rst_bodies_save (RstStore *store,
                      const RstRecord *record,
                      GBytes *message,
                      guint64 budget);

G_END_DECLS

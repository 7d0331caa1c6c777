/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fetcher/rst-receipt.h"
#include "sim-client.h"

G_BEGIN_DECLS

/** SimDoubts: the deletes whose outcome was unknown, and what is said of them later. */
typedef struct _SimDoubts SimDoubts;

/** sim_doubts_new: @folder: where the program keeps its files. */
SimDoubts *sim_doubts_new (SimRun *run,
                           SimVerdict *verdict,
                           const char *folder);
void sim_doubts_free (SimDoubts *self);

/**
 * sim_doubts_add:
 * @targets: (element-type SimTarget): what was to be deleted, in the order of @receipt
 * @others: (element-type SimContent): what the rest of the program's list was about
 *
 * After a delete that ended in doubt, before its commits are judged: what is settled already is
 * judged at once.
 */
void sim_doubts_add (SimDoubts *self,
                     const RstReceipt *receipt,
                     const GArray *targets,
                     const GPtrArray *others);

/** sim_doubts_judge: @is_listed: whether a listing has come, after which nothing may be unknown. */
void sim_doubts_judge (SimDoubts *self,
                       gboolean is_listed);

G_END_DECLS

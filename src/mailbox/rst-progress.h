/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "fetcher/rst-fetcher.h"
#include "rst-message-item.h"

G_BEGIN_DECLS

/**
 * RstProgressFunc:
 * @items: (nullable) (element-type RstMessageItem): that have arrived since the last call
 *
 * Called on the main thread, at most 30 times a second and for at most a quarter of the time, and
 * never after rst_progress_finish().
 */
typedef void (*RstProgressFunc) (RstPhase phase,
                                 guint64 done,
                                 guint64 total,
                                 GPtrArray *items,
                                 gpointer user_data);

/**
 * RstProgress:
 *
 * What a worker tells the main thread while it works: however often it speaks, the main thread
 * hears it now and then.
 */
typedef struct _RstProgress RstProgress;

/** rst_progress_new: on the main thread. */
RstProgress *rst_progress_new (RstProgressFunc func,
                               gpointer user_data);
void rst_progress_unref (RstProgress *self);

/** rst_progress_set: how far the work is; on the worker. */
void rst_progress_set (RstProgress *self,
                       RstPhase phase,
                       guint64 done,
                       guint64 total);

/** rst_progress_add_items: (element-type RstMessageItem): what has arrived; on the worker, which
 * leaves them alone from then on. */
void rst_progress_add_items (RstProgress *self,
                             GPtrArray *items);

/** rst_progress_finish: the work has ended, nothing is to be told any more; on the main thread. */
void rst_progress_finish (RstProgress *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstProgress, rst_progress_unref)

G_END_DECLS

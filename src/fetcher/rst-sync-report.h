/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstSyncReport:
 * @n_kept: messages whose number is what it was
 * @n_moved: messages that have another number now
 * @n_gone: messages that the server no longer has
 * @n_new: messages that the index did not have
 * @n_ambiguous: messages that nothing tells apart from another one
 * @n_not_loaded: messages whose headers are not loaded: beyond the fetch limit, or loading was
 *   stopped
 *
 * What a reload changed, in numbers that are told to the user.
 */
typedef struct
{
  guint n_kept;
  guint n_moved;
  guint n_gone;
  guint n_new;
  guint n_ambiguous;
  guint n_not_loaded;
} RstSyncReport;

/**
 * rst_sync_report_is_in_sync:
 *
 * Returns: whether every message of the index was where it should be; new ones do not count.
 */
gboolean rst_sync_report_is_in_sync (const RstSyncReport *self);

/**
 * rst_sync_report_to_string:
 *
 * Returns: (transfer full): "3 gone, 1 new, 7 moved", translated; what is 0 is left out, but for "0
 * gone, 0 new" when all are.
 */
char *rst_sync_report_to_string (const RstSyncReport *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to this folder: an end for what would wait for ever. */

/**
 * RstPop3Deadline:
 *
 * A cancellable that is cancelled when another one is, and when the time is over. For calls that
 * know a timeout for each byte, but none for all of them.
 */
typedef struct _RstPop3Deadline RstPop3Deadline;

/**
 * rst_pop3_deadline_new:
 * @seconds: from now on
 * @cancellable: (nullable): the user's
 */
RstPop3Deadline *rst_pop3_deadline_new (guint seconds,
                                        GCancellable *cancellable);

void rst_pop3_deadline_free (RstPop3Deadline *self);

/** rst_pop3_deadline_get_cancellable: Returns: (transfer none): what ends it either way. */
GCancellable *rst_pop3_deadline_get_cancellable (RstPop3Deadline *self);

/** rst_pop3_deadline_has_passed: Returns: whether it was the time, and not the user. */
gboolean rst_pop3_deadline_has_passed (RstPop3Deadline *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Deadline, rst_pop3_deadline_free)

G_END_DECLS

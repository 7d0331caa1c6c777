/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_locked_memory_new:
 *
 * Where a secret is read into on its way to a SecretValue. The system may refuse to keep it out of
 * the swap; then it is memory like any other, that is wiped.
 *
 * Returns: (transfer full): pages of zeros; release with rst_locked_memory_free().
 */
gpointer rst_locked_memory_new (gsize size);

/** rst_locked_memory_free: wipes it. @size: as it was asked for */
void rst_locked_memory_free (gpointer memory,
                             gsize size);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fetcher/rst-fetcher.h"
#include "rst-index.h"

G_BEGIN_DECLS

/* What the line under the window's title says. */

/**
 * rst_status_describe_index:
 * @hindrance: (nullable): from rst_status_describe_hindrance()
 *
 * Returns: (transfer full): what is there while nothing is going on.
 */
char *rst_status_describe_index (RstIndex *index,
                                 gboolean is_in_sync,
                                 const char *hindrance);

/**
 * rst_status_describe_hindrance:
 * @error: (nullable): of a look for new mail that nobody asked for
 *
 * Returns: (transfer full) (nullable): in few words, what is in its way; %NULL when nothing is.
 */
char *rst_status_describe_hindrance (const GError *error);

/** rst_status_describe_file: Returns: (transfer full): the same for saved mail, which may only be
 * looked at. */
char *rst_status_describe_file (RstIndex *index,
                                gboolean can_delete);

/** rst_status_describe_phase: Returns: (transfer full): what is going on. */
char *rst_status_describe_phase (RstPhase phase,
                                 guint64 done,
                                 guint64 total);

G_END_DECLS

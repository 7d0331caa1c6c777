/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fetcher/rst-fetcher.h"
#include "rst-index.h"

G_BEGIN_DECLS

/* What the line under the window's title says. */

/** rst_status_describe_index: Returns: (transfer full): what is there while nothing is going on. */
char *rst_status_describe_index (RstIndex *index,
                                 gboolean is_in_sync);

/** rst_status_describe_file: Returns: (transfer full): the same for saved mail, which may only be
 * looked at. */
char *rst_status_describe_file (RstIndex *index,
                                gboolean can_delete);

/** rst_status_describe_phase: Returns: (transfer full): what is going on. */
char *rst_status_describe_phase (RstPhase phase,
                                 guint64 done,
                                 guint64 total);

G_END_DECLS

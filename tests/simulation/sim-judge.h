/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim-client.h"

G_BEGIN_DECLS

/** sim_judge_delete: after a delete: what the step's sessions did against what was asked for and
 * what was said. @targets: (element-type SimTarget). */
void sim_judge_delete (const SimRun *run,
                       const GArray *targets,
                       SimClaim claim,
                       SimVerdict *verdict);

/** sim_judge_calm: after anything else: nothing may have been deleted. */
void sim_judge_calm (const SimRun *run,
                     SimVerdict *verdict);

/** sim_judge_body: what was shown against what was chosen. */
void sim_judge_body (const SimRun *run,
                     const SimTarget *target,
                     const char *bytes,
                     gsize length,
                     SimVerdict *verdict);

/** sim_judge_note: writes a fault down, and says it where that is wanted. */
void sim_judge_note (const SimRun *run,
                     guint64 *counter,
                     const char *what);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-demo-state.h"
#include "rst-demo-wire.h"

G_BEGIN_DECLS

/**
 * rst_demo_session_run:
 *
 * Serves one connection, on the calling thread, until it ends.
 */
void rst_demo_session_run (RstDemoState *state,
                           RstDemoWire *wire);

G_END_DECLS

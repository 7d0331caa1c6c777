/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-demo-maildrop.h"

G_BEGIN_DECLS

/**
 * rst_demo_letters_simulate:
 * @n_before: how often this was done before: each time another letter comes
 *
 * Does what another client and the post do: see rst_demo_server_simulate_other_client(). To be
 * called with the maildrop locked.
 *
 * Returns: (transfer full): what was done, in words.
 */
char *rst_demo_letters_simulate (RstDemoMaildrop *maildrop,
                                 guint n_before);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim-server.h"

G_BEGIN_DECLS

/* As much of Python's poplib as the algorithms for comparison need: one command after the other,
 * and whatever goes wrong is an exception: %FALSE or %NULL. */

/** sim_poplib_connect: Returns: (transfer none) (nullable): a session that is signed in. */
SimSession *sim_poplib_connect (SimRun *run);

/** sim_poplib_short: a command with an answer of one line. */
gboolean sim_poplib_short (SimSession *self,
                           const char *format,
                           ...) G_GNUC_PRINTF (2, 3);

/** sim_poplib_long: Returns: (transfer full) (nullable): the lines of an answer of many. */
char **sim_poplib_long (SimSession *self,
                        const char *format,
                        ...) G_GNUC_PRINTF (2, 3);

/** sim_poplib_stat: Returns: whether *n_messages was learnt. */
gboolean sim_poplib_stat (SimSession *self,
                          guint *n_messages);

/** sim_poplib_quit: sends QUIT, whatever came before, and hangs up. */
gboolean sim_poplib_quit (SimSession *self);

G_END_DECLS

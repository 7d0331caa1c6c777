/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "sim-server.h"

G_BEGIN_DECLS

/* Sessions of the real program on the model: over a socket pair whose other end is served by
 * whoever waits for an answer. There is no other thread and no clock: what is not there when it is
 * waited for will never come, so a stall ends at once. */

/** sim_transport_set_certificate: (nullable): connections are encrypted with it from now on. */
void sim_transport_set_certificate (GTlsCertificate *certificate);

/** sim_transport_begin: from now on every connection of the process leads to @run; %NULL: none. */
void sim_transport_begin (SimRun *run);

/** sim_transport_cancel_at: at the @nth wait from now on @cancellable is cancelled; %NULL: never.
 */
void sim_transport_cancel_at (guint nth,
                              GCancellable *cancellable);

/** sim_transport_settle: the model takes all that was sent before the client hung up. */
void sim_transport_settle (void);

G_END_DECLS

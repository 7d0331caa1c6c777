/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session.h"

G_BEGIN_DECLS

/**
 * RstPop3Transport:
 * @connect: what else than the network leads to a server
 * @wait: (nullable): what else than time is waited for, as g_socket_condition_timed_wait()
 *
 * What sessions run over. Only the simulation, which has no time to wait for anything, sets one.
 */
typedef struct
{
  GSocketConnection *(*connect) (const RstPop3Server *server,
                                 GCancellable *cancellable,
                                 GError **error);
  gboolean (*wait) (GSocket *socket,
                    GIOCondition condition,
                    gint64 timeout,
                    GCancellable *cancellable,
                    GError **error);
} RstPop3Transport;

/**
 * rst_pop3_transport_set:
 * @transport: (nullable): static; %NULL for the network
 *
 * For the whole process; while no session is open.
 */
void rst_pop3_transport_set (const RstPop3Transport *transport);

/** rst_pop3_transport_get: Returns: (nullable): what was set. */
const RstPop3Transport *rst_pop3_transport_get (void);

G_END_DECLS

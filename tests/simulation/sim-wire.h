/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "sim-server.h"

G_BEGIN_DECLS

/**
 * sim_wire_new:
 * @socket: the server's end of the connection
 * @session: whose bytes are counted, and whose cut is made where it is one of the wire
 *
 * What TLS puts on the wire: the connection breaks inside a record, and inside the handshake, as
 * one does that knows nothing of lines.
 *
 * Returns: (transfer full): the stream for TLS to run over.
 */
GIOStream *sim_wire_new (GSocket *socket,
                         SimSession *session);

G_END_DECLS

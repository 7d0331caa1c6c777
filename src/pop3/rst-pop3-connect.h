/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session.h"

G_BEGIN_DECLS

/* Private to this folder: from a host and a port to a connection. */

/**
 * rst_pop3_connect:
 * @server: with a timeout that is not 0
 *
 * Finds the host and connects, in the clear.
 *
 * Returns: (transfer full): the connection. Errors: those of GSocketClient and GResolver, by domain
 * and code, in words for the user.
 */
GSocketConnection *rst_pop3_connect (const RstPop3Server *server,
                                     GCancellable *cancellable,
                                     GError **error);

/** rst_pop3_dup_ascii_host: Returns: (transfer full): the host's name as DNS and certificates have
 * it: that of an international domain in its ASCII form (RFC 5890). */
char *rst_pop3_dup_ascii_host (const RstPop3Server *server);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session.h"

G_BEGIN_DECLS

/* Private to this folder: TLS and whom to trust. */

/**
 * rst_pop3_tls_start:
 * @connection: (transfer none): in the clear, with nothing unread
 *
 * Does the handshake and verifies the certificate: by the system's authorities or @server's
 * ca_file; or, where @server has a pin, by the pin and nothing else.
 *
 * Returns: (transfer full): the encrypted stream. Errors: %RST_POP3_ERROR_TLS, saying what is wrong
 * and what to do; %G_IO_ERROR_CANCELLED, %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CONNECTION_CLOSED.
 */
GIOStream *rst_pop3_tls_start (GSocketConnection *connection,
                               const RstPop3Server *server,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS

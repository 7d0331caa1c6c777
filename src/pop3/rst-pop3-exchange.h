/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session-private.h"

G_BEGIN_DECLS

/* Private to this folder: AUTH (RFC 5034). */

/**
 * rst_pop3_exchange_run:
 * @auth: one that goes through AUTH
 * @secret: password or access token
 * @refusal: (out): why the server did not let the user in
 *
 * Returns: %TRUE when the server has given its verdict: the user is signed in, or @refusal is set.
 * Errors: those of the session; %RST_POP3_ERROR_TLS when the server is an impostor,
 * %RST_POP3_ERROR_UNSUPPORTED; then the session is closed.
 */
gboolean rst_pop3_exchange_run (RstPop3Session *session,
                                RstPop3Auth auth,
                                const char *user,
                                const char *secret,
                                GError **refusal,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS

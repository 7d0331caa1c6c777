/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstPop3Error:
 * @RST_POP3_ERROR_PROTOCOL: what came is not POP3, or broke its framing; the session was dropped
 *   without QUIT and nothing was committed on it
 * @RST_POP3_ERROR_REJECTED: an `-ERR` to a command that is none of the cases below; the session is
 *   still in step
 * @RST_POP3_ERROR_AUTH: the server refused user or password; a new password may help
 * @RST_POP3_ERROR_TRY_LATER: [IN-USE], [LOGIN-DELAY] or [SYS/TEMP] (RFC 2449 §8, RFC 3206): the
 *   password is right or was not looked at; the same call may succeed later
 * @RST_POP3_ERROR_UNSUPPORTED: the server has no such command
 * @RST_POP3_ERROR_TLS: STLS was refused or is missing, the certificate is not trusted, or one side
 *   speaks TLS and the other does not; nothing secret was sent
 * @RST_POP3_ERROR_TOO_LONG: a line, a header block or a count is over its limit; the session was
 *   dropped
 *
 * Errors of the POP3 layer. %G_IO_ERROR_CANCELLED, %G_IO_ERROR_TIMED_OUT,
 * %G_IO_ERROR_CONNECTION_CLOSED and the errors of connecting pass through unchanged.
 */
typedef enum
{
  RST_POP3_ERROR_PROTOCOL,
  RST_POP3_ERROR_REJECTED,
  RST_POP3_ERROR_AUTH,
  RST_POP3_ERROR_TRY_LATER,
  RST_POP3_ERROR_UNSUPPORTED,
  RST_POP3_ERROR_TLS,
  RST_POP3_ERROR_TOO_LONG,
} RstPop3Error;

#define RST_POP3_ERROR (rst_pop3_error_quark ())

GQuark rst_pop3_error_quark (void);

G_END_DECLS

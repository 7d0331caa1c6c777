/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstPop3Auth:
 * @RST_POP3_AUTH_AUTOMATIC: the best that the server offers for a password, and a plainer one when
 *   it is refused for other reasons than the password
 * @RST_POP3_AUTH_TOKEN: OAUTHBEARER, or XOAUTH2 where that is not offered: the secret is an access
 *   token
 * @RST_POP3_AUTH_PASSWORD: USER and PASS (RFC 1939 §7)
 * @RST_POP3_AUTH_APOP: APOP (RFC 1939 §7)
 * @RST_POP3_AUTH_SCRAM_SHA_256: with channel binding where server and TLS have it (RFC 7677)
 * @RST_POP3_AUTH_SCRAM_SHA_1: with channel binding where server and TLS have it (RFC 5802)
 * @RST_POP3_AUTH_CRAM_MD5: RFC 2195
 * @RST_POP3_AUTH_PLAIN: RFC 4616
 * @RST_POP3_AUTH_LOGIN: the older form of PLAIN
 * @RST_POP3_AUTH_OAUTHBEARER: RFC 7628
 * @RST_POP3_AUTH_XOAUTH2: the older form of OAUTHBEARER
 *
 * How to sign in. All but the first four go through AUTH (RFC 5034).
 */
typedef enum
{
  RST_POP3_AUTH_AUTOMATIC,
  RST_POP3_AUTH_TOKEN,
  RST_POP3_AUTH_PASSWORD,
  RST_POP3_AUTH_APOP,
  RST_POP3_AUTH_SCRAM_SHA_256,
  RST_POP3_AUTH_SCRAM_SHA_1,
  RST_POP3_AUTH_CRAM_MD5,
  RST_POP3_AUTH_PLAIN,
  RST_POP3_AUTH_LOGIN,
  RST_POP3_AUTH_OAUTHBEARER,
  RST_POP3_AUTH_XOAUTH2,
} RstPop3Auth;

/** rst_pop3_auth_to_string: Returns: (transfer none): "auto", "scram-sha-256" and so on. */
const char *rst_pop3_auth_to_string (RstPop3Auth auth);

/** rst_pop3_auth_from_string: Returns: %FALSE when @text, in any case, is none of them. */
gboolean rst_pop3_auth_from_string (const char *text,
                                    RstPop3Auth *auth);

/** rst_pop3_auth_is_token: Returns: whether the secret of @auth is an access token. */
gboolean rst_pop3_auth_is_token (RstPop3Auth auth);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-pop3-secrets.h"

G_BEGIN_DECLS

/* Private to this folder: access tokens on the wire, in base64. */

/** rst_pop3_oauth_dup_xoauth2: Returns: (transfer full): XOAUTH2's initial response. */
char *rst_pop3_oauth_dup_xoauth2 (const char *user,
                                  const char *token);

/** rst_pop3_oauth_dup_bearer: Returns: (transfer full): OAUTHBEARER's initial response (RFC 7628
 * §3.1). */
char *rst_pop3_oauth_dup_bearer (const char *user,
                                 const char *host,
                                 guint16 port,
                                 const char *token);

/**
 * rst_pop3_oauth_dup_reason:
 * @challenge: JSON in base64 (RFC 7628 §3.2.2); untrusted
 * @secrets: (nullable): what the words are not to show
 *
 * Returns: (transfer full): why a token was refused, for an error message.
 */
char *rst_pop3_oauth_dup_reason (const char *challenge,
                                 const RstPop3Secrets *secrets);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-pop3-auth.h"
#include "rst-pop3-secrets.h"

G_BEGIN_DECLS

/* Private to this folder: the client's side of a SASL mechanism (RFC 4422), free of POP3. */

/**
 * RstPop3Sasl:
 *
 * One exchange of challenges and answers, both in base64. To be used by one thread.
 */
typedef struct _RstPop3Sasl RstPop3Sasl;

/**
 * RstPop3SaslOptions:
 * @auth: one that goes through AUTH
 * @offered: (nullable): the mechanisms that the server lists, separated by blanks
 * @user: as the account has it
 * @secret: password or access token
 * @host: which OAUTHBEARER tells the server
 * @port: the same
 * @tls: (nullable): the connection, to bind the exchange to its channel
 *
 * All is kept by the caller for as long as the exchange lives.
 */
typedef struct
{
  RstPop3Auth auth;
  const char *offered;
  const char *user;
  const char *secret;
  const char *host;
  guint16 port;
  GTlsConnection *tls;
} RstPop3SaslOptions;

/** rst_pop3_sasl_new: Errors: %RST_POP3_ERROR_UNSUPPORTED. */
RstPop3Sasl *rst_pop3_sasl_new (const RstPop3SaslOptions *options,
                                GError **error);
void rst_pop3_sasl_free (RstPop3Sasl *self);

/** rst_pop3_sasl_is_offered: Returns: whether @offered lists @auth. */
gboolean rst_pop3_sasl_is_offered (const char *offered,
                                   RstPop3Auth auth);

/** rst_pop3_sasl_get_name: Returns: (transfer none): what to send behind AUTH. */
const char *rst_pop3_sasl_get_name (const RstPop3Sasl *self);

/** rst_pop3_sasl_begins: Returns: whether the client speaks first: RFC 5034's initial response. */
gboolean rst_pop3_sasl_begins (const RstPop3Sasl *self);

/** rst_pop3_sasl_is_done: Returns: whether the server owes nothing but its verdict. */
gboolean rst_pop3_sasl_is_done (const RstPop3Sasl *self);

/**
 * rst_pop3_sasl_answer:
 * @challenge: what the server said, "" for the initial response; untrusted
 *
 * Returns: (transfer full): the answer, to be wiped. Errors: %RST_POP3_ERROR_TLS when the server
 * could not prove that it knows the password; %RST_POP3_ERROR_PROTOCOL.
 */
char *rst_pop3_sasl_answer (RstPop3Sasl *self,
                            const char *challenge,
                            GError **error);

/**
 * rst_pop3_sasl_dup_reason:
 * @secrets: (nullable): what the words are not to show
 *
 * Returns: (transfer full) (nullable): in words, why the token was refused, if the server told.
 */
char *rst_pop3_sasl_dup_reason (const RstPop3Sasl *self,
                                const RstPop3Secrets *secrets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Sasl, rst_pop3_sasl_free)

G_END_DECLS

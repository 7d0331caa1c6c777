/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "pop3/rst-pop3-session.h"

G_BEGIN_DECLS

/**
 * RstProviderHints:
 * @RST_PROVIDER_HINT_SWITCH_ON: POP must be switched on in the web settings
 * @RST_PROVIDER_HINT_APP_PASSWORD: takes a password made for this program alone
 * @RST_PROVIDER_HINT_CODE: the same, where it is called an authorization code
 * @RST_PROVIDER_HINT_MAIL_PASSWORD: has a second password, for mail programs
 * @RST_PROVIDER_HINT_TOKEN: takes no password, only access tokens (OAuth 2.0)
 * @RST_PROVIDER_HINT_RECENT: Gmail's "recent:" in front of the user name
 * @RST_PROVIDER_HINT_PAID: POP belongs to the paid plans
 * @RST_PROVIDER_HINT_NO_POP: there is no POP3 server at all
 *
 * What a user must know before signing in works.
 */
typedef enum
{
  RST_PROVIDER_HINT_NONE = 0,
  RST_PROVIDER_HINT_SWITCH_ON = 1 << 0,
  RST_PROVIDER_HINT_APP_PASSWORD = 1 << 1,
  RST_PROVIDER_HINT_CODE = 1 << 2,
  RST_PROVIDER_HINT_MAIL_PASSWORD = 1 << 3,
  RST_PROVIDER_HINT_TOKEN = 1 << 4,
  RST_PROVIDER_HINT_RECENT = 1 << 5,
  RST_PROVIDER_HINT_PAID = 1 << 6,
  RST_PROVIDER_HINT_NO_POP = 1 << 7,
} RstProviderHints;

/**
 * RstProviderUser:
 * @RST_PROVIDER_USER_ADDRESS: the user name is the whole address
 * @RST_PROVIDER_USER_LOCAL_PART: it is what stands before the "@"
 */
typedef enum
{
  RST_PROVIDER_USER_ADDRESS,
  RST_PROVIDER_USER_LOCAL_PART,
} RstProviderUser;

/**
 * RstProvider:
 * @name: as it calls itself
 * @domains: of its addresses, lower case, separated by blanks
 * @host: (nullable): of its POP3 server; %NULL when it has none
 *
 * A large provider of mail, from a table in the program: nothing is looked up.
 */
typedef struct
{
  const char *name;
  const char *domains;
  const char *host;
  guint16 port;
  RstPop3Security security;
  RstProviderUser user;
  RstProviderHints hints;
} RstProvider;

/** rst_providers_get: Returns: (transfer none): all of them, for whoever checks the table. */
const RstProvider *rst_providers_get (gsize *n_providers);

/**
 * rst_providers_find:
 * @domain: of an address, in any case, its ASCII form if it has another one
 *
 * Returns: (transfer none) (nullable): whose it is. Only whole domains count: a domain that ends in
 * one of these is somebody else's.
 */
const RstProvider *rst_providers_find (const char *domain);

/**
 * rst_provider_dup_words:
 *
 * Returns: (transfer full) (nullable): its hints in sentences, one a line, the most important
 * first; %NULL when it has none.
 */
char *rst_provider_dup_words (const RstProvider *self);

G_END_DECLS

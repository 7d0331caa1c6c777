/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-providers.h"

G_BEGIN_DECLS

/**
 * RstDiscoverySource:
 * @RST_DISCOVERY_PROVIDER: the program's own table
 * @RST_DISCOVERY_DNS: SRV records of the domain (RFC 6186)
 * @RST_DISCOVERY_GUESS: a usual name, and a POP3 server answered there
 */
typedef enum
{
  RST_DISCOVERY_PROVIDER,
  RST_DISCOVERY_DNS,
  RST_DISCOVERY_GUESS,
} RstDiscoverySource;

/**
 * RstFoundServer:
 * @source: how it was found
 * @host: in ASCII
 * @security: TLS or STLS, never none
 * @user: the user name that it most likely wants
 * @is_foreign: whether DNS named a host outside of the address's domain, which a forger could do
 *   too: the user should look at the name
 * @problem: (nullable): why it does not count; %NULL when it does
 */
typedef struct
{
  RstDiscoverySource source;
  char *host;
  guint16 port;
  RstPop3Security security;
  char *user;
  gboolean is_foreign;
  char *problem;
} RstFoundServer;

void rst_found_server_free (RstFoundServer *self);

/** rst_found_server_get_origin: Returns: (transfer none): where it came from, in words. */
const char *rst_found_server_get_origin (const RstFoundServer *self);

/**
 * RstDiscovery:
 * @domain: of the address, as it was entered
 * @provider: (nullable): whose address it is, if it is in the table
 * @servers: (element-type RstFoundServer): the best first
 * @failed: (element-type RstFoundServer): something answered, and it will not do; see @problem
 * @is_declined: whether the domain's DNS says that it has no POP3 server (RFC 6186 §3.4)
 */
typedef struct
{
  char *domain;
  const RstProvider *provider;
  GPtrArray *servers;
  GPtrArray *failed;
  gboolean is_declined;
} RstDiscovery;

void rst_discovery_free (RstDiscovery *self);

/**
 * rst_discovery_dup_words:
 *
 * Returns: (transfer full) (nullable): what to tell the user when there is no server: why, and the
 * next step; %NULL when there is one.
 */
char *rst_discovery_dup_words (const RstDiscovery *self);

/**
 * rst_discovery_find_async:
 * @address: an e-mail address
 *
 * Finds the POP3 servers of an address: the provider's, else those that the domain's DNS names,
 * else pop.DOMAIN, mail.DOMAIN and DOMAIN on the usual ports, all tried side by side. A server of
 * the table is not tried. Any other counts when a greeting came over TLS with a good certificate;
 * nothing but CAPA, STLS and QUIT is ever sent, and no name of a user. It takes some seconds at
 * most.
 */
void rst_discovery_find_async (const char *address,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * rst_discovery_find_finish:
 *
 * Returns: (transfer full): what was found, which may be nothing. Errors:
 * %G_IO_ERROR_INVALID_ARGUMENT when it is no address; %G_IO_ERROR_CANCELLED.
 */
RstDiscovery *rst_discovery_find_finish (GAsyncResult *result,
                                         GError **error);

/**
 * rst_discovery_set_ports:
 * @tls: instead of 995, 0 for that
 * @starttls: instead of 110, 0 for that
 * @timeout: seconds for each wait, 0 for the usual
 *
 * For tests, whose servers cannot have the usual ports.
 */
void rst_discovery_set_ports (guint16 tls,
                              guint16 starttls,
                              guint timeout);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFoundServer, rst_found_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDiscovery, rst_discovery_free)

G_END_DECLS

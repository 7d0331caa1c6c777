/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-connect"

#include "config.h"

#include "rst-pop3-connect.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-transport.h"

static const char *
find_resolver_words (int code)
{
  if (code == G_RESOLVER_ERROR_NOT_FOUND)
    return _ ("There is no server of this name. Check the host name of the account, and whether "
              "this computer is connected to the network.");
  if (code == G_RESOLVER_ERROR_TEMPORARY_FAILURE)
    return _ ("The server's name cannot be looked up at the moment. Check whether this computer "
              "is connected to the network, and try again.");
  return NULL;
}

static const char *
find_io_words (int code)
{
  if (code == G_IO_ERROR_CONNECTION_REFUSED)
    return _ ("Nothing answers on this port of the server. Check the host name and the port of "
              "the account.");
  if (code == G_IO_ERROR_TIMED_OUT)
    return _ ("The server cannot be reached: it did not answer in time. Check the host name and "
              "the port of the account, and try again later.");
  if (code == G_IO_ERROR_HOST_UNREACHABLE || code == G_IO_ERROR_NETWORK_UNREACHABLE)
    return _ ("The server cannot be reached from here. Check whether this computer is connected "
              "to the network.");
  if (code == G_IO_ERROR_CONNECTION_CLOSED)
    return _ ("The connection was closed before the server said anything. Try again later.");
  return NULL;
}

/* GIO's own messages name numbers and protocols; these name the next step. */
static void
put_into_words (GError *error)
{
  const char *words = NULL;

  if (error->domain == G_RESOLVER_ERROR)
    words = find_resolver_words (error->code);
  else if (error->domain == G_IO_ERROR)
    words = find_io_words (error->code);
  if (words == NULL)
    return;
  g_free (error->message);
  error->message = g_strdup (words);
}

static GSocketConnection *
connect_by_network (const RstPop3Server *server,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *host = rst_pop3_dup_ascii_host (server);
  g_autoptr (GSocketConnectable) address = g_network_address_new (host, server->port);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) local_error = NULL;
  GSocketConnection *connection;
  GSocket *socket;

  g_socket_client_set_timeout (client, server->timeout);
  connection = g_socket_client_connect (client, address, cancellable, &local_error);
  if (connection == NULL)
    {
      put_into_words (local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  socket = g_socket_connection_get_socket (connection);
  g_socket_set_timeout (socket, 0);
  /* Commands are small and each is waited for; without this, Nagle's algorithm holds the second
   * of two back. It is only slower where it does not work. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  return connection;
}

char *
rst_pop3_dup_ascii_host (const RstPop3Server *server)
{
  char *ascii = g_hostname_to_ascii (server->host);

  return ascii != NULL ? ascii : g_strdup (server->host);
}

GSocketConnection *
rst_pop3_connect (const RstPop3Server *server,
                  GCancellable *cancellable,
                  GError **error)
{
  const RstPop3Transport *transport = rst_pop3_transport_get ();

  return transport != NULL ? transport->connect (server, cancellable, error)
                           : connect_by_network (server, cancellable, error);
}

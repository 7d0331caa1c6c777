/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "no-uidl-proxy"

#include "config.h"

#include "no-uidl-proxy.h"

#include <string.h>

struct _NoUidlProxy
{
  GSocketListener *listener;
  GCancellable *cancellable;
  GThread *thread;
  guint16 server_port;
  guint16 port;
};

typedef struct
{
  GSocketConnection *from;
  GSocketConnection *to;
  const char *line;
  const char *replacement;
} Direction;

/* Passes line after line, and one line as another, until one side closes. What came in one packet
 * goes out in one. */
static gpointer
run_direction (gpointer data)
{
  const Direction *direction = data;
  g_autoptr (GDataInputStream) input = NULL;
  g_autoptr (GOutputStream) output = NULL;
  gboolean is_open = TRUE;

  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (direction->from)));
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (input), FALSE);
  output =
      g_buffered_output_stream_new (g_io_stream_get_output_stream (G_IO_STREAM (direction->to)));
  g_filter_output_stream_set_close_base_stream (G_FILTER_OUTPUT_STREAM (output), FALSE);
  while (is_open)
    {
      gsize length;
      g_autofree char *line = g_data_input_stream_read_upto (input, "\n", 1, &length, NULL, NULL);

      /* What stands behind the last line end is no line. */
      if (!line || g_data_input_stream_read_byte (input, NULL, NULL) != '\n')
        break;

      line[length] = '\n';
      if (length + 1 == strlen (direction->line) && memcmp (line, direction->line, length + 1) == 0)
        is_open = g_output_stream_write_all (output, direction->replacement,
                                             strlen (direction->replacement), NULL, NULL, NULL);
      else
        is_open = g_output_stream_write_all (output, line, length + 1, NULL, NULL, NULL);
      if (g_buffered_input_stream_get_available (G_BUFFERED_INPUT_STREAM (input)) == 0)
        is_open = is_open && g_output_stream_flush (output, NULL, NULL);
    }

  g_output_stream_flush (output, NULL, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (direction->from), TRUE, FALSE, NULL);
  g_socket_shutdown (g_socket_connection_get_socket (direction->to), FALSE, TRUE, NULL);
  return NULL;
}

static void
serve (NoUidlProxy *self,
       GSocketConnection *client)
{
  g_autoptr (GSocketClient) socket_client = g_socket_client_new ();
  g_autoptr (GSocketConnection) server = NULL;
  Direction there = { client, NULL, "UIDL\r\n", "XUIDL\r\n" };
  Direction back = { NULL, client, "UIDL\r\n", "" };
  GThread *thread;

  server = g_socket_client_connect_to_host (socket_client, "127.0.0.1", self->server_port, NULL,
                                            NULL);
  g_assert_nonnull (server);
  there.to = server;
  back.from = server;
  thread = g_thread_new ("proxy-back", run_direction, &back);
  run_direction (&there);
  g_thread_join (thread);
}

/* One client at a time. */
static gpointer
run (gpointer data)
{
  NoUidlProxy *self = data;

  while (TRUE)
    {
      g_autoptr (GSocketConnection) client = NULL;

      client = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL);
      if (!client)
        return NULL;
      serve (self, client);
    }
}

NoUidlProxy *
no_uidl_proxy_new (guint16 port)
{
  NoUidlProxy *self = g_new0 (NoUidlProxy, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  self->server_port = port;
  self->listener = g_socket_listener_new ();
  self->cancellable = g_cancellable_new ();
  g_socket_listener_add_address (self->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
  self->thread = g_thread_new ("proxy", run, self);

  return self;
}

void
no_uidl_proxy_free (NoUidlProxy *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_free (self);
}

guint16
no_uidl_proxy_get_port (NoUidlProxy *self)
{
  return self->port;
}

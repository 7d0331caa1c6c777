/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-transport.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "pop3/rst-pop3-transport.h"
#include "sim-wire.h"

/* Under TLS the handshake is a thread's: both ends of it wait for each other. What follows it does
 * not. */
typedef struct
{
  SimSession *session;
  GSocket *client;
  int fd;
  GSocket *server;
  GIOStream *tls;
  GThread *handshake;
} Link;

static SimRun *current;
static GPtrArray *links;
static guint waits_left;
static GCancellable *to_cancel;
static GTlsCertificate *certificate;

static void
link_close (Link *self)
{
  g_clear_pointer (&self->handshake, g_thread_join);
  if (self->fd >= 0 && self->server)
    g_socket_close (self->server, NULL);
  else if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
}

static void
link_free (gpointer data)
{
  Link *self = data;

  link_close (self);
  sim_session_end (self->session);
  g_object_unref (self->client);
  g_clear_object (&self->tls);
  g_clear_object (&self->server);
  g_free (self);
}

static gpointer
shake_hands (gpointer data)
{
  Link *self = data;

  self->session->has_shaken_hands =
      g_tls_connection_handshake (G_TLS_CONNECTION (self->tls), NULL, NULL);
  return NULL;
}

static void
encrypt (Link *self)
{
  g_autoptr (GIOStream) wire = NULL;

  self->server = g_socket_new_from_fd (self->fd, NULL);
  g_socket_set_timeout (self->server, 5);
  wire = sim_wire_new (self->server, self->session);
  self->tls = g_tls_server_connection_new (wire, certificate, NULL);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (self->tls), FALSE);
  self->handshake = g_thread_new ("handshake", shake_hands, self);
}

static gssize
receive (Link *self,
         char *bytes,
         gsize size)
{
  g_autoptr (GError) error = NULL;
  gssize length;

  if (!self->tls)
    {
      length = recv (self->fd, bytes, size, MSG_DONTWAIT);
      return length < 0 && errno != EAGAIN ? 0 : length;
    }
  length = g_pollable_input_stream_read_nonblocking (
      G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->tls)), bytes, size, NULL,
      &error);
  return length < 0 && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? 0 : length;
}

static gssize
send_out (Link *self)
{
  GString *out = self->session->out;

  if (!self->tls)
    return send (self->fd, out->str, out->len, MSG_DONTWAIT | MSG_NOSIGNAL);
  return g_pollable_output_stream_write_nonblocking (
      G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->tls)), out->str, out->len,
      NULL, NULL);
}

/* Takes what the client has sent. Returns: whether there was anything. */
static gboolean
take (Link *self)
{
  char bytes[16 * 1024];
  gssize length = receive (self, bytes, sizeof bytes);

  if (length > 0)
    sim_session_feed (self->session, bytes, (gsize)length);
  else if (length == 0)
    {
      link_close (self);
      sim_session_end (self->session);
    }
  return length > 0;
}

static void
give (Link *self)
{
  GString *out = self->session->out;
  gssize length = 0;

  if (self->fd >= 0 && out->len > 0)
    length = send_out (self);
  if (length > 0)
    g_string_erase (out, 0, length);
  if (self->session->is_closed && out->len == 0)
    {
      link_close (self);
      sim_session_end (self->session);
    }
}

static void
pump (Link *self)
{
  gboolean has_taken = TRUE;

  g_clear_pointer (&self->handshake, g_thread_join);
  while (self->fd >= 0 && has_taken)
    {
      has_taken = take (self);
      give (self);
    }
}

static GSocketConnection *
connect_to_model (const RstPop3Server *server,
                  GCancellable *cancellable,
                  GError **error)
{
  SimSession *session = NULL;
  Link *link = NULL;
  int fds[2];

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  sim_transport_settle ();
  session = sim_session_new (current);
  if (session == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Refused");
      return NULL;
    }

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds), ==, 0);
  link = g_new0 (Link, 1);
  link->session = session;
  link->fd = fds[0];
  link->client = g_socket_new_from_fd (fds[1], NULL);
  g_ptr_array_add (links, link);
  if (certificate != NULL)
    encrypt (link);
  return g_socket_connection_factory_create_connection (link->client);
}

static Link *
find_link (GSocket *socket)
{
  for (guint i = 0; i < links->len; i++)
    if (((Link *)g_ptr_array_index (links, i))->client == socket)
      return g_ptr_array_index (links, i);
  g_assert_not_reached ();
}

static gboolean
wait_for_model (GSocket *socket,
                GIOCondition condition,
                gint64 timeout,
                GCancellable *cancellable,
                GError **error)
{
  if (to_cancel != NULL && waits_left-- == 0)
    {
      sim_run_log (current, "    (stop)");
      g_cancellable_cancel (to_cancel);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  pump (find_link (socket));
  if (g_socket_condition_check (socket, condition) != 0)
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "Timed out");
  return FALSE;
}

static const RstPop3Transport transport = { connect_to_model, wait_for_model };

void
sim_transport_set_certificate (GTlsCertificate *new_certificate)
{
  g_set_object (&certificate, new_certificate);
}

void
sim_transport_begin (SimRun *run)
{
  g_clear_pointer (&links, g_ptr_array_unref);
  current = run;
  if (run != NULL)
    links = g_ptr_array_new_with_free_func (link_free);
  rst_pop3_transport_set (run != NULL ? &transport : NULL);
}

void
sim_transport_cancel_at (guint nth,
                         GCancellable *cancellable)
{
  waits_left = nth;
  to_cancel = cancellable;
}

void
sim_transport_settle (void)
{
  for (guint i = links->len; i-- > 0;)
    {
      Link *link = g_ptr_array_index (links, i);

      pump (link);
      if (link->fd < 0 && g_socket_is_closed (link->client))
        g_ptr_array_remove_index_fast (links, i);
    }
}

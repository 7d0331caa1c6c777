/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-server"

#include "config.h"

#include "rst-demo-server.h"

#include "rst-demo-certificate.h"
#include "rst-demo-letters.h"
#include "rst-demo-session.h"
#include "rst-demo-synthetic.h"

/* One thread accepts, and each connection has a thread of its own; all that they share is the
 * state, under its mutex. Whoever frees the server cancels every wait and joins the threads. */

/* When accepting fails, for want of file descriptors: long enough not to spin. */
#define PAUSE_USECS (G_USEC_PER_SEC / 100)

enum
{
  IN_THE_CLEAR,
  WITH_TLS,
  N_LISTENERS
};

typedef struct
{
  RstDemoServer *server;
  GSocketConnection *socket_connection;
  gboolean is_tls;
  GThread *thread;
  int is_over; /* atomic */
} Connection;

struct _RstDemoServer
{
  /* owned references */
  RstDemoState *state;
  GSocket *listeners[N_LISTENERS];
  GCancellable *cancellable;
  GThread *acceptor;
  GPtrArray *connections; /* the acceptor's, until it is joined */
  GTlsCertificate *certificate;
  char *certificate_pem;
  char *certificate_pin;

  /* state */
  guint16 ports[N_LISTENERS];
  guint n_letters; /* how many new messages "another client" has put in */
};

static void
connection_free (gpointer data)
{
  Connection *connection = data;

  g_clear_pointer (&connection->thread, g_thread_join);
  g_object_unref (connection->socket_connection);
  g_free (connection);
}

RstDemoServer *
rst_demo_server_new (void)
{
  RstDemoServer *self = g_new0 (RstDemoServer, 1);

  self->state = rst_demo_state_new ();
  self->cancellable = g_cancellable_new ();
  self->connections = g_ptr_array_new_with_free_func (connection_free);
  return self;
}

void
rst_demo_server_free (RstDemoServer *self)
{
  g_cancellable_cancel (self->cancellable);
  if (self->acceptor != NULL)
    g_thread_join (self->acceptor);
  g_ptr_array_unref (self->connections);
  for (guint i = 0; i < N_LISTENERS; i++)
    g_clear_object (&self->listeners[i]);
  g_clear_object (&self->certificate);
  g_object_unref (self->cancellable);
  rst_demo_state_free (self->state);
  g_free (self->certificate_pem);
  g_free (self->certificate_pin);
  g_free (self);
}

void
rst_demo_server_add_message (RstDemoServer *self,
                             GBytes *message,
                             const char *uid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  rst_demo_maildrop_add (self->state->maildrop, message, uid);
}

void
rst_demo_server_add_synthetic (RstDemoServer *self,
                               guint n_messages)
{
  for (guint i = 0; i < n_messages; i++)
    {
      g_autoptr (GBytes) message = rst_demo_synthetic_new (i);
      g_autofree char *uid = g_strdup_printf ("synthetic-%06u", i + 1);

      rst_demo_server_add_message (self, message, uid);
    }
}

void
rst_demo_server_set_credentials (RstDemoServer *self,
                                 const char *user,
                                 const char *password)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  g_free (self->state->user);
  g_free (self->state->password);
  self->state->user = g_strdup (user);
  self->state->password = g_strdup (password);
}

gboolean
rst_demo_server_set_fault (RstDemoServer *self,
                           const char *name,
                           const char *value,
                           GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);
  g_autoptr (RstDemoFaults) faults = rst_demo_faults_copy (self->state->faults);

  if (!rst_demo_faults_set (faults, name, value, error))
    return FALSE;
  rst_demo_faults_unref (self->state->faults);
  self->state->faults = g_steal_pointer (&faults);
  return TRUE;
}

void
rst_demo_server_clear_faults (RstDemoServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  rst_demo_faults_unref (self->state->faults);
  self->state->faults = rst_demo_faults_new ();
}

const char *
rst_demo_server_get_fault_help (void)
{
  return rst_demo_faults_get_help ();
}

void
rst_demo_server_set_ports (RstDemoServer *self,
                           guint16 port,
                           guint16 tls_port)
{
  self->ports[IN_THE_CLEAR] = port;
  self->ports[WITH_TLS] = tls_port;
}

static gpointer
serve_connection (gpointer data)
{
  Connection *connection = data;
  RstDemoServer *self = connection->server;
  RstDemoWire *wire = rst_demo_wire_new (connection->socket_connection,
                                         self->certificate,
                                         self->cancellable);

  if (connection->is_tls)
    rst_demo_wire_start_tls (wire);
  rst_demo_session_run (self->state, wire);
  rst_demo_wire_free (wire);
  g_atomic_int_set (&connection->is_over, TRUE);
  return NULL;
}

static void
forget_ended_connections (RstDemoServer *self)
{
  for (guint i = self->connections->len; i > 0; i--)
    {
      Connection *connection = g_ptr_array_index (self->connections, i - 1);

      if (g_atomic_int_get (&connection->is_over))
        g_ptr_array_remove_index_fast (self->connections, i - 1);
    }
}

static void
take_connection (RstDemoServer *self,
                 GSocket *socket,
                 gboolean is_tls)
{
  Connection *connection = g_new0 (Connection, 1);

  connection->server = self;
  connection->socket_connection = g_socket_connection_factory_create_connection (socket);
  connection->is_tls = is_tls;
  connection->thread = g_thread_try_new ("demo-connection", serve_connection, connection, NULL);
  if (connection->thread != NULL)
    g_ptr_array_add (self->connections, connection);
  else
    connection_free (connection);
}

/* GSocketListener would do, but its sources leak in GLib 2.74 when they are cancelled from another
 * thread just as a client comes. */
static gpointer
accept_connections (gpointer data)
{
  RstDemoServer *self = data;
  GPollFD fds[N_LISTENERS + 1];

  for (guint i = 0; i < N_LISTENERS; i++)
    {
      fds[i].fd = g_socket_get_fd (self->listeners[i]);
      fds[i].events = G_IO_IN;
    }
  if (!g_cancellable_make_pollfd (self->cancellable, &fds[N_LISTENERS]))
    return NULL;
  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_poll (fds, G_N_ELEMENTS (fds), -1);
      forget_ended_connections (self);
      for (guint i = 0; i < N_LISTENERS; i++)
        {
          g_autoptr (GSocket) socket = NULL;

          if ((fds[i].revents & G_IO_IN) == 0)
            continue;
          socket = g_socket_accept (self->listeners[i], self->cancellable, NULL);
          if (socket != NULL)
            take_connection (self, socket, i == WITH_TLS);
          else
            g_usleep (PAUSE_USECS);
        }
    }
  g_cancellable_release_fd (self->cancellable);
  return NULL;
}

static GSocket *
listen_on (guint16 *port,
           GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, *port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4,
                                             G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_TCP,
                                             error);

  if (socket == NULL)
    return NULL;
  if (!g_socket_bind (socket, wanted, TRUE, error) || !g_socket_listen (socket, error))
    {
      g_prefix_error (error, "Port %u of 127.0.0.1: ", *port);
      return NULL;
    }
  /* A client may be gone again between the poll and the accept. */
  g_socket_set_blocking (socket, FALSE);
  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return NULL;
  *port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return g_steal_pointer (&socket);
}

gboolean
rst_demo_server_start (RstDemoServer *self,
                       GError **error)
{
  g_return_val_if_fail (self->acceptor == NULL, FALSE);

  for (guint i = 0; i < N_LISTENERS; i++)
    {
      self->listeners[i] = listen_on (&self->ports[i], error);
      if (self->listeners[i] == NULL)
        return FALSE;
    }
  if (self->certificate == NULL)
    self->certificate = rst_demo_certificate_new (error);
  if (self->certificate == NULL)
    return FALSE;
  g_object_get (self->certificate, "certificate-pem", &self->certificate_pem, NULL);
  self->certificate_pin = rst_demo_certificate_dup_pin (self->certificate);
  self->acceptor = g_thread_new ("demo-acceptor", accept_connections, self);
  return TRUE;
}

guint16
rst_demo_server_get_port (RstDemoServer *self)
{
  return self->ports[IN_THE_CLEAR];
}

guint16
rst_demo_server_get_tls_port (RstDemoServer *self)
{
  return self->ports[WITH_TLS];
}

void
rst_demo_server_set_certificate (RstDemoServer *self,
                                 GTlsCertificate *certificate)
{
  g_return_if_fail (self != NULL && G_IS_TLS_CERTIFICATE (certificate));

  g_set_object (&self->certificate, certificate);
}

const char *
rst_demo_server_get_certificate_pin (RstDemoServer *self)
{
  return self->certificate_pin;
}

const char *
rst_demo_server_get_certificate_pem (RstDemoServer *self)
{
  return self->certificate_pem;
}

guint
rst_demo_server_get_n_messages (RstDemoServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  return rst_demo_maildrop_get_n_entries (self->state->maildrop);
}

GBytes *
rst_demo_server_dup_message (RstDemoServer *self,
                             guint position)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);
  RstDemoEntry *entry = rst_demo_maildrop_get (self->state->maildrop, position);

  return entry != NULL ? g_bytes_ref (entry->content) : NULL;
}

char *
rst_demo_server_dup_uid (RstDemoServer *self,
                         guint position)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);
  RstDemoEntry *entry = rst_demo_maildrop_get (self->state->maildrop, position);

  return entry != NULL ? g_strdup (entry->uid) : NULL;
}

void
rst_demo_server_remove_message (RstDemoServer *self,
                                guint position)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  rst_demo_maildrop_remove (self->state->maildrop, position);
}

void
rst_demo_server_move_message (RstDemoServer *self,
                              guint from,
                              guint to)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  rst_demo_maildrop_move (self->state->maildrop, from, to);
}

void
rst_demo_server_replace_message (RstDemoServer *self,
                                 guint position,
                                 GBytes *message)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  rst_demo_maildrop_replace (self->state->maildrop, position, message);
}

void
rst_demo_server_set_uid (RstDemoServer *self,
                         guint position,
                         const char *uid)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  rst_demo_maildrop_set_uid (self->state->maildrop, position, uid);
}

char *
rst_demo_server_simulate_other_client (RstDemoServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  return rst_demo_letters_simulate (self->state->maildrop, self->n_letters++);
}

guint
rst_demo_server_get_n_commands (RstDemoServer *self,
                                const char *verb)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  return GPOINTER_TO_UINT (g_hash_table_lookup (self->state->counts, verb));
}

char *
rst_demo_server_dup_log (RstDemoServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  return g_strdup (self->state->log->str);
}

void
rst_demo_server_clear_log (RstDemoServer *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->state->mutex);

  g_string_truncate (self->state->log, 0);
  g_hash_table_remove_all (self->state->counts);
}

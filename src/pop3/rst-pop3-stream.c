/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-stream"

#include "config.h"

#include "rst-pop3-stream.h"

#include <string.h>
#include <sys/socket.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-transport.h"

/* Both directions are non-blocking, and all waiting is done in one place. */

/* Seconds that nobody waits for; keeps the milliseconds in range. */
#define MAX_TIMEOUT (24 * 60 * 60)

/* Commands that wait to be sent: about 5,000 TOPs, in one write. */
#define OUT_SIZE (64 * 1024)

struct _RstPop3Stream
{
  GSocket *socket;
  GIOStream *base;
  guint timeout;
  gboolean is_open;
  /* the server does not read any more; what it has said can still be read */
  gboolean is_deaf;

  /* what the answer under way has cost and brought since its last bit of progress */
  gint64 n_waited;
  gsize n_come;

  gsize in_begin;
  gsize in_end;
  gsize out_begin;
  gsize out_end;
  char out[OUT_SIZE];
  char in[RST_POP3_STREAM_MAX_UNREAD];
};

static gboolean
fail_closed (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED,
                       _ ("The server closed the connection unexpectedly. Try again."));
  return FALSE;
}

static gboolean
fail_timed_out (RstPop3Stream *self,
                GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
               g_dngettext (GETTEXT_PACKAGE,
                            "The server did not answer within %u second. Try again later, or "
                            "give the account a longer timeout.",
                            "The server did not answer within %u seconds. Try again later, or "
                            "give the account a longer timeout.",
                            self->timeout),
               self->timeout);
  return FALSE;
}

static gboolean
fail_dripping (RstPop3Stream *self,
               GError **error)
{
  guint seconds = RST_POP3_STREAM_PATIENCE * self->timeout;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
               g_dngettext (GETTEXT_PACKAGE,
                            "The server answers too slowly: only %u byte in %u seconds. The "
                            "connection was closed. Try again later, or give the account a "
                            "longer timeout.",
                            "The server answers too slowly: only %u bytes in %u seconds. The "
                            "connection was closed. Try again later, or give the account a "
                            "longer timeout.",
                            self->n_come),
               (guint)self->n_come, seconds);
  return FALSE;
}

/* TLS has its own word for a connection that was cut. */
static gboolean
is_cut (const GError *error)
{
  return g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
}

static gboolean
is_blocked (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
}

static GPollableInputStream *
get_input (RstPop3Stream *self)
{
  return G_POLLABLE_INPUT_STREAM (g_io_stream_get_input_stream (self->base));
}

static GPollableOutputStream *
get_output (RstPop3Stream *self)
{
  return G_POLLABLE_OUTPUT_STREAM (g_io_stream_get_output_stream (self->base));
}

static gboolean
wait_for_socket (GSocket *socket,
                 GIOCondition condition,
                 gint64 timeout,
                 GCancellable *cancellable,
                 GError **error)
{
  const RstPop3Transport *transport = rst_pop3_transport_get ();

  return (transport != NULL && transport->wait != NULL
              ? transport->wait
              : g_socket_condition_timed_wait) (socket, condition, timeout, cancellable, error);
}

/* Takes the time that was waited off the patience with this answer. */
static gboolean
spend_patience (RstPop3Stream *self,
                gint64 time,
                GError **error)
{
  self->n_waited += time;
  if (self->n_waited < RST_POP3_STREAM_PATIENCE * self->timeout * G_TIME_SPAN_SECOND)
    return TRUE;
  if (self->n_come < RST_POP3_STREAM_MIN_PROGRESS)
    return fail_dripping (self, error);
  rst_pop3_stream_begin_answer (self);
  return TRUE;
}

/* Waits until either direction can go on. TLS, too, waits for nothing but its socket: the handshake
 * is done, and what it had to give was taken before. */
static gboolean
wait_for_either (RstPop3Stream *self,
                 GCancellable *cancellable,
                 GError **error)
{
  GIOCondition condition = self->out_begin < self->out_end ? G_IO_IN | G_IO_OUT : G_IO_IN;
  gint64 begin = g_get_monotonic_time ();
  g_autoptr (GError) local_error = NULL;

  if (wait_for_socket (self->socket, condition, self->timeout * G_TIME_SPAN_SECOND, cancellable,
                       &local_error))
    return spend_patience (self, g_get_monotonic_time () - begin, error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return fail_timed_out (self, error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
drop_output (RstPop3Stream *self,
             gsize length)
{
  explicit_bzero (self->out + self->out_begin, length);
  self->out_begin += length;
  if (self->out_begin == self->out_end)
    self->out_begin = self->out_end = 0;
}

/* Sends what can be sent now. That the server does not read any more is no failure yet: it may have
 * said why, and the next read tells. */
static gboolean
push (RstPop3Stream *self,
      GCancellable *cancellable,
      GError **error)
{
  while (self->out_begin < self->out_end && !self->is_deaf)
    {
      g_autoptr (GError) local_error = NULL;
      gssize length;

      length = g_pollable_output_stream_write_nonblocking (get_output (self),
                                                           self->out + self->out_begin,
                                                           self->out_end - self->out_begin,
                                                           cancellable, &local_error);
      if (length > 0)
        drop_output (self, (gsize)length);
      else if (is_cut (local_error))
        self->is_deaf = TRUE;
      else if (!is_blocked (local_error))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      else
        return TRUE;
    }
  if (self->is_deaf)
    drop_output (self, self->out_end - self->out_begin);
  return TRUE;
}

/* Reads what has come; *has_nothing tells that there was nothing. */
static gboolean
pull (RstPop3Stream *self,
      gboolean *has_nothing,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gssize length;

  if (self->in_begin > 0)
    {
      memmove (self->in, self->in + self->in_begin, self->in_end - self->in_begin);
      self->in_end -= self->in_begin;
      self->in_begin = 0;
    }
  length = g_pollable_input_stream_read_nonblocking (get_input (self), self->in + self->in_end,
                                                     sizeof self->in - self->in_end, cancellable,
                                                     &local_error);
  *has_nothing = is_blocked (local_error);
  if (length > 0)
    {
      self->in_end += (gsize)length;
      self->n_come += (gsize)length;
    }
  else if (length == 0 || is_cut (local_error))
    return fail_closed (error);
  else if (!*has_nothing)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  return TRUE;
}

static gboolean
close_on_failure (RstPop3Stream *self,
                  gboolean is_good)
{
  if (!is_good)
    rst_pop3_stream_close (self);
  return is_good;
}

RstPop3Stream *
rst_pop3_stream_new (GSocketConnection *connection,
                     guint timeout)
{
  RstPop3Stream *self = g_new0 (RstPop3Stream, 1);

  self->base = g_object_ref (G_IO_STREAM (connection));
  self->socket = g_object_ref (g_socket_connection_get_socket (connection));
  self->is_open = TRUE;
  rst_pop3_stream_set_timeout (self, timeout);
  return self;
}

void
rst_pop3_stream_free (RstPop3Stream *self)
{
  rst_pop3_stream_close (self);
  g_object_unref (self->base);
  g_object_unref (self->socket);
  g_free (self);
}

GIOStream *
rst_pop3_stream_get_base (RstPop3Stream *self)
{
  return self->base;
}

void
rst_pop3_stream_set_base (RstPop3Stream *self,
                          GIOStream *base)
{
  g_set_object (&self->base, base);
}

void
rst_pop3_stream_set_timeout (RstPop3Stream *self,
                             guint timeout)
{
  self->timeout = CLAMP (timeout, 1, MAX_TIMEOUT);
}

void
rst_pop3_stream_begin_answer (RstPop3Stream *self)
{
  self->n_waited = 0;
  self->n_come = 0;
}

gboolean
rst_pop3_stream_is_open (const RstPop3Stream *self)
{
  return self->is_open;
}

void
rst_pop3_stream_close (RstPop3Stream *self)
{
  self->is_open = FALSE;
  self->in_begin = self->in_end = 0;
  self->out_begin = self->out_end = 0;
  explicit_bzero (self->out, sizeof self->out);
  g_socket_close (self->socket, NULL);
}

void
rst_pop3_stream_close_politely (RstPop3Stream *self)
{
  if (self->is_open)
    {
      /* A server that does not read any more must not hold the farewell up for ever. */
      g_socket_set_timeout (self->socket, 1);
      g_io_stream_close (self->base, NULL, NULL);
    }
  rst_pop3_stream_close (self);
}

void
rst_pop3_stream_set_drops_unsent (RstPop3Stream *self,
                                  gboolean drops_unsent)
{
  struct linger linger = { drops_unsent, 0 };

  /* Where the system cannot, what was sent may arrive late: that is no reason not to delete. */
  if (self->is_open)
    setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
}

gsize
rst_pop3_stream_get_room (const RstPop3Stream *self)
{
  return sizeof self->out - (self->out_end - self->out_begin);
}

void
rst_pop3_stream_put (RstPop3Stream *self,
                     const char *bytes,
                     gsize length)
{
  g_assert (length <= rst_pop3_stream_get_room (self));

  if (length > sizeof self->out - self->out_end)
    {
      memmove (self->out, self->out + self->out_begin, self->out_end - self->out_begin);
      self->out_end -= self->out_begin;
      explicit_bzero (self->out + self->out_end, self->out_begin);
      self->out_begin = 0;
    }
  memcpy (self->out + self->out_end, bytes, length);
  self->out_end += length;
}

gboolean
rst_pop3_stream_has_sent_all (const RstPop3Stream *self)
{
  return self->out_begin == self->out_end;
}

char *
rst_pop3_stream_get_unread (RstPop3Stream *self,
                            gsize *length)
{
  *length = self->in_end - self->in_begin;
  return self->in + self->in_begin;
}

void
rst_pop3_stream_skip (RstPop3Stream *self,
                      gsize length)
{
  g_assert (length <= self->in_end - self->in_begin);

  self->in_begin += length;
}

/* Without TLS nothing but the socket can hold anything back, and to ask it is cheaper than to find
 * nothing there. */
gboolean
rst_pop3_stream_fill (RstPop3Stream *self,
                      GCancellable *cancellable,
                      GError **error)
{
  gboolean has_nothing = G_IS_SOCKET_CONNECTION (self->base);
  gboolean is_good = TRUE;

  g_assert (self->in_end - self->in_begin < sizeof self->in);

  if (!self->is_open)
    return fail_closed (error);
  do
    is_good = push (self, cancellable, error) &&
              (!has_nothing || wait_for_either (self, cancellable, error)) &&
              pull (self, &has_nothing, cancellable, error);
  while (is_good && has_nothing);
  return close_on_failure (self, is_good);
}

void
rst_pop3_stream_push (RstPop3Stream *self)
{
  if (self->is_open)
    push (self, NULL, NULL);
}

gboolean
rst_pop3_stream_poll (RstPop3Stream *self,
                      GError **error)
{
  gboolean has_nothing;

  if (!self->is_open)
    return fail_closed (error);
  return close_on_failure (self, pull (self, &has_nothing, NULL, error));
}

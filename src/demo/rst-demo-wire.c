/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-wire"

#include "config.h"

#include "rst-demo-wire.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

#define READ_SIZE (16 * 1024)
#define WRITE_SIZE (64 * 1024)
/* RFC 2449 §4 gives a command 255 bytes; a long password deserves some more. */
#define MAX_LINE (8 * 1024)
/* How long a connection that was closed by a fault waits for the client to notice. */
#define LINGER_USECS G_USEC_PER_SEC

struct _RstDemoWire
{
  /* owned references */
  GSocketConnection *connection;
  GTlsCertificate *certificate;
  GCancellable *cancellable;
  GIOStream *tls; /* NULL in the clear */
  GByteArray *input;
  GByteArray *output;

  /* state */
  gsize input_start; /* what lies before it in the input was read */
  guint drip_msecs;
  gboolean lf_only;
  gboolean is_broken;
};

RstDemoWire *
rst_demo_wire_new (GSocketConnection *connection,
                   GTlsCertificate *certificate,
                   GCancellable *cancellable)
{
  RstDemoWire *self = g_new0 (RstDemoWire, 1);

  self->connection = g_object_ref (connection);
  self->certificate = g_object_ref (certificate);
  self->cancellable = g_object_ref (cancellable);
  self->input = g_byte_array_new ();
  self->output = g_byte_array_sized_new (WRITE_SIZE);
  /* Replies are put together here; the kernel has nothing to wait for. */
  g_socket_set_option (g_socket_connection_get_socket (connection),
                       IPPROTO_TCP,
                       TCP_NODELAY,
                       1,
                       NULL);
  return self;
}

void
rst_demo_wire_free (RstDemoWire *self)
{
  rst_demo_wire_flush (self);
  /* Cancelled like all else, or a client that reads nothing would keep TLS from its goodbye. */
  if (self->tls != NULL && !self->is_broken)
    g_io_stream_close (self->tls, self->cancellable, NULL);
  g_io_stream_close (G_IO_STREAM (self->connection), NULL, NULL);
  g_clear_object (&self->tls);
  g_object_unref (self->connection);
  g_object_unref (self->certificate);
  g_object_unref (self->cancellable);
  g_byte_array_unref (self->input);
  g_byte_array_unref (self->output);
  g_free (self);
}

static GIOStream *
get_stream (RstDemoWire *self)
{
  return self->tls != NULL ? self->tls : G_IO_STREAM (self->connection);
}

/* g_tls_server_connection_new() would read all authorities of the system for each connection, which
 * takes 15 ms, to check certificates that no client sends. */
static GIOStream *
make_tls (RstDemoWire *self)
{
  GTlsBackend *backend = g_tls_backend_get_default ();

  return g_initable_new (g_tls_backend_get_server_connection_type (backend),
                         NULL,
                         NULL,
                         "base-io-stream", self->connection,
                         "certificate", self->certificate,
                         "database", NULL,
                         NULL);
}

void
rst_demo_wire_start_tls (RstDemoWire *self)
{
  rst_demo_wire_flush (self);
  rst_demo_wire_discard_input (self);
  if (self->is_broken)
    return;
  self->tls = make_tls (self);
  if (self->tls == NULL ||
      !g_tls_connection_handshake (G_TLS_CONNECTION (self->tls), self->cancellable, NULL))
    self->is_broken = TRUE;
}

gboolean
rst_demo_wire_is_tls (RstDemoWire *self)
{
  return self->tls != NULL;
}

void
rst_demo_wire_set_lf_only (RstDemoWire *self,
                           gboolean lf_only)
{
  self->lf_only = lf_only;
}

void
rst_demo_wire_set_drip (RstDemoWire *self,
                        guint milliseconds)
{
  self->drip_msecs = milliseconds;
}

static void
fill_input (RstDemoWire *self)
{
  GInputStream *stream = g_io_stream_get_input_stream (get_stream (self));
  gsize n_left = self->input->len - self->input_start;
  gssize n_read;

  if (self->input_start > 0)
    g_byte_array_remove_range (self->input, 0, (guint)self->input_start);
  self->input_start = 0;
  g_byte_array_set_size (self->input, (guint)(n_left + READ_SIZE));
  n_read = g_input_stream_read (stream,
                                self->input->data + n_left,
                                READ_SIZE,
                                self->cancellable,
                                NULL);
  g_byte_array_set_size (self->input, (guint)(n_left + MAX (n_read, 0)));
  if (n_read <= 0)
    self->is_broken = TRUE;
}

static char *
take_line (RstDemoWire *self)
{
  const char *start = (const char *)self->input->data + self->input_start;
  gsize length = self->input->len - self->input_start;
  const char *feed = length > 0 ? memchr (start, '\n', length) : NULL;

  if (feed == NULL)
    return NULL;
  length = feed - start;
  self->input_start += length + 1;
  if (length > 0 && start[length - 1] == '\r')
    length--;
  return g_strndup (start, length);
}

char *
rst_demo_wire_read_line (RstDemoWire *self)
{
  char *line = take_line (self);

  while (line == NULL)
    {
      rst_demo_wire_flush (self);
      if (self->is_broken || self->input->len - self->input_start > MAX_LINE)
        return NULL;
      fill_input (self);
      line = take_line (self);
    }
  return line;
}

gboolean
rst_demo_wire_has_input (RstDemoWire *self)
{
  return self->input->len > self->input_start;
}

void
rst_demo_wire_discard_input (RstDemoWire *self)
{
  g_byte_array_set_size (self->input, 0);
  self->input_start = 0;
}

static void
append_without_returns (GByteArray *output,
                        const char *bytes,
                        gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (bytes[i] != '\r' || i + 1 == length || bytes[i + 1] != '\n')
      g_byte_array_append (output, (const guint8 *)bytes + i, 1);
}

void
rst_demo_wire_write (RstDemoWire *self,
                     const char *bytes,
                     gsize length)
{
  if (self->is_broken)
    return;
  if (self->lf_only)
    append_without_returns (self->output, bytes, length);
  else
    g_byte_array_append (self->output, (const guint8 *)bytes, (guint)length);
  if (self->output->len >= WRITE_SIZE)
    rst_demo_wire_flush (self);
}

void
rst_demo_wire_printf (RstDemoWire *self,
                      const char *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  rst_demo_wire_write (self, text, strlen (text));
}

static void
pause_msecs (RstDemoWire *self,
             guint milliseconds)
{
  GPollFD cancelled;

  if (!g_cancellable_make_pollfd (self->cancellable, &cancelled))
    return;
  g_poll (&cancelled, 1, (int)milliseconds);
  g_cancellable_release_fd (self->cancellable);
}

static void
write_now (RstDemoWire *self,
           const guint8 *bytes,
           gsize length)
{
  GOutputStream *stream = g_io_stream_get_output_stream (get_stream (self));

  if (!g_output_stream_write_all (stream, bytes, length, NULL, self->cancellable, NULL))
    self->is_broken = TRUE;
}

void
rst_demo_wire_flush (RstDemoWire *self)
{
  gsize done = 0;

  while (self->drip_msecs > 0 && done < self->output->len && !self->is_broken)
    {
      write_now (self, self->output->data + done, 1);
      pause_msecs (self, self->drip_msecs);
      done++;
    }
  if (done < self->output->len && !self->is_broken)
    write_now (self, self->output->data + done, self->output->len - done);
  g_byte_array_set_size (self->output, 0);
}

void
rst_demo_wire_stall (RstDemoWire *self)
{
  rst_demo_wire_flush (self);
  while (!self->is_broken)
    {
      rst_demo_wire_discard_input (self);
      fill_input (self);
    }
}

void
rst_demo_wire_hang_up (RstDemoWire *self)
{
  GSocket *socket = g_socket_connection_get_socket (self->connection);
  gint64 deadline = g_get_monotonic_time () + LINGER_USECS;
  gssize n_read;
  char scrap[READ_SIZE];

  rst_demo_wire_flush (self);
  if (self->is_broken)
    return;
  self->is_broken = TRUE;
  /* Closing a socket with unread input would reset it, and take from the client what is still on
   * its way: the client is left to see the end, and to close. */
  g_socket_shutdown (socket, FALSE, TRUE, NULL);
  do
    {
      gint64 n_left = MAX (deadline - g_get_monotonic_time (), 0);

      if (!g_socket_condition_timed_wait (socket, G_IO_IN, n_left, self->cancellable, NULL))
        break;
      n_read = g_socket_receive (socket, scrap, sizeof scrap, self->cancellable, NULL);
    }
  while (n_read > 0);
}

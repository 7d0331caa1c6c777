/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-server"

#include "config.h"

#include "rst-test-server.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

/* The script is a list of steps, each a function with its arguments. The thread that plays it owns
 * everything below "the connection"; the test's thread owns the rest, and touches it only before
 * the start and after the join. */

/* Seconds that a step waits for the client: far over what any test takes, under meson's limit. */
#define PATIENCE 20

/* Bytes of the conversation that are shown when the script fails. */
#define MAX_SHOWN 4000

/* Bytes shown of one send. */
#define MAX_SHOWN_SEND 160

typedef struct _Step Step;

typedef void (*StepFunc) (RstTestServer *self,
                          const Step *step);

struct _Step
{
  StepFunc run;
  gboolean ends_connection;
  GBytes *bytes;
  gsize count;
  guint milliseconds;
  RstTestServerFunc func;
  gpointer user_data;
};

struct _RstTestServer
{
  GArray *steps;
  GSocket *listener;
  GThread *thread;
  gboolean uses_tls;
  gboolean needs_certificate;
  gboolean uses_small_buffers;
  RstTestCertificate *own_certificate;
  const RstTestCertificate *certificate;

  /* the connection */
  GSocket *socket;
  GIOStream *stream;
  GByteArray *input;
  GString *conversation;
  gsize chunk;
  guint chunk_pause;
};

static void
clear_step (gpointer data)
{
  Step *step = data;

  g_clear_pointer (&step->bytes, g_bytes_unref);
}

static Step *
add_step (RstTestServer *self,
          StepFunc run)
{
  Step step = { .run = run };

  g_assert_null (self->thread);
  g_array_append_val (self->steps, step);
  return &g_array_index (self->steps, Step, self->steps->len - 1);
}

static void
note (RstTestServer *self,
      const char *who,
      const char *bytes,
      gsize length)
{
  g_autofree char *shown = g_strndup (bytes, MIN (length, MAX_SHOWN_SEND));
  g_autofree char *escaped = g_strescape (shown, NULL);

  g_string_append_printf (self->conversation, "  %s%s%s\n", who, escaped,
                          length > MAX_SHOWN_SEND ? "…" : "");
}

static G_NORETURN void
fail (RstTestServer *self,
      const char *expected,
      const char *got)
{
  gsize skipped = self->conversation->len > MAX_SHOWN ? self->conversation->len - MAX_SHOWN : 0;
  g_autofree char *text = NULL;

  text = g_strdup_printf ("the client broke the script\n  expected: %s\n  got: %s\n"
                          "the conversation so far:\n%s",
                          expected, got, self->conversation->str + skipped);
  g_assertion_message (G_LOG_DOMAIN, __FILE__, __LINE__, G_STRFUNC, text);
  g_abort ();
}

static G_NORETURN void
fail_with_input (RstTestServer *self,
                 const char *expected)
{
  g_autofree char *got = g_strndup ((const char *)self->input->data, self->input->len);

  fail (self, expected, got);
}

/* Returns: FALSE when the client has closed, in whatever way. */
static gboolean
read_more (RstTestServer *self,
           const char *expected)
{
  g_autoptr (GError) error = NULL;
  char buffer[1024];
  gssize length;

  length = g_input_stream_read (g_io_stream_get_input_stream (self->stream), buffer,
                                sizeof buffer, NULL, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    fail (self, expected, "nothing");
  if (length <= 0)
    return FALSE;
  g_byte_array_append (self->input, (guint8 *)buffer, (guint)length);
  return TRUE;
}

static char *
read_line (RstTestServer *self,
           const char *expected)
{
  const guint8 *end;
  char *line;
  gsize length;

  for (;;)
    {
      end = self->input->len > 0 ? memchr (self->input->data, '\n', self->input->len) : NULL;
      if (end != NULL)
        break;
      if (!read_more (self, expected))
        fail (self, expected, "the end of the connection");
    }
  length = end - self->input->data;
  if (length == 0 || end[-1] != '\r')
    fail (self, expected, "a line without CRLF");
  line = g_strndup ((const char *)self->input->data, length - 1);
  g_byte_array_remove_range (self->input, 0, length + 1);
  note (self, "C: ", line, strlen (line));
  return line;
}

/* A write that fails because the client has closed is no fault: what the script expects next tells
 * whether the client was right to. */
static gboolean
write_all (RstTestServer *self,
           const char *bytes,
           gsize length)
{
  GOutputStream *output = g_io_stream_get_output_stream (self->stream);
  gsize chunk = self->chunk != 0 ? self->chunk : MAX (length, 1);

  for (gsize i = 0; i < length; i += chunk)
    {
      g_autoptr (GError) error = NULL;

      if (!g_output_stream_write_all (output, bytes + i, MIN (chunk, length - i), NULL, NULL,
                                      &error))
        {
          if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
            fail (self, "the client to read", "nothing");
          return FALSE;
        }
      g_usleep (self->chunk_pause * 1000UL);
    }
  return TRUE;
}

static void
close_connection (RstTestServer *self)
{
  if (self->input->len > 0)
    fail (self, "nothing more", (const char *)self->input->data);
  g_io_stream_close (self->stream, NULL, NULL);
  g_socket_close (self->socket, NULL);
  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_string_append (self->conversation, "  -- closed\n");
}

static void
start_tls (RstTestServer *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) plain = g_steal_pointer (&self->stream);

  if (self->input->len > 0)
    fail (self, "a TLS handshake", (const char *)self->input->data);
  /* g_tls_server_connection_new() reads all the authorities of the system, in 20 ms. */
  self->stream = g_initable_new (
      g_tls_backend_get_server_connection_type (g_tls_backend_get_default ()), NULL, &error,
      "base-io-stream", plain,
      "certificate", self->certificate->certificate,
      "database", NULL,
      NULL);
  g_assert_no_error (error);
  g_tls_connection_set_require_close_notify (G_TLS_CONNECTION (self->stream), FALSE);
  if (g_tls_connection_handshake (G_TLS_CONNECTION (self->stream), NULL, &error))
    g_string_append (self->conversation, "  -- TLS\n");
  else
    g_string_append_printf (self->conversation, "  -- no TLS: %s\n", error->message);
}

static void
accept_connection (RstTestServer *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_socket_condition_timed_wait (self->listener, G_IO_IN, PATIENCE * G_TIME_SPAN_SECOND, NULL,
                                      NULL))
    fail (self, "a connection", "none");
  self->socket = g_socket_accept (self->listener, NULL, &error);
  g_assert_no_error (error);
  g_socket_set_timeout (self->socket, PATIENCE);
  g_socket_set_option (self->socket, IPPROTO_TCP, TCP_NODELAY, 1, &error);
  g_assert_no_error (error);
  self->stream = G_IO_STREAM (g_socket_connection_factory_create_connection (self->socket));
  g_string_append (self->conversation, "  -- connected\n");
  if (self->uses_tls)
    start_tls (self);
}

static gpointer
play_thread (gpointer data)
{
  RstTestServer *self = data;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const Step *step = &g_array_index (self->steps, Step, i);

      if (self->stream == NULL)
        accept_connection (self);
      step->run (self, step);
      if (step->ends_connection)
        close_connection (self);
    }
  return NULL;
}

static void
send_step (RstTestServer *self,
           const Step *step)
{
  gsize length;
  const char *bytes = g_bytes_get_data (step->bytes, &length);

  if (length > 0)
    note (self, "S: ", bytes, length);
  for (gsize i = 0; i < step->count; i++)
    if (!write_all (self, bytes, length))
      return;
}

static void
expect_step (RstTestServer *self,
             const Step *step)
{
  const char *expected = g_bytes_get_data (step->bytes, NULL);
  g_autofree char *line = read_line (self, expected);
  gsize length = strlen (expected);
  gboolean is_prefix = step->count != 0;

  if (is_prefix ? strncmp (line, expected, length) != 0 : strcmp (line, expected) != 0)
    fail (self, expected, line);
}

static void
expect_nothing_step (RstTestServer *self,
                     const Step *step)
{
  gint64 wait = step->milliseconds * G_TIME_SPAN_MILLISECOND;

  if (self->input->len == 0)
    {
      if (!g_socket_condition_timed_wait (self->socket, G_IO_IN, wait, NULL, NULL))
        return;
      if (!read_more (self, "nothing"))
        fail (self, "nothing", "the end of the connection");
    }
  fail_with_input (self, "nothing");
}

static void
expect_close_step (RstTestServer *self,
                   const Step *step)
{
  if (self->input->len == 0 && !read_more (self, "the end of the connection"))
    return;
  fail_with_input (self, "the end of the connection");
}

static void
expect_reset_step (RstTestServer *self,
                   const Step *step)
{
  char byte;
  gssize length;

  g_socket_condition_timed_wait (self->socket, G_IO_IN, 20 * G_USEC_PER_SEC, NULL, NULL);
  length = recv (g_socket_get_fd (self->socket), &byte, 1, MSG_DONTWAIT);
  if (length >= 0 || errno != ECONNRESET)
    fail (self, "the end of the connection the hard way",
          length > 0 ? "more" : length == 0 ? "a farewell"
                                            : g_strerror (errno));
}

static void
hang_step (RstTestServer *self,
           const Step *step)
{
  while (read_more (self, "the end of the connection"))
    g_byte_array_set_size (self->input, 0);
}

static void
drop_step (RstTestServer *self,
           const Step *step)
{
}

static void
reset_step (RstTestServer *self,
            const Step *step)
{
  struct linger linger = { .l_onoff = 1, .l_linger = 0 };

  g_assert_cmpint (setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger,
                               sizeof linger),
                   ==, 0);
  g_socket_close (self->socket, NULL);
}

static void
starttls_step (RstTestServer *self,
               const Step *step)
{
  start_tls (self);
}

static void
split_step (RstTestServer *self,
            const Step *step)
{
  self->chunk = step->count;
  self->chunk_pause = step->milliseconds;
}

static void
pause_step (RstTestServer *self,
            const Step *step)
{
  g_usleep (step->milliseconds * 1000UL);
}

static void
call_step (RstTestServer *self,
           const Step *step)
{
  step->func (self->stream, step->user_data);
}

RstTestServer *
rst_test_server_new (void)
{
  RstTestServer *self = g_new0 (RstTestServer, 1);

  self->steps = g_array_new (FALSE, FALSE, sizeof (Step));
  g_array_set_clear_func (self->steps, clear_step);
  self->input = g_byte_array_new ();
  self->conversation = g_string_new (NULL);
  return self;
}

void
rst_test_server_use_tls (RstTestServer *self)
{
  self->uses_tls = TRUE;
  self->needs_certificate = TRUE;
}

void
rst_test_server_set_certificate (RstTestServer *self,
                                 const RstTestCertificate *certificate)
{
  self->certificate = certificate;
}

const RstTestCertificate *
rst_test_server_get_certificate (RstTestServer *self)
{
  if (self->certificate == NULL)
    {
      self->own_certificate = rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
      self->certificate = self->own_certificate;
    }
  return self->certificate;
}

void
rst_test_server_use_small_buffers (RstTestServer *self)
{
  self->uses_small_buffers = TRUE;
}

void
rst_test_server_send (RstTestServer *self,
                      const char *text)
{
  rst_test_server_flood (self, text, 1);
}

void
rst_test_server_send_bytes (RstTestServer *self,
                            const char *bytes,
                            gsize length)
{
  Step *step = add_step (self, send_step);

  step->bytes = g_bytes_new (bytes, length);
  step->count = 1;
}

void
rst_test_server_flood (RstTestServer *self,
                       const char *text,
                       gsize times)
{
  Step *step = add_step (self, send_step);

  step->bytes = g_bytes_new (text, strlen (text));
  step->count = times;
}

void
rst_test_server_expect (RstTestServer *self,
                        const char *line)
{
  Step *step = add_step (self, expect_step);

  step->bytes = g_bytes_new (line, strlen (line) + 1);
}

void
rst_test_server_expect_prefix (RstTestServer *self,
                               const char *prefix)
{
  Step *step = add_step (self, expect_step);

  step->bytes = g_bytes_new (prefix, strlen (prefix) + 1);
  step->count = 1;
}

void
rst_test_server_expect_nothing (RstTestServer *self,
                                guint milliseconds)
{
  add_step (self, expect_nothing_step)->milliseconds = milliseconds;
}

void
rst_test_server_expect_close (RstTestServer *self)
{
  add_step (self, expect_close_step)->ends_connection = TRUE;
}

void
rst_test_server_expect_reset (RstTestServer *self)
{
  add_step (self, expect_reset_step)->ends_connection = TRUE;
}

void
rst_test_server_hang (RstTestServer *self)
{
  add_step (self, hang_step)->ends_connection = TRUE;
}

void
rst_test_server_drop (RstTestServer *self)
{
  add_step (self, drop_step)->ends_connection = TRUE;
}

void
rst_test_server_reset (RstTestServer *self)
{
  add_step (self, reset_step)->ends_connection = TRUE;
}

void
rst_test_server_starttls (RstTestServer *self)
{
  add_step (self, starttls_step);
  self->needs_certificate = TRUE;
}

void
rst_test_server_split (RstTestServer *self,
                       gsize chunk,
                       guint milliseconds)
{
  Step *step = add_step (self, split_step);

  step->count = chunk;
  step->milliseconds = milliseconds;
}

void
rst_test_server_pause (RstTestServer *self,
                       guint milliseconds)
{
  add_step (self, pause_step)->milliseconds = milliseconds;
}

void
rst_test_server_call (RstTestServer *self,
                      RstTestServerFunc func,
                      gpointer user_data)
{
  Step *step = add_step (self, call_step);

  step->func = func;
  step->user_data = user_data;
}

static void
listen_on (RstTestServer *self,
           GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, &error);
  g_assert_no_error (error);
  if (self->uses_small_buffers)
    {
      g_socket_set_option (self->listener, SOL_SOCKET, SO_RCVBUF, 1, &error);
      g_assert_no_error (error);
      g_socket_set_option (self->listener, SOL_SOCKET, SO_SNDBUF, 1, &error);
      g_assert_no_error (error);
    }
  g_socket_bind (self->listener, address, TRUE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
}

guint16
rst_test_server_start (RstTestServer *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;
  const Step *last;

  g_assert_cmpuint (self->steps->len, >, 0);
  last = &g_array_index (self->steps, Step, self->steps->len - 1);
  if (!last->ends_connection)
    rst_test_server_expect_close (self);
  if (self->needs_certificate)
    rst_test_server_get_certificate (self);
  listen_on (self, any);
  address = g_socket_get_local_address (self->listener, &error);
  g_assert_no_error (error);
  self->thread = g_thread_new ("test-server", play_thread, self);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

void
rst_test_server_finish (RstTestServer *self)
{
  g_thread_join (self->thread);
  if ((g_socket_condition_check (self->listener, G_IO_IN) & G_IO_IN) != 0)
    fail (self, "no further connection", "one more");
  g_object_unref (self->listener);
  g_array_unref (self->steps);
  g_byte_array_unref (self->input);
  g_string_free (self->conversation, TRUE);
  g_clear_pointer (&self->own_certificate, rst_test_certificate_free);
  g_free (self);
}

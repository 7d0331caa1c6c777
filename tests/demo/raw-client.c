/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "raw-client"

#include "config.h"

#include "raw-client.h"

#include <string.h>

#define TIMEOUT_SECS 10
#define END_OF_REPLY "\r\n.\r\n"
#define BUFFER_SIZE (64 * 1024)

struct _RawClient
{
  GIOStream *stream;
  GDataInputStream *input;
};

static void
set_stream (RawClient *self,
            GIOStream *stream)
{
  GInputStream *input = g_io_stream_get_input_stream (stream);

  self->stream = stream;
  g_clear_object (&self->input);
  self->input = g_data_input_stream_new (input);
  g_buffered_input_stream_set_buffer_size (G_BUFFERED_INPUT_STREAM (self->input), BUFFER_SIZE);
  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (self->input), FALSE);
}

RawClient *
raw_client_new (guint16 port)
{
  RawClient *self = g_new0 (RawClient, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  g_socket_client_set_timeout (client, TIMEOUT_SECS);
  g_socket_client_set_enable_proxy (client, FALSE);
  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  set_stream (self, G_IO_STREAM (connection));
  return self;
}

void
raw_client_free (RawClient *self)
{
  g_object_unref (self->input);
  g_object_unref (self->stream);
  g_free (self);
}

/* It is compared with the server's own afterwards. */
static gboolean
accept_certificate_cb (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer user_data)
{
  return TRUE;
}

void
raw_client_start_tls (RawClient *self,
                      RstDemoServer *server)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) base = self->stream;
  const char *pem = rst_demo_server_get_certificate_pem (server);
  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_pem (pem, -1, &error);
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("localhost", 0);
  GIOStream *tls;

  g_assert_no_error (error);
  /* Without the authorities of the system, which take their time to be read. */
  tls = g_initable_new (g_tls_backend_get_client_connection_type (g_tls_backend_get_default ()),
                        NULL,
                        &error,
                        "base-io-stream", base,
                        "server-identity", identity,
                        "database", NULL,
                        NULL);
  g_assert_no_error (error);
  g_signal_connect (tls, "accept-certificate", G_CALLBACK (accept_certificate_cb), NULL);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_tls_certificate_is_same (
      g_tls_connection_get_peer_certificate (G_TLS_CONNECTION (tls)), certificate));
  g_assert_cmpint (g_tls_certificate_verify (certificate, identity, certificate), ==, 0);
  set_stream (self, tls);
}

void
raw_client_send (RawClient *self,
                 const char *bytes)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (self->stream),
                             bytes,
                             strlen (bytes),
                             NULL,
                             NULL,
                             &error);
  g_assert_no_error (error);
}

void
raw_client_expect (RawClient *self,
                   const char *bytes,
                   gsize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *buffer = g_malloc (length);
  gsize n_read;

  g_input_stream_read_all (G_INPUT_STREAM (self->input), buffer, length, &n_read, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (buffer, n_read, bytes, length);
}

char *
raw_client_read_line (RawClient *self)
{
  g_autoptr (GError) error = NULL;
  gsize length;
  char *line;

  line = g_data_input_stream_read_upto (self->input, "\n", 1, &length, NULL, &error);
  g_assert_no_error (error);
  if (line == NULL || g_data_input_stream_read_byte (self->input, NULL, NULL) != '\n')
    g_error ("the connection ended in the middle of a line: “%s”", line);
  line = g_realloc (line, length + 2);
  memcpy (line + length, "\n", 2);
  return line;
}

/* How far the end of a multi-line reply has been seen, after one more byte. */
static gsize
match_end (gsize n_matched,
           char byte)
{
  if (byte != END_OF_REPLY[n_matched])
    n_matched = 0;
  return byte == END_OF_REPLY[n_matched] ? n_matched + 1 : n_matched;
}

gsize
raw_client_skip_messages (RawClient *self,
                          guint n_messages)
{
  GBufferedInputStream *input = G_BUFFERED_INPUT_STREAM (self->input);
  gsize n_matched = 0;
  gsize n_read = 0;

  while (n_messages > 0)
    {
      g_autoptr (GError) error = NULL;
      gsize n_available;
      const char *bytes = g_buffered_input_stream_peek_buffer (input, &n_available);
      gsize n_used = 0;

      while (n_used < n_available && n_messages > 0)
        {
          n_matched = match_end (n_matched, bytes[n_used++]);
          if (END_OF_REPLY[n_matched] != '\0')
            continue;
          n_matched = 0;
          n_messages--;
        }
      g_input_stream_skip (G_INPUT_STREAM (input), n_used, NULL, NULL);
      n_read += n_used;
      if (n_messages > 0)
        g_assert_cmpint (g_buffered_input_stream_fill (input, -1, NULL, &error), >, 0);
      g_assert_no_error (error);
    }
  return n_read;
}

void
raw_client_expect_end (RawClient *self)
{
  g_autoptr (GError) error = NULL;
  char byte;
  gssize n_read = g_input_stream_read (G_INPUT_STREAM (self->input), &byte, 1, NULL, &error);

  /* Without a goodbye of TLS there is an error that says so. */
  if (!g_error_matches (error, G_TLS_ERROR, G_TLS_ERROR_EOF))
    g_assert_no_error (error);
  g_assert_cmpint (n_read, <=, 0);
}

static void
expect_line (RawClient *self,
             const char *pattern,
             gboolean skips)
{
  gboolean is_match;

  do
    {
      g_autofree char *line = raw_client_read_line (self);

      g_assert_true (g_str_has_suffix (line, "\r\n"));
      line[strlen (line) - 2] = '\0';
      is_match = g_pattern_match_simple (pattern, line);
      if (!is_match && !skips)
        g_error ("expected “%s”, got “%s”", pattern, line);
    }
  while (!is_match);
}

static void
stop_sending (RawClient *self)
{
  g_autoptr (GError) error = NULL;

  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (self->stream)),
                     FALSE,
                     TRUE,
                     &error);
  g_assert_no_error (error);
}

static void
play_line (RawClient *self,
           const char *line,
           gboolean skips)
{
  if (g_str_has_prefix (line, "C: "))
    {
      g_auto (GStrv) commands = g_strsplit (line + 3, "|", -1);
      g_autofree char *joined = g_strjoinv ("\r\n", commands);
      g_autofree char *bytes = g_strconcat (joined, "\r\n", NULL);

      raw_client_send (self, bytes);
    }
  else if (g_str_has_prefix (line, "S: "))
    expect_line (self, line + 3, skips);
  else if (g_str_equal (line, "LOGIN"))
    raw_client_play (self, "S: +OK*\nC: USER demo\nS: +OK*\nC: PASS demo\nS: +OK*\n");
  else if (g_str_equal (line, "CLOSE"))
    stop_sending (self);
  else if (g_str_equal (line, "END"))
    raw_client_expect_end (self);
  else if (!g_str_equal (line, "…") && *line != '\0')
    g_error ("what is “%s”?", line);
}

void
raw_client_play (RawClient *self,
                 const char *script)
{
  g_auto (GStrv) lines = g_strsplit (script, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    play_line (self, lines[i], i > 0 && g_str_equal (lines[i - 1], "…"));
}

RawClient *
raw_client_open (RstDemoServer *server)
{
  RawClient *self = raw_client_new (rst_demo_server_get_port (server));

  raw_client_play (self, "LOGIN");
  return self;
}

RstDemoServer *
make_server (guint n_messages)
{
  RstDemoServer *server = rst_demo_server_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 1; i <= n_messages; i++)
    {
      g_autofree char *uid = g_strdup_printf ("uid-%u", i);
      char *text = g_strdup_printf ("Received: from a.example.net by b.example.net;\n"
                                    "\tMon, 23 Nov 2026 08:00:00 +0000\n"
                                    "From: ada@example.org\n"
                                    "Subject: Number %u\n"
                                    "\n"
                                    "Body %u\n",
                                    i,
                                    i);
      g_autoptr (GBytes) message = g_bytes_new_take (text, strlen (text));

      rst_demo_server_add_message (server, message, uid);
    }
  rst_demo_server_start (server, &error);
  g_assert_no_error (error);
  return server;
}

void
assert_uids (RstDemoServer *server,
             const char *expected)
{
  g_autoptr (GString) uids = g_string_new (NULL);

  for (guint i = 0; i < rst_demo_server_get_n_messages (server); i++)
    {
      g_autofree char *uid = rst_demo_server_dup_uid (server, i);

      g_string_append_printf (uids, "%s%s", i > 0 ? " " : "", uid);
    }
  g_assert_cmpstr (uids->str, ==, expected);
}

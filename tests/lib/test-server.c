/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-server-test"

#include "config.h"

#include "lib/rst-test-server.h"

static GIOStream *
connect_to (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  return G_IO_STREAM (connection);
}

static void
say (GIOStream *stream,
     const char *text)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), text, strlen (text), NULL,
                             NULL, &error);
  g_assert_no_error (error);
}

static void
hear (GIOStream *stream,
      const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_malloc0 (strlen (expected) + 1);

  g_input_stream_read_all (g_io_stream_get_input_stream (stream), text, strlen (expected), NULL,
                           NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

static GIOStream *
upgrade (GIOStream *stream,
         RstTestServer *server)
{
  g_autoptr (GSocketConnectable) identity = g_network_address_new ("localhost", 110);
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;
  GIOStream *tls;

  database = g_tls_file_database_new (rst_test_server_get_certificate (server)->ca_file, &error);
  g_assert_no_error (error);
  tls = g_tls_client_connection_new (stream, identity, &error);
  g_assert_no_error (error);
  g_tls_connection_set_database (G_TLS_CONNECTION (tls), database);
  g_tls_connection_handshake (G_TLS_CONNECTION (tls), NULL, &error);
  g_assert_no_error (error);
  return tls;
}

static void
test_two_connections (void)
{
  RstTestServer *server = rst_test_server_new ();
  guint16 port;

  rst_test_server_play (server,
                        "S: +OK first\n"
                        "C: USER me\n"
                        "C: PASS*\n"
                        "S: +OK\n");
  rst_test_server_drop (server);
  rst_test_server_split (server, 1, 1);
  rst_test_server_send (server, "+OK second\n");
  rst_test_server_hang (server);
  port = rst_test_server_start (server);

  {
    g_autoptr (GIOStream) first = connect_to (port);
    g_autoptr (GIOStream) second = NULL;

    hear (first, "+OK first\r\n");
    say (first, "USER me\r\nPASS secret\r\n");
    hear (first, "+OK\r\n");
    second = connect_to (port);
    hear (second, "+OK second\n");
    say (second, "whatever\r\n");
  }
  rst_test_server_finish (server);
}

static void
test_starttls (void)
{
  RstTestServer *server = rst_test_server_new ();
  guint16 port;

  rst_test_server_play (server,
                        "C: STLS\n"
                        "S: +OK\n");
  rst_test_server_starttls (server);
  rst_test_server_play (server, "S: +OK in secret\n");
  port = rst_test_server_start (server);

  {
    g_autoptr (GIOStream) plain = connect_to (port);
    g_autoptr (GIOStream) tls = NULL;

    say (plain, "STLS\r\n");
    hear (plain, "+OK\r\n");
    tls = upgrade (plain, server);
    hear (tls, "+OK in secret\r\n");
  }
  rst_test_server_finish (server);
}

static void
test_use_tls (void)
{
  RstTestServer *server = rst_test_server_new ();
  guint16 port;

  rst_test_server_use_tls (server);
  rst_test_server_play (server, "S: +OK in secret\n");
  port = rst_test_server_start (server);

  {
    g_autoptr (GIOStream) plain = connect_to (port);
    g_autoptr (GIOStream) tls = upgrade (plain, server);

    hear (tls, "+OK in secret\r\n");
  }
  rst_test_server_finish (server);
}

static void
test_wrong_line (void)
{
  if (g_test_subprocess ())
    {
      RstTestServer *server = rst_test_server_new ();
      g_autoptr (GIOStream) stream = NULL;

      rst_test_server_play (server, "C: DELE 3\n");
      stream = connect_to (rst_test_server_start (server));
      say (stream, "DELE 4\r\n");
      rst_test_server_finish (server);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*expected: DELE 3*got: DELE 4*");
}

static void
test_missing_line (void)
{
  if (g_test_subprocess ())
    {
      RstTestServer *server = rst_test_server_new ();

      rst_test_server_play (server, "C: DELE 3\n");
      g_object_unref (connect_to (rst_test_server_start (server)));
      rst_test_server_finish (server);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*expected: DELE 3*got: the end of the connection*");
}

static void
test_line_too_many (void)
{
  if (g_test_subprocess ())
    {
      RstTestServer *server = rst_test_server_new ();
      g_autoptr (GIOStream) stream = NULL;

      rst_test_server_play (server, "C: QUIT\n");
      stream = connect_to (rst_test_server_start (server));
      say (stream, "QUIT\r\nDELE 4\r\n");
      rst_test_server_finish (server);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  g_test_trap_assert_stderr ("*expected: the end of the connection*got: DELE 4*");
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/test-server/two-connections", test_two_connections);
  g_test_add_func ("/test-server/starttls", test_starttls);
  g_test_add_func ("/test-server/use-tls", test_use_tls);
  g_test_add_func ("/test-server/wrong-line", test_wrong_line);
  g_test_add_func ("/test-server/missing-line", test_missing_line);
  g_test_add_func ("/test-server/line-too-many", test_line_too_many);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-proxy"

#include "config.h"

#include <string.h>

#include "client.h"

/* The system's proxy, as GIO finds it; here it is always one SOCKS5 proxy. */

#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GObject)

struct _TestResolver
{
  GObject parent_instance;
};

static char *proxy_uri;

static char **
test_resolver_lookup (GProxyResolver *resolver,
                      const char *uri,
                      GCancellable *cancellable,
                      GError **error)
{
  const char *const direct[] = { "direct://", NULL };
  const char *const proxies[] = { proxy_uri, NULL };

  return g_strdupv ((char **)(proxy_uri != NULL ? proxies : direct));
}

static gboolean
test_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static void
test_resolver_interface_init (GProxyResolverInterface *interface)
{
  interface->is_supported = test_resolver_is_supported;
  interface->lookup = test_resolver_lookup;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestResolver,
                               test_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      test_resolver_interface_init))

static void
test_resolver_class_init (TestResolverClass *klass)
{
}

static void
test_resolver_init (TestResolver *self)
{
}

static void
read_exactly (GIOStream *stream,
              guint8 *bytes,
              gsize length)
{
  g_autoptr (GError) error = NULL;
  gsize n_read;

  g_input_stream_read_all (g_io_stream_get_input_stream (stream), bytes, length, &n_read, NULL,
                           &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_read, ==, length);
}

static void
write_exactly (GIOStream *stream,
               const guint8 *bytes,
               gsize length)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, length, NULL, NULL,
                             &error);
  g_assert_no_error (error);
}

/* RFC 1928: the name goes to the proxy, which is where it is looked up. */
static void
socks_cb (GIOStream *stream,
          gpointer user_data)
{
  static const guint8 no_password[] = { 5, 0 };
  static const guint8 connected[] = { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 };
  static const guint8 refused[] = { 5, 5, 0, 1, 0, 0, 0, 0, 0, 0 };
  const char *name = "mail.example.org";
  gboolean is_good = GPOINTER_TO_INT (user_data);
  guint8 bytes[64];

  read_exactly (stream, bytes, 2);
  g_assert_cmpuint (bytes[0], ==, 5);
  read_exactly (stream, bytes + 2, bytes[1]);
  write_exactly (stream, no_password, sizeof no_password);
  read_exactly (stream, bytes, 5 + strlen (name) + 2);
  g_assert_cmpuint (bytes[3], ==, 3);
  g_assert_cmpmem (bytes + 5, bytes[4], name, strlen (name));
  g_assert_cmpuint (bytes[5 + bytes[4]] << 8 | bytes[6 + bytes[4]], ==, 110);
  write_exactly (stream, is_good ? connected : refused, sizeof connected);
}

static void
use_proxy (Client *self)
{
  client_start (self);
  proxy_uri = g_strdup_printf ("socks5://127.0.0.1:%u", self->where.port);
  self->where.host = "mail.example.org";
  self->where.port = 110;
}

static void
test_socks (Client *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_call (self->script, socks_cb, GINT_TO_POINTER (TRUE));
  rst_test_server_play (self->script,
                        "S: +OK through the proxy\n"
                        "C: CAPA\n"
                        "S: -ERR\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  use_proxy (self);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_clear_pointer (&proxy_uri, g_free);
  g_assert_no_error (error);
  rst_pop3_session_quit (self->session, NULL, &error);
  g_assert_no_error (error);
}

/* A proxy that will not is an error, and not passed by. */
static void
test_socks_refuses (Client *self,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  rst_test_server_call (self->script, socks_cb, GINT_TO_POINTER (FALSE));
  rst_test_server_expect_close (self->script);
  use_proxy (self);
  g_assert_null (rst_pop3_session_open (&self->where, NULL, &error));
  g_clear_pointer (&proxy_uri, g_free);
  g_assert_nonnull (error);
  g_assert_cmpint (error->domain, ==, G_IO_ERROR);
}

static gpointer
serve_ipv6 (gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = NULL;
  GInputStream *input;
  GOutputStream *output;
  char line[16];

  connection = g_socket_listener_accept (user_data, NULL, NULL, NULL);
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_output_stream_write_all (output, "+OK six\r\n", 9, NULL, NULL, NULL);
  g_assert_cmpint (g_input_stream_read (input, line, sizeof line, NULL, NULL), ==, 6);
  g_output_stream_write_all (output, "-ERR\r\n", 6, NULL, NULL, NULL);
  g_input_stream_read (input, line, sizeof line, NULL, NULL);
  return NULL;
}

static void
test_ipv6 (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("::1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (RstPop3Session) session = NULL;
  g_autoptr (GError) error = NULL;
  RstPop3Server where = { .host = "::1", .security = RST_POP3_SECURITY_NONE, .timeout = 5 };
  GThread *thread;

  if (!g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, NULL))
    {
      g_test_skip ("this machine has no IPv6");
      return;
    }

  where.port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  thread = g_thread_new ("ipv6", serve_ipv6, listener);
  session = rst_pop3_session_open (&where, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rst_pop3_session_get_greeting (session), ==, "six");
  g_clear_pointer (&session, rst_pop3_session_free);
  g_thread_join (thread);
}

int
main (int argc,
      char *argv[])
{
  /* The name is that of the implementation below: before GIO looks for one. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "test", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_type_ensure (G_TYPE_PROXY_RESOLVER);
  g_io_extension_point_register (G_PROXY_RESOLVER_EXTENSION_POINT_NAME);
  g_io_extension_point_implement (G_PROXY_RESOLVER_EXTENSION_POINT_NAME, TEST_TYPE_RESOLVER, "test",
                                  100);
  client_add ("/proxy/socks", test_socks, NULL);
  client_add ("/proxy/socks-refuses", test_socks_refuses, NULL);
  g_test_add_func ("/proxy/ipv6", test_ipv6);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-discovery.h"
#include "lib/fake-resolver.h"
#include "lib/rst-test-certificate.h"

#define IDN "xn--e1afmkfd.test"

/* How a host of the test answers. */
typedef enum
{
  POP3_TLS,
  POP3_STARTTLS,
  POP3_WITHOUT_STLS,
  WEB_PAGE,
  SILENT,
} Manner;

typedef struct
{
  Manner manner;
  GSocketService *service;
  GTlsCertificate *certificate;
  guint16 port;
} Host;

/* What clients said in the clear, on all hosts. */
static GMutex mutex;
static GString *said;

typedef struct
{
  FakeResolver *resolver;
  RstTestCertificate *certificate;
  RstTestCertificate *other;
  GPtrArray *hosts;
} Fixture;

static char *
read_line (GInputStream *in)
{
  GString *line = g_string_new (NULL);
  char byte;

  while (g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
    {
      g_string_append_c (line, byte);
      if (byte == '\n')
        return g_string_free (line, FALSE);
    }
  g_string_free (line, TRUE);
  return NULL;
}

static void
say (GIOStream *stream,
     const char *text)
{
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  g_output_stream_write_all (out, text, strlen (text), NULL, NULL, NULL);
}

static void
talk (const Host *host,
      GIOStream *stream,
      gboolean is_encrypted)
{
  gboolean has_stls = host->manner == POP3_STARTTLS && !is_encrypted;

  for (;;)
    {
      g_autofree char *line = read_line (g_io_stream_get_input_stream (stream));

      if (line == NULL)
        return;
      if (!is_encrypted)
        {
          g_mutex_lock (&mutex);
          g_string_append (said, line);
          g_mutex_unlock (&mutex);
        }
      if (g_str_equal (line, "CAPA\r\n"))
        say (stream, has_stls ? "+OK\r\nSTLS\r\nTOP\r\n.\r\n" : "+OK\r\nTOP\r\nUIDL\r\n.\r\n");
      else if (has_stls && g_str_equal (line, "STLS\r\n"))
        {
          g_autoptr (GIOStream) tls =
              g_tls_server_connection_new (stream, host->certificate, NULL);

          say (stream, "+OK\r\n");
          talk (host, tls, TRUE);
          return;
        }
      else
        say (stream, g_str_equal (line, "QUIT\r\n") ? "+OK\r\n" : "-ERR no\r\n");
    }
}

static gboolean
run_cb (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer user_data)
{
  const Host *host = user_data;
  GIOStream *stream = G_IO_STREAM (connection);
  g_autoptr (GIOStream) tls = NULL;
  char byte;

  if (host->manner == WEB_PAGE)
    say (stream, "HTTP/1.1 302 Found\r\nLocation: http://hotel.example/\r\n\r\n<html>\r\n");
  else if (host->manner == SILENT)
    while (g_input_stream_read (g_io_stream_get_input_stream (stream), &byte, 1, NULL, NULL) == 1)
      ;
  else if (host->manner == POP3_TLS)
    {
      tls = g_tls_server_connection_new (stream, host->certificate, NULL);
      say (tls, "+OK ready\r\n");
      talk (host, tls, TRUE);
    }
  else
    {
      say (stream, "+OK ready\r\n");
      talk (host, stream, FALSE);
    }
  return TRUE;
}

/* Returns: the port. */
static guint16
add_host (Fixture *fixture,
          const char *address_text,
          guint16 port,
          Manner manner,
          GTlsCertificate *certificate)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (address_text, port);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;
  Host *host = g_new0 (Host, 1);

  host->manner = manner;
  host->certificate = certificate;
  host->service = g_threaded_socket_service_new (20);
  g_signal_connect (host->service, "run", G_CALLBACK (run_cb), host);
  g_socket_listener_add_address (G_SOCKET_LISTENER (host->service), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &effective, &error);
  g_assert_no_error (error);
  g_ptr_array_add (fixture->hosts, host);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

static void
host_free (gpointer data)
{
  Host *host = data;

  g_socket_service_stop (host->service);
  g_socket_listener_close (G_SOCKET_LISTENER (host->service));
  g_object_unref (host->service);
  g_free (host);
}

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  static const char *const names[] = { "pop.example.test", "mail.example.test", "example.test",
                                       "a.example.test", "b.example.test", "pop.other.test",
                                       "pop." IDN, NULL };
  g_autoptr (GTlsDatabase) database = NULL;
  g_autoptr (GError) error = NULL;

  said = g_string_new (NULL);
  fixture->resolver = fake_resolver_install ();
  fixture->hosts = g_ptr_array_new_with_free_func (host_free);
  fixture->certificate = rst_test_certificate_new_for_names (names);
  fixture->other = rst_test_certificate_new (RST_TEST_CERTIFICATE_OTHER_NAME);
  database = g_tls_file_database_new (fixture->certificate->ca_file, &error);
  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), database);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  rst_discovery_set_ports (0, 0, 0);
  g_ptr_array_unref (fixture->hosts);
  g_object_unref (fixture->resolver);
  rst_test_certificate_free (fixture->certificate);
  rst_test_certificate_free (fixture->other);
  g_string_free (said, TRUE);
}

static void
found_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  GAsyncResult **place = user_data;

  *place = g_object_ref (result);
}

static RstDiscovery *
find (const char *address,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rst_discovery_find_async (address, cancellable, found_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return rst_discovery_find_finish (result, error);
}

static RstDiscovery *
find_well (const char *address)
{
  g_autoptr (GError) error = NULL;
  RstDiscovery *discovery = find (address, NULL, &error);

  g_assert_no_error (error);
  return discovery;
}

static const RstFoundServer *
get (const RstDiscovery *discovery,
     guint index)
{
  g_assert_cmpuint (discovery->servers->len, >, index);
  return g_ptr_array_index (discovery->servers, index);
}

static void
test_provider (Fixture *fixture,
               gconstpointer data)
{
  g_autoptr (RstDiscovery) gmail = find_well (" Alice@GMail.com ");
  g_autoptr (RstDiscovery) free_fr = find_well ("alice@free.fr");
  g_autoptr (RstDiscovery) proton = find_well ("alice@proton.me");
  g_autofree char *words = rst_discovery_dup_words (proton);

  g_assert_cmpstr (get (gmail, 0)->host, ==, "pop.gmail.com");
  g_assert_cmpuint (get (gmail, 0)->port, ==, 995);
  g_assert_cmpstr (get (gmail, 0)->user, ==, "Alice@gmail.com");
  g_assert_cmpstr (rst_found_server_get_origin (get (gmail, 0)), ==, "from the provider list");
  g_assert_cmpstr (get (free_fr, 0)->user, ==, "alice");
  g_assert_cmpuint (proton->servers->len, ==, 0);
  g_assert_nonnull (strstr (words, "Proton Mail has no POP3 server"));
}

static void
test_srv (Fixture *fixture,
          gconstpointer data)
{
  guint16 port = add_host (fixture, "127.0.0.1", 0, POP3_TLS, fixture->certificate->certificate);
  guint16 clear =
      add_host (fixture, "127.0.0.1", 0, POP3_STARTTLS, fixture->certificate->certificate);
  g_autoptr (RstDiscovery) discovery = NULL;

  fake_resolver_add_host (fixture->resolver, "a.example.test", "127.0.0.1");
  fake_resolver_add_host (fixture->resolver, "b.example.test", "127.0.0.1");
  fake_resolver_add_host (fixture->resolver, "pop.other.test", "127.0.0.1");
  fake_resolver_add_service (fixture->resolver, "_pop3._tcp.example.test", "a.example.test",
                             clear, 0);
  fake_resolver_add_service (fixture->resolver, "_pop3s._tcp.example.test", "b.example.test.",
                             port, 20);
  fake_resolver_add_service (fixture->resolver, "_pop3s._tcp.example.test", "pop.other.test",
                             port, 10);
  discovery = find_well ("alice@example.test");

  /* TLS before STLS, and by priority. */
  g_assert_cmpuint (discovery->servers->len, ==, 3);
  g_assert_cmpstr (get (discovery, 0)->host, ==, "pop.other.test");
  g_assert_true (get (discovery, 0)->is_foreign);
  g_assert_nonnull (strstr (rst_found_server_get_origin (get (discovery, 0)), "check the name"));
  g_assert_cmpstr (get (discovery, 1)->host, ==, "b.example.test");
  g_assert_false (get (discovery, 1)->is_foreign);
  g_assert_cmpstr (rst_found_server_get_origin (get (discovery, 1)), ==,
                   "from the domain’s DNS (SRV)");
  g_assert_cmpint (get (discovery, 2)->security, ==, RST_POP3_SECURITY_STARTTLS);
  g_assert_cmpuint (get (discovery, 2)->port, ==, clear);
  g_assert_cmpstr (get (discovery, 2)->user, ==, "alice@example.test");
}

static void
test_declined (Fixture *fixture,
               gconstpointer data)
{
  guint16 port = add_host (fixture, "127.0.0.1", 0, POP3_TLS, fixture->certificate->certificate);
  g_autoptr (RstDiscovery) discovery = NULL;
  g_autofree char *words = NULL;

  /* A domain that says no is not guessed at. */
  rst_discovery_set_ports (port, 1, 1);
  fake_resolver_add_host (fixture->resolver, "pop.example.test", "127.0.0.1");
  fake_resolver_add_service (fixture->resolver, "_pop3s._tcp.example.test", ".", 0, 0);
  discovery = find_well ("alice@example.test");
  words = rst_discovery_dup_words (discovery);
  g_assert_cmpuint (discovery->servers->len, ==, 0);
  g_assert_true (discovery->is_declined);
  g_assert_nonnull (strstr (words, "says that there is no POP3 server"));
}

static void
test_guess (Fixture *fixture,
            gconstpointer data)
{
  guint16 tls = add_host (fixture, "127.0.0.2", 0, POP3_TLS, fixture->certificate->certificate);
  guint16 starttls =
      add_host (fixture, "127.0.0.3", 0, POP3_STARTTLS, fixture->certificate->certificate);
  g_autoptr (RstDiscovery) discovery = NULL;

  rst_discovery_set_ports (tls, starttls, 5);
  fake_resolver_add_host (fixture->resolver, "mail.example.test", "127.0.0.2");
  fake_resolver_add_host (fixture->resolver, "pop.example.test", "127.0.0.3");
  discovery = find_well ("alice@example.test");

  /* The better security wins over the better name. */
  g_assert_cmpuint (discovery->servers->len, ==, 2);
  g_assert_cmpstr (get (discovery, 0)->host, ==, "mail.example.test");
  g_assert_cmpint (get (discovery, 0)->security, ==, RST_POP3_SECURITY_TLS);
  g_assert_cmpstr (get (discovery, 1)->host, ==, "pop.example.test");
  g_assert_cmpint (get (discovery, 1)->security, ==, RST_POP3_SECURITY_STARTTLS);
  g_assert_cmpstr (rst_found_server_get_origin (get (discovery, 0)), ==,
                   "guessed, and it answered");
  /* In the clear, only what leads to TLS. */
  g_assert_cmpstr (said->str, ==, "CAPA\r\nSTLS\r\n");
}

static void
test_idn (Fixture *fixture,
          gconstpointer data)
{
  guint16 tls = add_host (fixture, "127.0.0.1", 0, POP3_TLS, fixture->certificate->certificate);
  g_autoptr (RstDiscovery) discovery = NULL;

  rst_discovery_set_ports (tls, 1, 5);
  fake_resolver_add_host (fixture->resolver, "pop." IDN, "127.0.0.1");
  discovery = find_well ("алиса@ПРИМЕР.test");
  g_assert_cmpstr (discovery->domain, ==, "пример.test");
  g_assert_cmpstr (get (discovery, 0)->host, ==, "pop." IDN);
  g_assert_cmpstr (get (discovery, 0)->user, ==, "алиса@" IDN);
}

typedef struct
{
  const char *name;
  Manner manner;
  gboolean is_other_name;
  gboolean is_tls_port;
  const char *words;
} Bad;

static const Bad bad[] = {
  { "other-name", POP3_TLS, TRUE, TRUE, "certificate is not trusted" },
  { "other-name-starttls", POP3_STARTTLS, TRUE, FALSE, "certificate is not trusted" },
  { "no-stls", POP3_WITHOUT_STLS, FALSE, FALSE, "STLS" },
  { "captive-portal", WEB_PAGE, FALSE, FALSE, "sign-in page" },
  { "captive-portal-tls", WEB_PAGE, FALSE, TRUE, "does not speak TLS" },
  { "silent", SILENT, FALSE, FALSE, "said nothing" },
  { "silent-tls", SILENT, FALSE, TRUE, "did not answer when TLS was to begin" },
};

static void
test_bad (Fixture *fixture,
          gconstpointer data)
{
  const Bad *row = data;
  GTlsCertificate *certificate = row->is_other_name ? fixture->other->certificate
                                                    : fixture->certificate->certificate;
  guint16 port = add_host (fixture, "127.0.0.1", 0, row->manner, certificate);
  g_autoptr (RstDiscovery) discovery = NULL;
  g_autofree char *words = NULL;

  /* Nothing listens on port 1. */
  rst_discovery_set_ports (row->is_tls_port ? port : 1, row->is_tls_port ? 1 : port, 1);
  fake_resolver_add_host (fixture->resolver, "example.test", "127.0.0.1");
  discovery = find_well ("alice@example.test");
  words = rst_discovery_dup_words (discovery);
  g_assert_cmpuint (discovery->servers->len, ==, 0);
  g_assert_cmpuint (discovery->failed->len, ==, 1);
  g_test_message ("%s", words);
  g_assert_nonnull (strstr (words, "example.test, port "));
  g_assert_nonnull (strstr (words, row->words));
  g_assert_null (strstr (said->str, "alice"));
}

static void
test_nothing (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (RstDiscovery) discovery = find_well ("alice@nowhere.test");
  g_autofree char *words = rst_discovery_dup_words (discovery);

  g_assert_cmpuint (discovery->failed->len, ==, 0);
  g_assert_nonnull (strstr (words, "No POP3 server was found for nowhere.test"));
}

static void
test_no_address (Fixture *fixture,
                 gconstpointer data)
{
  static const char *const texts[] = {
    "",
    "alice",
    "@example.test",
    "alice@",
    "alice@example..test",
    "alice@/etc",
    "a b@example.test",
    "alice@example.test:110",
    "alice\n@example.test",
    "alice@.",
    "alice@\xff.test",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      RstDiscovery *discovery = find (texts[i], NULL, &error);

      g_assert_null (discovery);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT);
    }
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (Fixture *fixture,
             gconstpointer data)
{
  guint16 port = add_host (fixture, "127.0.0.1", 0, SILENT, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  rst_discovery_set_ports (port, port, 30);
  fake_resolver_add_host (fixture->resolver, "example.test", "127.0.0.1");
  g_timeout_add (100, cancel_cb, cancellable);
  g_assert_null (find ("alice@example.test", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 10 * G_USEC_PER_SEC);
}

static void
add (const char *path,
     gconstpointer data,
     void (*func) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, func, tear_down);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  add ("/discovery/provider", NULL, test_provider);
  add ("/discovery/srv", NULL, test_srv);
  add ("/discovery/declined", NULL, test_declined);
  add ("/discovery/guess", NULL, test_guess);
  add ("/discovery/idn", NULL, test_idn);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strdup_printf ("/discovery/bad/%s", bad[i].name);

      add (path, &bad[i], test_bad);
    }
  add ("/discovery/nothing", NULL, test_nothing);
  add ("/discovery/no-address", NULL, test_no_address);
  add ("/discovery/cancel", NULL, test_cancel);
  return g_test_run ();
}

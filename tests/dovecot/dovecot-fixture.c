/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "dovecot-fixture"

#include "config.h"

#include "dovecot-fixture.h"

static const DovecotWay ways[] = {
  { "tls", "tls", TRUE },
  { "starttls", "starttls", TRUE },
  { "none", "none", TRUE },
  { "no-uidl", "none", FALSE },
};

static DovecotServer *server;

static void
set_up (DovecotFixture *fixture,
        gconstpointer way)
{
  static guint n_users = 0;
  guint16 port;

  fixture->way = way;
  fixture->user = g_strdup_printf ("user%u", ++n_users);
  fixture->maildir = dovecot_server_add_user (server, fixture->user);
  if (!fixture->way->has_uidl)
    fixture->proxy = no_uidl_proxy_new (dovecot_server_get_port (server));

  if (fixture->proxy)
    port = no_uidl_proxy_get_port (fixture->proxy);
  else if (g_str_equal (fixture->way->security, "tls"))
    port = dovecot_server_get_tls_port (server);
  else
    port = dovecot_server_get_port (server);
  fixture->runner = cli_runner_new ();
  cli_runner_use_server (fixture->runner, port, fixture->way->security, fixture->user,
                         dovecot_server_get_ca_file (server));
  cli_runner_set_password (fixture->runner, DOVECOT_PASSWORD);
}

static void
tear_down (DovecotFixture *fixture,
           gconstpointer way)
{
  cli_runner_free (fixture->runner);
  g_clear_pointer (&fixture->proxy, no_uidl_proxy_free);
  maildir_free (fixture->maildir);
  g_free (fixture->user);
}

static void
add (const char *name,
     const DovecotWay *way,
     DovecotTest test)
{
  g_autofree char *path = g_strdup_printf ("/dovecot/%s/%s", name, way->name);

  g_test_add (path, DovecotFixture, way, set_up, test, tear_down);
}

void
dovecot_fixture_add (const char *name,
                     DovecotTest test)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    add (name, &ways[i], test);
}

void
dovecot_fixture_add_once (const char *name,
                          DovecotTest test)
{
  add (name, &ways[0], test);
}

int
dovecot_fixture_run (void)
{
  int status;

  server = dovecot_server_new ("plain");
  status = g_test_run ();
  dovecot_server_free (server);

  return status;
}

static char *
read_reply (GDataInputStream *input)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (input, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

void
dovecot_fixture_run_other_client (DovecotFixture *fixture,
                                  const char *commands)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  g_autoptr (GDataInputStream) input = NULL;
  g_autofree char *script = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1",
                                                dovecot_server_get_port (server), NULL, &error);
  g_assert_no_error (error);
  input = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_free (read_reply (input));

  script = g_strdup_printf ("USER %s\nPASS " DOVECOT_PASSWORD "\n%sQUIT", fixture->user, commands);
  lines = g_strsplit (script, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    {
      g_autofree char *reply = NULL;

      g_output_stream_printf (g_io_stream_get_output_stream (G_IO_STREAM (connection)), NULL, NULL,
                              &error, "%s\r\n", lines[i]);
      g_assert_no_error (error);
      reply = read_reply (input);
      if (!g_str_has_prefix (reply, "+OK"))
        g_error ("“%s” got “%s”", lines[i], reply);
    }
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "cli-fixture"

#include "config.h"

#include "cli-fixture.h"

#include <string.h>

#include "demo/raw-client.h"

#define N_MESSAGES 9

void
cli_fixture_set_up (CliFixture *fixture,
                    gconstpointer data)
{
  fixture->server = make_server (N_MESSAGES);
  fixture->runner = cli_runner_new ();
  cli_runner_write (fixture->runner, "ca.pem",
                    rst_demo_server_get_certificate_pem (fixture->server));
  fixture->ca_file = cli_runner_dup_path (fixture->runner, "ca.pem");
  cli_runner_use_server (fixture->runner, rst_demo_server_get_port (fixture->server), "none",
                         "demo", NULL);
  cli_runner_set_password (fixture->runner, "demo");
}

void
cli_fixture_tear_down (CliFixture *fixture,
                       gconstpointer data)
{
  cli_runner_free (fixture->runner);
  rst_demo_server_free (fixture->server);
  g_free (fixture->ca_file);
}

void
cli_fixture_list (CliFixture *fixture)
{
  g_free (cli_runner_run (fixture->runner, "list"));
}

void
cli_fixture_set_fault (CliFixture *fixture,
                       const char *name,
                       const char *value)
{
  g_autoptr (GError) error = NULL;

  rst_demo_server_set_fault (fixture->server, name, value, &error);
  g_assert_no_error (error);
}

void
cli_fixture_add_text (CliFixture *fixture,
                      const char *text)
{
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));

  rst_demo_server_add_message (fixture->server, message, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-runner.h"
#include "demo/rst-demo-server.h"

G_BEGIN_DECLS

/**
 * CliFixture:
 * @server: the demo server in this process, with nine messages: "Number 1" to "Number 9", with the
 *   unique-ids "uid-1" to "uid-9"
 * @runner: its user at the console, with the right password in a file
 * @ca_file: the server's certificate
 */
typedef struct
{
  RstDemoServer *server;
  CliRunner *runner;
  char *ca_file;
} CliFixture;

void cli_fixture_set_up (CliFixture *fixture,
                         gconstpointer data);
void cli_fixture_tear_down (CliFixture *fixture,
                            gconstpointer data);

/** cli_fixture_list: prints the list, for the rows that it sets. */
void cli_fixture_list (CliFixture *fixture);

/** cli_fixture_set_fault: makes the server odd, see rst_demo_server_set_fault(). */
void cli_fixture_set_fault (CliFixture *fixture,
                            const char *name,
                            const char *value);

/** cli_fixture_add_text: @text: a message, with LF. */
void cli_fixture_add_text (CliFixture *fixture,
                           const char *text);

/** cli_fixture_add: adds a test, "/@name", with this fixture. */
#define cli_fixture_add(name, data, test) \
  g_test_add ("/" name, CliFixture, data, cli_fixture_set_up, test, cli_fixture_tear_down)

G_END_DECLS

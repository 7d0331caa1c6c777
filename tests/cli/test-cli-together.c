/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-together"

#include "config.h"

#include "cli-fixture.h"

/* Several processes with one account at once, as the window and the console are: they share the
 * cache, the receipts and the rows. */

#define N_ROUNDS 3

/* Returns: whether it did what it was told. One that was overtaken says so, and changes nothing. */
static gboolean
finish (GSubprocess *process)
{
  g_autofree char *output = NULL;
  g_autofree char *errors = NULL;
  g_autoptr (GError) error = NULL;
  int status;

  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, &errors, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  status = g_subprocess_get_exit_status (process);
  if (status != 0 && status != 3)
    g_error ("ended with %d: %s%s", status, output, errors);
  return status == 0;
}

static void
test_together (CliFixture *fixture,
               gconstpointer data)
{
  static const char *const commands[] = {
    "list",
    "delete 1 --yes",
    "check",
    "show 3",
    "list",
    "delete 2 --yes",
    "log",
    "list --json",
  };
  guint n_left = rst_demo_server_get_n_messages (fixture->server);

  cli_fixture_list (fixture);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      GSubprocess *processes[G_N_ELEMENTS (commands)];
      g_autofree char *list = NULL;
      g_auto (GStrv) lines = NULL;

      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        processes[i] = cli_runner_spawn (fixture->runner, commands[i]);
      for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
        {
          gboolean is_done = finish (processes[i]);

          if (is_done && g_str_has_prefix (commands[i], "delete"))
            n_left--;
          g_object_unref (processes[i]);
        }

      /* What was reported is what happened, and the cache is whole. */
      g_assert_cmpuint (rst_demo_server_get_n_messages (fixture->server), ==, n_left);
      list = cli_runner_run (fixture->runner, "list --json");
      lines = g_strsplit (g_strchomp (list), "\n", -1);
      g_assert_cmpuint (g_strv_length (lines), ==, n_left);
    }
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  cli_fixture_add ("together", NULL, test_together);
  return g_test_run ();
}

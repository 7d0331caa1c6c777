/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-cuts"

#include "config.h"

#include <string.h>

#include "client.h"

/* Every command, its connection cut after each byte of the answer, stalled in the midst of it, and
 * cancelled there: each time an error, a closed session, and nothing more sent on it. */

static const guint32 numbers[] = { 1, 2 };

static gboolean
run_list (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (RstPop3Listing) listing = rst_pop3_session_list (self->session, cancellable, error);

  return listing != NULL;
}

static gboolean
run_stat (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  return rst_pop3_session_stat (self->session, NULL, NULL, cancellable, error);
}

static gboolean
run_top (Client *self,
         GCancellable *cancellable,
         GError **error)
{
  return rst_pop3_session_top (self->session, numbers, 2, 0, &CLIENT_SINK, self, cancellable,
                               error);
}

static gboolean
run_retr (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  return rst_pop3_session_retr (self->session, numbers, 1, &CLIENT_SINK, self, cancellable, error);
}

static gboolean
run_dele (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  return rst_pop3_session_dele (self->session, numbers, 2, NULL, NULL, cancellable, error);
}

static gboolean
run_rset (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  return rst_pop3_session_rset (self->session, cancellable, error);
}

static gboolean
run_noop (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  return rst_pop3_session_noop (self->session, cancellable, error);
}

static gboolean
run_quit (Client *self,
          GCancellable *cancellable,
          GError **error)
{
  return rst_pop3_session_quit (self->session, cancellable, error);
}

typedef struct
{
  const char *name;
  const char *capabilities;
  const char *commands;
  const char *answer;
  gboolean (*run) (Client *self,
                   GCancellable *cancellable,
                   GError **error);
} Command;

static const Command commands[] = {
  { "list", "TOP\n", "C: LIST\n", "+OK\r\n1 10\r\n2 20\r\n.\r\n", run_list },
  { "list-uidl", PIPELINING, "C: LIST\nC: UIDL\n", "+OK\r\n1 10\r\n.\r\n+OK\r\n1 a\r\n.\r\n",
    run_list },
  { "stat", CAPABILITIES, "C: STAT\n", "+OK 1 10\r\n", run_stat },
  { "top", PIPELINING, "C: TOP 1 0\nC: TOP 2 0\n", "+OK\r\na\r\n.\r\n+OK\r\n..\r\n.\r\n", run_top },
  { "retr", CAPABILITIES, "C: RETR 1\n", "+OK\r\na\r\n\r\nb\r\n.\r\n", run_retr },
  { "dele", PIPELINING, "C: DELE 1\nC: DELE 2\n", "+OK\r\n+OK\r\n", run_dele },
  { "rset", CAPABILITIES, "C: RSET\n", "+OK\r\n", run_rset },
  { "noop", CAPABILITIES, "C: NOOP\n", "+OK\r\n", run_noop },
  { "quit", CAPABILITIES, "C: QUIT\n", "+OK\r\n", run_quit },
};

static void
assert_dead (Client *self)
{
  g_assert_false (rst_pop3_session_is_open (self->session));
  g_string_truncate (self->trace, 0);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (commands[i].run (self, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
    }
  g_assert_cmpstr (self->trace->str, ==, "");
}

static void
play (Client *self,
      const Command *command,
      gsize n_bytes)
{
  rst_test_server_play_login (self->script, command->capabilities);
  rst_test_server_play (self->script, command->commands);
  rst_test_server_send_bytes (self->script, command->answer, n_bytes);
}

static void
check_cut (const Command *command,
           gsize n_bytes,
           gboolean is_reset)
{
  g_autoptr (GError) error = NULL;
  Client self = { 0 };

  client_set_up (&self, NULL);
  play (&self, command, n_bytes);
  if (is_reset)
    rst_test_server_reset (self.script);
  else
    rst_test_server_drop (self.script);
  client_log_in (&self);
  g_assert_false (command->run (&self, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED);
  assert_dead (&self);
  client_tear_down (&self, NULL);
}

static void
test_cut (gconstpointer data)
{
  const Command *command = data;

  for (gsize n_bytes = 0; n_bytes < strlen (command->answer); n_bytes++)
    check_cut (command, n_bytes, n_bytes % 2 == 1);
}

static void
test_cancelled (Client *self,
                gconstpointer data)
{
  const Command *command = data;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread;

  play (self, command, strlen (command->answer) - 1);
  client_log_in (self);
  thread = client_cancel_later (cancellable, 30);
  g_assert_false (command->run (self, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_dead (self);
  g_thread_join (thread);
}

static void
test_stalled (Client *self,
              gconstpointer data)
{
  const Command *command = data;
  g_autoptr (GError) error = NULL;

  self->where.timeout = 1;
  play (self, command, strlen (command->answer) / 2);
  client_log_in (self);
  g_assert_false (command->run (self, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  assert_dead (self);
}

static void
add_command (const Command *command)
{
  g_autofree char *cut = g_strdup_printf ("/cuts/cut/%s", command->name);
  g_autofree char *cancelled = g_strdup_printf ("/cuts/cancelled/%s", command->name);
  g_autofree char *stalled = g_strdup_printf ("/cuts/stalled/%s", command->name);

  g_test_add_data_func (cut, command, test_cut);
  /* DELE is only ever stopped between two answers: test-transfer.c. */
  if (command->run != run_dele)
    client_add (cancelled, test_cancelled, command);
  /* A second each: enough to see it once in a status line and once in each kind of body. */
  if (command->run == run_noop || command->run == run_list || command->run == run_retr)
    client_add (stalled, test_stalled, command);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    add_command (&commands[i]);
  return g_test_run ();
}

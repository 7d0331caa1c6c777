/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <glib/gstdio.h>

#include "account/rst-locked-memory.h"
#include "account/rst-password-command.h"
#include "account/rst-password.h"

typedef struct
{
  const char *name;
  const char *command;
  /* NULL: refused */
  const char *secret;
  const char *words;
} Row;

static const Row rows[] = {
  { "line", "echo secret", "secret", NULL },
  { "no-line-end", "printf secret", "secret", NULL },
  { "dos", "printf 'secret\\r\\n'", "secret", NULL },
  { "second-line", "printf 'secret\\nlogin: me\\n'", "secret", NULL },
  { "blanks-belong", "printf ' se cret '", " se cret ", NULL },
  { "no-shell", "echo $HOME;id", "$HOME;id", NULL },
  { "no-input", "sh -c 'read line && echo got || echo none'", "none", NULL },
  { "chatty", "sh -c 'yes complaint | head -c 300000 >&2; echo secret'", "secret", NULL },
  /* What stays behind keeps the pipes open: an agent, the master of an SSH connection. */
  { "left-behind", "sh -c 'sleep 50 & echo secret'", "secret", NULL },
  { "left-behind-no-line-end", "sh -c 'sleep 50 & printf secret'", "secret", NULL },
  { "left-behind-soon", "sh -c '(echo secret; exec sleep 50) &'", "secret", NULL },
  { "left-behind-fails", "sh -c 'sleep 50 & echo \"no agent\" >&2; exit 4'", NULL,
    "status 4 and said “no agent”" },
  { "left-behind-nothing", "sh -c 'sleep 50 &'", NULL, "empty" },
  /* It would wait for ever on the terminal of the tests. */
  { "no-terminal", "sh -c 'read line </dev/tty || echo none'", "none", NULL },
  { "nothing", "true", NULL, "empty" },
  { "empty-line", "echo", NULL, "empty" },
  { "fails", "sh -c 'echo secret; echo \"vault is locked\" >&2; exit 3'", NULL,
    "status 3 and said “vault is locked”" },
  { "fails-silently", "false", NULL, "status 1" },
  { "killed", "sh -c 'kill -9 $$'", NULL, "ended from outside" },
  { "too-much", "sh -c 'yes secret | head -c 100000'", NULL, "too long" },
  { "too-long", "sh -c 'head -c 100000 /dev/zero | tr \"\\0\" x'", NULL, "too long" },
  { "without-end", "cat /dev/zero", NULL, "too long" },
  { "nul", "printf 'se\\000cret'", NULL, "not text" },
  { "not-there", "/nowhere/program", NULL, "/nowhere/program" },
};

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();
  SecretValue *secret = rst_password_run_command (row->command, FALSE, NULL, &error);

  g_assert_cmpint (g_get_monotonic_time () - start, <, 30 * G_USEC_PER_SEC);
  if (row->secret != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (secret_value_get_text (secret), ==, row->secret);
      secret_value_unref (secret);
      return;
    }
  g_assert_null (secret);
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, row->words));
  if (!g_str_equal (row->name, "not-there"))
    g_assert_null (strstr (error->message, "secret"));
}

/* Kilobytes that this process keeps out of the swap. */
static guint64
get_locked (void)
{
  g_autofree char *text = NULL;
  const char *found;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  found = strstr (text, "VmLck:");
  g_assert_nonnull (found);
  return g_ascii_strtoull (found + strlen ("VmLck:"), NULL, 10);
}

/* The program sees that what it prints will not be paged out. */
static void
test_locked (void)
{
  g_autoptr (GError) error = NULL;
  guint64 n_before = get_locked ();
  gpointer memory = rst_locked_memory_new (5000);
  guint64 n_locked = get_locked ();
  SecretValue *secret;

  rst_locked_memory_free (memory, 5000);
  g_assert_cmpuint (get_locked (), ==, n_before);
  if (n_locked == n_before)
    {
      g_test_skip ("no memory may be locked here");
      return;
    }
  secret = rst_password_run_command (
      "sh -c 'sed -n \"s/^VmLck:[^0-9]*\\([0-9]*\\).*/\\1/p\" /proc/$PPID/status'", FALSE,
      NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_ascii_strtoull (secret_value_get_text (secret), NULL, 10), >, n_before);
  secret_value_unref (secret);
}

static gpointer
cancel_thread (gpointer data)
{
  g_cancellable_cancel (data);
  return NULL;
}

/* Stop does not wait for the program. */
static void
test_cancel (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);

  g_assert_null (rst_password_run_command ("sleep 1000", FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
}

static gpointer
cancel_later_thread (gpointer data)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "pid", NULL);

  while (!g_file_test (path, G_FILE_TEST_EXISTS))
    g_usleep (10000);
  g_cancellable_cancel (data);
  return NULL;
}

static gboolean
is_running (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  g_autofree char *text = NULL;

  /* Who is dead may still wait to be buried. */
  return g_file_get_contents (path, &text, NULL, NULL) && strstr (text, ") Z") == NULL;
}

/* Nor do those that it has started go on. */
static void
test_cancel_all (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "pid", NULL);
  g_autofree char *command =
      g_strdup_printf ("sh -c 'sleep 50 & echo $! >%s.new; mv %s.new %s; wait'", path, path, path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *pid = NULL;
  GThread *thread;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  thread = g_thread_new ("cancel", cancel_later_thread, cancellable);
  g_assert_null (rst_password_run_command (command, FALSE, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_true (g_file_get_contents (path, &pid, NULL, NULL));
  for (guint i = 0; i < 1000 && is_running (atoi (pid)); i++)
    g_usleep (10000);
  g_assert_false (is_running (atoi (pid)));
}

/* The limits are those of signing in: what is too long to be used is not run twice. */
static void
test_longest (void)
{
  static const gsize lengths[] = { RST_POP3_MAX_PASSWORD, RST_POP3_MAX_TOKEN };

  for (gsize is_token = 0; is_token < G_N_ELEMENTS (lengths); is_token++)
    for (gsize length = lengths[is_token]; length <= lengths[is_token] + 1; length++)
      {
        g_autofree char *command = g_strdup_printf (
            "sh -c 'head -c %" G_GSIZE_FORMAT " /dev/zero | tr \"\\0\" x'", length);
        g_autoptr (GError) error = NULL;
        g_autoptr (SecretValue) secret =
            rst_password_run_command (command, is_token == 1, NULL, &error);

        if (length == lengths[is_token])
          {
            g_assert_no_error (error);
            g_assert_cmpuint (strlen (secret_value_get_text (secret)), ==, length);
            continue;
          }
        g_assert_null (secret);
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
        g_assert_nonnull (strstr (error->message, is_token == 1 ? "too long for an access token"
                                                                : "too long for a password"));
      }
}

static void
test_home (void)
{
  g_autofree char *folder = g_build_filename (g_get_home_dir (), "my bin", NULL);
  g_autofree char *path = g_build_filename (folder, "pw", NULL);
  g_autoptr (GError) error = NULL;
  SecretValue *secret;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, "#!/bin/sh\necho \"$1\"\n", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_chmod (path, 0700), ==, 0);
  secret = rst_password_run_command ("~/'my bin/pw' ~/x", FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret_value_get_text (secret), ==, "~/x");
  secret_value_unref (secret);
}

/* A token that was refused is fetched once more, and nobody is asked to type one; the next time it
 * is fetched anew. */
static void
test_token (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = NULL;
  g_autoptr (GError) error = NULL;

  account->token_command = g_strdup ("echo t0ken");
  passwords = rst_passwords_new (account);
  g_assert_false (rst_passwords_can_ask (passwords));
  for (guint i = 0; i < 2; i++)
    {
      RstPasswordOrigin origin;
      SecretValue *token;

      for (guint n = 0; n < 2; n++)
        {
          token = rst_passwords_lookup (passwords, &origin, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_COMMAND);
          g_assert_cmpstr (secret_value_get_text (token), ==, "t0ken");
          secret_value_unref (token);
          rst_passwords_refuse (passwords, origin);
        }
      g_assert_null (rst_passwords_lookup (passwords, &origin, NULL, &error));
      g_assert_no_error (error);
    }
}

/* A password is not renewed by itself: a refused one is not tried again before somebody asks. */
static void
test_refused (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = NULL;

  account->password_command = g_strdup ("echo secret");
  passwords = rst_passwords_new (account);
  for (guint i = 0; i < 2; i++)
    {
      RstPasswordOrigin origin;
      SecretValue *password = rst_passwords_lookup (passwords, &origin, NULL, NULL);

      g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_COMMAND);
      secret_value_unref (password);
      rst_passwords_refuse (passwords, origin);
      for (guint n = 0; n < 3; n++)
        g_assert_null (rst_passwords_lookup (passwords, &origin, NULL, NULL));
      rst_passwords_retry_command (passwords);
    }
}

/* What the server has accepted is not asked for again; when it has expired, the command is. */
static void
test_expired_token (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = NULL;
  RstPasswordOrigin origin;
  SecretValue *token;

  account->token_command = g_strdup ("echo t0ken");
  passwords = rst_passwords_new (account);
  token = rst_passwords_lookup (passwords, &origin, NULL, NULL);
  g_assert_true (rst_passwords_accept (passwords, token, FALSE, NULL, NULL));
  secret_value_unref (token);
  token = rst_passwords_lookup (passwords, &origin, NULL, NULL);
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_MEMORY);
  secret_value_unref (token);
  rst_passwords_refuse (passwords, origin);
  token = rst_passwords_lookup (passwords, &origin, NULL, NULL);
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_COMMAND);
  secret_value_unref (token);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/password-command/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/password-command/home", test_home);
  g_test_add_func ("/password-command/longest", test_longest);
  g_test_add_func ("/password-command/locked", test_locked);
  g_test_add_func ("/password-command/cancel", test_cancel);
  g_test_add_func ("/password-command/cancel-all", test_cancel_all);
  g_test_add_func ("/password-command/refused", test_refused);
  g_test_add_func ("/password-command/token", test_token);
  g_test_add_func ("/password-command/expired-token", test_expired_token);

  return g_test_run ();
}

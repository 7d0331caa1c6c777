/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "cli-runner"

#include "config.h"

#include "cli-runner.h"

#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "lib/rst-test-folder.h"

/* A program that hangs is killed, so that it is not left behind when meson gives the test up. */
#define TIMEOUT_SECONDS 50

struct _CliRunner
{
  char *home;
  char **environment;
  GPtrArray *options;
  char *password_file;
};

CliRunner *
cli_runner_new (void)
{
  CliRunner *self = g_new0 (CliRunner, 1);
  static const char *const folders[][2] = {
    { "XDG_CONFIG_HOME", ".config" },
    { "XDG_CACHE_HOME", ".cache" },
    { "XDG_DATA_HOME", ".local/share" },
    { "XDG_STATE_HOME", ".local/state" },
    { "XDG_RUNTIME_DIR", ".run" },
  };

  self->home = rst_test_folder_new ();
  self->options = g_ptr_array_new_with_free_func (g_free);
  self->environment = g_get_environ ();
  cli_runner_setenv (self, "HOME", self->home);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = cli_runner_dup_path (self, folders[i][1]);

      cli_runner_setenv (self, folders[i][0], path);
    }
  cli_runner_setenv (self, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
  cli_runner_setenv (self, "LC_ALL", "C.UTF-8");
  cli_runner_setenv (self, "LANGUAGE", NULL);
  cli_runner_setenv (self, "TZ", "UTC");

  return self;
}

void
cli_runner_free (CliRunner *self)
{
  rst_test_folder_free (self->home);
  g_strfreev (self->environment);
  g_ptr_array_unref (self->options);
  g_free (self->password_file);
  g_free (self);
}

const char *
cli_runner_get_home (CliRunner *self)
{
  return self->home;
}

char *
cli_runner_dup_path (CliRunner *self,
                     const char *name)
{
  return g_build_filename (self->home, name, NULL);
}

void
cli_runner_write (CliRunner *self,
                  const char *name,
                  const char *contents)
{
  g_autofree char *path = cli_runner_dup_path (self, name);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
}

char *
cli_runner_read (CliRunner *self,
                 const char *name)
{
  g_autofree char *path = cli_runner_dup_path (self, name);
  g_autoptr (GError) error = NULL;
  char *contents = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  return contents;
}

static void
add_option (CliRunner *self,
            const char *name,
            const char *value)
{
  if (!value)
    return;

  g_ptr_array_add (self->options, g_strdup (name));
  g_ptr_array_add (self->options, g_strdup (value));
}

void
cli_runner_use_server (CliRunner *self,
                       guint16 port,
                       const char *security,
                       const char *user,
                       const char *ca_file)
{
  g_autofree char *number = g_strdup_printf ("%u", port);

  g_ptr_array_set_size (self->options, 0);
  add_option (self, "--host", "localhost");
  add_option (self, "--port", number);
  add_option (self, "--security", security);
  add_option (self, "--user", user);
  add_option (self, "--ca-file", ca_file);
}

void
cli_runner_use_options (CliRunner *self,
                        const char *options)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;

  g_ptr_array_set_size (self->options, 0);
  if (!*options)
    return;

  g_shell_parse_argv (options, NULL, &words, &error);
  g_assert_no_error (error);
  for (guint i = 0; words[i]; i++)
    g_ptr_array_add (self->options, g_strdup (words[i]));
}

void
cli_runner_set_password (CliRunner *self,
                         const char *password)
{
  g_autofree char *line = NULL;

  g_clear_pointer (&self->password_file, g_free);
  if (!password)
    return;

  self->password_file = cli_runner_dup_path (self, "password");
  line = g_strconcat (password, "\n", NULL);
  cli_runner_write (self, "password", line);
}

void
cli_runner_setenv (CliRunner *self,
                   const char *name,
                   const char *value)
{
  if (value)
    self->environment = g_environ_setenv (self->environment, name, value, TRUE);
  else
    self->environment = g_environ_unsetenv (self->environment, name);
}

char **
cli_runner_dup_argv (CliRunner *self,
                     const char *command)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();

  g_ptr_array_add (argv, g_strdup (g_getenv ("RESTANTE_CLI")));
  for (guint i = 0; i < self->options->len; i++)
    g_ptr_array_add (argv, g_strdup (g_ptr_array_index (self->options, i)));
  if (self->password_file)
    {
      g_ptr_array_add (argv, g_strdup ("--password-file"));
      g_ptr_array_add (argv, g_strdup (self->password_file));
    }
  if (*command)
    {
      g_shell_parse_argv (command, NULL, &words, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; words && words[i]; i++)
    g_ptr_array_add (argv, g_strdup (words[i]));
  g_ptr_array_add (argv, NULL);

  return (char **)g_ptr_array_steal (argv, NULL);
}

char **
cli_runner_get_environment (CliRunner *self)
{
  return self->environment;
}

/* Without a controlling terminal, as from cron: a test that is started on one must not have its
 * password prompts there. And it does not outlive a test that fails. */
static void
detach (gpointer user_data)
{
  setsid ();
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

GSubprocess *
cli_runner_spawn (CliRunner *self,
                  const char *command)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_auto (GStrv) argv = cli_runner_dup_argv (self, command);
  g_autoptr (GError) error = NULL;
  GSubprocess *program;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                        G_SUBPROCESS_FLAGS_STDOUT_PIPE |
                                        G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_environ (launcher, self->environment);
  g_subprocess_launcher_set_child_setup (launcher, detach, NULL, NULL);
  program = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  g_assert_no_error (error);

  return program;
}

static gboolean
kill_cb (gpointer user_data)
{
  g_test_message ("the program does not end");
  g_subprocess_force_exit (user_data);
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  GBytes *output;
  GBytes *errors;
  gboolean is_done;
} Collected;

static void
collected_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  Collected *collected = user_data;
  g_autoptr (GError) error = NULL;

  g_subprocess_communicate_finish (G_SUBPROCESS (source), result, &collected->output,
                                   &collected->errors, &error);
  g_assert_no_error (error);
  collected->is_done = TRUE;
}

static char *
dup_text (GBytes *bytes)
{
  const char *text = g_bytes_get_data (bytes, NULL);

  return g_strndup (text ? text : "", g_bytes_get_size (bytes));
}

/* Returns how it ended; a signal is negative. */
static int
run (CliRunner *self,
     const char *command,
     GBytes **output,
     char **errors)
{
  g_autoptr (GSubprocess) program = cli_runner_spawn (self, command);
  Collected collected = { NULL, NULL, FALSE };
  guint timeout = g_timeout_add_seconds (TIMEOUT_SECONDS, kill_cb, program);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);

  g_subprocess_communicate_async (program, nothing, NULL, collected_cb, &collected);
  while (!collected.is_done)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (timeout);

  *output = collected.output;
  *errors = dup_text (collected.errors);
  g_bytes_unref (collected.errors);

  return g_subprocess_get_if_exited (program) ? g_subprocess_get_exit_status (program)
                                              : -g_subprocess_get_term_sig (program);
}

int
cli_runner_run_any (CliRunner *self,
                    const char *command,
                    char **output,
                    char **errors)
{
  g_autoptr (GBytes) bytes = NULL;
  int status = run (self, command, &bytes, errors);

  *output = dup_text (bytes);
  return status;
}

void
cli_runner_expect (CliRunner *self,
                   const char *command,
                   int status,
                   const char *output,
                   const char *errors)
{
  g_autofree char *real_output = NULL;
  g_autofree char *real_errors = NULL;
  int real_status = cli_runner_run_any (self, command, &real_output, &real_errors);

  if (real_status == status && g_pattern_match_simple (output ? output : "", real_output) &&
      g_pattern_match_simple (errors ? errors : "", real_errors))
    return;

  g_error ("restante-cli … %s\n"
           "expected status %d, standard output “%s”, standard error “%s”\n"
           "got status %d, standard output “%s”, standard error “%s”",
           command, status, output ? output : "", errors ? errors : "", real_status, real_output,
           real_errors);
}

GBytes *
cli_runner_run_bytes (CliRunner *self,
                      const char *command)
{
  GBytes *output = NULL;
  g_autofree char *errors = NULL;
  int status = run (self, command, &output, &errors);

  if (status != 0 || *errors)
    g_error ("restante-cli … %s\nended with status %d and “%s”", command, status, errors);

  return output;
}

char *
cli_runner_run (CliRunner *self,
                const char *command)
{
  g_autoptr (GBytes) bytes = cli_runner_run_bytes (self, command);

  return dup_text (bytes);
}

char **
cli_runner_run_lines (CliRunner *self,
                      const char *command)
{
  g_autofree char *output = cli_runner_run (self, command);
  char **lines;

  g_assert_true (!*output || g_str_has_suffix (output, "\n"));
  if (*output)
    output[strlen (output) - 1] = '\0';
  lines = g_strsplit (output, "\n", -1);

  return lines;
}

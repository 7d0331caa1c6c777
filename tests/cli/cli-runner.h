/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CliRunner:
 *
 * A user of the console front end, with a home folder of their own: runs restante-cli as a process
 * and looks at what it prints and how it ends. The program's path comes in the environment as
 * RESTANTE_CLI. There is no terminal and no session bus, unless a test gives it one.
 */
typedef struct _CliRunner CliRunner;

CliRunner *cli_runner_new (void);
void cli_runner_free (CliRunner *self);

/** cli_runner_get_home: Returns: (transfer none): the folder that is $HOME, and holds the rest. */
const char *cli_runner_get_home (CliRunner *self);

/** cli_runner_dup_path: Returns: (transfer full): of a file in the home folder. */
char *cli_runner_dup_path (CliRunner *self,
                           const char *name);

/** cli_runner_write: writes a file in the home folder; its folders are made. */
void cli_runner_write (CliRunner *self,
                       const char *name,
                       const char *contents);

/** cli_runner_read: Returns: (transfer full): the contents of a file in the home folder. */
char *cli_runner_read (CliRunner *self,
                       const char *name);

/**
 * cli_runner_use_server:
 * @user: (nullable): %NULL leaves --user out
 * @ca_file: (nullable): what the server's certificate is verified with
 *
 * Every command line gets --host localhost and these from now on.
 */
void cli_runner_use_server (CliRunner *self,
                            guint16 port,
                            const char *security,
                            const char *user,
                            const char *ca_file);

/** cli_runner_use_options: the options that every command line gets, as in a shell, and no others.
 */
void cli_runner_use_options (CliRunner *self,
                             const char *options);

/** cli_runner_set_password: @password: (nullable): what --password-file holds from now on. */
void cli_runner_set_password (CliRunner *self,
                              const char *password);

/** cli_runner_setenv: sets (or with %NULL unsets) a variable of the program's environment. */
void cli_runner_setenv (CliRunner *self,
                        const char *name,
                        const char *value);

/** cli_runner_dup_argv: Returns: (transfer full): program, options and @command. */
char **cli_runner_dup_argv (CliRunner *self,
                            const char *command);

/** cli_runner_get_environment: Returns: (transfer none): the program's environment. */
char **cli_runner_get_environment (CliRunner *self);

/** cli_runner_spawn: starts it with three pipes, to be watched or killed by the test. */
GSubprocess *cli_runner_spawn (CliRunner *self,
                               const char *command);

/**
 * cli_runner_expect:
 * @command: command and options, as in a shell
 * @output: (nullable): a pattern for all of standard output, see g_pattern_match_simple()
 * @errors: (nullable): a pattern for all of standard error
 *
 * Runs the program and fails the test, with all that was printed, when it ends or prints otherwise.
 * %NULL stands for nothing at all.
 */
void cli_runner_expect (CliRunner *self,
                        const char *command,
                        int status,
                        const char *output,
                        const char *errors);

/**
 * cli_runner_run:
 *
 * Runs the program, which must end with status 0 and print nothing to standard error.
 *
 * Returns: (transfer full): all of standard output.
 */
char *cli_runner_run (CliRunner *self,
                      const char *command);

/** cli_runner_run_bytes: the same for output that may hold any byte. */
GBytes *cli_runner_run_bytes (CliRunner *self,
                              const char *command);

/** cli_runner_run_lines: Returns: (transfer full): the lines of standard output. */
char **cli_runner_run_lines (CliRunner *self,
                             const char *command);

/**
 * cli_runner_run_any:
 * @output: (out): standard output
 * @errors: (out): standard error
 *
 * Runs the program, for tests that look for themselves.
 *
 * Returns: how it ended; a signal is negative.
 */
int cli_runner_run_any (CliRunner *self,
                        const char *command,
                        char **output,
                        char **errors);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliRunner, cli_runner_free)

G_END_DECLS

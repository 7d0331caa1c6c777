/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli-runner.h"

G_BEGIN_DECLS

/**
 * CliTerminal:
 *
 * A terminal with the program on it, and the test at its keyboard. Standard input, output and error
 * are the terminal, as is /dev/tty. Nothing waits longer than 20 s.
 */
typedef struct _CliTerminal CliTerminal;

/**
 * cli_terminal_new: starts the program.
 * @columns: how wide the terminal is
 */
CliTerminal *cli_terminal_new (CliRunner *runner,
                               const char *command,
                               guint columns);

/** cli_terminal_new_in_shell: @script: for sh with job control; the program is "$@" there. */
CliTerminal *cli_terminal_new_in_shell (CliRunner *runner,
                                        const char *command,
                                        const char *script);

/** cli_terminal_type: types @text, with "\n" for Enter and "\003" for Ctrl+C. */
void cli_terminal_type (CliTerminal *self,
                        const char *text);

/** cli_terminal_expect: waits until @text stands behind what was expected before. */
void cli_terminal_expect (CliTerminal *self,
                          const char *text);

/** cli_terminal_signal: sends a signal to the program. */
void cli_terminal_signal (CliTerminal *self,
                          int number);

/** cli_terminal_has_echo: Returns: whether what is typed shows. */
gboolean cli_terminal_has_echo (CliTerminal *self);

/**
 * cli_terminal_finish:
 * @self: (transfer full):
 * @status: how the program must end; a signal is negative
 *
 * Waits for the program's end.
 *
 * Returns: (transfer full): all that was on the terminal, with "\r\n" as "\n".
 */
char *cli_terminal_finish (CliTerminal *self,
                           int status);

G_END_DECLS

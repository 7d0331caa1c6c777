/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* Questions block. A signal that comes while one is open (Ctrl+C, Ctrl+Z, a kill) ends it: the
 * terminal is as it was before the signal takes effect, and who comes back from Ctrl+Z is asked
 * again. */

/**
 * rst_cli_terminal_ask_password:
 * @prompt: what is asked for
 *
 * Asks on the terminal, without echo.
 *
 * Returns: (transfer full) (nullable): %NULL when there is no terminal, or nothing was entered.
 */
SecretValue *rst_cli_terminal_ask_password (const char *prompt);

/** rst_cli_terminal_can_ask_password: Returns: whether the program was started on a terminal,
 * wherever its input comes from. */
gboolean rst_cli_terminal_can_ask_password (void);

/** rst_cli_terminal_can_confirm: Returns: whether there is one, and standard input is it. */
gboolean rst_cli_terminal_can_confirm (void);

/** rst_cli_terminal_confirm: Returns: whether the user answered yes; no when there is no terminal.
 */
gboolean rst_cli_terminal_confirm (const char *question);

/** rst_cli_terminal_show_progress: @text: replaces the line on standard error, if that is a
 * terminal; %NULL clears it. */
void rst_cli_terminal_show_progress (const char *text);

/** rst_cli_terminal_get_width: Returns: columns of standard output, 0 when it is no terminal. */
guint rst_cli_terminal_get_width (void);

G_END_DECLS

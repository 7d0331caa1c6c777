/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * rst_cli_terminal_ask_password:
 * @prompt: what is asked for
 *
 * Asks on the terminal, without echo; blocks.
 *
 * Returns: (transfer full) (nullable): %NULL when there is no terminal, or nothing was entered.
 */
SecretValue *rst_cli_terminal_ask_password (const char *prompt);

/** rst_cli_terminal_can_ask: Returns: whether questions can be asked: standard input is a terminal.
 */
gboolean rst_cli_terminal_can_ask (void);

/** rst_cli_terminal_confirm: Returns: whether the user answered yes; no when there is no terminal.
 */
gboolean rst_cli_terminal_confirm (const char *question);

/** rst_cli_terminal_show_progress: @text: replaces the line on standard error, if that is a
 * terminal; %NULL clears it. */
void rst_cli_terminal_show_progress (const char *text);

/** rst_cli_terminal_print_safely: @text: untrusted; control characters but tab and new line are not
 * let through. */
void rst_cli_terminal_print_safely (const char *text);

/** rst_cli_terminal_pad: Returns: (transfer full): @text cut or filled to @width columns of a
 * terminal. */
char *rst_cli_terminal_pad (const char *text,
                            guint width);

/** rst_cli_terminal_get_width: Returns: columns of standard output, 0 when it is no terminal. */
guint rst_cli_terminal_get_width (void);

G_END_DECLS

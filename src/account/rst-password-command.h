/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * rst_password_run_command:
 * @command: a command line with a shell's quotes; no shell sees it, and of a shell's other signs
 *   only "~/" at the beginning of the program means something
 * @is_token: whether the secret is an access token, which may have %RST_POP3_MAX_TOKEN bytes; a
 *   password has %RST_POP3_MAX_PASSWORD
 *
 * Runs a program and takes the first line of its output as the secret, with nothing but CR and LF
 * stripped. The program has no input, no terminal, and a minute; when that is over, or @cancellable
 * is cancelled, it is killed with all that it has started. What it leaves behind when it ends by
 * itself stays, and is not waited for. Blocks: for workers.
 *
 * Returns: (transfer full): the secret, in non-pageable memory. Errors: %G_SPAWN_ERROR, %G_IO_ERROR
 * in words that hold what the program said on its standard error, and nothing of its output.
 */
SecretValue *rst_password_run_command (const char *command,
                                       gboolean is_token,
                                       GCancellable *cancellable,
                                       GError **error);

G_END_DECLS

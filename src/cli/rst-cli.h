/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-mailbox.h"
#include "rst-cli-options.h"

G_BEGIN_DECLS

/**
 * RstCli:
 *
 * The console front end at work: one mailbox, and operations on it that are waited for.
 */
typedef struct _RstCli RstCli;

/**
 * rst_cli_new:
 * @options: (transfer none): kept by the caller
 *
 * Opens the mailbox that the options name, and what is saved of it.
 */
RstCli *rst_cli_new (const RstCliOptions *options,
                     GError **error);
void rst_cli_free (RstCli *self);

/** rst_cli_get_exit: Returns: the exit status that an error stands for. */
RstCliExit rst_cli_get_exit (const GError *error);

/** rst_cli_print_error: says on standard error what went wrong. */
void rst_cli_print_error (const GError *error);

/** rst_cli_run: Returns: the exit status, after everything was said. */
RstCliExit rst_cli_run (RstCli *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstCli, rst_cli_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "account/rst-account.h"

G_BEGIN_DECLS

/**
 * RstDemo:
 *
 * The demo mailbox: an embedded server with the sample messages, and an account for it whose
 * password, cache and receipts lie in a temporary folder. Nothing of the user's is touched.
 */
typedef struct _RstDemo RstDemo;

/** rst_demo_new: starts the server. Errors: %G_IO_ERROR, %G_FILE_ERROR, %G_TLS_ERROR. */
RstDemo *rst_demo_new (GError **error);

/** rst_demo_free: stops the server and removes the folder. */
void rst_demo_free (RstDemo *self);

/** rst_demo_get_account: Returns: (transfer none): how to reach it. */
RstAccount *rst_demo_get_account (RstDemo *self);

/**
 * rst_demo_simulate_other_client:
 *
 * Deletes and adds messages behind the window's back. Returns: (transfer full): what, in words.
 */
char *rst_demo_simulate_other_client (RstDemo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemo, rst_demo_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/**
 * rst_online_accounts_get_token:
 * @user: the address that the account has at its provider
 *
 * Asks GNOME Online Accounts for an access token that has not expired. The service is asked only
 * where it runs or can be started. Blocks: for workers.
 *
 * Returns: (transfer full) (nullable): the token; %NULL without @error when there is no such
 * service. Errors: %G_IO_ERROR_NOT_FOUND when it has no account for @user,
 * %G_IO_ERROR_PERMISSION_DENIED when it has and gives no token for it; %G_IO_ERROR_CANCELLED.
 */
SecretValue *rst_online_accounts_get_token (const char *user,
                                            GCancellable *cancellable,
                                            GError **error);

G_END_DECLS

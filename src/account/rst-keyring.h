/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "rst-account.h"

G_BEGIN_DECLS

/* Passwords in the user's keyring: the Secret Service on the session bus.
 *
 * A password is stored for a host (without regard to case), a port and a user, and not for an
 * account's id or name: a renamed account still finds it, two accounts on one host each find their
 * own, and one whose host or port is changed does not send it to another server, or in the clear.
 *
 * Every function blocks, with no need of a running main loop, and is for worker threads. Several
 * may run at once. Cancelling dismisses the keyring's prompt. */

/**
 * rst_keyring_lookup:
 *
 * Blocks while the keyring asks its owner to unlock it: for worker threads, with a cancellable.
 *
 * Returns: (transfer full) (nullable): the stored password; %NULL without @error when none is
 * stored, the keyring stays locked (its prompt was dismissed), or there is no keyring service.
 * Errors: SECRET_ERROR, G_DBUS_ERROR, %G_IO_ERROR_CANCELLED.
 */
SecretValue *rst_keyring_lookup (const RstAccount *account,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * rst_keyring_peek:
 *
 * Never makes the keyring ask its owner anything: one that is locked has nothing.
 *
 * Returns: (transfer full) (nullable): the stored password; %NULL without @error when none can be
 * had. Errors: as rst_keyring_lookup().
 */
SecretValue *rst_keyring_peek (const RstAccount *account,
                               GCancellable *cancellable,
                               GError **error);

/**
 * rst_keyring_store:
 *
 * Puts the password into the default collection, in the place of an older one; blocks as the
 * look-up does.
 *
 * Errors: %SECRET_ERROR_IS_LOCKED, also when the prompt was dismissed; others of SECRET_ERROR;
 * G_DBUS_ERROR and G_IO_ERROR, among them that there is no keyring service.
 */
gboolean rst_keyring_store (const RstAccount *account,
                            SecretValue *password,
                            GCancellable *cancellable,
                            GError **error);

/**
 * rst_keyring_forget:
 *
 * Returns: %TRUE when no password is stored any more, also when there was none. Errors: as
 * rst_keyring_store().
 */
gboolean rst_keyring_forget (const RstAccount *account,
                             GCancellable *cancellable,
                             GError **error);

/**
 * rst_keyring_is_available:
 *
 * Returns: whether a Secret Service answers on the session bus, within a few seconds. It may have
 * to be started, and its keyring may be locked.
 */
gboolean rst_keyring_is_available (GCancellable *cancellable);

G_END_DECLS

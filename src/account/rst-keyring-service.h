/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsecret/secret.h>

G_BEGIN_DECLS

#define RST_TYPE_KEYRING_SERVICE (rst_keyring_service_get_type ())

/**
 * RstKeyringService:
 *
 * A SecretService whose prompts always come to an end. When one ends without an answer, because the
 * service has died behind it, or has no way to show it, libsecret 0.20 forgets the operation that
 * waits for it; here it fails with %SECRET_ERROR_IS_LOCKED.
 */
G_DECLARE_FINAL_TYPE (RstKeyringService, rst_keyring_service, RST, KEYRING_SERVICE, SecretService)

G_END_DECLS

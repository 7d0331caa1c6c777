/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "account/rst-password.h"

G_BEGIN_DECLS

#define RST_TYPE_PASSWORD_DIALOG (rst_password_dialog_get_type ())

/**
 * RstPasswordDialog:
 *
 * Asks for an account's password. Its response is "sign-in" or "cancel".
 */
G_DECLARE_FINAL_TYPE (
    RstPasswordDialog, rst_password_dialog, RST, PASSWORD_DIALOG, AdwMessageDialog)

/**
 * rst_password_dialog_new:
 * @reason: (nullable): why it is asked again
 */
GtkWidget *rst_password_dialog_new (GtkWindow *parent,
                                    const RstAccount *account,
                                    const char *reason);

/** rst_password_dialog_dup_password: Returns: (transfer full): what was entered. */
SecretValue *rst_password_dialog_dup_password (RstPasswordDialog *self);

/** rst_password_dialog_get_remember: Returns: whether it is to be stored in the keyring. */
gboolean rst_password_dialog_get_remember (RstPasswordDialog *self);

G_END_DECLS

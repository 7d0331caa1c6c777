/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "account/rst-account.h"
#include "pop3/rst-pop3-certificate.h"

G_BEGIN_DECLS

#define RST_TYPE_CERTIFICATE_DIALOG (rst_certificate_dialog_get_type ())

/**
 * RstCertificateDialog:
 *
 * Shows a certificate that was refused, and what is wrong with it. Its response is "trust", for
 * this certificate and this server alone, or "cancel".
 */
G_DECLARE_FINAL_TYPE (
    RstCertificateDialog, rst_certificate_dialog, RST, CERTIFICATE_DIALOG, AdwMessageDialog)

/**
 * rst_certificate_dialog_new:
 * @account: whose server it is of; one with a pin has trusted another certificate until now
 */
GtkWidget *rst_certificate_dialog_new (GtkWindow *parent,
                                       const RstAccount *account,
                                       RstPop3Certificate *certificate);

/** rst_certificate_dialog_get_account: Returns: (transfer none): whose server it is of, as the
 * account was when the question was asked. */
const RstAccount *rst_certificate_dialog_get_account (RstCertificateDialog *self);

/** rst_certificate_dialog_get_certificate: Returns: (transfer none): what it shows. */
RstPop3Certificate *rst_certificate_dialog_get_certificate (RstCertificateDialog *self);

G_END_DECLS

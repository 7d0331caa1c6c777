/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * rst_demo_certificate_new:
 *
 * Makes a key and a self-signed certificate for "localhost", 127.0.0.1 and ::1 that begins
 * yesterday and ends in a year.
 *
 * Returns: (transfer full): the certificate with its key. Errors: %G_TLS_ERROR_MISC when GnuTLS
 * cannot, and those of g_tls_certificate_new_from_pem().
 */
GTlsCertificate *rst_demo_certificate_new (GError **error);

/**
 * rst_demo_certificate_dup_pin:
 *
 * Returns: (transfer full): SHA-256 of the DER form, lower-case hexadecimal.
 */
char *rst_demo_certificate_dup_pin (GTlsCertificate *certificate);

G_END_DECLS

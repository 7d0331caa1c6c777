/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstTestCertificateFaults:
 * @RST_TEST_CERTIFICATE_GOOD: valid now, for "localhost" and 127.0.0.1
 * @RST_TEST_CERTIFICATE_EXPIRED: ran out yesterday
 * @RST_TEST_CERTIFICATE_OTHER_NAME: for "elsewhere.example" only
 * @RST_TEST_CERTIFICATE_NOT_YET: begins tomorrow
 *
 * What is wrong with a certificate, besides that nobody but a test trusts it.
 */
typedef enum
{
  RST_TEST_CERTIFICATE_GOOD = 0,
  RST_TEST_CERTIFICATE_EXPIRED = 1 << 0,
  RST_TEST_CERTIFICATE_OTHER_NAME = 1 << 1,
  RST_TEST_CERTIFICATE_NOT_YET = 1 << 2,
} RstTestCertificateFaults;

/**
 * RstTestCertificate:
 * @certificate: certificate and private key, for the server's side
 * @pem: the certificate alone
 * @pin: SHA-256 of its DER form, 64 lower-case hexadecimal digits
 * @ca_file: a file that holds @pem, removed by rst_test_certificate_free()
 *
 * A self-signed certificate made on the spot. Read-only; any thread.
 */
typedef struct
{
  GTlsCertificate *certificate;
  char *pem;
  char *pin;
  char *ca_file;
} RstTestCertificate;

/** rst_test_certificate_new: makes one; aborts the test when that fails. */
RstTestCertificate *rst_test_certificate_new (RstTestCertificateFaults faults);

/** rst_test_certificate_new_for_names: makes a good one for these names, and no address. */
RstTestCertificate *rst_test_certificate_new_for_names (const char *const *names);
void rst_test_certificate_free (RstTestCertificate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstTestCertificate, rst_test_certificate_free)

G_END_DECLS

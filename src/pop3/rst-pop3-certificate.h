/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstPop3Certificate:
 * @subject: whom it is for
 * @issuer: who vouches for it
 * @names: the servers that it is for, separated by ", "
 * @not_before: (nullable): when it becomes valid
 * @not_after: (nullable): when it expires
 * @fingerprint: SHA-256 of its DER form, as "AB:CD:…"
 * @faults: (nullable): in words, what is wrong with it; %NULL when it is trusted without a pin
 * @is_refused: whether the connection was given up for it
 *
 * What a server showed in its handshake; all texts are valid UTF-8 of one line, untrusted.
 * Immutable, shared by reference between threads.
 */
typedef struct
{
  char *subject;
  char *issuer;
  char *names;
  GDateTime *not_before;
  GDateTime *not_after;
  char *fingerprint;
  char *faults;
  gboolean is_refused;
} RstPop3Certificate;

/**
 * rst_pop3_certificate_new:
 * @faults: what the verification found
 * @pin: (nullable): the one fingerprint that is trusted, whatever the faults
 */
RstPop3Certificate *rst_pop3_certificate_new (GTlsCertificate *certificate,
                                              GTlsCertificateFlags faults,
                                              const char *pin);
RstPop3Certificate *rst_pop3_certificate_ref (RstPop3Certificate *self);
void rst_pop3_certificate_unref (RstPop3Certificate *self);

/**
 * rst_pop3_certificate_matches:
 * @pin: a fingerprint; colons, blanks and case do not matter
 */
gboolean rst_pop3_certificate_matches (const RstPop3Certificate *self,
                                       const char *pin);

/**
 * rst_pop3_certificate_expires_soon:
 *
 * Returns: whether @now is in the last two weeks in which it is valid.
 */
gboolean rst_pop3_certificate_expires_soon (const RstPop3Certificate *self,
                                            GDateTime *now);

/**
 * RstPop3CertificateFunc:
 *
 * Called on the thread that opens the session, once it is known whether the certificate will do.
 */
typedef void (*RstPop3CertificateFunc) (RstPop3Certificate *certificate,
                                        gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Certificate, rst_pop3_certificate_unref)

G_END_DECLS

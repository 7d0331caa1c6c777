/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to this folder: what no trace and no error text may show, though servers quote it. */

/**
 * RstPop3Secrets:
 *
 * The password or token of a session, and all that was made of it and sent, in libsecret's memory,
 * which is not paged out and is wiped. One owner at a time.
 */
typedef struct _RstPop3Secrets RstPop3Secrets;

RstPop3Secrets *rst_pop3_secrets_new (void);
void rst_pop3_secrets_free (RstPop3Secrets *self);

/** rst_pop3_secrets_add: @secret: is copied; nothing is done about an empty or a known one. */
void rst_pop3_secrets_add (RstPop3Secrets *self,
                           const char *secret);

/**
 * rst_pop3_secrets_dup_shown:
 * @self: (nullable): nothing is secret yet
 * @text: a whole line, untrusted: where one is cut, half a secret would be shown
 * @max_length: see rst_pop3_dup_printable()
 *
 * Returns: (transfer full): @text, fit to be shown, with "***" for each secret in it and for each
 * run of base64 that holds one. A first word `+OK`, `-ERR` or `+` is the server's verdict and
 * stays.
 */
char *rst_pop3_secrets_dup_shown (const RstPop3Secrets *self,
                                  const char *text,
                                  gsize max_length);

/**
 * rst_pop3_secrets_hide:
 * @text: (inout) (nullable): printable already
 *
 * Replaces the text by one without secrets, for what is kept.
 */
void rst_pop3_secrets_hide (const RstPop3Secrets *self,
                            char **text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Secrets, rst_pop3_secrets_free)

G_END_DECLS

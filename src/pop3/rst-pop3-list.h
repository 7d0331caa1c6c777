/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session-private.h"

G_BEGIN_DECLS

/* Private to this folder: the answers to LIST and UIDL, for whoever has sent them. */

/**
 * rst_pop3_list_read_sizes:
 * @refusal: (out): the error for an `-ERR`
 *
 * Reads the answer to LIST.
 *
 * Returns: %FALSE when the session is closed; an `-ERR` is no error here.
 */
gboolean rst_pop3_list_read_sizes (RstPop3Session *session,
                                   RstPop3Listing *listing,
                                   GError **refusal,
                                   GCancellable *cancellable,
                                   GError **error);

/**
 * rst_pop3_list_read_uids:
 * @refusal: (inout): when it is set already, the answer is passed over
 *
 * Reads the answer to UIDL, after that to LIST.
 */
gboolean rst_pop3_list_read_uids (RstPop3Session *session,
                                  RstPop3Listing *listing,
                                  GError **refusal,
                                  GCancellable *cancellable,
                                  GError **error);

/** rst_pop3_list_pass_over: reads a multi-line answer that nobody wants. */
gboolean rst_pop3_list_pass_over (RstPop3Session *session,
                                  GCancellable *cancellable,
                                  GError **error);

/** rst_pop3_list_remember: keeps the sizes, to know how much a message will be. */
void rst_pop3_list_remember (RstPop3Session *session,
                             const RstPop3Listing *listing);

G_END_DECLS

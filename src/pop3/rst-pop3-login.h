/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session-private.h"

G_BEGIN_DECLS

/* Private to this folder: the steps of signing in, one command at a time or as a part of more. */

/**
 * rst_pop3_login_prepare:
 *
 * Checks what is to be sent, and says UTF8 first to a server that takes a user or a password beyond
 * ASCII only then.
 *
 * Errors: %RST_POP3_ERROR_TLS when nothing secret may be sent, %RST_POP3_ERROR_AUTH when @user or
 * @password cannot be; those of rst_pop3_login_ask_for_utf8().
 */
gboolean rst_pop3_login_prepare (RstPop3Session *session,
                                 const char *user,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GError **error);

/** rst_pop3_login_choose: Returns: the way to sign in that is tried first. */
RstPop3Auth rst_pop3_login_choose (const RstPop3Session *session);

/** rst_pop3_login_dup_digest: Returns: (transfer full): what APOP sends instead of @password. */
char *rst_pop3_login_dup_digest (const RstPop3Session *session,
                                 const char *password);

/** rst_pop3_login_new_refusal: Returns: (transfer full): the error for an `-ERR` to a login. */
GError *rst_pop3_login_new_refusal (const RstPop3Reply *reply);

/** rst_pop3_login_new_hang_up: Returns: (transfer full): that for no answer to a password. */
GError *rst_pop3_login_new_hang_up (void);

/**
 * rst_pop3_login_try_apop:
 *
 * @refusal: (out): why the server did not let the user in
 *
 * APOP, and nothing more.
 *
 * Returns: %TRUE when the server has given its verdict: the user is signed in, or @refusal is set.
 */
gboolean rst_pop3_login_try_apop (RstPop3Session *session,
                                  const char *user,
                                  const char *password,
                                  GError **refusal,
                                  GCancellable *cancellable,
                                  GError **error);

/** rst_pop3_login_in_turn: the ways to sign in that rst_pop3_session_login() names, and nothing
 * more. */
gboolean rst_pop3_login_in_turn (RstPop3Session *session,
                                 const char *user,
                                 const char *password,
                                 GCancellable *cancellable,
                                 GError **error);

/** rst_pop3_login_look_around: what is asked after login, one at a time: CAPA, and UTF8. */
gboolean rst_pop3_login_look_around (RstPop3Session *session,
                                     GCancellable *cancellable,
                                     GError **error);

/** rst_pop3_login_ask_for_utf8: UTF8 where it is listed. */
gboolean rst_pop3_login_ask_for_utf8 (RstPop3Session *session,
                                      GCancellable *cancellable,
                                      GError **error);

G_END_DECLS

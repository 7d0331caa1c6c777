/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-login"

#include "config.h"

#include "rst-pop3-login.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-exchange.h"
#include "rst-pop3-sasl.h"

/* Signing in (RFC 1939 §4, §7), and what is asked right after it. */

/* Bytes of a user name: three times an address's. With the longest token, and both in the form that
 * SASL gives them (an escaped name, base64), it is within what one command of the wire takes. */
#define MAX_USER 1024

static gboolean
is_sendable (const char *text,
             gsize max_length)
{
  return strpbrk (text, "\r\n") == NULL && strlen (text) <= max_length;
}

static gboolean
check_credentials (const char *user,
                   const char *secret,
                   gboolean is_token,
                   GError **error)
{
  if (is_sendable (user, MAX_USER) &&
      is_sendable (secret, is_token ? RST_POP3_MAX_TOKEN : RST_POP3_MAX_PASSWORD))
    return TRUE;
  if (is_token && is_sendable (user, MAX_USER))
    g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                         _ ("The access token holds a line break, or is too long for POP3. Nothing "
                            "was sent. Check where the account gets its token from."));
  else
    g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                         _ ("The user name or the password holds a line break, or is too long for "
                            "POP3. Nothing was sent. Enter it again."));
  return FALSE;
}

static gboolean
check_security (RstPop3Session *self,
                GError **error)
{
  if (self->is_encrypted || self->server.security == RST_POP3_SECURITY_NONE)
    return TRUE;
  g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                       _ ("The connection is not encrypted. Nothing secret was sent."));
  return FALSE;
}

static gboolean
check_login (RstPop3Session *session,
             const char *user,
             const char *password,
             GError **error)
{
  return check_security (session, error) &&
         check_credentials (user, password, rst_pop3_auth_is_token (session->server.auth), error);
}

/* The way that shows the server the password. USER and PASS need no answer in between. */
static RstPop3Auth
choose_plain (const RstPop3Session *session)
{
  const RstPop3Capabilities *capabilities = session->capabilities;

  if (!capabilities->is_known || capabilities->has_user)
    return RST_POP3_AUTH_PASSWORD;
  if (rst_pop3_sasl_is_offered (capabilities->sasl, RST_POP3_AUTH_PLAIN))
    return RST_POP3_AUTH_PLAIN;
  if (rst_pop3_sasl_is_offered (capabilities->sasl, RST_POP3_AUTH_LOGIN))
    return RST_POP3_AUTH_LOGIN;
  return RST_POP3_AUTH_PASSWORD;
}

static RstPop3Auth
choose_automatically (const RstPop3Session *session)
{
  static const RstPop3Auth best_first[] = {
    RST_POP3_AUTH_SCRAM_SHA_256,
    RST_POP3_AUTH_SCRAM_SHA_1,
    RST_POP3_AUTH_CRAM_MD5,
  };

  if ((session->quirks & RST_POP3_QUIRK_PLAIN_LOGIN) != 0)
    return choose_plain (session);
  if (session->memory != NULL && session->memory->auth != RST_POP3_AUTH_AUTOMATIC)
    return session->memory->auth;
  for (guint i = 0; i < G_N_ELEMENTS (best_first); i++)
    if (rst_pop3_sasl_is_offered (session->capabilities->sasl, best_first[i]))
      return best_first[i];
  if (session->apop_challenge != NULL && !session->is_encrypted)
    return RST_POP3_AUTH_APOP;
  return choose_plain (session);
}

RstPop3Auth
rst_pop3_login_choose (const RstPop3Session *session)
{
  RstPop3Auth auth = session->server.auth;

  if (auth == RST_POP3_AUTH_AUTOMATIC)
    return choose_automatically (session);
  if (auth != RST_POP3_AUTH_TOKEN)
    return auth;
  return rst_pop3_sasl_is_offered (session->capabilities->sasl, RST_POP3_AUTH_OAUTHBEARER)
             ? RST_POP3_AUTH_OAUTHBEARER
             : RST_POP3_AUTH_XOAUTH2;
}

/* RFC 1939 §7: the MD5 of challenge and password, so that the password itself stays here. */
char *
rst_pop3_login_dup_digest (const RstPop3Session *session,
                           const char *password)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_MD5);

  g_checksum_update (checksum, (const guchar *)session->apop_challenge, -1);
  g_checksum_update (checksum, (const guchar *)password, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

GError *
rst_pop3_login_new_refusal (const RstPop3Reply *reply)
{
  g_autofree char *words = NULL;

  if (rst_pop3_reply_is_try_later (reply))
    return rst_pop3_reply_new_refusal (reply, _ ("The server does not let you in at the moment"));
  if (g_str_equal (reply->code, "SYS/PERM"))
    return rst_pop3_reply_new_refusal (reply, _ ("The server does not let you in; its owner has to "
                                                 "mend something"));
  words = rst_pop3_reply_dup_words (reply);
  return g_error_new (RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                      _ ("The server refused the user name or the password: %s. Check both and try "
                         "again."),
                      words);
}

/* There are servers that just hang up on a wrong password. */
GError *
rst_pop3_login_new_hang_up (void)
{
  return g_error_new_literal (RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                              _ ("The server closed the connection when it got the password, "
                                 "which is how some servers refuse one. Check the user name and "
                                 "the password and try again."));
}

/* Sends a command that ends in a secret, after rst_pop3_session_begin(). */
static gboolean
secret_command (RstPop3Session *self,
                const char *command,
                const char *secret,
                RstPop3Reply *reply,
                GCancellable *cancellable,
                GError **error)
{
  return rst_pop3_wire_send_secret (self->wire, command, secret, error) &&
         rst_pop3_session_read_reply (self, reply, cancellable, error);
}

static void
take_verdict (RstPop3Session *session,
              const RstPop3Reply *reply,
              GError **refusal)
{
  session->is_signed_in = reply->is_ok;
  if (!reply->is_ok)
    *refusal = rst_pop3_login_new_refusal (reply);
}

gboolean
rst_pop3_login_try_apop (RstPop3Session *session,
                         const char *user,
                         const char *password,
                         GError **refusal,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autofree char *command = g_strconcat ("APOP ", user, NULL);
  g_autofree char *digest = NULL;
  RstPop3Reply reply;

  if (session->apop_challenge == NULL)
    {
      g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED,
                           _ ("The server does not offer APOP. Choose another way to sign in for "
                              "the account."));
      return FALSE;
    }
  digest = rst_pop3_login_dup_digest (session, password);
  if (!rst_pop3_session_begin (session, error) ||
      !secret_command (session, command, digest, &reply, cancellable, error))
    return FALSE;
  take_verdict (session, &reply, refusal);
  if (reply.is_ok)
    session->auth = RST_POP3_AUTH_APOP;
  return TRUE;
}

static gboolean
send_user_and_pass (RstPop3Session *session,
                    const char *user,
                    const char *password,
                    RstPop3Reply *reply,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *command = g_strconcat ("USER ", user, NULL);
  g_autoptr (GError) local_error = NULL;

  if (!rst_pop3_session_command (session, command, reply, cancellable, error))
    return FALSE;
  if (!reply->is_ok)
    return TRUE;
  if (!rst_pop3_session_begin (session, error))
    return FALSE;
  if (secret_command (session, "PASS", password, reply, cancellable, &local_error))
    return TRUE;
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    g_propagate_error (error, rst_pop3_login_new_hang_up ());
  else
    g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
try_way (RstPop3Session *session,
         RstPop3Auth auth,
         const char *user,
         const char *password,
         GError **refusal,
         GCancellable *cancellable,
         GError **error)
{
  RstPop3Reply reply;

  if (auth == RST_POP3_AUTH_APOP)
    return rst_pop3_login_try_apop (session, user, password, refusal, cancellable, error);
  if (auth != RST_POP3_AUTH_PASSWORD)
    return rst_pop3_exchange_run (session, auth, user, password, refusal, cancellable, error);
  if (!send_user_and_pass (session, user, password, &reply, cancellable, error))
    return FALSE;
  take_verdict (session, &reply, refusal);
  return TRUE;
}

static gboolean
try_plain_way (RstPop3Session *session,
               RstPop3Auth plain,
               const char *user,
               const char *password,
               GError **refusal,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;

  g_clear_error (refusal);
  session->auth = plain;
  if (try_way (session, plain, user, password, refusal, cancellable, &local_error))
    return TRUE;
  /* solid-pop3d: it has nothing to say after a refused APOP. */
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED))
    session->quirks |= RST_POP3_QUIRK_PLAIN_LOGIN;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* A server may offer ways that keep the password to itself, and still not have them for this user
 * (RFC 1939 §7 says so of APOP): it keeps the password in a form that does not do. So a refusal
 * that is no "try later" is followed by one try with the password itself. Without TLS that shows
 * it on the wire, which is what the security "none" means. */
gboolean
rst_pop3_login_in_turn (RstPop3Session *session,
                        const char *user,
                        const char *password,
                        GCancellable *cancellable,
                        GError **error)
{
  RstPop3Auth auth = rst_pop3_login_choose (session);
  RstPop3Auth plain = choose_plain (session);
  g_autoptr (GError) refusal = NULL;

  if (!try_way (session, auth, user, password, &refusal, cancellable, error))
    return FALSE;
  if (refusal != NULL && session->server.auth == RST_POP3_AUTH_AUTOMATIC && auth != plain &&
      !g_error_matches (refusal, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER) &&
      !try_plain_way (session, plain, user, password, &refusal, cancellable, error))
    return FALSE;
  if (refusal != NULL)
    g_propagate_error (error, g_steal_pointer (&refusal));
  return session->is_signed_in;
}

/* RFC 6856 §2: without it some servers (Courier) put a wrapper in the place of a message with raw
 * 8-bit headers. A refusal changes nothing. */
gboolean
rst_pop3_login_ask_for_utf8 (RstPop3Session *session,
                             GCancellable *cancellable,
                             GError **error)
{
  RstPop3Reply reply;

  if (!session->capabilities->has_utf8 || session->has_asked_utf8)
    return TRUE;
  session->has_asked_utf8 = TRUE;
  return rst_pop3_session_command (session, "UTF8", &reply, cancellable, error);
}

/* From here on no line of the server's shows the password.
 *
 * RFC 6856 §2.2: a server that refuses UTF8 is given the bytes all the same, as ever. */
gboolean
rst_pop3_login_prepare (RstPop3Session *session,
                        const char *user,
                        const char *password,
                        GCancellable *cancellable,
                        GError **error)
{
  if (!check_login (session, user, password, error))
    return FALSE;
  rst_pop3_wire_add_secret (session->wire, password);
  if (g_str_is_ascii (user) && g_str_is_ascii (password))
    return TRUE;
  return !session->capabilities->has_utf8_user ||
         rst_pop3_login_ask_for_utf8 (session, cancellable, error);
}

gboolean
rst_pop3_login_look_around (RstPop3Session *session,
                            GCancellable *cancellable,
                            GError **error)
{
  if (session->capabilities->is_known &&
      !rst_pop3_session_ask_capabilities (session, cancellable, error))
    return FALSE;
  return rst_pop3_login_ask_for_utf8 (session, cancellable, error);
}

gboolean
rst_pop3_session_login (RstPop3Session *self,
                        const char *user,
                        const char *password,
                        GCancellable *cancellable,
                        GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (user != NULL, FALSE);
  g_return_val_if_fail (password != NULL, FALSE);

  return rst_pop3_login_prepare (self, user, password, cancellable, error) &&
         rst_pop3_login_in_turn (self, user, password, cancellable, error) &&
         rst_pop3_login_look_around (self, cancellable, error);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-exchange"

#include "config.h"

#include "rst-pop3-exchange.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-login.h"
#include "rst-pop3-sasl.h"

/* RFC 5034 §4: a longer command does not carry the initial response. */
#define MAX_AUTH_COMMAND 255

/* More challenges than any mechanism has. */
#define MAX_CHALLENGES 8

typedef struct
{
  RstPop3Session *session;
  RstPop3Sasl *sasl;
  GCancellable *cancellable;
  char *answer; /* the last one */
} Exchange;

static void
wipe (char **text)
{
  if (*text != NULL)
    explicit_bzero (*text, strlen (*text));
  g_clear_pointer (text, g_free);
}

static gboolean
make_answer (Exchange *self,
             const char *challenge,
             GError **error)
{
  wipe (&self->answer);
  self->answer = rst_pop3_sasl_answer (self->sasl, challenge, error);
  return self->answer != NULL;
}

/* Whether the initial response goes with the command, or has to wait for the server's go-ahead. */
static gboolean
fits_command (const Exchange *self)
{
  return strlen ("AUTH  \r\n") + strlen (rst_pop3_sasl_get_name (self->sasl)) +
             strlen (self->answer) <=
         MAX_AUTH_COMMAND;
}

static gboolean
send_command (Exchange *self,
              GError **error)
{
  RstPop3Wire *wire = self->session->wire;
  g_autofree char *command = g_strconcat ("AUTH ", rst_pop3_sasl_get_name (self->sasl), NULL);

  if (!rst_pop3_session_begin (self->session, error))
    return FALSE;
  if (!rst_pop3_sasl_begins (self->sasl))
    return rst_pop3_wire_send (wire, command, error);
  if (!make_answer (self, "", error))
    return FALSE;
  if (!fits_command (self))
    return rst_pop3_wire_send (wire, command, error);
  /* RFC 5034 §4: "=" is an answer with nothing in it. */
  return rst_pop3_wire_send_secret (wire, command, *self->answer != '\0' ? self->answer : "=",
                                    error);
}

/* RFC 5034 §4: "+ " and base64. Some servers say "+OK" for "+". */
static const char *
find_challenge (const Exchange *self,
                const char *line,
                gboolean is_owed)
{
  const char *text = NULL;

  if (line[0] == '+' && (line[1] == ' ' || line[1] == '\0'))
    text = line + 1;
  else if ((is_owed || !rst_pop3_sasl_is_done (self->sasl)) && g_str_has_prefix (line, "+OK") &&
           (line[3] == ' ' || line[3] == '\0'))
    text = line + 3;
  return text != NULL ? text + strspn (text, " ") : NULL;
}

static gboolean
answer_challenge (Exchange *self,
                  const char *challenge,
                  gboolean is_owed,
                  GError **error)
{
  g_autofree char *text = g_strdup (challenge);

  return (is_owed || make_answer (self, text, error)) &&
         rst_pop3_wire_send_secret (self->session->wire, NULL, self->answer, error);
}

/* Returns: a line that is no challenge any more. */
static const char *
talk (Exchange *self,
      GError **error)
{
  RstPop3Wire *wire = self->session->wire;
  gboolean is_owed = self->answer != NULL && !fits_command (self);

  for (guint i = 0; i < MAX_CHALLENGES; i++)
    {
      const char *line, *challenge;

      line = rst_pop3_wire_read_line (wire, NULL, self->cancellable, error);
      challenge = line != NULL ? find_challenge (self, line, is_owed) : NULL;
      if (challenge == NULL)
        return line;
      if (!answer_challenge (self, challenge, is_owed, error))
        return NULL;
      is_owed = FALSE;
    }
  g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                       _ ("The server asks without end when the account is to be signed in. The "
                          "connection was closed. Choose another way to sign in for the "
                          "account."));
  return NULL;
}

static GError *
new_refusal (const Exchange *self,
             const RstPop3Reply *reply)
{
  g_autofree char *reason = rst_pop3_sasl_dup_reason (self->sasl, reply->secrets);

  if (reason == NULL || rst_pop3_reply_is_try_later (reply))
    return rst_pop3_login_new_refusal (reply);
  /* Translators: %s is a reason: "it has expired, or was withdrawn" */
  return g_error_new (RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                      _ ("The server refused the access token: %s. Sign in to the provider again."),
                      reason);
}

static gboolean
run (Exchange *self,
     GError **refusal,
     GError **error)
{
  RstPop3Reply reply;
  const char *line = send_command (self, error) ? talk (self, error) : NULL;

  if (line == NULL)
    return FALSE;
  if (!rst_pop3_reply_parse (&reply, line, rst_pop3_wire_get_secrets (self->session->wire)))
    {
      g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                           _ ("The server's answer to the sign-in makes no sense. The connection "
                              "was closed. Choose another way to sign in for the account."));
      return FALSE;
    }
  self->session->is_signed_in = reply.is_ok;
  if (!reply.is_ok)
    *refusal = new_refusal (self, &reply);
  return TRUE;
}

gboolean
rst_pop3_exchange_run (RstPop3Session *session,
                       RstPop3Auth auth,
                       const char *user,
                       const char *secret,
                       GError **refusal,
                       GCancellable *cancellable,
                       GError **error)
{
  GIOStream *base = rst_pop3_stream_get_base (rst_pop3_session_get_stream (session));
  RstPop3SaslOptions options = {
    .auth = auth,
    .offered = session->capabilities->sasl,
    .user = user,
    .secret = secret,
    .host = session->server.host,
    .port = session->server.port,
    .tls = G_IS_TLS_CONNECTION (base) ? G_TLS_CONNECTION (base) : NULL,
  };
  g_autoptr (RstPop3Sasl) sasl = rst_pop3_sasl_new (&options, error);
  Exchange self = { .session = session, .sasl = sasl, .cancellable = cancellable };
  gboolean is_good;

  if (sasl == NULL)
    return FALSE;
  is_good = run (&self, refusal, error);
  wipe (&self.answer);
  /* What the server still waits for, nobody will say. */
  if (!is_good)
    rst_pop3_stream_close (rst_pop3_session_get_stream (session));
  return is_good;
}

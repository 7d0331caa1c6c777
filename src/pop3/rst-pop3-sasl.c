/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-sasl"

#include "config.h"

#include "rst-pop3-sasl.h"

#include <gsasl.h>
#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-error.h"
#include "rst-pop3-oauth.h"

/* Rounds of the password's derivation that a server may ask for: about a second of work. More is
 * an attack on our processor, or on the user's patience. */
#define MAX_ITERATIONS 2000000

struct _RstPop3Sasl
{
  RstPop3SaslOptions options;
  const char *name;
  gboolean begins;
  gboolean is_bound;
  gboolean has_begun;
  gboolean is_done;
  char *refusal; /* of a token, as sent */
  Gsasl *library;
  Gsasl_session *session;
};

static const struct
{
  RstPop3Auth auth;
  const char *name;
  const char *bound_name;
  gboolean begins;
} mechanisms[] = {
  { RST_POP3_AUTH_SCRAM_SHA_256, "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", TRUE },
  { RST_POP3_AUTH_SCRAM_SHA_1, "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", TRUE },
  { RST_POP3_AUTH_CRAM_MD5, "CRAM-MD5", NULL, FALSE },
  { RST_POP3_AUTH_PLAIN, "PLAIN", NULL, TRUE },
  { RST_POP3_AUTH_LOGIN, "LOGIN", NULL, FALSE },
  { RST_POP3_AUTH_OAUTHBEARER, "OAUTHBEARER", NULL, TRUE },
  { RST_POP3_AUTH_XOAUTH2, "XOAUTH2", NULL, TRUE },
};

static gboolean
lists (const char *offered,
       const char *name)
{
  g_auto (GStrv) words = NULL;

  if (offered == NULL || name == NULL)
    return FALSE;
  words = g_strsplit_set (offered, " \t", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], name) == 0)
      return TRUE;
  return FALSE;
}

gboolean
rst_pop3_sasl_is_offered (const char *offered,
                          RstPop3Auth auth)
{
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (mechanisms[i].auth == auth)
      return lists (offered, mechanisms[i].name);
  return FALSE;
}

static char *
dup_binding (const RstPop3Sasl *self,
             GTlsChannelBindingType type)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (self->options.tls == NULL ||
      !g_tls_connection_get_channel_binding_data (self->options.tls, type, data, NULL) ||
      data->len == 0)
    return NULL;
  return g_base64_encode (data->data, data->len);
}

static int
set_binding (const RstPop3Sasl *self,
             Gsasl_session *session,
             Gsasl_property property)
{
  g_autofree char *binding = NULL;

  binding =
      dup_binding (self, property == GSASL_CB_TLS_EXPORTER ? G_TLS_CHANNEL_BINDING_TLS_EXPORTER
                                                           : G_TLS_CHANNEL_BINDING_TLS_UNIQUE);
  if (binding == NULL)
    return GSASL_NO_CALLBACK;
  return gsasl_property_set (session, property, binding);
}

static int
property_cb (Gsasl *library,
             Gsasl_session *session,
             Gsasl_property property)
{
  const RstPop3Sasl *self = gsasl_callback_hook_get (library);

  if (property == GSASL_AUTHID)
    return gsasl_property_set (session, property, self->options.user);
  if (property == GSASL_PASSWORD)
    return gsasl_property_set (session, property, self->options.secret);
  /* libgsasl 2.2 fails when it has the data and may not use it. */
  if (self->is_bound && (property == GSASL_CB_TLS_EXPORTER || property == GSASL_CB_TLS_UNIQUE))
    return set_binding (self, session, property);
  return GSASL_NO_CALLBACK;
}

static gboolean
has_binding (const RstPop3Sasl *self)
{
  g_autofree char *exporter = dup_binding (self, G_TLS_CHANNEL_BINDING_TLS_EXPORTER);
  g_autofree char *unique = dup_binding (self, G_TLS_CHANNEL_BINDING_TLS_UNIQUE);

  return exporter != NULL || unique != NULL;
}

static gboolean
start_library (RstPop3Sasl *self,
               GError **error)
{
  int status = gsasl_init (&self->library);

  if (status == GSASL_OK)
    {
      gsasl_callback_hook_set (self->library, self);
      gsasl_callback_set (self->library, property_cb);
      status = gsasl_client_start (self->library, self->name, &self->session);
    }
  if (status == GSASL_OK)
    return TRUE;
  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED,
               _ ("The way to sign in “%s” is not supported here: %s. Choose another one for the "
                  "account."),
               self->name, gsasl_strerror (status));
  return FALSE;
}

RstPop3Sasl *
rst_pop3_sasl_new (const RstPop3SaslOptions *options,
                   GError **error)
{
  g_autoptr (RstPop3Sasl) self = g_new0 (RstPop3Sasl, 1);

  self->options = *options;
  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (mechanisms[i].auth == options->auth)
      {
        self->begins = mechanisms[i].begins;
        self->name = mechanisms[i].name;
        self->is_bound =
            lists (options->offered, mechanisms[i].bound_name) && has_binding (self);
        if (self->is_bound)
          self->name = mechanisms[i].bound_name;
      }
  g_return_val_if_fail (self->name != NULL, NULL);

  if (!rst_pop3_auth_is_token (options->auth) && !start_library (self, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rst_pop3_sasl_free (RstPop3Sasl *self)
{
  g_clear_pointer (&self->session, gsasl_finish);
  g_clear_pointer (&self->library, gsasl_done);
  g_free (self->refusal);
  g_free (self);
}

const char *
rst_pop3_sasl_get_name (const RstPop3Sasl *self)
{
  return self->name;
}

gboolean
rst_pop3_sasl_begins (const RstPop3Sasl *self)
{
  return self->begins;
}

gboolean
rst_pop3_sasl_is_done (const RstPop3Sasl *self)
{
  return self->is_done;
}

/* A token goes out first. A challenge after it is the server's reason to refuse it, and is to be
 * answered by something empty. */
static char *
answer_with_token (RstPop3Sasl *self,
                   const char *challenge)
{
  const RstPop3SaslOptions *options = &self->options;

  if (!self->is_done)
    {
      self->is_done = TRUE;
      return options->auth == RST_POP3_AUTH_XOAUTH2
                 ? rst_pop3_oauth_dup_xoauth2 (options->user, options->secret)
                 : rst_pop3_oauth_dup_bearer (options->user, options->host, options->port,
                                              options->secret);
    }
  g_free (self->refusal);
  self->refusal = g_strdup (challenge);
  /* RFC 7628 §3.2.3: a single %x01 */
  return g_strdup (options->auth == RST_POP3_AUTH_XOAUTH2 ? "" : "AQ==");
}

/* RFC 5802 §5.1: "i=", in the server's first message. */
static gboolean
check_iterations (const char *challenge,
                  GError **error)
{
  gsize length;
  g_autofree guchar *message = g_base64_decode (challenge, &length);
  g_autofree char *text = g_strndup ((const char *)message, length);
  g_auto (GStrv) attributes = g_strsplit (text, ",", -1);

  for (guint i = 0; attributes[i] != NULL; i++)
    if (g_str_has_prefix (attributes[i], "i=") &&
        g_ascii_strtoull (attributes[i] + 2, NULL, 10) > MAX_ITERATIONS)
      {
        g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                             _ ("The server asks for an absurd amount of work to sign in. The "
                                "connection was closed. Check the server's name, and ask its "
                                "owner."));
        return FALSE;
      }
  return TRUE;
}

static gboolean
is_scram (const RstPop3Sasl *self)
{
  return self->options.auth == RST_POP3_AUTH_SCRAM_SHA_256 ||
         self->options.auth == RST_POP3_AUTH_SCRAM_SHA_1;
}

static void
set_step_error (const RstPop3Sasl *self,
                int status,
                GError **error)
{
  /* Whatever it says in the place of its proof: nobody is to be led to give it the password. */
  if (is_scram (self) && self->has_begun && status != GSASL_SASLPREP_ERROR)
    g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS,
                         _ ("The server could not prove that it knows your password: it may be an "
                            "impostor. Nothing was done. Check the server's name, and ask its "
                            "owner."));
  else if (status == GSASL_SASLPREP_ERROR)
    g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH,
                         _ ("The user name or the password holds a character that no server would "
                            "take. Enter it again."));
  else
    g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_PROTOCOL,
                 _ ("The server does not keep to the rules of signing in by %s (%s). The "
                    "connection was closed. Choose another way to sign in for the account."),
                 self->name, gsasl_strerror (status));
}

char *
rst_pop3_sasl_answer (RstPop3Sasl *self,
                      const char *challenge,
                      GError **error)
{
  char *answer = NULL;
  g_autofree char *copy = NULL;
  int status;

  if (rst_pop3_auth_is_token (self->options.auth))
    return answer_with_token (self, challenge);
  if (is_scram (self) && !check_iterations (challenge, error))
    return NULL;

  status = gsasl_step64 (self->session, challenge, &answer);
  self->is_done = status == GSASL_OK;
  if (status != GSASL_OK && status != GSASL_NEEDS_MORE)
    {
      set_step_error (self, status, error);
      return NULL;
    }
  self->has_begun = TRUE;
  copy = g_strdup (answer != NULL ? answer : "");
  if (answer != NULL)
    explicit_bzero (answer, strlen (answer));
  gsasl_free (answer);
  return g_steal_pointer (&copy);
}

char *
rst_pop3_sasl_dup_reason (const RstPop3Sasl *self,
                          const RstPop3Secrets *secrets)
{
  return self->refusal != NULL ? rst_pop3_oauth_dup_reason (self->refusal, secrets) : NULL;
}

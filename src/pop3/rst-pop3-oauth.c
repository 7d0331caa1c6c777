/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-oauth"

#include "config.h"

#include "rst-pop3-oauth.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Bytes of the server's words in an error message. */
#define MAX_WORDS 300

static char *
encode_and_wipe (char *text)
{
  char *encoded = g_base64_encode ((const guchar *)text, strlen (text));

  explicit_bzero (text, strlen (text));
  g_free (text);
  return encoded;
}

char *
rst_pop3_oauth_dup_xoauth2 (const char *user,
                            const char *token)
{
  return encode_and_wipe (g_strdup_printf ("user=%s\001auth=Bearer %s\001\001", user, token));
}

/* RFC 5801 §4: "," and "=" would end the name. */
static char *
dup_authorization_id (const char *user)
{
  GString *id = g_string_new (user);

  g_string_replace (id, "=", "=3D", 0);
  g_string_replace (id, ",", "=2C", 0);
  return g_string_free (id, FALSE);
}

char *
rst_pop3_oauth_dup_bearer (const char *user,
                           const char *host,
                           guint16 port,
                           const char *token)
{
  g_autofree char *id = dup_authorization_id (user);

  return encode_and_wipe (g_strdup_printf (
      "n,a=%s,\001host=%s\001port=%u\001auth=Bearer %s\001\001", id, host, port, token));
}

/* The value of a member that is a plain string or a number. That is all that servers send here, so
 * no parser of JSON is needed to quote it. */
static char *
dup_member (const char *json,
            const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("\"%s\"\\s*:\\s*\"?([^\",}]*)", name);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;

  if (!g_regex_match (regex, json, 0, &match))
    return NULL;
  return g_match_info_fetch (match, 1);
}

/* Some writers of JSON put "\/" for "/", and tokens are base64. */
static char *
dup_json (const char *challenge,
          const RstPop3Secrets *secrets)
{
  gsize length;
  g_autofree guchar *bytes = g_base64_decode (challenge, &length);
  GString *text = g_string_new_len ((const char *)bytes, (gssize)length);
  char *json;

  g_string_replace (text, "\\/", "/", 0);
  json = rst_pop3_secrets_dup_shown (secrets, text->str, MAX_WORDS);
  g_string_free (text, TRUE);
  return json;
}

char *
rst_pop3_oauth_dup_reason (const char *challenge,
                           const RstPop3Secrets *secrets)
{
  g_autofree char *json = dup_json (challenge, secrets);
  g_autofree char *description = dup_member (json, "error_description");
  g_autofree char *status = dup_member (json, "status");

  if (description != NULL && *description != '\0')
    /* Translators: the server's own words */
    return g_strdup_printf (_ ("“%s”"), description);
  if (g_strcmp0 (status, "invalid_token") == 0 || g_strcmp0 (status, "400") == 0 ||
      g_strcmp0 (status, "401") == 0)
    return g_strdup (_ ("it has expired, or was withdrawn"));
  if (g_strcmp0 (status, "insufficient_scope") == 0 || g_strcmp0 (status, "403") == 0)
    return g_strdup (_ ("it is not for reading mail by POP3"));
  if (status != NULL && *status != '\0')
    return g_strdup_printf (_ ("“%s”"), status);
  return g_strdup_printf (_ ("“%s”"), json);
}

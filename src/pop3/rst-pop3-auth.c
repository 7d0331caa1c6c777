/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-auth"

#include "config.h"

#include "rst-pop3-auth.h"

static const char *const names[] = {
  [RST_POP3_AUTH_AUTOMATIC] = "auto",
  [RST_POP3_AUTH_TOKEN] = "token",
  [RST_POP3_AUTH_PASSWORD] = "password",
  [RST_POP3_AUTH_APOP] = "apop",
  [RST_POP3_AUTH_SCRAM_SHA_256] = "scram-sha-256",
  [RST_POP3_AUTH_SCRAM_SHA_1] = "scram-sha-1",
  [RST_POP3_AUTH_CRAM_MD5] = "cram-md5",
  [RST_POP3_AUTH_PLAIN] = "plain",
  [RST_POP3_AUTH_LOGIN] = "login",
  [RST_POP3_AUTH_OAUTHBEARER] = "oauthbearer",
  [RST_POP3_AUTH_XOAUTH2] = "xoauth2",
};

const char *
rst_pop3_auth_to_string (RstPop3Auth auth)
{
  g_return_val_if_fail (auth < G_N_ELEMENTS (names), names[RST_POP3_AUTH_AUTOMATIC]);

  return names[auth];
}

gboolean
rst_pop3_auth_from_string (const char *text,
                           RstPop3Auth *auth)
{
  g_return_val_if_fail (text != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i]) == 0)
      {
        *auth = i;
        return TRUE;
      }
  return FALSE;
}

gboolean
rst_pop3_auth_is_token (RstPop3Auth auth)
{
  return auth == RST_POP3_AUTH_TOKEN || auth == RST_POP3_AUTH_OAUTHBEARER ||
         auth == RST_POP3_AUTH_XOAUTH2;
}

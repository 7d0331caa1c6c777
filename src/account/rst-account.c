/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account"

#include "config.h"

#include "rst-account.h"

#include <string.h>

/* A file name may have 255 bytes; SQLite puts suffixes of its own behind "<id>.sqlite". */
#define MAX_ID_LENGTH 128

/* Enough of a SHA-256 to keep the names of one user's accounts apart. */
#define ID_HASH_LENGTH 8

static gboolean
is_id_char (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr ("-_.@", c) != NULL);
}

static gboolean
is_safe_id (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_ID_LENGTH || text[0] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!is_id_char (text[i]))
        return FALSE;
    }
  return TRUE;
}

/* The same text always gives the same id, whatever other accounts there are: caches and kept
 * messages are found by it. */
static char *
make_id (const char *text)
{
  g_autofree char *hash = NULL;
  GString *id;

  if (is_safe_id (text))
    return g_strdup (text);

  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
  id = g_string_new (NULL);
  for (const char *p = text; *p != '\0' && id->len < MAX_ID_LENGTH - ID_HASH_LENGTH - 1; p++)
    {
      gboolean is_kept = is_id_char (*p) && (*p != '.' || id->len > 0);
      gboolean is_repeated = id->len > 0 && id->str[id->len - 1] == '_';

      if (is_kept)
        g_string_append_c (id, *p);
      else if (!is_repeated)
        g_string_append_c (id, '_');
    }
  g_string_append_printf (id, "-%.*s", ID_HASH_LENGTH, hash);
  return g_string_free (id, FALSE);
}

static void
account_clear (RstAccount *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->host);
  g_free (self->user);
  g_free (self->password_file);
  g_free (self->password_command);
  g_free (self->token_command);
  g_free (self->fetch_encoding);
  g_free (self->ca_file);
  g_free (self->certificate_pin);
  g_free (self->state_folder);
}

RstAccount *
rst_account_new (const char *id,
                 const char *host,
                 const char *user)
{
  g_autofree char *address = NULL;
  RstAccount *self;

  g_return_val_if_fail (host != NULL && user != NULL, NULL);

  address = g_strdup_printf ("%s@%s", user, host);
  self = g_atomic_rc_box_new0 (RstAccount);
  self->id = make_id (id != NULL ? id : address);
  if (id != NULL)
    self->name = g_strdup (id);
  else
    self->name = g_strdup (strchr (user, '@') != NULL ? user : address);
  self->host = g_strdup (host);
  self->security = RST_POP3_SECURITY_TLS;
  self->port = rst_account_default_port (self->security);
  self->user = g_strdup (user);
  self->has_top = TRUE;
  self->timeout = RST_ACCOUNT_DEFAULT_TIMEOUT;
  self->keep_session = RST_ACCOUNT_DEFAULT_KEEP_SESSION;
  self->check_interval = RST_ACCOUNT_DEFAULT_CHECK_INTERVAL;
  self->is_enabled = TRUE;
  return self;
}

RstAccount *
rst_account_copy (const RstAccount *self)
{
  RstAccount *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_atomic_rc_box_dup (sizeof *self, (RstAccount *)self);
  copy->id = g_strdup (self->id);
  copy->name = g_strdup (self->name);
  copy->host = g_strdup (self->host);
  copy->user = g_strdup (self->user);
  copy->password_file = g_strdup (self->password_file);
  copy->password_command = g_strdup (self->password_command);
  copy->token_command = g_strdup (self->token_command);
  copy->fetch_encoding = g_strdup (self->fetch_encoding);
  copy->ca_file = g_strdup (self->ca_file);
  copy->certificate_pin = g_strdup (self->certificate_pin);
  copy->state_folder = g_strdup (self->state_folder);
  return copy;
}

gboolean
rst_account_serves (const RstAccount *self,
                    const RstAccount *other)
{
  g_return_val_if_fail (self != NULL && other != NULL, FALSE);

  return strcmp (self->id, other->id) == 0 && strcmp (self->name, other->name) == 0 &&
         strcmp (self->host, other->host) == 0 && self->port == other->port &&
         self->security == other->security && strcmp (self->user, other->user) == 0 &&
         self->auth == other->auth &&
         g_strcmp0 (self->password_file, other->password_file) == 0 &&
         g_strcmp0 (self->password_command, other->password_command) == 0 &&
         g_strcmp0 (self->token_command, other->token_command) == 0 &&
         self->has_top == other->has_top && self->fetch_limit == other->fetch_limit &&
         g_strcmp0 (self->fetch_encoding, other->fetch_encoding) == 0 &&
         self->timeout == other->timeout && self->keep_session == other->keep_session &&
         g_strcmp0 (self->ca_file, other->ca_file) == 0 &&
         g_strcmp0 (self->certificate_pin, other->certificate_pin) == 0 &&
         self->is_enabled == other->is_enabled &&
         g_strcmp0 (self->state_folder, other->state_folder) == 0;
}

gboolean
rst_account_uses_token (const RstAccount *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->token_command != NULL || rst_pop3_auth_is_token (self->auth);
}

RstAccount *
rst_account_ref (RstAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
rst_account_unref (RstAccount *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)account_clear);
}

char *
rst_account_dup_maildrop (const RstAccount *self)
{
  g_autofree char *host = g_ascii_strdown (self->host, -1);

  return g_strdup_printf ("%s at %s", self->user, host);
}

char *
rst_account_dup_host (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  length = strlen (text);
  if (length > 2 && text[0] == '[' && text[length - 1] == ']')
    return g_strndup (text + 1, length - 2);
  if (length > 1 && text[length - 1] == '.')
    return g_strndup (text, length - 1);
  return g_strdup (text);
}

guint16
rst_account_default_port (RstPop3Security security)
{
  return security == RST_POP3_SECURITY_TLS ? 995 : 110;
}

const char *
rst_account_security_to_string (RstPop3Security security)
{
  switch (security)
    {
    case RST_POP3_SECURITY_TLS:
      return "tls";
    case RST_POP3_SECURITY_STARTTLS:
      return "starttls";
    case RST_POP3_SECURITY_NONE:
      return "none";
    default:
      g_return_val_if_reached (NULL);
    }
}

gboolean
rst_account_security_from_string (const char *text,
                                  RstPop3Security *security)
{
  static const RstPop3Security all[] = {
    RST_POP3_SECURITY_TLS,
    RST_POP3_SECURITY_STARTTLS,
    RST_POP3_SECURITY_NONE,
  };

  g_return_val_if_fail (text != NULL && security != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      if (strcmp (text, rst_account_security_to_string (all[i])) == 0)
        {
          *security = all[i];
          return TRUE;
        }
    }
  return FALSE;
}

char *
rst_account_dup_cache_path (const RstAccount *self)
{
  g_autofree char *base = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  base = g_strconcat (self->id, ".sqlite", NULL);
  if (self->state_folder != NULL)
    return g_build_filename (self->state_folder, base, NULL);
  return g_build_filename (g_get_user_cache_dir (), "restante", base, NULL);
}

char *
rst_account_dup_data_folder (const RstAccount *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->state_folder != NULL)
    return g_build_filename (self->state_folder, self->id, NULL);
  return g_build_filename (g_get_user_data_dir (), "restante", self->id, NULL);
}

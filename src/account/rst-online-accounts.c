/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-online-accounts"

#include "config.h"

#include "rst-online-accounts.h"

#include <glib/gi18n-lib.h>

#define BUS_NAME "org.gnome.OnlineAccounts"
#define OBJECT_PATH "/org/gnome/OnlineAccounts"
#define ACCOUNT "org.gnome.OnlineAccounts.Account"
#define OAUTH2 "org.gnome.OnlineAccounts.OAuth2Based"

/* Milliseconds: the service may have to ask the provider for a new token. */
#define TIMEOUT 30000

static GVariant *
call (GDBusConnection *bus,
      const char *path,
      const char *interface,
      const char *method,
      const char *type,
      GCancellable *cancellable,
      GError **error)
{
  GVariant *answer;

  answer = g_dbus_connection_call_sync (bus, BUS_NAME, path, interface, method, NULL,
                                        G_VARIANT_TYPE (type), G_DBUS_CALL_FLAGS_NONE, TIMEOUT,
                                        cancellable, error);
  if (answer == NULL && error != NULL && *error != NULL)
    g_dbus_error_strip_remote_error (*error);
  return answer;
}

/* Whether an object is an account of @user's that gives tokens. */
static gboolean
is_of_user (GVariant *interfaces,
            const char *user)
{
  static const char *const names[] = { "PresentationIdentity", "Identity" };
  g_autoptr (GVariant) account = g_variant_lookup_value (interfaces, ACCOUNT, NULL);
  g_autoptr (GVariant) oauth2 = g_variant_lookup_value (interfaces, OAUTH2, NULL);

  if (account == NULL || oauth2 == NULL)
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *identity = NULL;

      if (g_variant_lookup (account, names[i], "&s", &identity) &&
          g_ascii_strcasecmp (identity, user) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the path of @user's account. */
static char *
find_account (GVariant *answer,
              const char *user)
{
  g_autoptr (GVariant) objects = g_variant_get_child_value (answer, 0);
  GVariantIter iter;
  const char *path;
  GVariant *interfaces;

  g_variant_iter_init (&iter, objects);
  while (g_variant_iter_next (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    {
      gboolean is_found = is_of_user (interfaces, user);

      g_variant_unref (interfaces);
      if (is_found)
        return g_strdup (path);
    }
  return NULL;
}

static SecretValue *
ask_for_token (GDBusConnection *bus,
               const char *path,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GVariant) ensured = NULL;
  g_autoptr (GVariant) answer = NULL;
  const char *token;

  /* Has it renew what has expired. */
  ensured = call (bus, path, ACCOUNT, "EnsureCredentials", "(i)", cancellable, error);
  if (ensured == NULL)
    return NULL;
  answer = call (bus, path, OAUTH2, "GetAccessToken", "(si)", cancellable, error);
  if (answer == NULL)
    return NULL;
  g_variant_get (answer, "(&si)", &token, NULL);
  return secret_value_new (token, -1, "text/plain");
}

static gboolean
is_not_there (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER) ||
         g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND);
}

static void
set_error (const GError *reason,
           const char *user,
           GError **error)
{
  if (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (reason));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _ ("Online Accounts gave no access token for “%s”: %s. Sign in to the account in "
                    "the system's settings."),
                 user, reason->message);
}

SecretValue *
rst_online_accounts_get_token (const char *user,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GVariant) answer = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *path = NULL;
  SecretValue *token;

  g_return_val_if_fail (user != NULL, NULL);

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, &local_error);
  if (bus != NULL)
    answer = call (bus, OBJECT_PATH, "org.freedesktop.DBus.ObjectManager", "GetManagedObjects",
                   "(a{oa{sa{sv}}})", cancellable, &local_error);
  if (answer == NULL)
    {
      if (bus != NULL && !is_not_there (local_error))
        set_error (local_error, user, error);
      return NULL;
    }
  path = find_account (answer, user);
  if (path == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                   _ ("Online Accounts has no account “%s” that signs in with a token. Add it in "
                      "the system's settings, or set a command that prints the token."),
                   user);
      return NULL;
    }
  token = ask_for_token (bus, path, cancellable, &local_error);
  if (token == NULL)
    set_error (local_error, user, error);
  return token;
}

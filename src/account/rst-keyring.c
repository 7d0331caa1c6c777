/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-keyring"

#include "config.h"

#include "rst-keyring.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-keyring-service.h"

#define SERVICE_NAME "org.freedesktop.secrets"
#define SERVICE_PATH "/org/freedesktop/secrets"
#define SERVICE_INTERFACE "org.freedesktop.Secret.Service"

/* Milliseconds: time enough for the bus to start the service. */
#define SERVICE_TIMEOUT 5000

#define APPLICATION "io.github.restante.Restante"

/* gnome-keyring does not find the items of a keyring that was never unlocked since login by the
 * schema's name, only by attributes; "application" makes them unlike those of anybody else. Ports
 * are text because gnome-keyring hashes numbers in another way. */
static const SecretSchema schema = {
  APPLICATION ".Account",
  SECRET_SCHEMA_DONT_MATCH_NAME,
  {
      { "application", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "port", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { NULL, 0 },
  },
};

/* libsecret keeps one service for the process, and does not notice its restart when the thread that
 * made it is gone. So each operation has a service of its own, and a main context for its signals.
 *
 * A prompt is dismissed on the thread that cancels, but libsecret takes no lock against the thread
 * that waits for the prompt. So only the latter ever cancels: libsecret is not given the caller's
 * cancellable, but one of its own that follows it within the context. */
typedef struct
{
  GMainContext *context;
  SecretService *service;
  GCancellable *cancellable;
  GSource *cancelled;
  GAsyncResult *result;
} Keyring;

static void
keyring_close (Keyring *self)
{
  if (self->cancelled != NULL)
    g_source_destroy (self->cancelled);
  g_clear_pointer (&self->cancelled, g_source_unref);
  g_clear_object (&self->result);
  g_clear_object (&self->service);
  g_clear_object (&self->cancellable);
  /* GDBus frees what it held for the service in the context. */
  while (g_main_context_iteration (self->context, FALSE))
    continue;
  g_main_context_pop_thread_default (self->context);
  g_main_context_unref (self->context);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Keyring, keyring_close)

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer follower)
{
  g_cancellable_cancel (follower);
  return G_SOURCE_REMOVE;
}

static gboolean
keyring_open (Keyring *self,
              GCancellable *cancellable,
              GError **error)
{
  self->context = g_main_context_new ();
  g_main_context_push_thread_default (self->context);
  self->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (cancelled_cb), self->cancellable,
                             NULL);
      g_source_attach (self->cancelled, self->context);
    }
  self->service = secret_service_open_sync (RST_TYPE_KEYRING_SERVICE, NULL,
                                            SECRET_SERVICE_OPEN_SESSION, cancellable, error);
  return self->service != NULL;
}

static void
ready_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  Keyring *self = user_data;

  self->result = g_object_ref (result);
}

/* Returns: (transfer none): the result of the operation that was begun with ready_cb(). */
static GAsyncResult *
keyring_wait (Keyring *self)
{
  g_clear_object (&self->result);
  while (self->result == NULL)
    g_main_context_iteration (self->context, TRUE);
  return self->result;
}

/* Returns: (transfer full): @text, which came from a command line or a file, as D-Bus takes it. */
static char *
make_utf8 (const char *text)
{
  if (g_utf8_validate (text, -1, NULL))
    return g_strdup (text);
  return g_uri_escape_bytes ((const guint8 *)text, strlen (text), NULL);
}

static GHashTable *
make_attributes (const RstAccount *account)
{
  g_autofree char *host = make_utf8 (account->host);
  g_autofree char *lower_host = g_ascii_strdown (host, -1);
  g_autofree char *port = g_strdup_printf ("%u", account->port);
  g_autofree char *user = make_utf8 (account->user);

  return secret_attributes_build (&schema, "application", APPLICATION, "host", lower_host, "port",
                                  port, "user", user, NULL);
}

/* Returns: (transfer full): what the keyring's owner reads of a stored password. */
static char *
make_label (const RstAccount *account)
{
  g_autofree char *host = make_utf8 (account->host);
  g_autofree char *user = make_utf8 (account->user);

  /* Translators: a user and a server. */
  return g_strdup_printf (_ ("Mail password of %s on %s"), user, host);
}

/* Whether @error, from opening the service, says that there is none. */
static gboolean
is_no_service (const GError *error)
{
  if (error->domain == G_IO_ERROR)
    return error->code != G_IO_ERROR_CANCELLED && error->code != G_IO_ERROR_TIMED_OUT;
  if (error->domain != G_DBUS_ERROR)
    return FALSE;
  switch (error->code)
    {
    case G_DBUS_ERROR_SERVICE_UNKNOWN:
    case G_DBUS_ERROR_NAME_HAS_NO_OWNER:
    case G_DBUS_ERROR_NO_SERVER:
    case G_DBUS_ERROR_SPAWN_EXEC_FAILED:
    case G_DBUS_ERROR_SPAWN_FORK_FAILED:
    case G_DBUS_ERROR_SPAWN_CHILD_EXITED:
    case G_DBUS_ERROR_SPAWN_CHILD_SIGNALED:
    case G_DBUS_ERROR_SPAWN_FAILED:
    case G_DBUS_ERROR_SPAWN_SETUP_FAILED:
      return TRUE;
    default:
      return FALSE;
    }
}

/* libsecret reports no error for a prompt that its user dismissed, nor for one that was cancelled.
 * Puts both right for operations that must not end in silence. */
static void
set_silent_error (GCancellable *cancellable,
                  GError **error)
{
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    g_set_error_literal (error, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "");
}

/* Gives @local, which is taken, the words for the user; its domain and code stay. */
static void
propagate_in_words (GError **error,
                    GError *local,
                    gboolean is_open)
{
  g_autofree char *words = NULL;

  g_dbus_error_strip_remote_error (local);
  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = g_strdup (local->message);
  else if (g_error_matches (local, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    words = g_strdup (_ ("The keyring is locked. Unlock it and try again."));
  else if (!is_open && is_no_service (local))
    words = g_strdup (_ ("There is no keyring service in this session."));
  else
    words = g_strdup_printf (_ ("The keyring answered: %s"), local->message);
  g_set_error_literal (error, local->domain, local->code, words);
  g_error_free (local);
}

/* Returns: (transfer full) (nullable): @stored as a password, %NULL when it can be none. */
static SecretValue *
make_password (SecretValue *stored)
{
  gsize length;
  const char *bytes = secret_value_get (stored, &length);

  if (length == 0 || memchr (bytes, '\0', length) != NULL)
    return NULL;
  return secret_value_new (bytes, length, "text/plain");
}

/* Where there is no service, nothing is stored: that is no error. */
static gboolean
open_to_read (Keyring *keyring,
              GCancellable *cancellable,
              GError **error)
{
  GError *local = NULL;

  if (keyring_open (keyring, cancellable, &local))
    return TRUE;
  if (is_no_service (local))
    g_error_free (local);
  else
    propagate_in_words (error, local, FALSE);
  return FALSE;
}

SecretValue *
rst_keyring_lookup (const RstAccount *account,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (Keyring) keyring = { 0 };
  g_autoptr (GHashTable) attributes = NULL;
  g_autoptr (SecretValue) stored = NULL;
  GError *local = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  if (!open_to_read (&keyring, cancellable, error))
    return NULL;
  attributes = make_attributes (account);
  secret_service_lookup (keyring.service, &schema, attributes, keyring.cancellable, ready_cb,
                         &keyring);
  stored = secret_service_lookup_finish (keyring.service, keyring_wait (&keyring), &local);
  if (g_error_matches (local, SECRET_ERROR, SECRET_ERROR_IS_LOCKED))
    g_clear_error (&local);
  if (local != NULL)
    propagate_in_words (error, local, TRUE);
  else if (stored == NULL)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  return stored != NULL ? make_password (stored) : NULL;
}

/* Returns: (transfer full) (nullable): the password of the first item that is not locked. */
static SecretValue *
find_unlocked (GList *items)
{
  for (GList *l = items; l != NULL; l = l->next)
    {
      g_autoptr (SecretValue) stored = secret_item_get_secret (l->data);

      if (stored != NULL)
        return make_password (stored);
    }
  return NULL;
}

SecretValue *
rst_keyring_peek (const RstAccount *account,
                  GCancellable *cancellable,
                  GError **error)
{
  g_auto (Keyring) keyring = { 0 };
  g_autoptr (GHashTable) attributes = NULL;
  g_autolist (SecretItem) items = NULL;
  GError *local = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  if (!open_to_read (&keyring, cancellable, error))
    return NULL;
  attributes = make_attributes (account);
  secret_service_search (keyring.service, &schema, attributes,
                         SECRET_SEARCH_ALL | SECRET_SEARCH_LOAD_SECRETS, keyring.cancellable,
                         ready_cb, &keyring);
  items = secret_service_search_finish (keyring.service, keyring_wait (&keyring), &local);
  if (local != NULL)
    propagate_in_words (error, local, TRUE);
  return find_unlocked (items);
}

gboolean
rst_keyring_store (const RstAccount *account,
                   SecretValue *password,
                   GCancellable *cancellable,
                   GError **error)
{
  g_auto (Keyring) keyring = { 0 };
  g_autoptr (GHashTable) attributes = NULL;
  g_autofree char *label = NULL;
  GError *local = NULL;

  g_return_val_if_fail (account != NULL && password != NULL, FALSE);

  if (!keyring_open (&keyring, cancellable, &local))
    {
      propagate_in_words (error, local, FALSE);
      return FALSE;
    }
  attributes = make_attributes (account);
  label = make_label (account);
  secret_service_store (keyring.service, &schema, attributes, SECRET_COLLECTION_DEFAULT, label,
                        password, keyring.cancellable, ready_cb, &keyring);
  if (secret_service_store_finish (keyring.service, keyring_wait (&keyring), &local))
    return TRUE;
  if (local == NULL)
    set_silent_error (cancellable, &local);
  propagate_in_words (error, local, TRUE);
  return FALSE;
}

/* Returns: whether a password is stored, in a locked keyring too. */
static gboolean
find_items (Keyring *keyring,
            GHashTable *attributes,
            SecretSearchFlags flags,
            GError **error)
{
  g_autolist (SecretItem) items = NULL;

  secret_service_search (keyring->service, &schema, attributes, SECRET_SEARCH_ALL | flags,
                         keyring->cancellable, ready_cb, keyring);
  items = secret_service_search_finish (keyring->service, keyring_wait (keyring), error);
  return items != NULL;
}

gboolean
rst_keyring_forget (const RstAccount *account,
                    GCancellable *cancellable,
                    GError **error)
{
  g_auto (Keyring) keyring = { 0 };
  g_autoptr (GHashTable) attributes = NULL;
  GError *local = NULL;

  g_return_val_if_fail (account != NULL, FALSE);

  if (!keyring_open (&keyring, cancellable, &local))
    {
      propagate_in_words (error, local, FALSE);
      return FALSE;
    }
  attributes = make_attributes (account);
  /* Clearing removes what is unlocked, and is silent about the rest. */
  if (find_items (&keyring, attributes, SECRET_SEARCH_UNLOCK, &local))
    {
      secret_service_clear (keyring.service, &schema, attributes, keyring.cancellable, ready_cb,
                            &keyring);
      secret_service_clear_finish (keyring.service, keyring_wait (&keyring), &local);
      if (local == NULL && find_items (&keyring, attributes, SECRET_SEARCH_NONE, &local))
        set_silent_error (cancellable, &local);
    }
  if (local == NULL)
    return TRUE;
  propagate_in_words (error, local, TRUE);
  return FALSE;
}

gboolean
rst_keyring_is_available (GCancellable *cancellable)
{
  g_autoptr (GVariant) alias = NULL;
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, NULL);
  g_autoptr (GVariant) reply = NULL;

  if (bus == NULL)
    return FALSE;
  alias = g_variant_ref_sink (g_variant_new ("(s)", SECRET_COLLECTION_DEFAULT));
  reply = g_dbus_connection_call_sync (bus, SERVICE_NAME, SERVICE_PATH, SERVICE_INTERFACE,
                                       "ReadAlias", alias, G_VARIANT_TYPE ("(o)"),
                                       G_DBUS_CALL_FLAGS_NONE, SERVICE_TIMEOUT, cancellable, NULL);
  return reply != NULL;
}

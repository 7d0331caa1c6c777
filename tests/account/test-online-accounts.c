/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-online-accounts.h"
#include "account/rst-password.h"

/* Runs under with-bus.sh: no service but that of the test. */

static const char introspection[] =
    "<node>"
    "  <interface name='org.freedesktop.DBus.ObjectManager'>"
    "    <method name='GetManagedObjects'>"
    "      <arg name='objects' type='a{oa{sa{sv}}}' direction='out'/>"
    "    </method>"
    "  </interface>"
    "  <interface name='org.gnome.OnlineAccounts.Account'>"
    "    <method name='EnsureCredentials'>"
    "      <arg name='expires_in' type='i' direction='out'/>"
    "    </method>"
    "  </interface>"
    "  <interface name='org.gnome.OnlineAccounts.OAuth2Based'>"
    "    <method name='GetAccessToken'>"
    "      <arg name='access_token' type='s' direction='out'/>"
    "      <arg name='expires_in' type='i' direction='out'/>"
    "    </method>"
    "  </interface>"
    "</node>";

#define ROOT "/org/gnome/OnlineAccounts"

/* One with a token, one whose credentials are gone, one that has no tokens. */
static const char objects[] =
    "({'" ROOT "/Accounts/1':"
    "  {'org.gnome.OnlineAccounts.Account':"
    "     {'Identity': <'1234'>, 'PresentationIdentity': <'Alice@example.org'>},"
    "   'org.gnome.OnlineAccounts.OAuth2Based': {'ClientId': <'x'>}},"
    "  '" ROOT "/Accounts/2':"
    "  {'org.gnome.OnlineAccounts.Account': {'Identity': <'bob@example.org'>},"
    "   'org.gnome.OnlineAccounts.OAuth2Based': {'ClientId': <'x'>}},"
    "  '" ROOT "/Accounts/3':"
    "  {'org.gnome.OnlineAccounts.Account': {'Identity': <'carol@example.org'>}}},)";

typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GDBusConnection *bus;
  GMutex mutex;
  GCond is_up;
  gboolean has_name;
  guint n_renewals;
} Service;

static void
method_cb (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *method,
           GVariant *parameters,
           GDBusMethodInvocation *invocation,
           gpointer user_data)
{
  Service *self = user_data;

  if (g_str_equal (method, "GetManagedObjects"))
    g_dbus_method_invocation_return_value (
        invocation,
        g_variant_parse (G_VARIANT_TYPE ("(a{oa{sa{sv}}})"), objects, NULL, NULL, NULL));
  else if (g_str_equal (path, ROOT "/Accounts/2"))
    g_dbus_method_invocation_return_dbus_error (
        invocation, "org.gnome.OnlineAccounts.Error.NotAuthorized", "Credentials not found");
  else if (g_str_equal (method, "EnsureCredentials"))
    {
      self->n_renewals++;
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(i)", 3600));
    }
  else
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(si)", "t0ken", 3600));
}

static void export(Service *self,
                   GDBusNodeInfo *node,
                   const char *path)
{
  static const GDBusInterfaceVTable vtable = { .method_call = method_cb };

  for (guint i = 0; node->interfaces[i] != NULL; i++)
    g_assert_cmpuint (g_dbus_connection_register_object (self->bus, path, node->interfaces[i],
                                                         &vtable, self, NULL, NULL),
                      !=, 0);
}

static void
acquired_cb (GDBusConnection *bus,
             const char *name,
             gpointer user_data)
{
  Service *self = user_data;

  g_mutex_lock (&self->mutex);
  self->has_name = TRUE;
  g_cond_signal (&self->is_up);
  g_mutex_unlock (&self->mutex);
}

static gpointer
run_service (gpointer data)
{
  Service *self = data;
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (introspection, NULL);
  g_autofree char *address = NULL;
  guint owner;

  g_main_context_push_thread_default (self->context);
  address = g_dbus_address_get_for_bus_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  self->bus = g_dbus_connection_new_for_address_sync (
      address,
      G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
          G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
      NULL, NULL, NULL);
  g_assert_nonnull (self->bus);
  export(self, node, ROOT);
  for (char number = '1'; number <= '3'; number++)
    {
      g_autofree char *path = g_strdup_printf (ROOT "/Accounts/%c", number);

      export(self, node, path);
    }
  owner = g_bus_own_name_on_connection (self->bus, "org.gnome.OnlineAccounts",
                                        G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL, self,
                                        NULL);
  g_main_loop_run (self->loop);
  g_bus_unown_name (owner);
  g_dbus_connection_close_sync (self->bus, NULL, NULL);
  g_object_unref (self->bus);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

static void
start (Service *self,
       gconstpointer data)
{
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->is_up);
  self->thread = g_thread_new ("service", run_service, self);
  g_mutex_lock (&self->mutex);
  while (!self->has_name)
    g_cond_wait (&self->is_up, &self->mutex);
  g_mutex_unlock (&self->mutex);
}

static void
stop (Service *self,
      gconstpointer data)
{
  g_main_loop_quit (self->loop);
  g_thread_join (self->thread);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->is_up);
}

static void
test_no_service (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rst_online_accounts_get_token ("alice@example.org", NULL, &error));
  g_assert_no_error (error);
}

static void
test_token (Service *self,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  SecretValue *token = rst_online_accounts_get_token ("alice@example.org", NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (secret_value_get_text (token), ==, "t0ken");
  g_assert_cmpuint (self->n_renewals, ==, 1);
  secret_value_unref (token);
}

static void
test_not_authorized (Service *self,
                     gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rst_online_accounts_get_token ("bob@example.org", NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_nonnull (strstr (error->message, "Credentials not found"));
}

static void
test_unknown (Service *self,
              gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (rst_online_accounts_get_token (data, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

/* An account that is to sign in with a token and has no command asks here. */
static void
test_lookup (Service *self,
             gconstpointer data)
{
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice@example.org");
  g_autoptr (RstPasswords) passwords = NULL;
  g_autoptr (GError) error = NULL;
  SecretValue *token;

  account->auth = RST_POP3_AUTH_TOKEN;
  passwords = rst_passwords_new (account);
  token = rst_passwords_lookup (passwords, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret_value_get_text (token), ==, "t0ken");
  secret_value_unref (token);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/online-accounts/no-service", test_no_service);
  g_test_add ("/online-accounts/token", Service, NULL, start, test_token, stop);
  g_test_add ("/online-accounts/not-authorized", Service, NULL, start, test_not_authorized, stop);
  g_test_add ("/online-accounts/unknown", Service, "dora@example.org", start, test_unknown, stop);
  g_test_add ("/online-accounts/no-tokens", Service, "carol@example.org", start, test_unknown,
              stop);
  g_test_add ("/online-accounts/lookup", Service, NULL, start, test_lookup, stop);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <dlfcn.h>
#include <string.h>

#include "app/rst-application-private.h"
#include "app/rst-autostart.h"
#include "app/rst-background-check.h"
#include "app/rst-new-mail.h"
#include "lib/rst-test-server.h"
#include "pop3/rst-pop3-error.h"
#include "rst-test-app.h"

/* Milliseconds between two looks; nothing here depends on how long that is. */
#define INTERVAL 20

/* What is known of the network, as a test has it. */

#define TEST_TYPE_NETWORK (test_network_get_type ())
G_DECLARE_FINAL_TYPE (TestNetwork, test_network, TEST, NETWORK, GObject)

struct _TestNetwork
{
  GObject parent_instance;
  gboolean is_available;
  gboolean is_metered;
  GNetworkConnectivity connectivity;
};

static void
test_network_monitor_init (GNetworkMonitorInterface *interface)
{
}

static gboolean
test_network_initable (GInitable *initable,
                       GCancellable *cancellable,
                       GError **error)
{
  return TRUE;
}

static void
test_network_initable_init (GInitableIface *interface)
{
  interface->init = test_network_initable;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestNetwork,
                               test_network,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_INITABLE, test_network_initable_init)
                                   G_IMPLEMENT_INTERFACE (G_TYPE_NETWORK_MONITOR,
                                                          test_network_monitor_init))

enum
{
  PROP_0,
  PROP_AVAILABLE,
  PROP_METERED,
  PROP_CONNECTIVITY
};

static void
test_network_get_property (GObject *object,
                           guint id,
                           GValue *value,
                           GParamSpec *pspec)
{
  TestNetwork *self = TEST_NETWORK (object);

  if (id == PROP_AVAILABLE)
    g_value_set_boolean (value, self->is_available);
  else if (id == PROP_METERED)
    g_value_set_boolean (value, self->is_metered);
  else
    g_value_set_enum (value, self->connectivity);
}

static void
test_network_class_init (TestNetworkClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_network_get_property;
  g_object_class_override_property (object_class, PROP_AVAILABLE, "network-available");
  g_object_class_override_property (object_class, PROP_METERED, "network-metered");
  g_object_class_override_property (object_class, PROP_CONNECTIVITY, "connectivity");
}

static void
test_network_init (TestNetwork *self)
{
  self->is_available = TRUE;
  self->connectivity = G_NETWORK_CONNECTIVITY_FULL;
}

/* Kinds of networks that are none; smaller than any pointer to a password. */
#define N_KINDS 3

typedef struct
{
  RstDemoServer *server;
  RstMailbox *mailbox;
  TestNetwork *network;
  RstBackgroundCheck *check;
  guint n_checks;
  guint n_questions;
  GError *error;
  GPtrArray *arrived;
} Fixture;

static void
ask_password_cb (RstMailbox *mailbox,
                 const char *reason,
                 gpointer user_data)
{
  Fixture *self = user_data;

  self->n_questions++;
  rst_mailbox_answer_password (mailbox, NULL, FALSE);
}

static const RstMailboxFrontEnd front_end = { ask_password_cb, NULL };

static void
checked_cb (Fixture *self,
            const GError *error)
{
  self->n_checks++;
  g_clear_error (&self->error);
  self->error = error != NULL ? g_error_copy (error) : NULL;
}

static void
arrived_cb (Fixture *self,
            GPtrArray *items)
{
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  self->arrived = g_ptr_array_ref (items);
}

static char *
write_password (const char *password)
{
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "password", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, password, -1, NULL));
  return g_steal_pointer (&path);
}

static void
set_up (Fixture *self,
        gconstpointer password)
{
  g_autoptr (RstAccount) account = rst_account_new ("test", "127.0.0.1", "demo");

  self->server = rst_test_app_create_server (3);
  account->security = RST_POP3_SECURITY_NONE;
  account->port = rst_demo_server_get_port (self->server);
  if (GPOINTER_TO_SIZE (password) > N_KINDS)
    account->password_file = write_password (password);
  self->mailbox = rst_mailbox_new (account);
  rst_mailbox_set_front_end (self->mailbox, &front_end, self);
  self->network = g_object_new (TEST_TYPE_NETWORK, NULL);
  self->check = rst_background_check_new (self->mailbox, G_NETWORK_MONITOR (self->network));
  g_signal_connect_swapped (self->check, "checked", G_CALLBACK (checked_cb), self);
  g_signal_connect_swapped (self->check, "arrived", G_CALLBACK (arrived_cb), self);
}

static void
tear_down (Fixture *self,
           gconstpointer password)
{
  g_assert_cmpuint (self->n_questions, ==, 0);
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  g_assert_finalize_object (self->check);
  g_object_unref (self->mailbox);
  g_object_unref (self->network);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  g_clear_error (&self->error);
  rst_demo_server_free (self->server);
}

static gboolean
has_checked (gpointer user_data)
{
  return ((Fixture *)user_data)->n_checks > 0;
}

/* Waits for the next look, and for no other after it. */
static void
wait_checked (Fixture *self)
{
  self->n_checks = 0;
  rst_background_check_set_interval (self->check, INTERVAL);
  rst_test_app_wait (has_checked, self);
}

static void
rest (Fixture *self)
{
  rst_background_check_set_interval (self->check, 0);
}

static void
add_message (Fixture *self,
             const char *subject)
{
  g_autofree char *text = g_strdup_printf (
      "From: Ada Lovelace <ada@example.org>\r\nSubject: %s\r\n\r\nText.\r\n", subject);
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));

  rst_demo_server_add_message (self->server, message, NULL);
}

static void
test_arrivals (Fixture *self,
               gconstpointer data)
{
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  /* Everything is new in a mailbox that was never seen: nothing to be told of. */
  wait_checked (self);
  rest (self);
  g_assert_no_error (self->error);
  g_assert_null (self->arrived);
  g_assert_cmpuint (rst_background_check_get_delay (self->check), ==, 0);

  add_message (self, "Engine notes");
  wait_checked (self);
  rest (self);
  g_assert_nonnull (self->arrived);
  rst_new_mail_describe (
      rst_mailbox_get_account (self->mailbox), self->arrived, &title, &body);
  g_assert_cmpstr (title, ==, "Ada Lovelace");
  g_assert_cmpstr (body, ==, "Engine notes");

  /* Told of once. */
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  wait_checked (self);
  rest (self);
  g_assert_null (self->arrived);
}

static gboolean
is_idle (gpointer mailbox)
{
  return !rst_mailbox_get_is_busy (mailbox);
}

static void
refresh (Fixture *self)
{
  rst_mailbox_refresh_async (self->mailbox, NULL, NULL, NULL);
  rst_test_app_wait (is_idle, self->mailbox);
}

/* An empty mailbox that was looked at is not one that nobody has seen. */
static void
test_first (Fixture *self,
            gconstpointer data)
{
  while (rst_demo_server_get_n_messages (self->server) > 0)
    rst_demo_server_remove_message (self->server, 0);
  refresh (self);
  g_assert_true (
      g_str_has_prefix (rst_mailbox_get_status (self->mailbox), "In sync · no messages"));

  add_message (self, "The first");
  wait_checked (self);
  rest (self);
  g_assert_nonnull (self->arrived);
  g_assert_cmpuint (self->arrived->len, ==, 1);
}

static void
test_several (Fixture *self,
              gconstpointer data)
{
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;

  wait_checked (self);
  rest (self);
  add_message (self, "One");
  add_message (self, "Two");
  wait_checked (self);
  rest (self);
  rst_new_mail_describe (
      rst_mailbox_get_account (self->mailbox), self->arrived, &title, &body);
  g_assert_cmpstr (title, ==, "2 new messages in test");
  g_assert_cmpstr (body, ==, "Ada Lovelace: One\nAda Lovelace: Two");
}

static void
test_mark_read (Fixture *self,
                gconstpointer data)
{
  RstIndex *index = rst_mailbox_get_index (self->mailbox);

  rst_mailbox_open_async (self->mailbox, NULL, NULL, NULL);
  wait_checked (self);
  rest (self);
  add_message (self, "One");
  wait_checked (self);
  rest (self);
  g_assert_cmpuint (rst_index_get_n_unread (index), ==, 4);
  rst_mailbox_mark_read_async (self->mailbox, self->arrived, NULL, NULL, NULL);
  rst_test_app_wait (is_idle, self->mailbox);
  g_assert_cmpuint (rst_index_get_n_unread (index), ==, 3);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "RETR"), ==, 0);

  /* And stays so. */
  wait_checked (self);
  rest (self);
  g_assert_cmpuint (rst_index_get_n_unread (index), ==, 3);
}

static void
test_in_use (Fixture *self,
             gconstpointer fault)
{
  guint64 delay;
  guint64 last = INTERVAL;

  rst_demo_server_set_fault (self->server, "in-use", NULL, NULL);
  wait_checked (self);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_error (self->error, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER);
      delay = rst_background_check_get_delay (self->check);
      g_assert_cmpuint (delay, ==, 2 * last);
      last = delay;
      self->n_checks = 0;
      rst_test_app_wait (has_checked, self);
    }
  g_assert_nonnull (
      strstr (rst_mailbox_get_status (self->mailbox), "Not checked: the server asks to wait"));

  rst_demo_server_clear_faults (self->server);
  self->n_checks = 0;
  rst_test_app_wait (has_checked, self);
  g_assert_no_error (self->error);
  g_assert_cmpuint (rst_background_check_get_delay (self->check), ==, INTERVAL);
  g_assert_true (g_str_has_prefix (rst_mailbox_get_status (self->mailbox), "In sync"));
}

static void
test_backoff_ends (Fixture *self,
                   gconstpointer data)
{
  const guint64 hour = 60 * 60 * 1000;

  rst_demo_server_set_fault (self->server, "in-use", NULL, NULL);
  rst_background_check_set_interval (self->check, hour - 1);
  rst_background_check_hurry (self->check);
  self->n_checks = 0;
  rst_test_app_wait (has_checked, self);
  g_assert_cmpuint (rst_background_check_get_delay (self->check), ==, hour);
}

static void
keep_error_cb (GError **error,
               const GError *found)
{
  *error = found != NULL ? g_error_copy (found) : g_error_new_literal (1, 1, "");
}

static gboolean
is_set (gpointer error)
{
  return *(GError **)error != NULL;
}

static gboolean
is_put_off (gpointer check)
{
  return rst_background_check_get_delay (check) > 1700 * 1000;
}

/* The server says it in CAPA, and lets the first sign-in pass. */
static void
test_login_delay (void)
{
  RstTestServer *server = rst_test_server_new ();
  g_autoptr (RstAccount) account = rst_account_new ("test", "127.0.0.1", "demo");
  g_autoptr (RstMailbox) mailbox = NULL;
  g_autoptr (RstBackgroundCheck) check = NULL;
  g_autoptr (GNetworkMonitor) network = g_object_new (TEST_TYPE_NETWORK, NULL);
  g_autoptr (GError) error = NULL;

  rst_test_server_play_login (server, "TOP\nUIDL\nUSER\nLOGIN-DELAY 1800\n");
  rst_test_server_play (server,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: .\n"
                        "C: QUIT\n"
                        "S: +OK\n");
  account->security = RST_POP3_SECURITY_NONE;
  account->port = rst_test_server_start (server);
  account->keep_session = 0;
  account->password_file = write_password ("demo");
  mailbox = rst_mailbox_new (account);
  check = rst_background_check_new (mailbox, network);
  g_signal_connect_swapped (check, "checked", G_CALLBACK (keep_error_cb), &error);
  rst_background_check_set_interval (check, INTERVAL);
  rst_test_app_wait (is_set, &error);
  g_assert_cmpint (error->domain, ==, 1);
  g_assert_cmpuint (rst_background_check_get_delay (check), >, 1700 * 1000);
  g_assert_cmpuint (rst_background_check_get_delay (check), <=, 1800 * 1000);

  /* And after a sign-in that was not the check's own, as before its first look. */
  g_clear_error (&error);
  g_clear_object (&check);
  check = rst_background_check_new (mailbox, network);
  g_signal_connect_swapped (check, "checked", G_CALLBACK (keep_error_cb), &error);
  rst_background_check_set_interval (check, INTERVAL);
  rst_test_app_wait (is_put_off, check);
  g_assert_null (error);
  rst_mailbox_stop (mailbox);
  rst_test_server_finish (server);
}

static void
test_no_network (Fixture *self,
                 gconstpointer data)
{
  guint kind = GPOINTER_TO_UINT (data);
  guint n_before;

  /* That there is a password does not matter before there is a network. */
  self->network->is_available = kind != 0;
  self->network->is_metered = kind == 1;
  if (kind == 2)
    self->network->connectivity = G_NETWORK_CONNECTIVITY_PORTAL;
  rst_background_check_set_interval (self->check, 1);
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (self->n_checks, ==, 0);
  n_before = rst_demo_server_get_n_commands (self->server, "CAPA");
  g_assert_cmpuint (n_before, ==, 0);

  /* It is made up for when the network is there. */
  self->network->is_available = TRUE;
  self->network->is_metered = FALSE;
  self->network->connectivity = G_NETWORK_CONNECTIVITY_FULL;
  g_signal_emit_by_name (self->network, "network-changed", TRUE);
  rst_test_app_wait (has_checked, self);
}

/* No password is at hand: nobody is asked, nothing is sent, and the status says why. */
static void
test_never_asks (Fixture *self,
                 gconstpointer data)
{
  wait_checked (self);
  rest (self);
  g_assert_error (self->error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
  g_assert_cmpuint (self->n_questions, ==, 0);
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "USER"), ==, 0);
  g_assert_nonnull (
      strstr (rst_mailbox_get_status (self->mailbox), "Not checked: the password is needed"));
}

/* A refused password is not tried over and over: that locks accounts. */
static void
test_refused (Fixture *self,
              gconstpointer data)
{
  for (guint i = 0; i < 3; i++)
    {
      wait_checked (self);
      g_assert_error (self->error, RST_POP3_ERROR, RST_POP3_ERROR_AUTH);
    }
  g_assert_cmpuint (rst_demo_server_get_n_commands (self->server, "PASS"), ==, 1);
}

static void
test_autostart (void)
{
  g_autofree char *path = g_build_filename (
      g_get_user_config_dir (), "autostart", APPLICATION_ID ".desktop", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  rst_autostart_set (FALSE, &error);
  g_assert_no_error (error);
  rst_autostart_set (TRUE, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "\nExec=restante --gapplication-service\n"));
  rst_autostart_set (FALSE, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static guint n_withdrawn;

/* In the place of GIO's. */
void
g_application_withdraw_notification (GApplication *application,
                                     const char *id)
{
  void (*next) (GApplication *, const char *) = (void (*) (GApplication *, const char *))dlsym (
      RTLD_NEXT, "g_application_withdraw_notification");

  n_withdrawn += g_str_equal (id, "new-mail-test") ? 1 : 0;
  next (application, id);
}

static gboolean
is_active (gpointer window)
{
  return gtk_window_is_active (window);
}

static gboolean
has_title (gpointer window)
{
  return g_strcmp0 (gtk_window_get_title (window), "test (6)") == 0;
}

static gboolean
has_one_row (gpointer window)
{
  GtkSelectionModel *rows =
      rst_message_list_get_selection (RST_WINDOW (window)->message_list);

  return g_list_model_get_n_items (G_LIST_MODEL (rows)) == 1;
}

/* In the program: the check goes on without a window, and the notification brings one back. */
static void
run_body (GtkApplication *application,
          gpointer user_data)
{
  RstDemoServer *server = user_data;
  RstApplication *self = RST_APPLICATION (application);
  RstWindow *window = rst_test_app_get_window (application);
  g_autoptr (GBytes) message = g_bytes_new_static ("Subject: New\r\n\r\n.\r\n", 19);
  RstBackgroundCheck *check;
  gboolean is_searching;

  rst_test_app_wait_text (window, "In sync · 5 messages");
  check = g_hash_table_lookup (self->checks, "test");
  g_assert_cmpuint (rst_background_check_get_delay (check), ==, 10 * 60 * 1000);
  rst_demo_server_add_message (server, message, NULL);
  rst_background_check_set_interval (check, INTERVAL);
  rst_test_app_wait (has_title, window);
  g_assert_cmpuint (g_hash_table_size (self->arrivals), ==, 1);

  /* A search that does not find it is left. */
  g_object_set (window->message_list, "search-mode", TRUE, NULL);
  gtk_editable_set_text (rst_test_app_find_child (window->message_list, GTK_TYPE_SEARCH_ENTRY),
                         "Subject 1");
  rst_test_app_wait (has_one_row, window);
  g_action_group_activate_action (
      G_ACTION_GROUP (application), "open-new-mail", g_variant_new_string ("test"));
  g_assert_cmpuint (rst_message_list_get_n_selected (window->message_list), ==, 1);
  g_object_get (window->message_list, "search-mode", &is_searching, NULL);
  g_assert_false (is_searching);

  /* Who looks at the window has no more need of the notification. */
  rst_test_app_wait (is_active, window);
  n_withdrawn = 0;
  g_object_notify (G_OBJECT (window), "is-active");
  g_assert_cmpuint (n_withdrawn, ==, 1);

  /* While it is on, the last window may go. */
  g_action_group_activate_action (G_ACTION_GROUP (application), "run-in-background", NULL);
  g_assert_true (self->is_held);
  gtk_window_destroy (GTK_WINDOW (window));
  rst_background_check_set_interval (g_hash_table_lookup (self->checks, "test"), 0);
  g_action_group_activate_action (
      G_ACTION_GROUP (application), "open-new-mail", g_variant_new_string ("test"));
  window = rst_test_app_get_window (application);
  g_assert_cmpuint (rst_message_list_get_n_selected (window->message_list), ==, 1);
  rst_test_app_wait_text (window, "In sync · 6 messages");
  g_assert_cmpuint (rst_message_list_get_n_selected (window->message_list), ==, 1);

  g_action_group_activate_action (G_ACTION_GROUP (application), "run-in-background", NULL);
  g_assert_false (self->is_held);
}

static void
test_run (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run (NULL, run_body, server), ==, 0);
}

/* A notification that outlived the program brings it back. */
static void
service_body (GtkApplication *application,
              gpointer user_data)
{
  g_assert_null (gtk_application_get_windows (application));
  g_action_group_activate_action (
      G_ACTION_GROUP (application), "open-new-mail", g_variant_new_string ("test"));
  rst_test_app_wait_text (rst_test_app_get_window (application), "In sync · 5 messages");
}

static void
test_service (void)
{
  g_autoptr (RstDemoServer) server = rst_test_app_create_server (5);

  rst_test_app_write_account (server, "demo");
  g_assert_cmpint (rst_test_app_run ("--gapplication-service", service_body, server), ==, 0);
}

#define ADD(name, password, function) \
  g_test_add ("/background/" name, Fixture, password, set_up, function, tear_down)

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  ADD ("arrivals", "demo", test_arrivals);
  ADD ("first", "demo", test_first);
  ADD ("several", "demo", test_several);
  ADD ("mark-read", "demo", test_mark_read);
  ADD ("in-use", "demo", test_in_use);
  ADD ("backoff-ends", "demo", test_backoff_ends);
  ADD ("never-asks", NULL, test_never_asks);
  ADD ("refused", "wrong", test_refused);
  ADD ("offline", GUINT_TO_POINTER (0), test_no_network);
  ADD ("metered", GUINT_TO_POINTER (1), test_no_network);
  ADD ("portal", GUINT_TO_POINTER (2), test_no_network);
  g_test_add_func ("/background/login-delay", test_login_delay);
  g_test_add_func ("/background/autostart", test_autostart);
  g_test_add_func ("/background/run", test_run);
  g_test_add_func ("/background/service", test_service);
  return g_test_run ();
}

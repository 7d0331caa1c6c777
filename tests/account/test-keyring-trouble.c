/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-password.h"

/* Runs under with-bus.sh: no keyring service but those that the tests start. */

#define SERVICE_NAME "org.freedesktop.secrets"

typedef struct
{
  RstAccount *account;
  GSubprocess *service;
  GDataInputStream *output;
} Fixture;

static void
set_up (Fixture *fixture,
        gconstpointer data)
{
  fixture->account = rst_account_new ("work", "pop.example.org", "alice");
}

static void
on_appeared (GDBusConnection *bus,
             const char *name,
             const char *owner,
             gpointer is_owned)
{
  *(gboolean *)is_owned = TRUE;
}

static void
on_vanished (GDBusConnection *bus,
             const char *name,
             gpointer is_owned)
{
  *(gboolean *)is_owned = FALSE;
}

/* Waits until the service is there, or is gone; meson ends a wait that is in vain. */
static void
wait_for_service (gboolean expected)
{
  gboolean is_owned = !expected;
  guint watch = g_bus_watch_name (G_BUS_TYPE_SESSION, SERVICE_NAME, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                  on_appeared, on_vanished, &is_owned, NULL);

  while (is_owned != expected)
    g_main_context_iteration (NULL, TRUE);
  g_bus_unwatch_name (watch);
}

static void
stop_service (Fixture *fixture)
{
  if (fixture->service == NULL)
    return;
  g_subprocess_force_exit (fixture->service);
  g_subprocess_wait (fixture->service, NULL, NULL);
  g_clear_object (&fixture->service);
  g_clear_object (&fixture->output);
  wait_for_service (FALSE);
}

static void
tear_down (Fixture *fixture,
           gconstpointer data)
{
  stop_service (fixture);
  rst_account_unref (fixture->account);
}

static void
wait_for_line (Fixture *fixture,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  line = g_data_input_stream_read_line_utf8 (fixture->output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (line, ==, expected);
}

static void
start_mock (Fixture *fixture,
            const char *mode,
            const char *password)
{
  g_autofree char *program = NULL;
  g_autofree char *host = g_strconcat ("host=", fixture->account->host, NULL);
  g_autofree char *user = g_strconcat ("user=", fixture->account->user, NULL);
  g_autoptr (GError) error = NULL;
  const char *const arguments[] = {
    g_test_get_filename (G_TEST_DIST, "account", "mock-keyring.py", NULL),
    mode,
    password,
    "application=io.github.restante.Restante",
    host,
    "port=995",
    user,
    NULL,
  };

  fixture->service = g_subprocess_newv (arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  fixture->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (fixture->service));
  wait_for_line (fixture, "ready");
}

static void
start_gnome_keyring (Fixture *fixture,
                     gboolean is_unlocked)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GOutputStream *input;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE |
                                        G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  /* It warns of memory that it may not lock, and of prompts that it cannot show. */
  g_subprocess_launcher_unsetenv (launcher, "G_DEBUG");
  g_subprocess_launcher_setenv (launcher, "HOME", g_get_home_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_DATA_HOME", g_get_user_data_dir (), TRUE);
  g_subprocess_launcher_setenv (launcher, "XDG_RUNTIME_DIR", g_get_user_runtime_dir (), TRUE);
  fixture->service = g_subprocess_launcher_spawn (launcher, &error, "gnome-keyring-daemon",
                                                  "--foreground", "--components=secrets",
                                                  is_unlocked ? "--unlock" : NULL, NULL);
  g_assert_no_error (error);

  input = g_subprocess_get_stdin_pipe (fixture->service);
  if (is_unlocked)
    g_output_stream_write_all (input, "test", 4, NULL, NULL, &error);
  g_assert_no_error (error);
  g_output_stream_close (input, NULL, NULL);
  wait_for_service (TRUE);
}

static void
assert_stored (Fixture *fixture,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_keyring_lookup (fixture->account, NULL, &error);

  g_assert_no_error (error);
  if (expected == NULL)
    g_assert_null (password);
  else
    g_assert_cmpstr (secret_value_get_text (password), ==, expected);
}

static gboolean
store (Fixture *fixture,
       const char *text,
       GError **error)
{
  g_autoptr (SecretValue) password = rst_password_new (text);

  return rst_keyring_store (fixture->account, password, NULL, error);
}

static void
assert_peek (Fixture *fixture,
             const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_keyring_peek (fixture->account, NULL, &error);

  g_assert_no_error (error);
  if (expected == NULL)
    g_assert_null (password);
  else
    g_assert_cmpstr (secret_value_get_text (password), ==, expected);
}

static void
assert_refuses_changes (Fixture *fixture,
                        GQuark domain,
                        int code,
                        const char *message)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (store (fixture, "new", &error));
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, ==, message);
  g_clear_error (&error);

  g_assert_false (rst_keyring_forget (fixture->account, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpstr (error->message, ==, message);
}

static void
assert_chain_asks_user (Fixture *fixture)
{
  g_autoptr (RstPasswords) passwords = rst_passwords_new (fixture->account);
  g_autoptr (GError) error = NULL;
  RstPasswordOrigin origin = RST_PASSWORD_ORIGIN_PROMPT;

  g_assert_null (rst_passwords_lookup (passwords, &origin, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_NONE);
}

static void
test_no_service (Fixture *fixture,
                 gconstpointer data)
{
  g_assert_false (rst_keyring_is_available (NULL));
  assert_stored (fixture, NULL);
  assert_chain_asks_user (fixture);
  assert_refuses_changes (fixture, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN,
                          "There is no keyring service in this session.");
}

static void
test_plain (Fixture *fixture,
            gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_mock (fixture, "open", NULL);
  g_assert_true (rst_keyring_is_available (NULL));
  assert_stored (fixture, NULL);
  store (fixture, "first", &error);
  g_assert_no_error (error);
  store (fixture, "second", &error);
  g_assert_no_error (error);
  assert_stored (fixture, "second");
  rst_keyring_forget (fixture->account, NULL, &error);
  g_assert_no_error (error);
  assert_stored (fixture, NULL);
}

/* A service that comes back is another one: its sessions are not those of the old. */
static void
test_restarted (Fixture *fixture,
                gconstpointer data)
{
  start_mock (fixture, "open", "old");
  assert_stored (fixture, "old");
  stop_service (fixture);
  assert_stored (fixture, NULL);
  start_mock (fixture, "open", "new");
  assert_stored (fixture, "new");
}

static void
test_no_password (Fixture *fixture,
                  gconstpointer data)
{
  start_mock (fixture, "open", "");
  assert_stored (fixture, NULL);
}

static void
test_unlocked_for_lookup (Fixture *fixture,
                          gconstpointer data)
{
  start_mock (fixture, "locked", "secret");
  g_assert_true (rst_keyring_is_available (NULL));
  assert_stored (fixture, "secret");
}

static void
test_unlocked_for_store (Fixture *fixture,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_mock (fixture, "locked", NULL);
  store (fixture, "secret", &error);
  g_assert_no_error (error);
  assert_stored (fixture, "secret");
}

static void
test_unlocked_for_forget (Fixture *fixture,
                          gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_mock (fixture, "locked", "secret");
  rst_keyring_forget (fixture->account, NULL, &error);
  g_assert_no_error (error);
  assert_stored (fixture, NULL);
}

static void
test_dismissed (Fixture *fixture,
                gconstpointer data)
{
  start_mock (fixture, "dismissed", "secret");
  g_assert_true (rst_keyring_is_available (NULL));
  assert_stored (fixture, NULL);
  assert_chain_asks_user (fixture);
  assert_refuses_changes (fixture, SECRET_ERROR, SECRET_ERROR_IS_LOCKED,
                          "The keyring is locked. Unlock it and try again.");
}

static void
test_broken (Fixture *fixture,
             gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_mock (fixture, "broken", "secret");
  g_assert_null (rst_keyring_lookup (fixture->account, NULL, &error));
  g_assert_error (error, G_DBUS_ERROR, G_DBUS_ERROR_FAILED);
  g_assert_cmpstr (error->message, ==, "The keyring answered: the disk is on fire");
  assert_chain_asks_user (fixture);
  assert_refuses_changes (fixture, G_DBUS_ERROR, G_DBUS_ERROR_FAILED,
                          "The keyring answered: the disk is on fire");
}

typedef gboolean (*Operation) (RstAccount *account,
                               GCancellable *cancellable,
                               GError **error);

typedef struct
{
  Operation run;
  RstAccount *account;
  GCancellable *cancellable;
  GError *error;
} Waiting;

static gboolean
look_up (RstAccount *account,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (SecretValue) password = rst_keyring_lookup (account, cancellable, error);

  return password != NULL;
}

static gboolean
look_up_in_chain (RstAccount *account,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (RstPasswords) passwords = rst_passwords_new (account);
  g_autoptr (SecretValue) password = NULL;

  password = rst_passwords_lookup (passwords, NULL, cancellable, error);
  return password != NULL;
}

static gboolean
remember (RstAccount *account,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (SecretValue) password = rst_password_new ("secret");

  return rst_keyring_store (account, password, cancellable, error);
}

static gboolean
forget (RstAccount *account,
        GCancellable *cancellable,
        GError **error)
{
  return rst_keyring_forget (account, cancellable, error);
}

static const Operation operations[] = { look_up, look_up_in_chain, remember, forget };

static gpointer
run_waiting (gpointer data)
{
  Waiting *waiting = data;

  g_assert_false (waiting->run (waiting->account, waiting->cancellable, &waiting->error));
  return NULL;
}

/* An operation that waits for @mode on another thread, for ever but for what happens to it. */
static GThread *
start_waiting (Fixture *fixture,
               const char *mode,
               Waiting *waiting)
{
  GThread *thread;

  start_mock (fixture, mode, "secret");
  waiting->account = fixture->account;
  thread = g_thread_new ("waiting", run_waiting, waiting);
  wait_for_line (fixture, "waiting");
  return thread;
}

static void
test_cancelled (Fixture *fixture,
                gconstpointer mode)
{
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      Waiting waiting = { .run = operations[i], .cancellable = cancellable };
      GThread *thread = start_waiting (fixture, mode, &waiting);

      g_cancellable_cancel (cancellable);
      g_thread_join (thread);
      g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&waiting.error);
      stop_service (fixture);
    }
}

static void
test_dies_while_asking (Fixture *fixture,
                        gconstpointer data)
{
  Waiting waiting = { .run = look_up_in_chain };
  GThread *thread = start_waiting (fixture, "hang", &waiting);

  g_subprocess_force_exit (fixture->service);
  g_thread_join (thread);
  g_assert_no_error (waiting.error);
}

/* The keyring that was never unlocked since login, where no prompt can be shown. */
static void
test_locked_since_login (Fixture *fixture,
                         gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  start_gnome_keyring (fixture, TRUE);
  store (fixture, "secret", &error);
  g_assert_no_error (error);
  stop_service (fixture);

  start_gnome_keyring (fixture, FALSE);
  g_assert_true (rst_keyring_is_available (NULL));
  assert_peek (fixture, NULL);
  assert_stored (fixture, NULL);
  assert_refuses_changes (fixture, SECRET_ERROR, SECRET_ERROR_IS_LOCKED,
                          "The keyring is locked. Unlock it and try again.");
  stop_service (fixture);

  start_gnome_keyring (fixture, TRUE);
  assert_stored (fixture, "secret");
}

/* A look that nobody asked for: with nobody there to unlock the keyring, this would not end if it
 * asked. */
static void
test_peek_locked (Fixture *fixture,
                  gconstpointer data)
{
  start_mock (fixture, "hang", "secret");
  assert_peek (fixture, NULL);
}

static void
test_peek_open (Fixture *fixture,
                gconstpointer data)
{
  assert_peek (fixture, NULL);
  start_mock (fixture, "open", "secret");
  assert_peek (fixture, "secret");
}

/* What was not found in silence is found when the user may be asked. */
static void
test_quiet_then_asked (Fixture *fixture,
                       gconstpointer data)
{
  g_autoptr (RstPasswords) passwords = rst_passwords_new (fixture->account);
  g_autoptr (SecretValue) password = NULL;
  g_autoptr (GError) error = NULL;
  RstPasswordOrigin origin;

  start_mock (fixture, "locked", "secret");
  rst_passwords_set_is_quiet (passwords, TRUE);
  g_assert_null (rst_passwords_lookup (passwords, &origin, NULL, &error));
  g_assert_no_error (error);
  rst_passwords_set_is_quiet (passwords, FALSE);
  password = rst_passwords_lookup (passwords, &origin, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret_value_get_text (password), ==, "secret");
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_KEYRING);
}

/* What was accepted is known until the program ends, whatever becomes of the keyring; the next
 * program has to ask. */
static void
test_removed (Fixture *fixture,
              gconstpointer data)
{
  g_autoptr (RstPasswords) passwords = rst_passwords_new (fixture->account);
  g_autoptr (SecretValue) password = NULL;
  g_autoptr (SecretValue) again = NULL;
  g_autoptr (GError) error = NULL;
  RstPasswordOrigin origin;

  start_mock (fixture, "open", "secret");
  password = rst_passwords_lookup (passwords, &origin, NULL, &error);
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_KEYRING);
  rst_passwords_accept (passwords, password, FALSE, NULL, &error);
  g_assert_no_error (error);
  rst_keyring_forget (fixture->account, NULL, &error);
  g_assert_no_error (error);
  again = rst_passwords_lookup (passwords, &origin, NULL, &error);
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_MEMORY);
  g_assert_cmpstr (secret_value_get_text (again), ==, "secret");
  assert_chain_asks_user (fixture);
}

#define ADD(name, data, function) \
  g_test_add ("/keyring-trouble/" name, Fixture, data, set_up, function, tear_down)

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("no-service", NULL, test_no_service);
  ADD ("plain", NULL, test_plain);
  ADD ("restarted", NULL, test_restarted);
  ADD ("no-password", NULL, test_no_password);
  ADD ("unlocked-for-lookup", NULL, test_unlocked_for_lookup);
  ADD ("unlocked-for-store", NULL, test_unlocked_for_store);
  ADD ("unlocked-for-forget", NULL, test_unlocked_for_forget);
  ADD ("dismissed", NULL, test_dismissed);
  ADD ("broken", NULL, test_broken);
  ADD ("prompt-cancelled", "hang", test_cancelled);
  ADD ("call-cancelled", "silent", test_cancelled);
  ADD ("dies-while-asking", NULL, test_dies_while_asking);
  ADD ("peek-locked", NULL, test_peek_locked);
  ADD ("peek-open", NULL, test_peek_open);
  ADD ("quiet-then-asked", NULL, test_quiet_then_asked);
  ADD ("removed", NULL, test_removed);
  ADD ("locked-since-login", NULL, test_locked_since_login);

  return g_test_run ();
}

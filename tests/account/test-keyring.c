/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include <glib/gstdio.h>

#include "account/rst-password.h"

/* Runs under with-keyring.sh, on a real and unlocked gnome-keyring. */

static void
assert_stored (const RstAccount *account,
               const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_keyring_lookup (account, NULL, &error);

  g_assert_no_error (error);
  if (expected == NULL)
    g_assert_null (password);
  else
    g_assert_cmpstr (secret_value_get_text (password), ==, expected);
}

static void
store (const RstAccount *account,
       const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_new (text);

  rst_keyring_store (account, password, NULL, &error);
  g_assert_no_error (error);
}

static void
forget (const RstAccount *account)
{
  g_autoptr (GError) error = NULL;

  rst_keyring_forget (account, NULL, &error);
  g_assert_no_error (error);
}

static void
test_available (void)
{
  g_assert_true (rst_keyring_is_available (NULL));
}

static void
test_nothing_stored (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("none", "nowhere.example.org", "alice");

  assert_stored (account, NULL);
  forget (account);
  assert_stored (account, NULL);
}

static void
test_store_replace_forget (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");

  store (account, "first");
  assert_stored (account, "first");
  store (account, "second");
  assert_stored (account, "second");
  forget (account);
  assert_stored (account, NULL);
}

typedef struct
{
  const char *name;
  const char *text;
} TextRow;

static const TextRow text_rows[] = {
  { "blanks", " two  words " },
  { "utf-8", "пароль" },
  { "latin-1", "caf\xe9" },
  { "format", "%s%n" },
  { "one-byte", "x" },
};

static void
test_text (gconstpointer data)
{
  const TextRow *row = data;
  g_autoptr (RstAccount) account = rst_account_new ("text", "text.example.org", "alice");

  store (account, row->text);
  assert_stored (account, row->text);
}

static void
test_long (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("long", "long.example.org", "alice");
  g_autofree char *text = g_strnfill (4096, 'x');

  store (account, text);
  assert_stored (account, text);
}

static void
test_no_collision (void)
{
  g_autoptr (RstAccount) alice = rst_account_new ("a", "one.example.org", "alice");
  g_autoptr (RstAccount) bob = rst_account_new ("b", "one.example.org", "bob");
  g_autoptr (RstAccount) other_port = rst_account_copy (alice);
  g_autoptr (RstAccount) other_host = rst_account_new ("a", "two.example.org", "alice");

  other_port->port = 110;
  store (alice, "alice's");
  assert_stored (bob, NULL);
  assert_stored (other_port, NULL);
  assert_stored (other_host, NULL);

  store (bob, "bob's");
  store (other_port, "other port's");
  store (other_host, "other host's");
  assert_stored (alice, "alice's");
  assert_stored (bob, "bob's");
  assert_stored (other_port, "other port's");

  forget (alice);
  assert_stored (alice, NULL);
  assert_stored (bob, "bob's");
  assert_stored (other_port, "other port's");
  assert_stored (other_host, "other host's");
}

static void
test_renamed (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("old", "renamed.example.org", "alice");
  g_autoptr (RstAccount) renamed = rst_account_new ("new", "Renamed.Example.ORG", "alice");

  store (account, "secret");
  assert_stored (renamed, "secret");
  store (renamed, "newer");
  assert_stored (account, "newer");
}

/* From a command line in another encoding. */
static void
test_not_utf8 (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("l", "latin.example.org", "caf\xe9");
  g_autoptr (RstAccount) other = rst_account_new ("l", "latin.example.org", "caf\xe8");

  store (account, "secret");
  assert_stored (account, "secret");
  assert_stored (other, NULL);
}

/* Another program's password for the same server is none of ours. */
static void
test_other_program (void)
{
  static const SecretSchema other = {
    "org.example.Other",
    SECRET_SCHEMA_NONE,
    {
        { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "port", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
        { NULL, 0 },
    },
  };
  g_autoptr (RstAccount) account = rst_account_new ("o", "other.example.org", "alice");
  g_autoptr (GError) error = NULL;
  g_autofree char *theirs = NULL;

  secret_password_store_sync (&other, NULL, "other", "theirs", NULL, &error, "host",
                              "other.example.org", "port", "995", "user", "alice", NULL);
  g_assert_no_error (error);
  assert_stored (account, NULL);
  forget (account);
  theirs = secret_password_lookup_sync (&other, NULL, &error, "host", "other.example.org", NULL);
  g_assert_cmpstr (theirs, ==, "theirs");
}

static gpointer
use_keyring (gpointer data)
{
  g_autofree char *user = g_strdup_printf ("user%d", GPOINTER_TO_INT (data));
  g_autoptr (RstAccount) account = rst_account_new (NULL, "threads.example.org", user);

  for (guint i = 0; i < 5; i++)
    {
      store (account, user);
      assert_stored (account, user);
      forget (account);
      assert_stored (account, NULL);
    }
  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("keyring", use_keyring, GINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_cancelled (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "cancel.example.org", "alice");
  g_autoptr (SecretValue) password = rst_password_new ("secret");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (rst_keyring_lookup (account, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (rst_keyring_store (account, password, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_false (rst_keyring_forget (account, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (rst_keyring_is_available (cancellable));
}

static void
assert_lookup (RstPasswords *passwords,
               const char *expected,
               RstPasswordOrigin expected_origin)
{
  g_autoptr (GError) error = NULL;
  RstPasswordOrigin origin = RST_PASSWORD_ORIGIN_PROMPT;
  g_autoptr (SecretValue) password = rst_passwords_lookup (passwords, &origin, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (origin, ==, expected_origin);
  if (expected == NULL)
    g_assert_null (password);
  else
    g_assert_cmpstr (secret_value_get_text (password), ==, expected);
}

static void
accept (RstPasswords *passwords,
        const char *text,
        gboolean remember)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_new (text);

  rst_passwords_accept (passwords, password, remember, NULL, &error);
  g_assert_no_error (error);
}

/* Every place has a password and the server refuses them all, one after the other; the user's
 * answer is taken, and is there at the next start. */
static void
test_all_refused (void)
{
  g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), "password", NULL);
  g_autoptr (RstAccount) account = rst_account_new ("chain", "chain.example.org", "alice");
  g_autoptr (RstPasswords) passwords = NULL;
  g_autoptr (RstPasswords) next_start = NULL;

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "from file\n", -1, NULL));
  account->password_file = g_strdup (path);
  store (account, "from keyring");
  passwords = rst_passwords_new (account);
  accept (passwords, "from memory", FALSE);

  assert_lookup (passwords, "from file", RST_PASSWORD_ORIGIN_FILE);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_FILE);
  assert_lookup (passwords, "from memory", RST_PASSWORD_ORIGIN_MEMORY);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_MEMORY);
  assert_lookup (passwords, "from keyring", RST_PASSWORD_ORIGIN_KEYRING);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_KEYRING);
  assert_lookup (passwords, NULL, RST_PASSWORD_ORIGIN_NONE);
  assert_stored (account, "from keyring");

  accept (passwords, "from user", TRUE);
  assert_lookup (passwords, "from user", RST_PASSWORD_ORIGIN_MEMORY);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_MEMORY);
  assert_lookup (passwords, "from user", RST_PASSWORD_ORIGIN_KEYRING);

  next_start = rst_passwords_new (account);
  assert_lookup (next_start, "from file", RST_PASSWORD_ORIGIN_FILE);
  rst_passwords_refuse (next_start, RST_PASSWORD_ORIGIN_FILE);
  assert_lookup (next_start, "from user", RST_PASSWORD_ORIGIN_KEYRING);
}

static void
test_not_remembered (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("brief", "brief.example.org", "alice");
  g_autoptr (RstPasswords) passwords = rst_passwords_new (account);

  store (account, "old");
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_KEYRING);
  accept (passwords, "new", FALSE);
  assert_lookup (passwords, "new", RST_PASSWORD_ORIGIN_MEMORY);
  assert_stored (account, "old");
}

static void
test_chain_cancelled (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("c", "cancel.example.org", "alice");
  g_autoptr (RstPasswords) passwords = rst_passwords_new (account);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (rst_passwords_lookup (passwords, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/keyring/available", test_available);
  g_test_add_func ("/keyring/nothing-stored", test_nothing_stored);
  g_test_add_func ("/keyring/store-replace-forget", test_store_replace_forget);
  for (gsize i = 0; i < G_N_ELEMENTS (text_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/keyring/text/", text_rows[i].name, NULL);

      g_test_add_data_func (path, &text_rows[i], test_text);
    }
  g_test_add_func ("/keyring/long", test_long);
  g_test_add_func ("/keyring/no-collision", test_no_collision);
  g_test_add_func ("/keyring/renamed", test_renamed);
  g_test_add_func ("/keyring/not-utf8", test_not_utf8);
  g_test_add_func ("/keyring/other-program", test_other_program);
  g_test_add_func ("/keyring/threads", test_threads);
  g_test_add_func ("/keyring/cancelled", test_cancelled);
  g_test_add_func ("/keyring/all-refused", test_all_refused);
  g_test_add_func ("/keyring/not-remembered", test_not_remembered);
  g_test_add_func ("/keyring/chain-cancelled", test_chain_cancelled);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "account/rst-password.h"

typedef struct
{
  const char *name;
  const char *contents;
  /* 0: up to the first NUL */
  gsize length;
  /* NULL: refused */
  const char *password;
} FileRow;

static const FileRow file_rows[] = {
  { "line", "secret\n", 0, "secret" },
  { "no-line-end", "secret", 0, "secret" },
  { "one-byte", "s", 0, "s" },
  { "dos", "secret\r\n", 0, "secret" },
  { "cr-at-end", "secret\r", 0, "secret" },
  { "crs-at-end", "secret\r\r\n", 0, "secret" },
  { "second-line", "secret\nother\n", 0, "secret" },
  { "blanks-belong", " \tse cret \t\n", 0, " \tse cret \t" },
  { "only-a-blank", " \n", 0, " " },
  { "comment-sign", "#secret\n", 0, "#secret" },
  { "utf-8", "пароль\n", 0, "пароль" },
  { "latin-1", "caf\xe9\n", 0, "caf\xe9" },
  { "nul-in-second-line", "secret\n\0", 8, "secret" },
  { "empty", "", 0, NULL },
  { "empty-line", "\n", 0, NULL },
  { "empty-first-line", "\r\nsecret\n", 0, NULL },
  { "nul", "sec\0ret\n", 8, NULL },
  { "nul-at-end", "secret\0\n", 8, NULL },
};

static char *
write_file (const char *contents,
            gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (g_get_user_runtime_dir (), "password", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_runtime_dir (), 0700), ==, 0);
  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return path;
}

static void
assert_password (SecretValue *password,
                 const char *expected)
{
  gsize length;

  g_assert_nonnull (password);
  g_assert_cmpstr (secret_value_get_text (password), ==, expected);
  secret_value_get (password, &length);
  g_assert_cmpuint (length, ==, strlen (expected));
}

static void
assert_keeps_secret (const GError *error)
{
  g_assert_null (strstr (error->message, "sec"));
  g_assert_null (strstr (error->message, "ret"));
}

static void
test_file (gconstpointer data)
{
  const FileRow *row = data;
  gsize length = row->length > 0 ? row->length : strlen (row->contents);
  g_autofree char *path = write_file (row->contents, length);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_read_file (path, &error);

  if (row->password != NULL)
    {
      g_assert_no_error (error);
      assert_password (password, row->password);
    }
  else
    {
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_null (password);
      g_assert_nonnull (strstr (error->message, path));
      assert_keeps_secret (error);
    }
}

static void
test_file_longest (void)
{
  g_autofree char *text = g_strnfill (4096, 'x');
  g_autofree char *line = g_strconcat (text, "\r\n", NULL);
  g_autofree char *path = write_file (line, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_read_file (path, &error);

  g_assert_no_error (error);
  assert_password (password, text);
}

static void
test_file_too_long (void)
{
  for (gsize length = 4097; length < 4110; length++)
    {
      g_autofree char *text = g_strnfill (length, 'x');
      g_autofree char *path = write_file (text, -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (SecretValue) password = rst_password_read_file (path, &error);

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
      g_assert_null (password);
    }
}

static void
test_file_missing (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_read_file ("/nowhere/password", &error);

  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_null (password);
  g_assert_nonnull (strstr (error->message, "“/nowhere/password”"));
}

static void
test_file_is_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_read_file ("/", &error);

  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ISDIR);
  g_assert_null (password);
}

static gpointer
write_slowly (gpointer path)
{
  static const char *const pieces[] = { "se", "cr", "et\n" };
  int fd = g_open (path, O_WRONLY, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    g_assert_cmpint (write (fd, pieces[i], strlen (pieces[i])), ==, strlen (pieces[i]));
  return GINT_TO_POINTER (fd);
}

/* As from `--password-file <(pass show mail)`. The writer keeps the pipe open: the line's end must
 * be enough. */
static void
test_file_is_pipe (void)
{
  g_autofree char *path = write_file ("", -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = NULL;
  GThread *writer;

  g_assert_cmpint (g_unlink (path), ==, 0);
  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  writer = g_thread_new ("writer", write_slowly, path);
  password = rst_password_read_file (path, &error);
  g_assert_no_error (error);
  assert_password (password, "secret");
  close (GPOINTER_TO_INT (g_thread_join (writer)));
}

static void
test_new (void)
{
  g_autoptr (SecretValue) password = rst_password_new ("caf\xe9");

  assert_password (password, "caf\xe9");
}

/* No session bus at all, and so no keyring: over ssh, or in a service. */
static void
test_no_bus (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (SecretValue) password = rst_password_new ("secret");
  g_autoptr (GError) error = NULL;

  g_assert_false (rst_keyring_is_available (NULL));
  g_assert_null (rst_keyring_lookup (account, NULL, &error));
  g_assert_no_error (error);

  g_assert_false (rst_keyring_store (account, password, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, "There is no keyring service in this session.");
  g_clear_error (&error);
  g_assert_false (rst_keyring_forget (account, NULL, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (error->message, ==, "There is no keyring service in this session.");
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
  if (expected != NULL)
    assert_password (password, expected);
  else
    g_assert_null (password);
}

static void
accept (RstPasswords *passwords,
        const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SecretValue) password = rst_password_new (text);

  rst_passwords_accept (passwords, password, FALSE, NULL, &error);
  g_assert_no_error (error);
}

static void
test_nothing_known (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = rst_passwords_new (account);

  assert_lookup (passwords, NULL, RST_PASSWORD_ORIGIN_NONE);
}

static void
test_memory (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = rst_passwords_new (account);

  accept (passwords, "secret");
  assert_lookup (passwords, "secret", RST_PASSWORD_ORIGIN_MEMORY);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_MEMORY);
  assert_lookup (passwords, NULL, RST_PASSWORD_ORIGIN_NONE);
  accept (passwords, "other");
  assert_lookup (passwords, "other", RST_PASSWORD_ORIGIN_MEMORY);
}

static void
test_file_first (void)
{
  g_autofree char *path = write_file ("from file\n", -1);
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = NULL;

  account->password_file = g_strdup (path);
  passwords = rst_passwords_new (account);
  accept (passwords, "from memory");
  assert_lookup (passwords, "from file", RST_PASSWORD_ORIGIN_FILE);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_FILE);
  assert_lookup (passwords, "from memory", RST_PASSWORD_ORIGIN_MEMORY);
  rst_passwords_refuse (passwords, RST_PASSWORD_ORIGIN_PROMPT);
  assert_lookup (passwords, "from memory", RST_PASSWORD_ORIGIN_MEMORY);
}

/* A file that is asked for and cannot be read must not lead to a prompt in a script. */
static void
test_file_is_an_error (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = NULL;
  g_autoptr (GError) error = NULL;
  RstPasswordOrigin origin = RST_PASSWORD_ORIGIN_NONE;

  account->password_file = g_strdup ("/nowhere/password");
  passwords = rst_passwords_new (account);
  g_assert_null (rst_passwords_lookup (passwords, &origin, NULL, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOENT);
  g_assert_cmpint (origin, ==, RST_PASSWORD_ORIGIN_FILE);

  rst_passwords_refuse (passwords, origin);
  assert_lookup (passwords, NULL, RST_PASSWORD_ORIGIN_NONE);
}

static void
test_remember_without_keyring (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstPasswords) passwords = rst_passwords_new (account);
  g_autoptr (SecretValue) password = rst_password_new ("secret");
  g_autoptr (GError) error = NULL;

  g_assert_false (rst_passwords_accept (passwords, password, TRUE, NULL, &error));
  g_assert_nonnull (error);
  assert_lookup (passwords, "secret", RST_PASSWORD_ORIGIN_MEMORY);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (file_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/password/file/", file_rows[i].name, NULL);

      g_test_add_data_func (path, &file_rows[i], test_file);
    }
  g_test_add_func ("/password/file/longest", test_file_longest);
  g_test_add_func ("/password/file/too-long", test_file_too_long);
  g_test_add_func ("/password/file/missing", test_file_missing);
  g_test_add_func ("/password/file/is-folder", test_file_is_folder);
  g_test_add_func ("/password/file/is-pipe", test_file_is_pipe);
  g_test_add_func ("/password/new", test_new);
  g_test_add_func ("/password/no-bus", test_no_bus);
  g_test_add_func ("/password/nothing-known", test_nothing_known);
  g_test_add_func ("/password/memory", test_memory);
  g_test_add_func ("/password/file-first", test_file_first);
  g_test_add_func ("/password/file-is-an-error", test_file_is_an_error);
  g_test_add_func ("/password/remember-without-keyring", test_remember_without_keyring);

  return g_test_run ();
}

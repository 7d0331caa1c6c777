/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-account.h"

static void
test_defaults (void)
{
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice");

  g_assert_cmpstr (account->id, ==, "alice@pop.example.org");
  g_assert_cmpstr (account->name, ==, "alice@pop.example.org");
  g_assert_cmpstr (account->host, ==, "pop.example.org");
  g_assert_cmpstr (account->user, ==, "alice");
  g_assert_cmpuint (account->port, ==, 995);
  g_assert_cmpint (account->security, ==, RST_POP3_SECURITY_TLS);
  g_assert_true (account->has_top);
  g_assert_cmpuint (account->fetch_limit, ==, 0);
  g_assert_cmpuint (account->timeout, ==, 15);
  g_assert_null (account->password_file);
  g_assert_null (account->fetch_encoding);
  g_assert_null (account->ca_file);
  g_assert_null (account->certificate_pin);
}

static void
test_user_with_domain (void)
{
  g_autoptr (RstAccount) account = rst_account_new (NULL, "pop.example.org", "alice@example.org");

  g_assert_cmpstr (account->id, ==, "alice@example.org@pop.example.org");
  g_assert_cmpstr (account->name, ==, "alice@example.org");
}

/* As people write them, and as an account has them. */
static void
test_hosts (void)
{
  static const struct
  {
    const char *text;
    const char *host;
  } hosts[] = {
    { "pop.example.org", "pop.example.org" },
    { "pop.example.org.", "pop.example.org" },
    { "localhost.", "localhost" },
    { "почта.рф.", "почта.рф" },
    { "[::1]", "::1" },
    { "::1", "::1" },
    { "[192.0.2.7]", "192.0.2.7" },
    { "[::1", "[::1" },
    { "[]", "[]" },
    { ".", "." },
    { "", "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (hosts); i++)
    {
      g_autofree char *host = rst_account_dup_host (hosts[i].text);

      g_assert_cmpstr (host, ==, hosts[i].host);
    }
}

static void
test_copy (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstAccount) copy = NULL;

  account->password_file = g_strdup ("/secret");
  account->fetch_encoding = g_strdup ("koi8-r");
  account->ca_file = g_strdup ("/ca.pem");
  account->certificate_pin = g_strdup ("00");
  account->state_folder = g_strdup ("/state");
  account->has_top = FALSE;
  copy = rst_account_copy (account);
  g_clear_pointer (&account, rst_account_unref);

  g_assert_cmpstr (copy->id, ==, "work");
  g_assert_cmpstr (copy->name, ==, "work");
  g_assert_cmpstr (copy->host, ==, "pop.example.org");
  g_assert_cmpstr (copy->user, ==, "alice");
  g_assert_cmpstr (copy->password_file, ==, "/secret");
  g_assert_cmpstr (copy->fetch_encoding, ==, "koi8-r");
  g_assert_cmpstr (copy->ca_file, ==, "/ca.pem");
  g_assert_cmpstr (copy->certificate_pin, ==, "00");
  g_assert_cmpstr (copy->state_folder, ==, "/state");
  g_assert_false (copy->has_top);
}

static void
test_reference (void)
{
  RstAccount *account = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstAccount) other = rst_account_ref (account);

  rst_account_unref (account);
  g_assert_cmpstr (other->host, ==, "pop.example.org");
}

static void
test_security (void)
{
  RstPop3Security security = RST_POP3_SECURITY_TLS;

  g_assert_true (rst_account_security_from_string ("starttls", &security));
  g_assert_cmpint (security, ==, RST_POP3_SECURITY_STARTTLS);
  g_assert_true (rst_account_security_from_string ("none", &security));
  g_assert_cmpint (security, ==, RST_POP3_SECURITY_NONE);
  g_assert_true (rst_account_security_from_string ("tls", &security));
  g_assert_cmpint (security, ==, RST_POP3_SECURITY_TLS);
  g_assert_false (rst_account_security_from_string ("TLS", &security));
  g_assert_false (rst_account_security_from_string ("ssl", &security));
  g_assert_false (rst_account_security_from_string ("", &security));

  g_assert_cmpuint (rst_account_default_port (RST_POP3_SECURITY_TLS), ==, 995);
  g_assert_cmpuint (rst_account_default_port (RST_POP3_SECURITY_STARTTLS), ==, 110);
  g_assert_cmpuint (rst_account_default_port (RST_POP3_SECURITY_NONE), ==, 110);
}

static void
test_paths (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("work", "pop.example.org", "alice");
  g_autofree char *cache = rst_account_dup_cache_path (account);
  g_autofree char *data = rst_account_dup_data_folder (account);
  g_autofree char *expected_cache = NULL;
  g_autofree char *expected_data = NULL;

  expected_cache = g_build_filename (g_get_user_cache_dir (), "restante", "work.sqlite", NULL);
  expected_data = g_build_filename (g_get_user_data_dir (), "restante", "work", NULL);
  g_assert_cmpstr (cache, ==, expected_cache);
  g_assert_cmpstr (data, ==, expected_data);
  g_assert_false (g_file_test (expected_data, G_FILE_TEST_EXISTS));
}

static void
test_state_folder (void)
{
  g_autoptr (RstAccount) account = rst_account_new ("demo", "localhost", "demo");
  g_autofree char *cache = NULL;
  g_autofree char *data = NULL;

  account->state_folder = g_strdup ("/tmp/demo");
  cache = rst_account_dup_cache_path (account);
  data = rst_account_dup_data_folder (account);
  g_assert_cmpstr (cache, ==, "/tmp/demo/demo.sqlite");
  g_assert_cmpstr (data, ==, "/tmp/demo/demo");
}

typedef struct
{
  const char *name;
  const char *text;
  /* NULL: the text itself is safe */
  const char *prefix;
} IdRow;

static const IdRow id_rows[] = {
  { "plain", "work", NULL },
  { "every-kind", "Al.ice_9-x@pop.example.org", NULL },
  { "empty", "", "-" },
  { "dot", ".", "_-" },
  { "parent", "..", "_.-" },
  { "hidden", ".cache", "_cache-" },
  { "up-and-away", "../x", "_._x-" },
  { "deep", "../../etc/passwd", "_._.._etc_passwd-" },
  { "absolute", "/etc/passwd", "_etc_passwd-" },
  { "inner-dots", "a/../b", "a_.._b-" },
  { "blank", "my work", "my_work-" },
  { "letters-of-the-world", "Работа", "_-" },
  { "line-break", "a\nb", "a_b-" },
};

static void
test_id (gconstpointer data)
{
  const IdRow *row = data;
  g_autoptr (RstAccount) account = rst_account_new (row->text, "h", "u");
  g_autoptr (RstAccount) again = rst_account_new (row->text, "other", "other");
  g_autofree char *path = rst_account_dup_cache_path (account);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *expected_folder = g_build_filename (g_get_user_cache_dir (), "restante", NULL);

  g_assert_cmpstr (account->name, ==, row->text);
  g_assert_cmpstr (account->id, ==, again->id);
  if (row->prefix == NULL)
    g_assert_cmpstr (account->id, ==, row->text);
  else
    g_assert_cmpuint (strlen (account->id), ==, strlen (row->prefix) + 8);
  if (row->prefix != NULL)
    g_assert_true (g_str_has_prefix (account->id, row->prefix));
  g_assert_cmpuint (strspn (account->id, "-_.@" G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS), ==,
                    strlen (account->id));
  g_assert_cmpint (account->id[0], !=, '.');
  g_assert_cmpstr (folder, ==, expected_folder);
}

static void
test_id_unlike (void)
{
  g_autoptr (RstAccount) slash = rst_account_new ("a/b", "h", "u");
  g_autoptr (RstAccount) blank = rst_account_new ("a b", "h", "u");

  g_assert_cmpstr (slash->id, !=, blank->id);
}

static void
test_id_long (void)
{
  g_autofree char *text = g_strnfill (100000, 'a');
  g_autofree char *fits = g_strnfill (128, 'a');
  g_autoptr (RstAccount) longer = rst_account_new (text, "h", "u");
  g_autoptr (RstAccount) longest = rst_account_new (fits, "h", "u");

  g_assert_cmpuint (strlen (longer->id), ==, 128);
  g_assert_cmpstr (longest->id, ==, fits);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/account/defaults", test_defaults);
  g_test_add_func ("/account/user-with-domain", test_user_with_domain);
  g_test_add_func ("/account/hosts", test_hosts);
  g_test_add_func ("/account/copy", test_copy);
  g_test_add_func ("/account/reference", test_reference);
  g_test_add_func ("/account/security", test_security);
  g_test_add_func ("/account/paths", test_paths);
  g_test_add_func ("/account/state-folder", test_state_folder);
  for (gsize i = 0; i < G_N_ELEMENTS (id_rows); i++)
    {
      g_autofree char *path = g_strconcat ("/account/id/", id_rows[i].name, NULL);

      g_test_add_data_func (path, &id_rows[i], test_id);
    }
  g_test_add_func ("/account/id-unlike", test_id_unlike);
  g_test_add_func ("/account/id-long", test_id_long);

  return g_test_run ();
}

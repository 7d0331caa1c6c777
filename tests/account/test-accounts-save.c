/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "accounts-fixture.h"

static guint
get_mode (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return info.st_mode & 07777;
}

static void
save (RstAccountsFile *file)
{
  g_autoptr (GError) error = NULL;

  rst_accounts_file_save (file, &error);
  g_assert_no_error (error);
}

static void
test_nothing_to_save (AccountsFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load (fixture);

  save (file);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
test_new_file (AccountsFixture *fixture,
               gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load (fixture);
  g_autoptr (RstAccount) plain = rst_account_new ("work", "pop.example.org", "alice");
  g_autoptr (RstAccount) full = rst_account_new ("home", "h", " u \t");
  mode_t mask = umask (0);

  full->name = (g_free (full->name), g_strdup ("At home"));
  full->security = RST_POP3_SECURITY_STARTTLS;
  full->port = 995;
  full->password_file = g_strdup ("/pw");
  full->has_top = FALSE;
  full->fetch_limit = 5;
  full->fetch_encoding = g_strdup ("koi8-r");
  full->timeout = 3;
  full->ca_file = g_strdup ("/ca.pem");
  full->certificate_pin = g_strdup (FINGERPRINT);
  rst_accounts_file_put (file, plain);
  rst_accounts_file_put (file, full);
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
  save (file);
  umask (mask);

  accounts_assert_text (fixture, "[work]\n"
                                 "host=pop.example.org\n"
                                 "user=alice\n"
                                 "\n"
                                 "[home]\n"
                                 "name=At home\n"
                                 "host=h\n"
                                 "security=starttls\n"
                                 "port=995\n"
                                 "user=\\su\\s\\t\n"
                                 "password-file=/pw\n"
                                 "has-top=false\n"
                                 "fetch-limit=5\n"
                                 "fetch-encoding=koi8-r\n"
                                 "timeout=3\n"
                                 "certificate-pin=" FINGERPRINT "\n");
  g_assert_cmpstr (rst_accounts_file_find (file, "home")->user, ==, " u \t");
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
  g_assert_cmpuint (get_mode (fixture->folder), ==, 0700);
}

static const char whole_file[] = "# My accounts.\n"
                                 "#   Keep this.\n"
                                 "\n"
                                 "[settings]\n"
                                 "version=1\n"
                                 "\n"
                                 "# The one at work\n"
                                 "[work]\n"
                                 "# not the old server\n"
                                 "host=h\n"
                                 "colour=blue;red;\n"
                                 "name[ru]=Работа\n"
                                 "user=u\n"
                                 "timeout=15\n"
                                 "\n"
                                 "[home]\n"
                                 "host=i\n"
                                 "user=v\n"
                                 "\n"
                                 "# the end\n";

static void
test_rewrite_keeps_all (AccountsFixture *fixture,
                        gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, whole_file);
  g_autoptr (RstAccount) same = rst_account_copy (rst_accounts_file_find (file, "work"));

  rst_accounts_file_put (file, same);
  save (file);
  accounts_assert_text (fixture, whole_file);
}

static void
test_rewrite_one_key (AccountsFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, whole_file);
  g_autoptr (RstAccount) changed = rst_account_copy (rst_accounts_file_find (file, "work"));
  g_auto (GStrv) parts = g_strsplit (whole_file, "host=h\n", 2);
  g_autofree char *expected = g_strconcat (parts[0], "host=new\n", parts[1], NULL);

  g_free (changed->host);
  changed->host = g_strdup ("new");
  rst_accounts_file_put (file, changed);
  g_assert_cmpstr (rst_accounts_file_find (file, "work")->host, ==, "new");
  save (file);
  accounts_assert_text (fixture, expected);
}

static void
test_default_stays_written (AccountsFixture *fixture,
                            gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[work]\nhost=h\nuser=u\ntimeout=30\nfetch-encoding=koi8-r\n");
  g_autoptr (RstAccount) changed = rst_account_copy (accounts_get_only (file));

  changed->timeout = RST_ACCOUNT_DEFAULT_TIMEOUT;
  g_clear_pointer (&changed->fetch_encoding, g_free);
  rst_accounts_file_put (file, changed);
  save (file);
  accounts_assert_text (fixture, "[work]\nhost=h\nuser=u\ntimeout=15\n");
}

static void
test_other_security (AccountsFixture *fixture,
                     gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, "[work]\nhost=h\nuser=u\n");
  g_autoptr (RstAccount) changed = rst_account_copy (accounts_get_only (file));

  changed->security = RST_POP3_SECURITY_STARTTLS;
  rst_accounts_file_put (file, changed);
  save (file);
  g_assert_cmpuint (accounts_get_only (file)->port, ==, 995);
  g_assert_cmpint (accounts_get_only (file)->security, ==, RST_POP3_SECURITY_STARTTLS);
}

static void
test_remove (AccountsFixture *fixture,
             gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[a]\nhost=h\nuser=u\nx=1\n\n# two\n[b]\nhost=i\nuser=v\n");

  rst_accounts_file_remove (file, "nobody");
  rst_accounts_file_remove (file, "a");
  g_assert_null (rst_accounts_file_find (file, "a"));
  save (file);
  accounts_assert_text (fixture, "# two\n[b]\nhost=i\nuser=v\n");
}

static void
test_unsafe_groups (AccountsFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[../x]\nhost=h\nuser=u\n"
                          "[.. x]\nhost=h\nuser=u\n");
  g_autoptr (RstAccount) changed = rst_account_copy (rst_accounts_file_find (file, "../x"));

  changed->timeout = 30;
  rst_accounts_file_put (file, changed);
  rst_accounts_file_remove (file, rst_accounts_file_find (file, ".. x")->id);
  save (file);
  accounts_assert_text (fixture, "[../x]\nhost=h\nuser=u\ntimeout=30\n");
}

/* The file of a text editor on a PC, and one without a last line end. */
static void
test_line_ends (AccountsFixture *fixture,
                gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture, "[work]\r\n  host = h \r\n\tuser = u\r\n# end");
  g_autoptr (RstAccount) changed = rst_account_copy (accounts_get_only (file));
  g_autoptr (RstAccount) added = rst_account_new ("home", "i", "v");

  changed->timeout = 30;
  rst_accounts_file_put (file, changed);
  rst_accounts_file_put (file, added);
  save (file);
  accounts_assert_text (fixture, "[work]\r\n  host = h \r\n\tuser = u\r\ntimeout=30\r\n# end\r\n"
                                 "\r\n[home]\r\nhost=i\r\nuser=v\r\n");
}

static void
test_mode_is_mended (AccountsFixture *fixture,
                     gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, WORK);
  g_autoptr (RstAccount) added = rst_account_new ("home", "h", "u");

  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  rst_accounts_file_put (file, added);
  save (file);
  g_assert_cmpuint (get_mode (fixture->path), ==, 0600);
}

static void
assert_link_is_followed (AccountsFixture *fixture,
                         const char *link_text,
                         const char *target)
{
  g_autoptr (RstAccountsFile) file = NULL;
  g_autoptr (RstAccount) added = rst_account_new ("home", "h", "u");
  g_autofree char *text = NULL;

  g_assert_cmpint (symlink (link_text, fixture->path), ==, 0);
  file = accounts_load (fixture);
  rst_accounts_file_put (file, added);
  save (file);

  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_SYMLINK));
  g_assert_true (g_file_get_contents (target, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "[home]"));
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
}

static void
test_link (AccountsFixture *fixture,
           gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "dotfiles.ini", NULL);

  accounts_write (fixture, WORK);
  g_assert_cmpint (g_rename (fixture->path, target), ==, 0);
  assert_link_is_followed (fixture, target, target);
}

static void
test_dangling_link (AccountsFixture *fixture,
                    gconstpointer data)
{
  g_autofree char *target = g_build_filename (fixture->folder, "real", "accounts.ini", NULL);

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  assert_link_is_followed (fixture, "real/../real/accounts.ini", target);
}

/* The whole folder is a link too, so that ".." leads elsewhere than the path looks like. */
static void
test_link_in_linked_folder (AccountsFixture *fixture,
                            gconstpointer data)
{
  g_autofree char *base = g_build_filename (g_get_user_data_dir (), "dotfiles", NULL);
  g_autofree char *folder = g_build_filename (base, "deep", "restante", NULL);
  g_autofree char *target = g_build_filename (base, "shared.ini", NULL);

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_config_dir (), 0700), ==, 0);
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (symlink (folder, fixture->folder), ==, 0);
  assert_link_is_followed (fixture, "../../shared.ini", target);
}

static void
test_circular_link (AccountsFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_assert_cmpint (symlink ("accounts.ini", fixture->path), ==, 0);
  file = rst_accounts_file_load (fixture->path, &error);
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_LOOP);
  g_assert_null (file);
}

static void
test_merge_other_account (AccountsFixture *fixture,
                          gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[a]\nhost=h\nuser=u\n\n[b]\nhost=i\nuser=v\n");
  g_autoptr (RstAccount) changed = rst_account_copy (rst_accounts_file_find (file, "a"));
  g_autoptr (RstAccount) added = rst_account_new ("new", "j", "w");

  changed->timeout = 30;
  rst_accounts_file_put (file, changed);
  rst_accounts_file_put (file, added);
  accounts_write (fixture, "# somebody else\n[a]\nhost=h\nuser=u\n\n[c]\nhost=k\nuser=x\n");
  save (file);

  accounts_assert_text (fixture, "# somebody else\n[a]\nhost=h\nuser=u\ntimeout=30\n\n"
                                 "[c]\nhost=k\nuser=x\n\n"
                                 "[new]\nhost=j\nuser=w\n");
  g_assert_null (rst_accounts_file_find (file, "b"));
  g_assert_nonnull (rst_accounts_file_find (file, "c"));
}

static void
test_merge_other_key (AccountsFixture *fixture,
                      gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture,
                          "[a]\nhost=h\nuser=u\nfetch-limit=5\n");
  g_autoptr (RstAccount) changed = rst_account_copy (accounts_get_only (file));

  changed->timeout = 30;
  rst_accounts_file_put (file, changed);
  accounts_write (fixture, "[a]\nhost=moved\nuser=u\nport=1995\n");
  save (file);

  accounts_assert_text (fixture, "[a]\nhost=moved\nuser=u\nport=1995\ntimeout=30\n");
  g_assert_cmpstr (accounts_get_only (file)->host, ==, "moved");
}

static void
test_merge_removed (AccountsFixture *fixture,
                    gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, "[a]\nhost=h\nuser=u\nport=7\n");
  g_autoptr (RstAccount) changed = rst_account_copy (accounts_get_only (file));

  changed->timeout = 30;
  rst_accounts_file_put (file, changed);
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  save (file);
  accounts_assert_text (fixture, "[a]\nhost=h\nport=7\nuser=u\ntimeout=30\n");
}

static void
test_merge_broken (AccountsFixture *fixture,
                   gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, WORK);
  g_autoptr (RstAccount) added = rst_account_new ("home", "h", "u");

  rst_accounts_file_put (file, added);
  accounts_write (fixture, WORK "broken");
  g_assert_false (rst_accounts_file_save (file, &error));
  g_assert_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT);
  accounts_assert_text (fixture, WORK "broken");

  accounts_write (fixture, WORK);
  save (file);
  accounts_assert_text (fixture, WORK "\n[home]\nhost=h\nuser=u\n");
}

static void
test_bad_account (AccountsFixture *fixture,
                  gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, WORK);
  g_autoptr (RstAccount) added = rst_account_new ("home", "not a host", "u");

  rst_accounts_file_put (file, added);
  g_assert_false (rst_accounts_file_save (file, &error));
  g_assert_error (error, RST_ACCOUNTS_FILE_ERROR, RST_ACCOUNTS_FILE_ERROR_FORMAT);
  accounts_assert_text (fixture, WORK);
  g_assert_nonnull (rst_accounts_file_find (file, "home"));
}

/* Root writes everywhere: it takes another user to be refused. */
static void
test_read_only_folder (AccountsFixture *fixture,
                       gconstpointer data)
{
  static const uid_t nobody = 65534;
  uid_t me = geteuid ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, WORK);
  g_autoptr (RstAccount) added = rst_account_new ("home", "h", "u");

  rst_accounts_file_put (file, added);
  g_assert_cmpint (g_chmod (fixture->path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  if (me == 0)
    g_assert_cmpint (seteuid (nobody), ==, 0);
  g_assert_false (rst_accounts_file_save (file, &error));
  if (me == 0)
    g_assert_cmpint (seteuid (me), ==, 0);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);

  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_ACCES);
  accounts_assert_text (fixture, WORK);
}

static void
test_no_folder (AccountsFixture *fixture,
                gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RstAccountsFile) file = NULL;
  g_autoptr (RstAccount) added = rst_account_new ("home", "h", "u");
  g_autofree char *path = g_build_filename (fixture->path, "sub", "accounts.ini", NULL);

  file = rst_accounts_file_load (path, &error);
  g_assert_no_error (error);
  accounts_write (fixture, WORK);
  rst_accounts_file_put (file, added);
  g_assert_false (rst_accounts_file_save (file, &error));
  g_assert_error (error, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  accounts_assert_text (fixture, WORK);
}

#define MIXED                       \
  "# my accounts\n"                 \
  "\n"                              \
  "# about a\n"                     \
  "[a]\nhost=h\nuser=a\n# in a\n\n" \
  "[other program]\nx=1\n\n"        \
  "[b]\nhost=h\nuser=b\n\n"         \
  "# about c\n"                     \
  "[c]\nhost=h\nuser=c"

static void
test_move (AccountsFixture *fixture,
           gconstpointer data)
{
  g_autoptr (RstAccountsFile) file = accounts_load_text (fixture, MIXED);
  const RstAccount *first;

  rst_accounts_file_move (file, "c", 0);
  save (file);
  first = g_ptr_array_index (rst_accounts_file_get_accounts (file), 0);
  g_assert_cmpstr (first->id, ==, "c");
  /* Comments go with their account, and what is no account stays in its place. */
  accounts_assert_text (fixture, "# my accounts\n"
                                 "\n"
                                 "# about c\n"
                                 "[c]\nhost=h\nuser=c\n"
                                 "[other program]\nx=1\n\n"
                                 "# about a\n"
                                 "[a]\nhost=h\nuser=a\n# in a\n\n"
                                 "[b]\nhost=h\nuser=b\n\n");

  rst_accounts_file_move (file, "c", 99);
  rst_accounts_file_move (file, "b", 0);
  rst_accounts_file_move (file, "nobody", 0);
  save (file);
  first = g_ptr_array_index (rst_accounts_file_get_accounts (file), 2);
  g_assert_cmpstr (first->id, ==, "c");
  first = g_ptr_array_index (rst_accounts_file_get_accounts (file), 0);
  g_assert_cmpstr (first->id, ==, "b");
}

/* What another program has added meanwhile is not lost by a change of order. */
static void
test_move_and_added (AccountsFixture *fixture,
                     gconstpointer data)
{
  g_autoptr (RstAccountsFile) file =
      accounts_load_text (fixture, "[a]\nhost=h\nuser=a\n[b]\nhost=h\nuser=b\n");

  accounts_write (fixture, "[new]\nhost=h\nuser=n\n[a]\nhost=h\nuser=a\n[b]\nhost=h\nuser=b\n");
  rst_accounts_file_move (file, "b", 0);
  save (file);
  accounts_assert_text (
      fixture, "[b]\nhost=h\nuser=b\n[a]\nhost=h\nuser=a\n[new]\nhost=h\nuser=n\n");
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ACCOUNTS_FIXTURE_ADD ("/accounts-save/nothing-to-save", NULL, test_nothing_to_save);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/new-file", NULL, test_new_file);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/rewrite-keeps-all", NULL, test_rewrite_keeps_all);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/rewrite-one-key", NULL, test_rewrite_one_key);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/default-stays-written", NULL, test_default_stays_written);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/other-security", NULL, test_other_security);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/remove", NULL, test_remove);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/unsafe-groups", NULL, test_unsafe_groups);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/line-ends", NULL, test_line_ends);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/mode-is-mended", NULL, test_mode_is_mended);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/link", NULL, test_link);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/dangling-link", NULL, test_dangling_link);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/link-in-linked-folder", NULL, test_link_in_linked_folder);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/circular-link", NULL, test_circular_link);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/merge-other-account", NULL, test_merge_other_account);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/merge-other-key", NULL, test_merge_other_key);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/merge-removed", NULL, test_merge_removed);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/merge-broken", NULL, test_merge_broken);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/bad-account", NULL, test_bad_account);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/read-only-folder", NULL, test_read_only_folder);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/no-folder", NULL, test_no_folder);

  ACCOUNTS_FIXTURE_ADD ("/accounts-save/move", NULL, test_move);
  ACCOUNTS_FIXTURE_ADD ("/accounts-save/move-and-added", NULL, test_move_and_added);
  return g_test_run ();
}

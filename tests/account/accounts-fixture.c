/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "accounts-fixture.h"

void
accounts_fixture_set_up (AccountsFixture *fixture,
                         gconstpointer data)
{
  fixture->folder = g_build_filename (g_get_user_config_dir (), "restante", NULL);
  fixture->path = rst_accounts_file_dup_default_path ();
}

void
accounts_fixture_tear_down (AccountsFixture *fixture,
                            gconstpointer data)
{
  g_free (fixture->folder);
  g_free (fixture->path);
}

void
accounts_write (AccountsFixture *fixture,
                const char *text)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (fixture->folder, 0700), ==, 0);
  g_file_set_contents (fixture->path, text, -1, &error);
  g_assert_no_error (error);
}

void
accounts_assert_text (AccountsFixture *fixture,
                      const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  g_file_get_contents (fixture->path, &text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (text, ==, expected);
}

RstAccountsFile *
accounts_load (AccountsFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  RstAccountsFile *file = rst_accounts_file_load (fixture->path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (file);
  return file;
}

RstAccountsFile *
accounts_load_text (AccountsFixture *fixture,
                    const char *text)
{
  accounts_write (fixture, text);
  return accounts_load (fixture);
}

RstAccount *
accounts_get_only (RstAccountsFile *file)
{
  GPtrArray *accounts = rst_accounts_file_get_accounts (file);

  g_assert_cmpuint (accounts->len, ==, 1);
  return g_ptr_array_index (accounts, 0);
}

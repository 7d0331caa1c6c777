/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "account/rst-accounts-file.h"

/* accounts.ini: what can be loaded can be changed and saved, and is then loaded
 * with the change. */

static char *path;

static void
remove_file (void)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_unlink (path);
  g_rmdir (folder);
}

static void
check_accounts (RstAccountsFile *file)
{
  GPtrArray *accounts = rst_accounts_file_get_accounts (file);

  for (guint i = 0; i < accounts->len; i++)
    {
      RstAccount *account = g_ptr_array_index (accounts, i);

      g_assert_true (*account->host != '\0' && *account->user != '\0' &&
                     account->port != 0);
      g_assert_true (g_utf8_validate (account->id, -1, NULL));
      g_assert_true (rst_accounts_file_find (file, account->id) == account);
    }
}

static void
check_save (RstAccountsFile *file)
{
  g_autofree char *id = rst_accounts_file_dup_free_id (file, "new");
  g_autoptr (RstAccount) account =
      rst_account_new (id, "pop.example.org", "alice");
  g_autoptr (RstAccountsFile) again = NULL;
  g_autoptr (GError) error = NULL;
  guint n_accounts = rst_accounts_file_get_accounts (file)->len;

  rst_accounts_file_put (file, account);
  rst_accounts_file_save (file, &error);
  g_assert_no_error (error);
  again = rst_accounts_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (rst_accounts_file_get_accounts (again)->len, ==,
                    n_accounts + 1);
  g_assert_nonnull (rst_accounts_file_find (again, id));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autoptr (RstAccountsFile) file = NULL;
  g_autoptr (GError) error = NULL;

  if (path == NULL)
    {
      g_autofree char *folder = g_dir_make_tmp ("rst-fuzz-XXXXXX", NULL);

      path = g_build_filename (folder, "accounts.ini", NULL);
      atexit (remove_file);
    }
  g_assert_true (g_file_set_contents_full (path, (const char *)data, (gssize)size,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  file = rst_accounts_file_load (path, &error);
  if (file == NULL)
    {
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }
  check_accounts (file);
  check_save (file);
  return 0;
}

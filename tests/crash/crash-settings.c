/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-crash-settings"

#include "config.h"

#include <stdlib.h>

#include "account/rst-accounts-file.h"

/* Saves accounts.ini again and again, with the name "old" and the name "new" in turns, until it is
 * killed; or as often as it is told. */

static gboolean
save (const char *path,
      const char *name,
      GError **error)
{
  g_autoptr (RstAccountsFile) file = rst_accounts_file_load (path, error);
  g_autoptr (RstAccount) account = NULL;

  if (file == NULL)
    return FALSE;
  account = rst_account_new ("crash", "127.0.0.1", "demo");
  g_free (account->name);
  account->name = g_strdup (name);
  rst_accounts_file_put (file, account);
  return rst_accounts_file_save (file, error);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  guint n_times = argc > 2 ? (guint)atoi (argv[2]) : G_MAXUINT;

  if (argc < 2)
    {
      g_printerr ("Usage: crash-settings FILE [TIMES]\n");
      return 2;
    }
  for (guint i = 0; i < n_times; i++)
    if (!save (argv[1], i % 2 == 0 ? "new" : "old", &error))
      {
        g_printerr ("%s\n", error->message);
        return 1;
      }
  return 0;
}

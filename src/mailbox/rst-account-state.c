/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-state"

#include "config.h"

#include "rst-account-state.h"

#include <sqlite3.h>

#include "account/rst-keyring.h"

typedef struct
{
  RstAccount *account;
  RstAccountStateFlags flags;
} Removal;

static void
removal_free (Removal *removal)
{
  rst_account_unref (removal->account);
  g_free (removal);
}

static int
count_unread (sqlite3 *database)
{
  sqlite3_stmt *statement = NULL;
  int n_unread = -1;

  if (sqlite3_prepare_v2 (database,
                          "SELECT COUNT(*) FROM message WHERE position IS NOT NULL AND NOT is_read",
                          -1, &statement, NULL) == SQLITE_OK &&
      sqlite3_step (statement) == SQLITE_ROW)
    n_unread = sqlite3_column_int (statement, 0);
  sqlite3_finalize (statement);
  return n_unread;
}

static void
count_worker (GTask *task,
              gpointer source_object,
              gpointer task_data,
              GCancellable *cancellable)
{
  g_autofree char *path = rst_account_dup_cache_path (task_data);
  sqlite3 *database = NULL;
  int n_unread = -1;

  if (g_file_test (path, G_FILE_TEST_EXISTS) &&
      sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
    n_unread = count_unread (database);
  sqlite3_close (database);
  g_task_return_int (task, n_unread);
}

void
rst_account_state_count_unread_async (RstAccount *account,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_return_if_fail (account != NULL);

  g_task_set_source_tag (task, rst_account_state_count_unread_async);
  g_task_set_task_data (task, rst_account_ref (account), (GDestroyNotify)rst_account_unref);
  g_task_run_in_thread (task, count_worker);
}

int
rst_account_state_count_unread_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), -1);

  return (int)g_task_propagate_int (G_TASK (result), NULL);
}

static gboolean
remove_file (GFile *file,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (g_file_delete (file, NULL, &local_error) ||
      g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

/* Links are removed and not followed. */
static gboolean
remove_folder (GFile *folder,
               GError **error)
{
  g_autoptr (GFileEnumerator) enumerator =
      g_file_enumerate_children (folder, "standard::name,standard::type",
                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);
  GFileInfo *info = NULL;
  GFile *child = NULL;

  while (enumerator != NULL && g_file_enumerator_iterate (enumerator, &info, &child, NULL, NULL) &&
         child != NULL)
    {
      gboolean is_folder = g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY;

      if (!(is_folder ? remove_folder (child, error) : remove_file (child, error)))
        return FALSE;
    }
  return remove_file (folder, error);
}

static gboolean
remove_cache (const RstAccount *account,
              GError **error)
{
  /* Those that SQLite keeps beside the file. */
  static const char *const suffixes[] = { "", "-wal", "-shm", "-journal" };
  g_autofree char *path = rst_account_dup_cache_path (account);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *name = g_strconcat (path, suffixes[i], NULL);
      g_autoptr (GFile) file = g_file_new_for_path (name);

      if (!remove_file (file, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
remove_data (const RstAccount *account,
             GError **error)
{
  g_autofree char *path = rst_account_dup_data_folder (account);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  return remove_folder (folder, error);
}

/* The first error is told; the rest is removed all the same. */
static void
remove_worker (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  const Removal *removal = task_data;
  g_autoptr (GError) cache_error = NULL;
  g_autoptr (GError) data_error = NULL;
  g_autoptr (GError) keyring_error = NULL;

  if ((removal->flags & RST_ACCOUNT_STATE_CACHE) != 0)
    remove_cache (removal->account, &cache_error);
  if ((removal->flags & RST_ACCOUNT_STATE_DATA) != 0)
    remove_data (removal->account, &data_error);
  /* Without a keyring, nothing was stored in one. */
  if ((removal->flags & RST_ACCOUNT_STATE_PASSWORD) != 0 && rst_keyring_is_available (cancellable))
    rst_keyring_forget (removal->account, cancellable, &keyring_error);

  if (cache_error != NULL)
    g_task_return_error (task, g_steal_pointer (&cache_error));
  else if (data_error != NULL)
    g_task_return_error (task, g_steal_pointer (&data_error));
  else if (keyring_error != NULL)
    g_task_return_error (task, g_steal_pointer (&keyring_error));
  else
    g_task_return_boolean (task, TRUE);
}

void
rst_account_state_remove_async (RstAccount *account,
                                RstAccountStateFlags flags,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Removal *removal = g_new (Removal, 1);

  *removal = (Removal){ rst_account_ref (account), flags };
  g_task_set_source_tag (task, rst_account_state_remove_async);
  g_task_set_task_data (task, removal, (GDestroyNotify)removal_free);
  g_task_run_in_thread (task, remove_worker);
}

gboolean
rst_account_state_remove_finish (GAsyncResult *result,
                                 GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

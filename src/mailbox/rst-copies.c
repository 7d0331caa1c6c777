/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-copies"

#include "config.h"

#include "rst-copies.h"

#define SECONDS_A_DAY (24 * 60 * 60)

/* Nothing that another program is about to name in a receipt is taken for left over. */
#define LEFT_OVER_AGE SECONDS_A_DAY

/* Those that a receipt names. */
#define NAMED "(SELECT copy FROM entry WHERE copy IS NOT NULL)"

gint64
rst_copies_add (RstReceipts *receipts,
                GBytes *message,
                GError **error)
{
  sqlite3 *database = rst_receipts_get_database (receipts);
  g_autoptr (sqlite3_stmt) statement = NULL;
  gsize length;
  const void *bytes = g_bytes_get_data (message, &length);

  /* The receipt is waited for until it is on the disk, and what was written before it with it. */
  rst_database_run (database, "PRAGMA synchronous = NORMAL", NULL);
  statement = rst_database_prepare (
      database, "INSERT INTO copy (time, size, bytes) VALUES (?, ?, ?)", error);
  if (!statement)
    return 0;

  sqlite3_bind_int64 (statement, 1, g_get_real_time () / G_USEC_PER_SEC);
  sqlite3_bind_int64 (statement, 2, (gint64)length);
  if (length > 0)
    sqlite3_bind_blob64 (statement, 3, bytes, length, SQLITE_STATIC);
  else
    sqlite3_bind_zeroblob (statement, 3, 0);

  return rst_database_step (statement, error) ? sqlite3_last_insert_rowid (database) : 0;
}

GBytes *
rst_copies_load (RstReceipts *receipts,
                 gint64 id,
                 GError **error)
{
  sqlite3 *database = rst_receipts_get_database (receipts);
  g_autoptr (sqlite3_stmt) statement =
      rst_database_prepare (database, "SELECT bytes FROM copy WHERE id = ?", error);
  int result;

  if (!statement)
    return NULL;

  sqlite3_bind_int64 (statement, 1, id);
  result = sqlite3_step (statement);
  if (result == SQLITE_ROW)
    return g_bytes_new (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  if (result != SQLITE_DONE)
    rst_database_set_error (database, error);

  return NULL;
}

/* The space goes back to the file system. Failing costs nothing but that. */
static void
shrink (sqlite3 *database)
{
  rst_database_run (database, "PRAGMA incremental_vacuum; PRAGMA wal_checkpoint (TRUNCATE)", NULL);
}

static gboolean
remove_each (sqlite3 *database,
             GArray *ids,
             GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      rst_database_prepare (database, "DELETE FROM copy WHERE id = ?", error);

  for (guint i = 0; statement && i < ids->len; i++)
    {
      sqlite3_bind_int64 (statement, 1, g_array_index (ids, gint64, i));
      if (!rst_database_step (statement, error))
        return FALSE;
    }

  return statement != NULL;
}

gboolean
rst_copies_remove (RstReceipts *receipts,
                   GArray *ids,
                   GError **error)
{
  sqlite3 *database = rst_receipts_get_database (receipts);

  if (ids->len == 0)
    return TRUE;
  if (!rst_database_run (database, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!remove_each (database, ids, error) || !rst_database_run (database, "COMMIT", error))
    {
      rst_database_run (database, "ROLLBACK", NULL);
      return FALSE;
    }

  shrink (database);
  return TRUE;
}

gboolean
rst_copies_prune (RstReceipts *receipts,
                  guint days,
                  guint64 max_total,
                  GError **error)
{
  sqlite3 *database = rst_receipts_get_database (receipts);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (sqlite3_stmt) statement = rst_database_prepare (
      database,
      "DELETE FROM copy WHERE time < ?1 OR "
      "(time < ?2 AND id NOT IN " NAMED ") OR "
      "id IN (SELECT id FROM (SELECT id, sum (size) OVER (ORDER BY id DESC) AS sum FROM copy "
      "WHERE id IN " NAMED ") WHERE sum > ?3)",
      error);

  if (!statement)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, now - (gint64)days * SECONDS_A_DAY);
  sqlite3_bind_int64 (statement, 2, now - LEFT_OVER_AGE);
  sqlite3_bind_int64 (statement, 3, (gint64)max_total);
  if (!rst_database_step (statement, error))
    return FALSE;

  if (sqlite3_changes (database) > 0)
    shrink (database);
  return TRUE;
}

guint64
rst_copies_get_size (RstReceipts *receipts)
{
  g_autoptr (sqlite3_stmt) statement = rst_database_prepare (
      rst_receipts_get_database (receipts),
      "SELECT total (size) FROM copy WHERE id IN " NAMED, NULL);

  return statement && sqlite3_step (statement) == SQLITE_ROW
             ? (guint64)sqlite3_column_int64 (statement, 0)
             : 0;
}

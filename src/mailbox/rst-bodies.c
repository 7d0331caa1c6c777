/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-bodies"

#include "config.h"

#include "rst-bodies.h"

#include "mail/rst-header-block.h"

static void
delete_body (RstStore *store,
             gint64 id)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (rst_store_get_database (store),
                                    "DELETE FROM body WHERE message = ?", NULL);
  if (!statement)
    return;

  sqlite3_bind_int64 (statement, 1, id);
  rst_database_step (statement, NULL);
}

static void
touch (RstStore *store,
       gint64 id)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (rst_store_get_database (store),
                                    "UPDATE body SET used = ? WHERE message = ?", NULL);
  if (!statement)
    return;

  sqlite3_bind_int64 (statement, 1, g_get_real_time ());
  sqlite3_bind_int64 (statement, 2, id);
  rst_database_step (statement, NULL);
}

static gboolean
is_the_one (const RstIdentity *identity,
            GBytes *message)
{
  gsize length;
  const char *bytes = g_bytes_get_data (message, &length);
  g_autoptr (RstHeaderDigest) digest = NULL;

  if (!identity->digest || !bytes)
    return FALSE;

  digest = rst_header_digest_new (bytes, rst_header_block_find_end (bytes, length));
  return rst_header_digest_match_retr (identity->digest, digest);
}

GBytes *
rst_bodies_load (RstStore *store,
                 const RstRecord *record)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (GBytes) message = NULL;

  statement = rst_database_prepare (rst_store_get_database (store),
                                    "SELECT bytes FROM body WHERE message = ?", NULL);
  if (!statement)
    return NULL;

  sqlite3_bind_int64 (statement, 1, record->id);
  if (sqlite3_step (statement) != SQLITE_ROW)
    return NULL;

  message = g_bytes_new (sqlite3_column_blob (statement, 0), sqlite3_column_bytes (statement, 0));
  sqlite3_reset (statement);
  if (!is_the_one (record->header->identity, message))
    {
      delete_body (store, record->id);
      return NULL;
    }

  touch (store, record->id);
  return g_steal_pointer (&message);
}

static gboolean
insert (RstStore *store,
        gint64 id,
        GBytes *message)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  gsize length;
  const void *bytes = g_bytes_get_data (message, &length);

  statement = rst_database_prepare (
      rst_store_get_database (store),
      "INSERT OR REPLACE INTO body (message, size, used, bytes) VALUES (?, ?, ?, ?)", NULL);
  if (!statement)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, id);
  sqlite3_bind_int64 (statement, 2, (gint64)length);
  sqlite3_bind_int64 (statement, 3, g_get_real_time ());
  sqlite3_bind_blob64 (statement, 4, bytes, length, SQLITE_STATIC);
  return rst_database_step (statement, NULL);
}

/* Everything behind the point where the newest fill the budget goes. */
static gboolean
make_room (RstStore *store,
           guint64 budget)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (
      rst_store_get_database (store),
      "DELETE FROM body WHERE message IN (SELECT message FROM "
      "(SELECT message, sum (size) OVER (ORDER BY used DESC, message) AS sum FROM body) "
      "WHERE sum > ?)",
      NULL);
  if (!statement)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, (gint64)budget);
  return rst_database_step (statement, NULL);
}

void
rst_bodies_save (RstStore *store,
                 const RstRecord *record,
                 GBytes *message,
                 guint64 budget)
{
  sqlite3 *database = rst_store_get_database (store);

  if (record->id == 0 || g_bytes_get_size (message) > budget / 4)
    return;

  if (!rst_database_run (database, "BEGIN IMMEDIATE", NULL))
    return;
  if (insert (store, record->id, message) && make_room (store, budget) &&
      rst_database_run (database, "COMMIT", NULL))
    return;

  rst_database_run (database, "ROLLBACK", NULL);
}

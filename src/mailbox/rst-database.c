/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-database"

#include "config.h"

#include "rst-database.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

#include "rst-store-resources.h"

/* How long to wait for another process, the console front end beside the window. */
#define BUSY_TIMEOUT_MS 5000
#define BUSY_PAUSE_MS 10

#define RESOURCE_PREFIX "/io/github/restante/Restante/sql/"

G_DEFINE_QUARK (rst_store_error, rst_store_error)

gboolean
rst_database_set_error (sqlite3 *database,
                        GError **error)
{
  int code = sqlite3_errcode (database);
  RstStoreError our_code = RST_STORE_ERROR_IO;

  if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB || code == SQLITE_SCHEMA ||
      code == SQLITE_ERROR || code == SQLITE_MISMATCH)
    our_code = RST_STORE_ERROR_FORMAT;
  g_set_error (error, RST_STORE_ERROR, our_code, "%s", sqlite3_errmsg (database));

  return FALSE;
}

gboolean
rst_database_run (sqlite3 *database,
                  const char *sql,
                  GError **error)
{
  return sqlite3_exec (database, sql, NULL, NULL, NULL) == SQLITE_OK ||
         rst_database_set_error (database, error);
}

sqlite3_stmt *
rst_database_prepare (sqlite3 *database,
                      const char *sql,
                      GError **error)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL) != SQLITE_OK)
    rst_database_set_error (database, error);

  return statement;
}

void
rst_database_bind_identity (sqlite3_stmt *statement,
                            int index,
                            const RstIdentity *identity)
{
  g_autoptr (GBytes) digest =
      identity->digest ? rst_header_digest_to_bytes (identity->digest) : NULL;

  sqlite3_bind_blob (statement, index, identity->uid,
                     identity->uid ? (int)strlen (identity->uid) : 0, SQLITE_STATIC);
  sqlite3_bind_blob (statement, index + 1, digest ? g_bytes_get_data (digest, NULL) : NULL,
                     digest ? (int)g_bytes_get_size (digest) : 0, SQLITE_TRANSIENT);
}

gboolean
rst_database_step (sqlite3_stmt *statement,
                   GError **error)
{
  int result = sqlite3_step (statement);

  if (result != SQLITE_DONE && result != SQLITE_ROW)
    {
      rst_database_set_error (sqlite3_db_handle (statement), error);
      sqlite3_reset (statement);
      return FALSE;
    }

  sqlite3_reset (statement);
  return TRUE;
}

char *
rst_database_dup_text (sqlite3_stmt *statement,
                       int column)
{
  const char *text = (const char *)sqlite3_column_text (statement, column);

  return g_utf8_make_valid (text ? text : "", -1);
}

char *
rst_database_dup_blob (sqlite3_stmt *statement,
                       int column)
{
  const char *bytes = sqlite3_column_blob (statement, column);

  return bytes ? g_strndup (bytes, sqlite3_column_bytes (statement, column)) : NULL;
}

static gboolean
read_version (sqlite3 *database,
              int *version,
              GError **error)
{
  g_autoptr (sqlite3_stmt) statement =
      rst_database_prepare (database, "PRAGMA user_version", error);

  if (!statement)
    return FALSE;
  if (sqlite3_step (statement) != SQLITE_ROW)
    return rst_database_set_error (database, error);

  *version = sqlite3_column_int (statement, 0);
  return TRUE;
}

static GBytes *
load_schema (const char *schema,
             int version)
{
  g_autofree char *path = g_strdup_printf (RESOURCE_PREFIX "%s-%03d.sql", schema, version);

  return g_resource_lookup_data (rst_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE,
                                 NULL);
}

/* Two programs may be at it: what is there is asked for again when nobody else can write. */
static gboolean
upgrade (sqlite3 *database,
         const char *schema,
         GError **error)
{
  g_autoptr (GBytes) next = NULL;
  int version = 0;

  if (!read_version (database, &version, error))
    return FALSE;
  next = load_schema (schema, version + 1);
  if (!next)
    return TRUE;
  g_clear_pointer (&next, g_bytes_unref);

  if (!rst_database_run (database, "BEGIN IMMEDIATE", error) ||
      !read_version (database, &version, error))
    return FALSE;

  while ((next = load_schema (schema, version + 1)))
    {
      g_autofree char *sql = NULL;

      version++;
      sql = g_strdup_printf ("%s; PRAGMA user_version = %d",
                             (const char *)g_bytes_get_data (next, NULL), version);
      if (!rst_database_run (database, sql, error))
        return FALSE;
      g_clear_pointer (&next, g_bytes_unref);
    }

  return rst_database_run (database, "COMMIT", error);
}

static gboolean
is_newer (sqlite3 *database,
          const char *schema,
          GError **error)
{
  g_autoptr (GBytes) known = NULL;
  int version = 0;

  if (!read_version (database, &version, error))
    return TRUE;

  known = load_schema (schema, MAX (version, 1));
  if (!known)
    g_set_error (error, RST_STORE_ERROR, RST_STORE_ERROR_VERSION,
                 _ ("It was written by a newer version of the program (format %d)."), version);

  return known == NULL;
}

/* For the owner alone, as mail is; SQLite gives the files beside it the same mode. A file that is
 * there is not opened: closing it again would take away the locks of another connection. */
static void
create_private (const char *path)
{
  int fd = open (path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600);

  if (fd >= 0)
    close (fd);
}

/* SQLite does not wait for another program that is at the same, as it does otherwise: each would
 * wait for the other. */
static gboolean
use_log (sqlite3 *database,
         GError **error)
{
  gint64 deadline = g_get_monotonic_time () + BUSY_TIMEOUT_MS * G_TIME_SPAN_MILLISECOND;

  while (sqlite3_exec (database, "PRAGMA journal_mode = WAL", NULL, NULL, NULL) != SQLITE_OK)
    {
      if (sqlite3_errcode (database) != SQLITE_BUSY || g_get_monotonic_time () >= deadline)
        return rst_database_set_error (database, error);
      g_usleep (BUSY_PAUSE_MS * G_TIME_SPAN_MILLISECOND);
    }

  return TRUE;
}

/* A list is read once from end to end and written once: pages need not stay. Records shrink when
 * copies of messages go. */
static gboolean
set_up (sqlite3 *database,
        RstDatabaseUse use,
        GError **error)
{
  sqlite3_busy_timeout (database, BUSY_TIMEOUT_MS);
  return rst_database_run (database,
                           use == RST_DATABASE_CACHE
                               ? "PRAGMA synchronous = NORMAL"
                               : "PRAGMA synchronous = FULL; PRAGMA auto_vacuum = INCREMENTAL",
                           error) &&
         use_log (database, error) &&
         rst_database_run (
             database, "PRAGMA foreign_keys = ON; PRAGMA cache_size = -256", error);
}

/* The file's header names a version of the format that SQLite reads and does not write, though
 * nothing keeps the file from being written: it is damaged. */
static gboolean
is_called_read_only (sqlite3 *database,
                     const char *path)
{
  return sqlite3_db_readonly (database, "main") == 1 && access (path, W_OK) == 0;
}

sqlite3 *
rst_database_open (const char *path,
                   const char *schema,
                   RstDatabaseUse use,
                   GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  sqlite3 *database = NULL;
  gboolean is_good;

  if (g_mkdir_with_parents (folder, 0700) < 0)
    {
      g_set_error (error, RST_STORE_ERROR, RST_STORE_ERROR_IO, "%s: %s", folder,
                   g_strerror (errno));
      return NULL;
    }

  create_private (path);
  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) !=
      SQLITE_OK)
    {
      rst_database_set_error (database, error);
      sqlite3_close (database);
      return NULL;
    }

  is_good = set_up (database, use, error) && !is_newer (database, schema, error) &&
            upgrade (database, schema, error);
  /* What records there are can still be read. */
  if (use == RST_DATABASE_CACHE && is_called_read_only (database, path))
    {
      g_clear_error (error);
      g_set_error_literal (error, RST_STORE_ERROR, RST_STORE_ERROR_FORMAT,
                           sqlite3_errstr (SQLITE_READONLY));
      is_good = FALSE;
    }
  if (is_good)
    return database;

  sqlite3_close (database);
  return NULL;
}

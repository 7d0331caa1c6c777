/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sqlite3.h>

#include "fetcher/rst-identity.h"

G_BEGIN_DECLS

/**
 * RstStoreError:
 * @RST_STORE_ERROR_FORMAT: the file is no database, or a damaged one; a cache is rebuilt, anything
 *   else is left alone
 * @RST_STORE_ERROR_VERSION: the file was written by a newer version of the program
 * @RST_STORE_ERROR_IO: the file cannot be opened, read or written: permissions, a full disk
 */
typedef enum
{
  RST_STORE_ERROR_FORMAT,
  RST_STORE_ERROR_VERSION,
  RST_STORE_ERROR_IO,
} RstStoreError;

#define RST_STORE_ERROR (rst_store_error_quark ())

GQuark rst_store_error_quark (void);

/**
 * RstDatabaseUse:
 * @RST_DATABASE_CACHE: losing the last moments in a power cut is no loss
 * @RST_DATABASE_RECORD: what was committed is on the disk
 */
typedef enum
{
  RST_DATABASE_CACHE,
  RST_DATABASE_RECORD,
} RstDatabaseUse;

/**
 * rst_database_open:
 * @path: its folder is made (0700) if it is not there
 * @schema: base name of the schema's files: "index" for sql/index-001.sql and so on, run in order
 *   up to the newest
 *
 * Opens a SQLite database in WAL mode and brings its schema up to date (PRAGMA user_version).
 * Errors: %RST_STORE_ERROR.
 */
sqlite3 *rst_database_open (const char *path,
                            const char *schema,
                            RstDatabaseUse use,
                            GError **error);

/** rst_database_run: runs one or more statements that give no rows. */
gboolean rst_database_run (sqlite3 *database,
                           const char *sql,
                           GError **error);

/** rst_database_prepare: Returns: (transfer full): one statement; released with sqlite3_finalize().
 */
sqlite3_stmt *rst_database_prepare (sqlite3 *database,
                                    const char *sql,
                                    GError **error);

/** rst_database_bind_identity: binds UID and digest, NULL where there is none, to the parameters
 * @index and @index + 1; @identity must outlast the statement's run. */
void rst_database_bind_identity (sqlite3_stmt *statement,
                                 int index,
                                 const RstIdentity *identity);

/** rst_database_step: runs a statement that gives no rows, and makes it ready to be bound again. */
gboolean rst_database_step (sqlite3_stmt *statement,
                            GError **error);

/** rst_database_set_error: sets @error from what SQLite said last; returns %FALSE. */
gboolean rst_database_set_error (sqlite3 *database,
                                 GError **error);

/** rst_database_dup_text: Returns: (transfer full): a column as valid UTF-8, empty for NULL. */
char *rst_database_dup_text (sqlite3_stmt *statement,
                             int column);

/** rst_database_dup_blob: Returns: (transfer full) (nullable): a column's bytes as a string, %NULL
 * for NULL. */
char *rst_database_dup_blob (sqlite3_stmt *statement,
                             int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

G_END_DECLS

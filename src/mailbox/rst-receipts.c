/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-receipts"

#include "config.h"

#include "rst-receipts.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

#define FILE_NAME "receipts.sqlite"

/* Not the file of the receipts: to close that a second time would take away SQLite's own locks. */
#define LOCK_NAME "receipts.lock"

struct _RstReceipts
{
  sqlite3 *database;
  char *lock_path;
  int lock_fd;
};

gboolean
rst_receipts_exist (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Those of earlier versions, too, give back what copies of messages take when they go. */
static void
make_shrinkable (sqlite3 *database)
{
  g_autoptr (sqlite3_stmt) statement = rst_database_prepare (database, "PRAGMA auto_vacuum", NULL);
  gboolean is_needed = statement && sqlite3_step (statement) == SQLITE_ROW &&
                       sqlite3_column_int (statement, 0) == 0;

  g_clear_pointer (&statement, sqlite3_finalize);
  if (is_needed)
    rst_database_run (database, "PRAGMA auto_vacuum = INCREMENTAL; VACUUM", NULL);
}

RstReceipts *
rst_receipts_open (const char *folder,
                   GError **error)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  sqlite3 *database = rst_database_open (path, "receipts", RST_DATABASE_RECORD, error);
  RstReceipts *self;

  if (!database)
    return NULL;

  make_shrinkable (database);
  self = g_new0 (RstReceipts, 1);
  self->database = database;
  self->lock_path = g_build_filename (folder, LOCK_NAME, NULL);
  self->lock_fd = -1;

  return self;
}

void
rst_receipts_free (RstReceipts *self)
{
  rst_receipts_end_delete (self);
  sqlite3_close (self->database);
  g_free (self->lock_path);
  g_free (self);
}

/* Returns: a descriptor, -1 when the lock cannot be had. */
static int
take_lock (RstReceipts *self,
           int operation)
{
  int fd = g_open (self->lock_path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (fd >= 0 && flock (fd, operation) != 0)
    {
      close (fd);
      fd = -1;
    }

  return fd;
}

void
rst_receipts_begin_delete (RstReceipts *self)
{
  /* Without the lock another program may settle this delete too early; the delete itself goes on,
   * and what it writes at its end holds. */
  if (self->lock_fd < 0)
    self->lock_fd = take_lock (self, LOCK_SH);
}

void
rst_receipts_end_delete (RstReceipts *self)
{
  if (self->lock_fd >= 0)
    close (self->lock_fd);
  self->lock_fd = -1;
}

sqlite3 *
rst_receipts_get_database (RstReceipts *self)
{
  return self->database;
}

static gboolean
write_entries (RstReceipts *self,
               const RstReceipt *receipt,
               GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (
      self->database,
      "INSERT OR REPLACE INTO entry (receipt, position, outcome, is_missing, number, size, uid, "
      "digest, sender, subject, date, is_settled, copy) "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  if (!statement)
    return FALSE;

  for (guint i = 0; i < receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (receipt->entries, i);
      const RstIdentity *identity = entry->header->identity;
      const RstEnvelope *envelope = entry->header->envelope;

      sqlite3_clear_bindings (statement);
      sqlite3_bind_int64 (statement, 1, receipt->id);
      sqlite3_bind_int64 (statement, 2, i);
      sqlite3_bind_int (statement, 3, entry->outcome);
      sqlite3_bind_int (statement, 4, entry->is_missing);
      sqlite3_bind_int64 (statement, 5, identity->number);
      sqlite3_bind_int64 (statement, 6, (gint64)identity->size);
      rst_database_bind_identity (statement, 7, identity);
      sqlite3_bind_text (statement, 9, envelope ? envelope->from : NULL, -1, SQLITE_STATIC);
      sqlite3_bind_text (statement, 10, envelope ? envelope->subject : NULL, -1, SQLITE_STATIC);
      sqlite3_bind_int64 (statement, 11, envelope ? envelope->date : 0);
      sqlite3_bind_int (statement, 12, entry->is_settled);
      if (entry->copy != 0)
        sqlite3_bind_int64 (statement, 13, entry->copy);
      if (!rst_database_step (statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_receipt (RstReceipts *self,
               RstReceipt *receipt,
               GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement =
      rst_database_prepare (self->database,
                            "INSERT INTO receipt (id, time, server_text, account, maildrop) "
                            "VALUES (?, ?, ?, ?, ?) "
                            "ON CONFLICT (id) DO UPDATE SET server_text = excluded.server_text",
                            error);
  if (!statement)
    return FALSE;

  if (receipt->id != 0)
    sqlite3_bind_int64 (statement, 1, receipt->id);
  sqlite3_bind_int64 (statement, 2, receipt->time);
  sqlite3_bind_text (statement, 3, receipt->server_text, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, receipt->account, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 5, receipt->maildrop, -1, SQLITE_STATIC);
  if (!rst_database_step (statement, error))
    return FALSE;

  if (receipt->id == 0)
    receipt->id = sqlite3_last_insert_rowid (self->database);
  return write_entries (self, receipt, error);
}

gboolean
rst_receipts_save (RstReceipts *self,
                   RstReceipt *receipt,
                   GError **error)
{
  gint64 id = receipt->id;

  if (!rst_database_run (self->database, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", error))
    return FALSE;
  if (write_receipt (self, receipt, error) && rst_database_run (self->database, "COMMIT", error))
    return TRUE;

  receipt->id = id;
  rst_database_run (self->database, "ROLLBACK", NULL);
  return FALSE;
}

static gboolean
write_settled (RstReceipts *self,
               const RstReceipt *receipt,
               guint *n_settled,
               GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  G_STATIC_ASSERT (RST_OUTCOME_UNKNOWN == 2);

  *n_settled = 0;
  statement = rst_database_prepare (self->database,
                                    "UPDATE entry SET outcome = ?, is_settled = 1 "
                                    "WHERE receipt = ? AND position = ? AND outcome = 2",
                                    error);
  for (guint i = 0; statement && i < receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (receipt->entries, i);

      if (entry->outcome == RST_OUTCOME_UNKNOWN)
        continue;
      sqlite3_bind_int (statement, 1, entry->outcome);
      sqlite3_bind_int64 (statement, 2, receipt->id);
      sqlite3_bind_int64 (statement, 3, i);
      if (!rst_database_step (statement, error))
        return FALSE;
      *n_settled += (guint)sqlite3_changes (self->database);
    }

  return statement != NULL;
}

gboolean
rst_receipts_save_settled (RstReceipts *self,
                           const RstReceipt *receipt,
                           guint *n_settled,
                           GError **error)
{
  if (!rst_database_run (self->database, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE", error))
    return FALSE;
  if (write_settled (self, receipt, n_settled, error) &&
      rst_database_run (self->database, "COMMIT", error))
    return TRUE;

  rst_database_run (self->database, "ROLLBACK", NULL);
  return FALSE;
}

static RstHeader *
read_header (sqlite3_stmt *statement)
{
  g_autofree char *uid = rst_database_dup_blob (statement, 4);
  RstHeaderDigest *digest;
  RstIdentity *identity;
  RstEnvelope *envelope;

  digest = rst_header_digest_from_bytes (sqlite3_column_blob (statement, 5),
                                         sqlite3_column_bytes (statement, 5));
  identity = rst_identity_new (uid, (guint32)sqlite3_column_int64 (statement, 2),
                               (guint64)sqlite3_column_int64 (statement, 3), digest);
  if (sqlite3_column_type (statement, 6) == SQLITE_NULL)
    return rst_header_new (identity, NULL, RST_HEADER_UNREADABLE);

  envelope = rst_envelope_new ();
  envelope->from = rst_database_dup_text (statement, 6);
  envelope->from_name = rst_database_dup_text (statement, 6);
  envelope->to = g_strdup ("");
  envelope->subject = rst_database_dup_text (statement, 7);
  envelope->date = sqlite3_column_int64 (statement, 8);
  return rst_header_new (identity, envelope, RST_HEADER_LOADED);
}

static gboolean
read_entries (RstReceipts *self,
              RstReceipt *receipt,
              GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result;

  statement = rst_database_prepare (
      self->database,
      "SELECT outcome, is_missing, number, size, uid, digest, sender, subject, date, is_settled, "
      "copy, copy IN (SELECT id FROM copy) "
      "FROM entry WHERE receipt = ? ORDER BY position",
      error);
  if (!statement)
    return FALSE;

  sqlite3_bind_int64 (statement, 1, receipt->id);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      g_autoptr (RstHeader) header = read_header (statement);
      RstReceiptEntry *entry = rst_receipt_add (receipt, header, sqlite3_column_int (statement, 0),
                                                sqlite3_column_int (statement, 1));

      entry->is_settled = sqlite3_column_int (statement, 9);
      entry->copy = sqlite3_column_int64 (statement, 10);
      entry->has_copy = sqlite3_column_int (statement, 11);
    }

  return result == SQLITE_DONE || rst_database_set_error (self->database, error);
}

#define COLUMNS "id, time, server_text, account, maildrop"

static GPtrArray *
load (RstReceipts *self,
      const char *sql,
      const char *maildrop,
      GError **error)
{
  g_autoptr (GPtrArray) receipts =
      g_ptr_array_new_with_free_func ((GDestroyNotify)rst_receipt_free);
  g_autoptr (GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr (sqlite3_stmt) statement = rst_database_prepare (self->database, sql, error);
  int result;

  if (!statement)
    return NULL;

  if (maildrop)
    sqlite3_bind_text (statement, 1, maildrop, -1, SQLITE_STATIC);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    {
      RstReceipt *receipt = rst_receipt_new (nothing);

      g_ptr_array_add (receipts, receipt);
      receipt->id = sqlite3_column_int64 (statement, 0);
      receipt->time = sqlite3_column_int64 (statement, 1);
      receipt->server_text = g_strdup ((const char *)sqlite3_column_text (statement, 2));
      receipt->account = g_strdup ((const char *)sqlite3_column_text (statement, 3));
      receipt->maildrop = g_strdup ((const char *)sqlite3_column_text (statement, 4));
      if (!read_entries (self, receipt, error))
        return NULL;
    }
  if (result != SQLITE_DONE)
    {
      rst_database_set_error (self->database, error);
      return NULL;
    }

  return g_steal_pointer (&receipts);
}

GPtrArray *
rst_receipts_load (RstReceipts *self,
                   GError **error)
{
  return load (self, "SELECT " COLUMNS " FROM receipt ORDER BY id", NULL, error);
}

GPtrArray *
rst_receipts_load_unsettled (RstReceipts *self,
                             const char *maildrop,
                             GError **error)
{
  int fd = take_lock (self, LOCK_EX | LOCK_NB);
  GPtrArray *receipts;

  G_STATIC_ASSERT (RST_OUTCOME_UNKNOWN == 2);

  if (fd < 0 && errno == EWOULDBLOCK)
    return g_ptr_array_new_with_free_func ((GDestroyNotify)rst_receipt_free);

  receipts = load (self,
                   "SELECT " COLUMNS " FROM receipt WHERE (maildrop IS NULL OR maildrop = ?1) "
                   "AND id IN (SELECT receipt FROM entry WHERE outcome = 2) ORDER BY id",
                   maildrop, error);
  if (fd >= 0)
    close (fd);
  return receipts;
}

gboolean
rst_receipts_have_deleted (RstReceipts *self,
                           const RstIdentity *identity)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  G_STATIC_ASSERT (RST_OUTCOME_NOT_DELETED == 0);

  statement = rst_database_prepare (
      self->database, "SELECT 1 FROM entry WHERE uid IS ? AND digest IS ? AND outcome <> 0", NULL);
  if (!statement)
    return FALSE;

  rst_database_bind_identity (statement, 1, identity);
  return sqlite3_step (statement) == SQLITE_ROW;
}

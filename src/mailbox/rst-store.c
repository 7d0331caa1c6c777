/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-store"

#include "config.h"

#include "rst-store.h"

#include <glib/gstdio.h>

#define COLUMNS                                                                          \
  "id, position, number, size, uid, digest, body, state, is_read, sender, sender_name, " \
  "recipients, subject, "                                                                \
  "message_id, date, has_attachments, is_decodable"

enum
{
  COLUMN_ID,
  COLUMN_POSITION,
  COLUMN_NUMBER,
  COLUMN_SIZE,
  COLUMN_UID,
  COLUMN_DIGEST,
  COLUMN_BODY,
  COLUMN_STATE,
  COLUMN_IS_READ,
  COLUMN_SENDER,
  COLUMN_SENDER_NAME,
  COLUMN_RECIPIENTS,
  COLUMN_SUBJECT,
  COLUMN_MESSAGE_ID,
  COLUMN_DATE,
  COLUMN_HAS_ATTACHMENTS,
  COLUMN_IS_DECODABLE,
};

/* The position of a message that only a printed row still names. */
#define GONE -1

struct _RstStore
{
  sqlite3 *database;
};

static void
remove_files (const char *path)
{
  const char *suffixes[] = { "", "-wal", "-shm" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *file = g_strconcat (path, suffixes[i], NULL);

      g_unlink (file);
    }
}

RstStore *
rst_store_open (const char *path,
                GError **error)
{
  g_autoptr (GError) local_error = NULL;
  sqlite3 *database = rst_database_open (path, "index", RST_DATABASE_CACHE, &local_error);
  RstStore *self;

  if (!database && !g_error_matches (local_error, RST_STORE_ERROR, RST_STORE_ERROR_IO))
    {
      g_info ("Making %s anew: %s", path, local_error->message);
      g_clear_error (&local_error);
      remove_files (path);
      database = rst_database_open (path, "index", RST_DATABASE_CACHE, &local_error);
    }
  if (!database)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  self = g_new0 (RstStore, 1);
  self->database = database;

  return self;
}

void
rst_store_free (RstStore *self)
{
  sqlite3_close (self->database);
  g_free (self);
}

sqlite3 *
rst_store_get_database (RstStore *self)
{
  return self->database;
}

static RstEnvelope *
read_envelope (sqlite3_stmt *statement)
{
  RstEnvelope *envelope = rst_envelope_new ();

  envelope->from = rst_database_dup_text (statement, COLUMN_SENDER);
  envelope->from_name = rst_database_dup_text (statement, COLUMN_SENDER_NAME);
  envelope->to = rst_database_dup_text (statement, COLUMN_RECIPIENTS);
  envelope->subject = rst_database_dup_text (statement, COLUMN_SUBJECT);
  if (sqlite3_column_type (statement, COLUMN_MESSAGE_ID) != SQLITE_NULL)
    envelope->message_id = rst_database_dup_text (statement, COLUMN_MESSAGE_ID);
  envelope->date = sqlite3_column_int64 (statement, COLUMN_DATE);
  envelope->has_attachments = sqlite3_column_int (statement, COLUMN_HAS_ATTACHMENTS) != 0;
  envelope->is_decodable = sqlite3_column_int (statement, COLUMN_IS_DECODABLE) != 0;

  return envelope;
}

/* Whatever a damaged row holds: without a digest that can be read, the message counts as not
 * loaded. */
static RstRecord *
read_record (sqlite3_stmt *statement)
{
  g_autofree char *uid = rst_database_dup_blob (statement, COLUMN_UID);
  g_autoptr (RstHeader) header = NULL;
  RstHeaderDigest *digest;
  RstIdentity *identity;
  RstHeaderState state = sqlite3_column_int (statement, COLUMN_STATE);
  const void *body = sqlite3_column_blob (statement, COLUMN_BODY);

  digest = rst_header_digest_from_bytes (sqlite3_column_blob (statement, COLUMN_DIGEST),
                                         sqlite3_column_bytes (statement, COLUMN_DIGEST));
  identity = rst_identity_new (uid, (guint32)sqlite3_column_int64 (statement, COLUMN_NUMBER),
                               (guint64)sqlite3_column_int64 (statement, COLUMN_SIZE), digest);
  if (body && sqlite3_column_bytes (statement, COLUMN_BODY) == RST_BODY_DIGEST_SIZE)
    {
      identity->body = g_memdup2 (body, RST_BODY_DIGEST_SIZE);
    }

  if (state == RST_HEADER_LOADED && digest)
    header = rst_header_new (identity, read_envelope (statement), RST_HEADER_LOADED);
  else
    header = rst_header_new (identity, NULL,
                             state == RST_HEADER_UNREADABLE ? RST_HEADER_UNREADABLE
                                                            : RST_HEADER_PLACEHOLDER);

  return rst_record_new (header, sqlite3_column_int64 (statement, COLUMN_ID),
                         sqlite3_column_int64 (statement, COLUMN_POSITION),
                         sqlite3_column_int (statement, COLUMN_IS_READ) != 0);
}

static GPtrArray *
read_records (RstStore *self,
              const char *sql,
              int limit,
              GError **error)
{
  g_autoptr (GPtrArray) records = rst_record_array_new ();
  g_autoptr (sqlite3_stmt) statement = rst_database_prepare (self->database, sql, error);
  int result;

  if (!statement)
    return NULL;

  sqlite3_bind_int (statement, 1, limit);
  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_ptr_array_add (records, read_record (statement));
  if (result != SQLITE_DONE)
    {
      rst_database_set_error (self->database, error);
      return NULL;
    }

  return g_steal_pointer (&records);
}

GPtrArray *
rst_store_load_newest (RstStore *self,
                       guint n,
                       GError **error)
{
  return read_records (self,
                       "SELECT " COLUMNS " FROM message WHERE position IS NOT NULL "
                       "ORDER BY date DESC, position DESC LIMIT ?",
                       (int)n, error);
}

GPtrArray *
rst_store_load (RstStore *self,
                GError **error)
{
  return read_records (
      self, "SELECT " COLUMNS " FROM message WHERE position IS NOT NULL ORDER BY position LIMIT ?",
      -1, error);
}

static void
bind_text (sqlite3_stmt *statement,
           int column,
           const char *text)
{
  sqlite3_bind_text (statement, column + 1, text, -1, SQLITE_STATIC);
}

static gboolean
write_record (sqlite3_stmt *statement,
              const RstRecord *record,
              GError **error)
{
  const RstHeader *header = record->header;
  const RstIdentity *identity = header->identity;
  const RstEnvelope *envelope = header->envelope;

  sqlite3_clear_bindings (statement);
  if (record->id != 0)
    sqlite3_bind_int64 (statement, COLUMN_ID + 1, record->id);
  if (record->position != GONE)
    sqlite3_bind_int64 (statement, COLUMN_POSITION + 1, record->position);
  sqlite3_bind_int64 (statement, COLUMN_NUMBER + 1, identity->number);
  sqlite3_bind_int64 (statement, COLUMN_SIZE + 1, (gint64)identity->size);
  rst_database_bind_identity (statement, COLUMN_UID + 1, identity);
  if (identity->body)
    sqlite3_bind_blob (statement, COLUMN_BODY + 1, identity->body, RST_BODY_DIGEST_SIZE,
                       SQLITE_STATIC);
  sqlite3_bind_int (statement, COLUMN_STATE + 1, header->state);
  sqlite3_bind_int (statement, COLUMN_IS_READ + 1, record->is_read);
  if (envelope)
    {
      bind_text (statement, COLUMN_SENDER, envelope->from);
      bind_text (statement, COLUMN_SENDER_NAME, envelope->from_name);
      bind_text (statement, COLUMN_RECIPIENTS, envelope->to);
      bind_text (statement, COLUMN_SUBJECT, envelope->subject);
      bind_text (statement, COLUMN_MESSAGE_ID, envelope->message_id);
      sqlite3_bind_int64 (statement, COLUMN_DATE + 1, envelope->date);
      sqlite3_bind_int (statement, COLUMN_HAS_ATTACHMENTS + 1, envelope->has_attachments);
      sqlite3_bind_int (statement, COLUMN_IS_DECODABLE + 1, envelope->is_decodable);
    }

  return rst_database_step (statement, error);
}

static sqlite3_stmt *
prepare_write (RstStore *self,
               GError **error)
{
  return rst_database_prepare (
      self->database,
      "INSERT INTO message (" COLUMNS ") "
      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (id) DO UPDATE SET position = excluded.position, number = excluded.number, "
      "size = excluded.size, uid = excluded.uid, digest = excluded.digest, body = excluded.body, "
      "state = excluded.state, is_read = excluded.is_read, sender = excluded.sender, "
      "sender_name = excluded.sender_name, recipients = excluded.recipients, "
      "subject = excluded.subject, message_id = excluded.message_id, date = excluded.date, "
      "has_attachments = excluded.has_attachments, is_decodable = excluded.is_decodable",
      error);
}

/* Ids and positions fit into pointers: the tables need no memory of their own for each message. */
static GHashTable *
load_positions (RstStore *self,
                GError **error)
{
  g_autoptr (GHashTable) positions = g_hash_table_new (NULL, NULL);
  g_autoptr (sqlite3_stmt) statement = NULL;
  int result;

  statement = rst_database_prepare (self->database,
                                    "SELECT id, position FROM message WHERE position IS NOT NULL",
                                    error);
  if (!statement)
    return NULL;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    g_hash_table_insert (positions, GSIZE_TO_POINTER (sqlite3_column_int64 (statement, 0)),
                         GSIZE_TO_POINTER (sqlite3_column_int64 (statement, 1)));
  if (result != SQLITE_DONE)
    {
      rst_database_set_error (self->database, error);
      return NULL;
    }

  return g_steal_pointer (&positions);
}

/* What is not in the new index is gone, whoever wrote it there. */
static gboolean
write_gone (RstStore *self,
            GHashTable *left_over,
            GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  GHashTableIter iter;
  gpointer id;

  statement = rst_database_prepare (self->database,
                                    "UPDATE message SET position = NULL WHERE id = ?", error);
  if (!statement)
    return FALSE;

  g_hash_table_iter_init (&iter, left_over);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      sqlite3_bind_int64 (statement, 1, (gint64)GPOINTER_TO_SIZE (id));
      if (!rst_database_step (statement, error))
        return FALSE;
    }

  return rst_database_run (
      self->database,
      "DELETE FROM message WHERE position IS NULL AND id NOT IN (SELECT message FROM row)", error);
}

/* Positions need only rise, so that a message gone from the front does not rewrite all the others.
 */
static GPtrArray *
write_records (RstStore *self,
               GPtrArray *before,
               GPtrArray *after,
               GHashTable *positions,
               GError **error)
{
  g_autoptr (GPtrArray) stored = rst_record_array_new ();
  g_autoptr (GHashTable) old = g_hash_table_new (NULL, NULL);
  g_autoptr (sqlite3_stmt) statement = prepare_write (self, error);
  gint64 last = -1;

  if (!statement)
    return NULL;

  for (guint i = 0; i < before->len; i++)
    {
      RstRecord *record = g_ptr_array_index (before, i);

      g_hash_table_insert (old, GSIZE_TO_POINTER (record->id), record);
    }

  for (guint i = 0; i < after->len; i++)
    {
      RstRecord *record = g_ptr_array_index (after, i);
      gpointer key = GSIZE_TO_POINTER (record->id);
      RstRecord *known = record->id != 0 ? g_hash_table_lookup (old, key) : NULL;
      gpointer value = NULL;
      gboolean is_stored = g_hash_table_lookup_extended (positions, key, NULL, &value);
      gint64 position = (gint64)GPOINTER_TO_SIZE (value);
      g_autoptr (RstRecord) moved = NULL;

      moved = rst_record_new (record->header, record->id,
                              is_stored && position > last ? position : last + 1, record->is_read);
      last = moved->position;
      if (!known || !is_stored || position != last || known->header != record->header ||
          known->is_read != record->is_read)
        {
          if (!write_record (statement, moved, error))
            return NULL;
          if (moved->id == 0)
            moved->id = sqlite3_last_insert_rowid (self->database);
        }
      g_hash_table_remove (positions, key);
      g_ptr_array_add (stored, g_steal_pointer (&moved));
    }

  return g_steal_pointer (&stored);
}

GPtrArray *
rst_store_replace (RstStore *self,
                   GPtrArray *before,
                   GPtrArray *after,
                   GError **error)
{
  g_autoptr (GPtrArray) stored = NULL;
  g_autoptr (GHashTable) positions = NULL;

  if (!rst_database_run (self->database, "BEGIN IMMEDIATE", error))
    return NULL;

  positions = load_positions (self, error);
  if (positions)
    stored = write_records (self, before, after, positions, error);
  if (stored && write_gone (self, positions, error) &&
      rst_database_run (self->database, "COMMIT", error))
    return g_steal_pointer (&stored);

  rst_database_run (self->database, "ROLLBACK", NULL);
  return NULL;
}

gboolean
rst_store_update (RstStore *self,
                  RstRecord *record,
                  GError **error)
{
  const RstIdentity *identity = record->header->identity;
  g_autoptr (sqlite3_stmt) statement = NULL;

  g_return_val_if_fail (record->id != 0, FALSE);

  statement = rst_database_prepare (self->database,
                                    "UPDATE message SET is_read = ?, body = coalesce(?, body) "
                                    "WHERE id = ? AND uid IS ? AND digest IS ?",
                                    error);
  if (!statement)
    return FALSE;

  sqlite3_bind_int (statement, 1, record->is_read);
  if (identity->body)
    sqlite3_bind_blob (statement, 2, identity->body, RST_BODY_DIGEST_SIZE, SQLITE_STATIC);
  sqlite3_bind_int64 (statement, 3, record->id);
  rst_database_bind_identity (statement, 4, identity);

  return rst_database_step (statement, error);
}

static gboolean
write_row (sqlite3_stmt *statement,
           guint row,
           const RstRecord *record,
           GError **error)
{
  sqlite3_bind_int64 (statement, 1, row);
  sqlite3_bind_int64 (statement, 2, record->id);
  return rst_database_step (statement, error);
}

/* What another program has removed since it was loaded is printed all the same: it is kept as a
 * message that is gone, so that its row names it and no other. */
static gboolean
write_rows (RstStore *self,
            GPtrArray *records,
            GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;
  g_autoptr (sqlite3_stmt) write = prepare_write (self, error);

  if (!write)
    return FALSE;
  statement = rst_database_prepare (
      self->database, "INSERT INTO row SELECT ?1, id FROM message WHERE id = ?2", error);
  if (!statement)
    return FALSE;

  for (guint i = 0; i < records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (records, i);
      g_autoptr (RstRecord) gone = NULL;

      if (record->id == 0)
        continue;
      if (!write_row (statement, i + 1, record, error))
        return FALSE;
      if (sqlite3_changes (self->database) > 0)
        continue;
      gone = rst_record_new (record->header, record->id, GONE, record->is_read);
      if (!write_record (write, gone, error) || !write_row (statement, i + 1, gone, error))
        return FALSE;
    }

  return TRUE;
}

/* A list that is printed again, with nothing new, is not written again. */
static gboolean
has_rows (RstStore *self,
          GPtrArray *records)
{
  g_autoptr (sqlite3_stmt) statement =
      rst_database_prepare (self->database, "SELECT row, message FROM row ORDER BY row", NULL);

  for (guint i = 0; statement && i < records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (records, i);

      if (sqlite3_step (statement) != SQLITE_ROW || sqlite3_column_int64 (statement, 0) != i + 1 ||
          sqlite3_column_int64 (statement, 1) != record->id)
        return FALSE;
    }

  return statement && sqlite3_step (statement) == SQLITE_DONE;
}

gboolean
rst_store_set_rows (RstStore *self,
                    GPtrArray *records,
                    GError **error)
{
  if (has_rows (self, records))
    return TRUE;
  if (rst_database_run (self->database, "BEGIN IMMEDIATE; DELETE FROM row", error) &&
      write_rows (self, records, error) &&
      rst_database_run (self->database,
                        "DELETE FROM message WHERE position IS NULL AND id NOT IN (SELECT message "
                        "FROM row); COMMIT",
                        error))
    return TRUE;

  rst_database_run (self->database, "ROLLBACK", NULL);
  return FALSE;
}

static void
unref_record (gpointer record)
{
  g_clear_pointer (&record, rst_record_unref);
}

GPtrArray *
rst_store_load_rows (RstStore *self,
                     GArray *rows,
                     GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (unref_record);
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (
      self->database,
      "SELECT " COLUMNS " FROM message WHERE id = (SELECT message FROM row WHERE row = ?)", error);
  if (!statement)
    return NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      int result;

      sqlite3_bind_int64 (statement, 1, g_array_index (rows, guint, i));
      result = sqlite3_step (statement);
      g_ptr_array_add (records, result == SQLITE_ROW ? read_record (statement) : NULL);
      if (result != SQLITE_ROW && result != SQLITE_DONE)
        {
          rst_database_set_error (self->database, error);
          return NULL;
        }
      sqlite3_reset (statement);
    }

  return g_steal_pointer (&records);
}

char *
rst_store_dup_text (RstStore *self,
                    const char *name)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (self->database,
                                    "SELECT value FROM setting WHERE name = ?",
                                    NULL);
  if (!statement)
    return NULL;

  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  return sqlite3_step (statement) == SQLITE_ROW ? rst_database_dup_text (statement, 0) : NULL;
}

gboolean
rst_store_save_text (RstStore *self,
                     const char *name,
                     const char *text,
                     GError **error)
{
  g_autoptr (sqlite3_stmt) statement = NULL;

  statement = rst_database_prepare (self->database,
                                    "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
                                    error);
  if (!statement)
    return FALSE;

  sqlite3_bind_text (statement, 1, name, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, text, -1, SQLITE_STATIC);
  return rst_database_step (statement, error);
}

guint
rst_store_load_setting (RstStore *self,
                        const char *name)
{
  g_autofree char *text = rst_store_dup_text (self, name);
  guint64 value = 0;

  if (!text || !g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT, &value, NULL))
    return 0;
  return (guint)value;
}

gboolean
rst_store_save_setting (RstStore *self,
                        const char *name,
                        guint value,
                        GError **error)
{
  g_autofree char *text = g_strdup_printf ("%u", value);

  return rst_store_save_text (self, name, text, error);
}

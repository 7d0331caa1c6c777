/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mailbox-messages"

#include "config.h"

#include "rst-mailbox-private.h"

#include <glib/gi18n-lib.h>

#include "mail/rst-body-digest.h"
#include "mail/rst-mbox.h"
#include "rst-bodies.h"
#include "rst-mbox-file.h"
#include "rst-index-private.h"
#include "rst-message-item-private.h"

/* Where the message is now: after a reload the index at hand is the new one. */
static RstRecord *
current_record (RstOperation *operation,
                RstRecord *record)
{
  if (operation->snapshot)
    return rst_operation_find_successor (operation, record);

  return rst_operation_is_gone (operation, record) ? NULL : record;
}

static GBytes *
download (RstOperation *operation,
          RstEngine *engine,
          RstRecord *target,
          RstRecord **record,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GPtrArray) index = NULL;

  *record = current_record (operation, target);
  if (!*record)
    {
      rst_sync_error_set_moved (error);
      return NULL;
    }

  if (engine->file)
    return rst_mail_file_load_message (engine->file, (*record)->header, cancellable, error);

  index = rst_record_array_dup_headers (operation->stored ? operation->stored : operation->records);
  operation->is_cut = FALSE;
  if (operation->big_size > 0 && (*record)->header->identity->size > operation->big_size)
    return rst_fetcher_load_beginning (engine->fetcher, (*record)->header, index,
                                       RST_MAILBOX_N_LINES, &operation->is_cut, cancellable, error);
  return rst_fetcher_load_message (engine->fetcher, (*record)->header, index, cancellable, error);
}

/* What was read is recognised by its body from now on. */
static void
take_message (RstOperation *operation,
              RstEngine *engine,
              RstRecord *record,
              GBytes *message)
{
  guint8 body[32];
  gsize length;
  const char *bytes = g_bytes_get_data (message, &length);
  g_autoptr (RstHeader) header = NULL;

  if (operation->is_cut)
    header = rst_header_ref (record->header);
  else
    {
      rst_body_digest_new (bytes, length, body);
      header = rst_header_new_with_identity (
          record->header, rst_identity_new_with_body (record->header->identity, body));
    }
  operation->read_record = rst_record_new (header, record->id, record->position, TRUE);
  if (engine->store && record->id != 0)
    rst_store_update (engine->store, operation->read_record, NULL);
  operation->message = rst_message_new (message, engine->account->fetch_encoding);
}

/* What was read before needs no server to be read again. */
static gboolean
read_offline (RstOperation *operation,
              RstEngine *engine)
{
  RstRecord *record = g_ptr_array_index (operation->target_records, 0);
  g_autoptr (GBytes) message = NULL;

  if (!engine->store || record->id == 0 || rst_operation_is_gone (operation, record))
    return FALSE;

  message = rst_bodies_load (engine->store, record);
  if (!message)
    return FALSE;

  take_message (operation, engine, record, message);
  return TRUE;
}

static gboolean
read_work (RstOperation *operation,
           RstEngine *engine,
           GCancellable *cancellable,
           GError **error)
{
  RstRecord *target = g_ptr_array_index (operation->target_records, 0);
  RstRecord *record = NULL;
  g_autoptr (GArray) wanted = rst_mailbox_find_placeholders (operation);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) local_error = NULL;

  if (wanted->len > 0 &&
      !rst_mailbox_reload (operation, engine, wanted, RST_LOAD_DEFAULT, cancellable, error))
    return FALSE;

  message = download (operation, engine, target, &record, cancellable, &local_error);
  if (!message && rst_sync_error_calls_for_reload (local_error) &&
      rst_mailbox_reload (operation, engine, NULL, rst_mailbox_reload_flags (engine), cancellable,
                          NULL))
    {
      operation->is_reloaded = TRUE;
      g_clear_error (&local_error);
      message = download (operation, engine, target, &record, cancellable, &local_error);
    }
  if (!message || !record)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  take_message (operation, engine, record, message);
  if (engine->store && !operation->is_cut)
    rst_bodies_save (engine->store, record, message, RST_BODIES_BUDGET);
  return TRUE;
}

static void
read_finish (RstOperation *operation,
             const GError *error)
{
  RstMessageItem *item = g_ptr_array_index (operation->targets, 0);

  rst_mailbox_show_reload (operation);
  if (operation->read_record)
    rst_index_set_record (rst_mailbox_get_index (operation->mailbox), item, operation->read_record);
  rst_mailbox_tell_reload (operation);

  g_task_set_task_data (operation->task, GINT_TO_POINTER (operation->is_cut), NULL);
  if (error)
    g_task_return_error (operation->task, g_error_copy (error));
  else
    g_task_return_pointer (operation->task, rst_message_ref (operation->message),
                           (GDestroyNotify)rst_message_unref);
}

static const RstOperationClass read_class = { TRUE, FALSE, read_offline, read_work, read_finish };

void
rst_mailbox_set_big_size (RstMailbox *self,
                          guint64 size)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  rst_mailbox_get_engine (self)->big_size = size;
}

guint64
rst_mailbox_get_big_size (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), 0);

  return rst_mailbox_get_engine (self)->big_size;
}

/* @big_size: octets beyond which the beginning will do; 0: never */
static void
queue_read (RstMailbox *self,
            RstMessageItem *item,
            guint64 big_size,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new ();
  RstOperation *operation = NULL;

  g_ptr_array_add (items, item);
  operation = rst_operation_new (self, &read_class, items, cancellable, callback, user_data);
  operation->big_size = big_size;
  rst_mailbox_queue (self, operation);
}

void
rst_mailbox_read_async (RstMailbox *self,
                        RstMessageItem *item,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));
  g_return_if_fail (RST_IS_MESSAGE_ITEM (item));

  queue_read (self, item, 0, cancellable, callback, user_data);
}

RstMessage *
rst_mailbox_read_finish (RstMailbox *self,
                         GAsyncResult *result,
                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rst_mailbox_read_beginning_async (RstMailbox *self,
                                  RstMessageItem *item,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));
  g_return_if_fail (RST_IS_MESSAGE_ITEM (item));

  queue_read (self, item, rst_mailbox_get_big_size (self), cancellable, callback, user_data);
}

RstMessage *
rst_mailbox_read_beginning_finish (RstMailbox *self,
                                   GAsyncResult *result,
                                   gboolean *is_cut,
                                   GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (is_cut)
    *is_cut = GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result)));
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  RstOperation *operation;
  RstEngine *engine;
  gboolean is_mbox;
  GOutputStream *stream;
  GCancellable *cancellable;
} Saving;

static gboolean
save_message (guint position,
              GBytes *message,
              gpointer user_data,
              GError **error)
{
  Saving *saving = user_data;
  RstRecord *record = g_ptr_array_index (saving->operation->target_records, position);
  g_autoptr (GBytes) entry = NULL;
  RstEnvelope *envelope = record->header->envelope;

  entry = saving->is_mbox ? rst_mbox_format (message, NULL, envelope ? envelope->date : 0)
                          : g_bytes_ref (message);
  return g_output_stream_write_all (saving->stream, g_bytes_get_data (entry, NULL),
                                    g_bytes_get_size (entry), NULL, saving->cancellable, error);
}

/* One after the other: all of them may be more than there is memory for. */
static gboolean
write_messages (GOutputStream *stream,
                gpointer user_data,
                GCancellable *cancellable,
                GError **error)
{
  Saving *saving = user_data;
  RstOperation *operation = saving->operation;
  RstEngine *engine = saving->engine;
  g_autoptr (GPtrArray) headers = rst_record_array_dup_headers (operation->target_records);
  g_autoptr (GPtrArray) index = NULL;

  saving->stream = stream;
  saving->cancellable = cancellable;
  if (engine->file)
    return rst_mail_file_load_messages (engine->file, headers, save_message, saving, cancellable,
                                        error);

  index = rst_record_array_dup_headers (operation->records);
  return rst_fetcher_load_messages (engine->fetcher, headers, index, save_message, saving,
                                    cancellable, error);
}

static gboolean
save (RstOperation *operation,
      RstEngine *engine,
      GCancellable *cancellable,
      GError **error)
{
  gboolean is_mbox = !operation->is_replaced || operation->target_records->len > 1 ||
                     rst_mbox_file_has_mbox_name (operation->file);
  Saving saving = { operation, engine, is_mbox, NULL, NULL };

  for (guint i = 0; i < operation->target_records->len; i++)
    if (rst_operation_is_gone (operation, g_ptr_array_index (operation->target_records, i)))
      {
        rst_sync_error_set_moved (error);
        return FALSE;
      }

  return operation->is_replaced
             ? rst_save_file_with (operation->file, G_FILE_CREATE_PRIVATE, write_messages, &saving,
                                   cancellable, error)
             : rst_mbox_file_append (operation->file, write_messages, &saving, cancellable, error);
}

static gboolean
save_work (RstOperation *operation,
           RstEngine *engine,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (engine->file && rst_mail_file_is (engine->file, operation->file))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _ ("“%s” is the file that the messages are in: choose another one."),
                   rst_mail_file_get_name (engine->file));
      return FALSE;
    }

  if (save (operation, engine, cancellable, &local_error))
    return TRUE;

  if (rst_sync_error_calls_for_reload (local_error))
    operation->is_reloaded = rst_mailbox_reload (
        operation, engine, NULL, rst_mailbox_reload_flags (engine), cancellable, NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
save_finish (RstOperation *operation,
             const GError *error)
{
  rst_mailbox_show_reload (operation);
  rst_mailbox_tell_reload (operation);

  if (error)
    g_task_return_error (operation->task, g_error_copy (error));
  else
    g_task_return_boolean (operation->task, TRUE);
}

static const RstOperationClass save_class = { TRUE, FALSE, NULL, save_work, save_finish };

void
rst_mailbox_save_async (RstMailbox *self,
                        GPtrArray *items,
                        GFile *file,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  RstOperation *operation = NULL;

  g_return_if_fail (RST_IS_MAILBOX (self));
  g_return_if_fail (G_IS_FILE (file));

  operation = rst_operation_new (self, &save_class, items, cancellable, callback, user_data);
  operation->file = g_object_ref (file);
  rst_mailbox_queue (self, operation);
}

void
rst_mailbox_replace_async (RstMailbox *self,
                           GPtrArray *items,
                           GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  RstOperation *operation = NULL;

  g_return_if_fail (RST_IS_MAILBOX (self));
  g_return_if_fail (G_IS_FILE (file));

  operation = rst_operation_new (self, &save_class, items, cancellable, callback, user_data);
  operation->file = g_object_ref (file);
  operation->is_replaced = TRUE;
  rst_mailbox_queue (self, operation);
}

gboolean
rst_mailbox_save_finish (RstMailbox *self,
                         GAsyncResult *result,
                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
rst_mailbox_set_rows (RstMailbox *self,
                      GPtrArray *items,
                      GError **error)
{
  RstEngine *engine = NULL;
  g_autoptr (GPtrArray) records = rst_record_array_new ();

  g_return_val_if_fail (RST_IS_MAILBOX (self), FALSE);
  g_return_val_if_fail (!rst_mailbox_get_is_busy (self), FALSE);

  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (records,
                     rst_record_ref (rst_message_item_get_record (g_ptr_array_index (items, i))));

  engine = rst_mailbox_get_engine (self);
  return !engine->store || rst_store_set_rows (engine->store, records, error);
}

/* A file has no store: a row is the message that stands there now. */
static RstMessageItem *
find_in_file (GPtrArray *items,
              guint row)
{
  return row > 0 && row <= items->len ? g_object_ref (g_ptr_array_index (items, row - 1)) : NULL;
}

/* Another program may have listed a message anew, under an id of its own. Returns: (transfer none)
 * (nullable): the only item with a UID, if it has the same headers. */
static RstMessageItem *
find_by_uid (GPtrArray *items,
             const RstIdentity *identity)
{
  RstMessageItem *found = NULL;

  for (guint i = 0; identity->uid && identity->digest && i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);

      if (g_strcmp0 (rst_message_item_get_header (item)->identity->uid, identity->uid) != 0)
        continue;
      if (found)
        return NULL;
      found = item;
    }
  if (!found || !rst_message_item_get_header (found)->identity->digest ||
      !rst_header_digest_match (identity->digest,
                                rst_message_item_get_header (found)->identity->digest))
    return NULL;

  return found;
}

static RstMessageItem *
find_in_store (GPtrArray *items,
               GHashTable *items_by_id,
               RstRecord *record)
{
  RstMessageItem *item = NULL;

  if (!record)
    return NULL;

  item = g_hash_table_lookup (items_by_id, &record->id);
  if (!item)
    item = find_by_uid (items, record->header->identity);
  return item ? g_object_ref (item) : rst_message_item_new_for_record (record);
}

static GHashTable *
index_by_id (GPtrArray *items)
{
  GHashTable *items_by_id = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);

      g_hash_table_insert (items_by_id, &rst_message_item_get_record (item)->id, item);
    }

  return items_by_id;
}

static void
unref_item (gpointer item)
{
  g_clear_object (&item);
}

GPtrArray *
rst_mailbox_dup_rows (RstMailbox *self,
                      GArray *rows)
{
  RstEngine *engine = NULL;
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) records = NULL;
  g_autoptr (GHashTable) items_by_id = NULL;
  GPtrArray *items;

  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);
  g_return_val_if_fail (!rst_mailbox_get_is_busy (self), NULL);

  engine = rst_mailbox_get_engine (self);
  items = g_ptr_array_new_with_free_func (unref_item);
  all = rst_index_dup_items (rst_mailbox_get_index (self));
  if (engine->store)
    records = rst_store_load_rows (engine->store, rows, NULL);
  if (records)
    items_by_id = index_by_id (all);

  for (guint i = 0; i < rows->len; i++)
    if (engine->file)
      g_ptr_array_add (items, find_in_file (all, g_array_index (rows, guint, i)));
    else
      g_ptr_array_add (
          items, records ? find_in_store (all, items_by_id, g_ptr_array_index (records, i)) : NULL);

  return items;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mailbox-reload"

#include "config.h"

#include "rst-mailbox-private.h"

#include <glib/gi18n-lib.h>

#include "rst-index-private.h"
#include "rst-message-item-private.h"
#include "rst-operation-copies.h"
#include "rst-operation-settle.h"

/* The window and the console share receipts: what one deleted is not hidden from the other. */
static gboolean
was_deleted_here (RstEngine *engine,
                  const RstIdentity *identity)
{
  return rst_engine_find_receipts (engine) &&
         rst_receipts_have_deleted (engine->receipts, identity);
}

/* Gmail takes a message that was downloaded from the next list, which looks like a loss and is
 * none. It is known by what it does: of the messages that are gone, each was read here, and none
 * deleted. */
static void
explain_hidden (RstOperation *operation,
                RstEngine *engine)
{
  g_autofree gboolean *is_kept = g_new0 (gboolean, operation->records->len);
  guint n_read = 0;

  if (operation->report.n_gone == 0 || !engine->store ||
      rst_store_load_setting (engine->store, "hidden-told") != 0)
    return;

  for (guint i = 0; i < operation->snapshot->origins->len; i++)
    if (g_array_index (operation->snapshot->origins, guint, i) != RST_SNAPSHOT_NEW)
      is_kept[g_array_index (operation->snapshot->origins, guint, i)] = TRUE;
  for (guint i = 0; i < operation->records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (operation->records, i);

      n_read += !is_kept[i] && record->header->identity->body != NULL &&
                !was_deleted_here (engine, record->header->identity);
    }
  if (n_read != operation->report.n_gone)
    return;

  rst_operation_add_notice (
      operation,
      _ ("Messages that were read here are no longer listed. Some servers, Gmail among them, hide "
         "a "
         "message once it was downloaded; there the user name “recent:NAME” shows those of the "
         "last 30 days all the same."));
  rst_store_save_setting (engine->store, "hidden-told", TRUE, NULL);
}

static GPtrArray *
make_records (RstSnapshot *snapshot,
              GPtrArray *before,
              RstMailFile *file)
{
  GPtrArray *after = rst_record_array_new ();

  for (guint i = 0; i < snapshot->headers->len; i++)
    {
      RstHeader *header = g_ptr_array_index (snapshot->headers, i);
      guint origin = g_array_index (snapshot->origins, guint, i);
      RstRecord *known = origin == RST_SNAPSHOT_NEW ? NULL : g_ptr_array_index (before, origin);

      if (known && known->header == header)
        g_ptr_array_add (after, rst_record_ref (known));
      else if (known)
        g_ptr_array_add (after,
                         rst_record_new (header, known->id, known->position, known->is_read));
      else
        g_ptr_array_add (
            after, rst_record_new (header, 0, 0,
                                   file && rst_mail_file_is_seen (file, header->identity->number)));
    }

  return after;
}

static gboolean
is_unchanged (GPtrArray *before,
              GPtrArray *after)
{
  if (before->len != after->len)
    return FALSE;
  for (guint i = 0; i < before->len; i++)
    if (g_ptr_array_index (before, i) != g_ptr_array_index (after, i))
      return FALSE;

  return TRUE;
}

GPtrArray *
rst_mailbox_store_records (RstOperation *operation,
                           RstEngine *engine,
                           GPtrArray *after)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *before = operation->in_store ? operation->in_store : operation->records;
  GPtrArray *stored = NULL;

  if (engine->store && !is_unchanged (before, after))
    stored = rst_store_replace (engine->store, before, after, &error);
  if (stored)
    {
      g_clear_pointer (&operation->in_store, g_ptr_array_unref);
      operation->in_store = g_ptr_array_ref (stored);
    }
  if (error)
    {
      g_autofree char *text = g_strdup_printf (
          _ ("The list could not be saved for the next start: %s"), error->message);

      rst_operation_add_notice (operation, text);
    }

  return stored ? stored : g_ptr_array_ref (after);
}

gboolean
rst_mailbox_reload (RstOperation *operation,
                    RstEngine *engine,
                    GArray *wanted,
                    RstLoadFlags flags,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GPtrArray) before = rst_record_array_dup_headers (operation->records);
  g_autoptr (RstSnapshot) snapshot = NULL;
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GPtrArray) after = NULL;

  receipts = rst_operation_load_unsettled (engine, &flags);
  snapshot =
      engine->file
          ? rst_mail_file_load_headers (engine->file, before, cancellable, error)
          : rst_fetcher_load_headers (engine->fetcher, before, wanted, flags, cancellable, error);
  if (!snapshot)
    return FALSE;

  /* Until now what an earlier reload of the operation brought is still the truth. */
  g_clear_pointer (&operation->snapshot, rst_snapshot_free);
  g_clear_pointer (&operation->stored, g_ptr_array_unref);
  g_clear_pointer (&operation->successors, g_hash_table_unref);
  operation->snapshot = g_steal_pointer (&snapshot);

  after = make_records (operation->snapshot, operation->records, engine->file);
  operation->stored = rst_mailbox_store_records (operation, engine, after);
  operation->report = operation->snapshot->report;
  operation->is_in_sync = TRUE;
  if (!engine->file && !rst_operation_settle (operation, engine, receipts, before))
    explain_hidden (operation, engine);

  return TRUE;
}

void
rst_mailbox_show_reload (RstOperation *operation)
{
  RstMailbox *mailbox = operation->mailbox;
  RstIndex *index = rst_mailbox_get_index (mailbox);
  g_autoptr (GPtrArray) items = NULL;

  if (!operation->snapshot)
    return;

  items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < operation->stored->len; i++)
    {
      RstRecord *record = g_ptr_array_index (operation->stored, i);
      guint origin = g_array_index (operation->snapshot->origins, guint, i);
      RstMessageItem *item = NULL;

      if (origin != RST_SNAPSHOT_NEW)
        item = g_ptr_array_index (operation->items, origin);
      else
        item = rst_mailbox_find_arrival (mailbox, record->header);

      if (item)
        rst_message_item_set_record (g_object_ref (item), record);
      else
        item = rst_message_item_new_for_record (record);
      g_ptr_array_add (items, item);
    }

  rst_index_replace (index, items);
}

void
rst_mailbox_tell_reload (RstOperation *operation)
{
  g_autoptr (GPtrArray) still_there = g_ptr_array_new_with_free_func (g_object_unref);

  if (!operation->is_reloaded)
    return;

  for (guint i = 0; i < operation->targets->len; i++)
    if (rst_operation_find_successor (operation, g_ptr_array_index (operation->target_records, i)))
      g_ptr_array_add (still_there, g_object_ref (g_ptr_array_index (operation->targets, i)));

  g_signal_emit_by_name (operation->mailbox, "reloaded", &operation->report, still_there);
}

RstLoadFlags
rst_mailbox_reload_flags (RstEngine *engine)
{
  return rst_fetcher_has_seen_mismatch (engine->fetcher) ? RST_LOAD_DISTRUST : RST_LOAD_DEFAULT;
}

/* As many rows as most windows show: each costs widgets before the first of them is painted. */
#define N_FIRST 40

/* Shows the newest messages before the others are read. */
static void
tell_first (RstOperation *operation,
            RstEngine *engine)
{
  g_autoptr (GPtrArray) records = rst_store_load_newest (engine->store, N_FIRST, NULL);

  operation->first_items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; records && i < records->len; i++)
    g_ptr_array_add (operation->first_items,
                     rst_message_item_new_for_record (g_ptr_array_index (records, i)));
  rst_progress_add_items (operation->progress, operation->first_items);
}

/* A hundred thousand objects take longer to make than the main thread can be spared. */
static void
make_items (RstOperation *operation)
{
  g_autoptr (GHashTable) first = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < operation->first_items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (operation->first_items, i);

      g_hash_table_insert (first, GSIZE_TO_POINTER (rst_message_item_get_record (item)->id), item);
    }

  operation->made_items = g_ptr_array_new_full (operation->stored->len, g_object_unref);
  for (guint i = 0; i < operation->stored->len; i++)
    {
      RstRecord *record = g_ptr_array_index (operation->stored, i);
      RstMessageItem *shown = g_hash_table_lookup (first, GSIZE_TO_POINTER (record->id));

      g_ptr_array_add (operation->made_items,
                       shown ? g_object_ref (shown) : rst_message_item_new_for_record (record));
    }
}

static gboolean
open_work (RstOperation *operation,
           RstEngine *engine,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *path = rst_account_dup_cache_path (engine->account);
  g_autofree char *memory = NULL;

  if (engine->file)
    {
      operation->made_items = g_ptr_array_new ();
      return TRUE;
    }
  if (!engine->store)
    engine->store = rst_store_open (path, error);
  if (!engine->store)
    return FALSE;

  rst_fetcher_set_quirks (engine->fetcher, rst_store_load_setting (engine->store, "quirks"));
  memory = rst_store_dup_text (engine->store, "server");
  operation->was_listed = memory != NULL;
  rst_fetcher_set_memory (engine->fetcher, memory);
  /* Both readings see the same, whatever another program writes. */
  rst_database_run (rst_store_get_database (engine->store), "BEGIN", NULL);
  tell_first (operation, engine);
  operation->stored = rst_store_load (engine->store, error);
  rst_database_run (rst_store_get_database (engine->store), "COMMIT", NULL);
  if (!operation->stored)
    {
      g_clear_pointer (&engine->store, rst_store_free);
      return FALSE;
    }

  make_items (operation);
  if (rst_engine_find_receipts (engine))
    rst_operation_prune_copies (operation, engine);
  return TRUE;
}

static void
open_finish (RstOperation *operation,
             const GError *error)
{
  RstMailbox *mailbox = operation->mailbox;

  rst_mailbox_set_can_cache (mailbox, error == NULL);
  if (error)
    {
      g_autofree char *text = NULL;

      /* Not being able to remember is no reason not to work. */
      text = g_strdup_printf (
          _ ("The list of messages cannot be saved, so each start loads it afresh: %s"),
          error->message);
      rst_operation_add_notice (operation, text);
      g_task_return_boolean (operation->task, TRUE);
      return;
    }

  rst_index_replace (rst_mailbox_get_index (mailbox), operation->made_items);
  g_task_return_boolean (operation->task, TRUE);
}

static const RstOperationClass open_class = { FALSE, FALSE, NULL, open_work, open_finish };

void
rst_mailbox_open_async (RstMailbox *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  RstOperation *operation = NULL;

  g_return_if_fail (RST_IS_MAILBOX (self));

  operation = rst_operation_new (self, &open_class, NULL, cancellable, callback, user_data);
  operation->copy_policy = *rst_mailbox_get_copy_policy (self);
  rst_mailbox_queue (self, operation);
}

gboolean
rst_mailbox_open_finish (RstMailbox *self,
                         GAsyncResult *result,
                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
refresh_work (RstOperation *operation,
              RstEngine *engine,
              GCancellable *cancellable,
              GError **error)
{
  return rst_mailbox_reload (operation, engine, NULL, RST_LOAD_DEFAULT, cancellable, error);
}

/* The report goes with the task, on success and on failure. */
static void
return_report (RstOperation *operation,
               const GError *error)
{
  const GError *failure = error;

  if (!failure && operation->snapshot)
    failure = operation->snapshot->interruption;

  g_task_set_task_data (operation->task, g_memdup2 (&operation->report, sizeof operation->report),
                        g_free);
  if (failure)
    g_task_return_error (operation->task, g_error_copy (failure));
  else
    g_task_return_boolean (operation->task, TRUE);
}

static gboolean
take_report (GAsyncResult *result,
             RstSyncReport *report,
             GError **error)
{
  if (report)
    *report = *(RstSyncReport *)g_task_get_task_data (G_TASK (result));

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
refresh_finish (RstOperation *operation,
                const GError *error)
{
  rst_mailbox_show_reload (operation);
  return_report (operation, error);
}

static const RstOperationClass refresh_class = { TRUE, TRUE, NULL, refresh_work, refresh_finish };

void
rst_mailbox_refresh_async (RstMailbox *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  rst_mailbox_queue (
      self, rst_operation_new (self, &refresh_class, NULL, cancellable, callback, user_data));
}

void
rst_mailbox_refresh_quietly_async (RstMailbox *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  RstOperation *operation = NULL;

  g_return_if_fail (RST_IS_MAILBOX (self));

  operation = rst_operation_new (self, &refresh_class, NULL, cancellable, callback, user_data);
  operation->is_quiet = TRUE;
  rst_mailbox_queue (self, operation);
}

gboolean
rst_mailbox_refresh_finish (RstMailbox *self,
                            GAsyncResult *result,
                            RstSyncReport *report,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return take_report (result, report, error);
}

/* A file is read in no time; there is nothing to be spared by asking less. */
static gboolean
check_file (RstOperation *operation,
            RstEngine *engine,
            GCancellable *cancellable,
            GError **error)
{
  if (!rst_mailbox_reload (operation, engine, NULL, RST_LOAD_DEFAULT, cancellable, error))
    return FALSE;
  if (rst_sync_report_is_in_sync (&operation->report))
    return TRUE;

  rst_sync_error_set_moved (error);
  return FALSE;
}

static gboolean
check_work (RstOperation *operation,
            RstEngine *engine,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) index = rst_record_array_dup_headers (operation->records);
  g_autoptr (GError) local_error = NULL;
  RstSyncReport report = { 0 };

  if (engine->file)
    return check_file (operation, engine, cancellable, error);
  if (rst_fetcher_check_sync (engine->fetcher, index, &report, cancellable, &local_error))
    {
      operation->is_in_sync = TRUE;
      operation->report = report;
      return TRUE;
    }

  if (rst_sync_error_calls_for_reload (local_error))
    rst_mailbox_reload (operation, engine, NULL, rst_mailbox_reload_flags (engine), cancellable,
                        NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
check_finish (RstOperation *operation,
              const GError *error)
{
  rst_mailbox_show_reload (operation);
  return_report (operation, error);
}

static const RstOperationClass check_class = { TRUE, TRUE, NULL, check_work, check_finish };

void
rst_mailbox_check_async (RstMailbox *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  rst_mailbox_queue (
      self, rst_operation_new (self, &check_class, NULL, cancellable, callback, user_data));
}

gboolean
rst_mailbox_check_finish (RstMailbox *self,
                          GAsyncResult *result,
                          RstSyncReport *report,
                          GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return take_report (result, report, error);
}

GArray *
rst_mailbox_find_placeholders (RstOperation *operation)
{
  GArray *wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) targets = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < operation->target_records->len; i++)
    g_hash_table_add (targets, g_ptr_array_index (operation->target_records, i));
  for (guint i = 0; i < operation->records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (operation->records, i);

      if (record->header->state == RST_HEADER_PLACEHOLDER &&
          g_hash_table_contains (targets, record))
        g_array_append_val (wanted, i);
    }

  return wanted;
}

static gboolean
load_items_work (RstOperation *operation,
                 RstEngine *engine,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GArray) wanted = rst_mailbox_find_placeholders (operation);

  return wanted->len == 0 ||
         rst_mailbox_reload (operation, engine, wanted, RST_LOAD_DEFAULT, cancellable, error);
}

static const RstOperationClass load_items_class = { TRUE, FALSE, NULL, load_items_work,
                                                    refresh_finish };

void
rst_mailbox_load_items_async (RstMailbox *self,
                              GPtrArray *items,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  rst_mailbox_queue (
      self, rst_operation_new (self, &load_items_class, items, cancellable, callback, user_data));
}

gboolean
rst_mailbox_load_items_finish (RstMailbox *self,
                               GAsyncResult *result,
                               GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return take_report (result, NULL, error);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mailbox-delete"

#include "config.h"

#include "rst-mailbox-private.h"

#include "rst-index-private.h"
#include "rst-message-item-private.h"
#include "rst-operation-copies.h"

/* Messages that the index knows to be gone are not even looked for: under their number, or in their
 * likeness, stands something that the user did not point at. */
static gboolean
refuse_gone (RstOperation *operation,
             GError **error)
{
  guint n_gone = 0;

  for (guint i = 0; i < operation->target_records->len; i++)
    {
      RstReceiptEntry *entry = rst_receipt_get_entry (operation->receipt, i);

      entry->is_missing =
          rst_operation_is_gone (operation, g_ptr_array_index (operation->target_records, i));
      n_gone += entry->is_missing;
    }
  if (n_gone > 0)
    rst_receipt_set_sync_error (operation->receipt, error);

  return n_gone == 0;
}

static gboolean
delete_messages (RstOperation *operation,
                 RstEngine *engine,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GPtrArray) index = rst_record_array_dup_headers (operation->records);

  if (!refuse_gone (operation, error))
    return FALSE;

  if (engine->file)
    return rst_mail_file_delete (engine->file, operation->receipt,
                                 (operation->flags & RST_DELETE_DRY_RUN) != 0, cancellable, error);
  if (!(operation->flags & RST_DELETE_DRY_RUN) &&
      !rst_operation_prepare_copies (operation, engine, error))
    return FALSE;
  if (operation->flags & RST_DELETE_UNVERIFIED)
    return rst_fetcher_delete_unverified (engine->fetcher, operation->receipt, cancellable, error);

  return rst_fetcher_delete_verified (engine->fetcher, operation->receipt, index,
                                      (operation->flags & RST_DELETE_DRY_RUN) != 0, cancellable,
                                      error);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint32 left = *(const guint32 *)a;
  guint32 right = *(const guint32 *)b;

  return (left > right) - (left < right);
}

static guint
count_below (GArray *sorted,
             guint32 number)
{
  guint low = 0;
  guint high = sorted->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (sorted, guint32, middle) < number)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

/* The index without what was deleted: the server closes the gaps, so the numbers of those behind
 * them are known. */
static void
make_index_after (RstOperation *operation,
                  RstEngine *engine)
{
  g_autoptr (GHashTable) deleted = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) after = rst_record_array_new ();

  for (guint i = 0; i < operation->target_records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (operation->target_records, i);

      g_hash_table_add (deleted, record);
      g_array_append_val (numbers, record->header->identity->number);
    }
  g_array_sort (numbers, compare_numbers);

  operation->snapshot = rst_snapshot_new ();
  for (guint i = 0; i < operation->records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (operation->records, i);
      const RstIdentity *identity = record->header->identity;
      g_autoptr (RstHeader) header = NULL;
      guint n_below = count_below (numbers, identity->number);

      if (g_hash_table_contains (deleted, record))
        continue;

      header = n_below == 0
                   ? rst_header_ref (record->header)
                   : rst_header_new_with_identity (
                         record->header,
                         rst_identity_new_renumbered (identity, identity->uid,
                                                      identity->number - n_below, identity->size));
      g_ptr_array_add (operation->snapshot->headers, rst_header_ref (header));
      g_array_append_val (operation->snapshot->origins, i);
      g_ptr_array_add (after,
                       rst_record_new (header, record->id, record->position, record->is_read));
    }

  operation->stored = rst_mailbox_store_records (operation, engine, after);
}

/* Whether there is something to remember: the delete was announced, or it reached the server, and
 * what was found there ended it. An offer to download is a question, and no end. */
static gboolean
calls_for_receipt (const RstOperation *operation,
                   RstEngine *engine,
                   const GError *error)
{
  if (operation->receipt->id != 0)
    return TRUE;

  return error && !engine->file && !(operation->flags & RST_DELETE_DRY_RUN) &&
         rst_fetcher_has_signed_in (engine->fetcher) &&
         !g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED);
}

static void
save_receipt (RstOperation *operation,
              RstEngine *engine,
              const GError *error)
{
  RstReceipt *receipt = operation->receipt;
  g_autoptr (GError) local_error = NULL;

  if (!calls_for_receipt (operation, engine, error))
    return;

  if (error && !receipt->server_text)
    receipt->server_text = g_strdup (error->message);
  if (!rst_engine_open_receipts (engine, &local_error) ||
      !rst_receipts_save (engine->receipts, receipt, &local_error))
    rst_operation_add_notice (operation, local_error->message);
}

static gboolean
delete_work (RstOperation *operation,
             RstEngine *engine,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GPtrArray) headers = rst_record_array_dup_headers (operation->target_records);
  g_autoptr (GError) local_error = NULL;
  gboolean is_done;

  g_clear_pointer (&operation->receipt, rst_receipt_free);
  operation->receipt = rst_receipt_new (headers);
  operation->receipt->account = g_strdup (engine->account->name);
  operation->receipt->maildrop = rst_account_dup_maildrop (engine->account);
  is_done = delete_messages (operation, engine, cancellable, &local_error);

  rst_operation_release_copies (operation, engine);
  save_receipt (operation, engine, local_error);
  if (engine->receipts)
    rst_receipts_end_delete (engine->receipts);

  if (is_done && !(operation->flags & RST_DELETE_DRY_RUN))
    {
      make_index_after (operation, engine);
      rst_operation_prune_copies (operation, engine);
    }
  if (is_done)
    return TRUE;

  if (rst_sync_error_calls_for_reload (local_error))
    operation->is_reloaded = rst_mailbox_reload (
        operation, engine, NULL, rst_mailbox_reload_flags (engine), cancellable, NULL);
  else if (g_error_matches (local_error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN))
    rst_mailbox_reload (operation, engine, NULL, RST_LOAD_DEFAULT, cancellable, NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
delete_finish (RstOperation *operation,
               const GError *error)
{
  rst_mailbox_show_reload (operation);
  rst_mailbox_tell_reload (operation);

  if (operation->receipt)
    g_task_set_task_data (operation->task, g_steal_pointer (&operation->receipt),
                          (GDestroyNotify)rst_receipt_free);
  if (error)
    g_task_return_error (operation->task, g_error_copy (error));
  else
    g_task_return_boolean (operation->task, TRUE);
}

static const RstOperationClass delete_class = { TRUE, FALSE, NULL, delete_work, delete_finish };

void
rst_mailbox_delete_async (RstMailbox *self,
                          GPtrArray *items,
                          RstDeleteFlags flags,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  RstOperation *operation = NULL;

  g_return_if_fail (RST_IS_MAILBOX (self));

  operation = rst_operation_new (self, &delete_class, items, cancellable, callback, user_data);
  operation->flags = flags;
  operation->copy_policy = *rst_mailbox_get_copy_policy (self);
  if (flags & RST_DELETE_NO_COPY)
    operation->copy_policy.keep = RST_KEEP_COPIES_NEVER;
  rst_mailbox_queue (self, operation);
}

void
rst_mailbox_set_copy_policy (RstMailbox *self,
                             const RstCopyPolicy *policy)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  rst_mailbox_get_engine (self)->copy_policy = *policy;
}

const RstCopyPolicy *
rst_mailbox_get_copy_policy (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return &rst_mailbox_get_engine (self)->copy_policy;
}

gboolean
rst_mailbox_delete_finish (RstMailbox *self,
                           GAsyncResult *result,
                           RstReceipt **receipt,
                           GError **error)
{
  RstReceipt *done = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  done = g_task_get_task_data (G_TASK (result));
  if (receipt)
    *receipt = done ? rst_receipt_copy (done) : NULL;

  return g_task_propagate_boolean (G_TASK (result), error);
}

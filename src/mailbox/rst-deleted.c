/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted"

#include "config.h"

#include "rst-deleted.h"

#include <glib/gi18n-lib.h>

#include "mail/rst-mbox.h"
#include "rst-copies.h"
#include "rst-mbox-file.h"
#include "rst-save-file.h"

static RstReceipts *
open_receipts (const RstAccount *account,
               GError **error)
{
  g_autofree char *folder = rst_account_dup_data_folder (account);

  return rst_receipts_exist (folder) ? rst_receipts_open (folder, error) : NULL;
}

static void
add_items (GPtrArray *items,
           const RstReceipt *receipt,
           const RstAccount *account)
{
  for (guint i = 0; i < receipt->entries->len; i++)
    g_ptr_array_add (items, rst_deleted_item_new (receipt, i, account->name));
}

GPtrArray *
rst_deleted_load (const RstAccount *account,
                  GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) receipts = NULL;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RstReceipts) store = open_receipts (account, &local_error);

  if (store)
    receipts = rst_receipts_load (store, &local_error);
  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  for (guint i = 0; receipts && i < receipts->len; i++)
    add_items (items, g_ptr_array_index (receipts, i), account);
  return g_steal_pointer (&items);
}

typedef struct
{
  RstAccount *account;
  GPtrArray *items;
  GFile *file;
  guint64 size;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  rst_account_unref (job->account);
  g_clear_pointer (&job->items, g_ptr_array_unref);
  g_clear_object (&job->file);
  g_free (job);
}

/* @items: (transfer full) (nullable) */
static void
run (RstAccount *account,
     GPtrArray *items,
     GFile *file,
     GTaskThreadFunc work,
     GTask *task)
{
  Job *job = g_new0 (Job, 1);

  job->account = rst_account_ref (account);
  job->items = items;
  job->file = file ? g_object_ref (file) : NULL;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, work);
}

static GPtrArray *
copy_items (GPtrArray *items)
{
  GPtrArray *copy = g_ptr_array_copy (items, (GCopyFunc)g_object_ref, NULL);

  g_ptr_array_set_free_func (copy, g_object_unref);
  return copy;
}

static void
load_work (GTask *task,
           gpointer source_object,
           gpointer task_data,
           GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  GPtrArray *items = rst_deleted_load (job->account, &error);
  g_autoptr (RstReceipts) store = NULL;

  if (!items)
    {
      g_task_return_error (task, error);
      return;
    }

  store = open_receipts (job->account, NULL);
  job->size = store ? rst_copies_get_size (store) : 0;
  g_task_return_pointer (task, items, (GDestroyNotify)g_ptr_array_unref);
}

void
rst_deleted_load_async (RstAccount *account,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_deleted_load_async);
  run (account, NULL, NULL, load_work, task);
}

GPtrArray *
rst_deleted_load_finish (GAsyncResult *result,
                         guint64 *size,
                         GError **error)
{
  *size = ((Job *)g_task_get_task_data (G_TASK (result)))->size;
  return g_task_propagate_pointer (G_TASK (result), error);
}

static GBytes *
load_copy (RstReceipts *store,
           RstDeletedItem *item,
           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  GBytes *message = NULL;

  if (store)
    message = rst_copies_load (store, rst_deleted_item_get_copy (item), &local_error);
  if (local_error)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (!message)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("The copy is no longer kept."));

  return message;
}

static void
read_work (GTask *task,
           gpointer source_object,
           gpointer task_data,
           GCancellable *cancellable)
{
  Job *job = task_data;
  GError *error = NULL;
  g_autoptr (RstReceipts) store = open_receipts (job->account, &error);
  GBytes *message = error ? NULL : load_copy (store, g_ptr_array_index (job->items, 0), &error);

  if (message)
    g_task_return_pointer (task, message, (GDestroyNotify)g_bytes_unref);
  else
    g_task_return_error (task, error);
}

void
rst_deleted_read_copy_async (RstAccount *account,
                             RstDeletedItem *item,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (items, g_object_ref (item));
  g_task_set_source_tag (task, rst_deleted_read_copy_async);
  run (account, items, NULL, read_work, task);
}

GBytes *
rst_deleted_read_copy_finish (GAsyncResult *result,
                              GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  const Job *job;
  RstReceipts *store;
  gboolean is_mbox;
} Saving;

/* One after the other: all of them may be more than there is memory for. */
static gboolean
write_copies (GOutputStream *stream,
              gpointer user_data,
              GCancellable *cancellable,
              GError **error)
{
  const Saving *saving = user_data;

  for (guint i = 0; i < saving->job->items->len; i++)
    {
      RstDeletedItem *item = g_ptr_array_index (saving->job->items, i);
      RstEnvelope *envelope = rst_deleted_item_get_header (item)->envelope;
      g_autoptr (GBytes) message = load_copy (saving->store, item, error);
      g_autoptr (GBytes) entry = NULL;
      gsize size;
      const char *data;

      if (!message)
        return FALSE;
      entry = saving->is_mbox ? rst_mbox_format (message, NULL, envelope ? envelope->date : 0)
                              : g_bytes_ref (message);
      data = g_bytes_get_data (entry, &size);
      if (!g_output_stream_write_all (stream, data, size, NULL, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
save (const Job *job,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RstReceipts) store = open_receipts (job->account, &local_error);
  Saving saving = {
    .job = job,
    .store = store,
    .is_mbox = job->items->len > 1 || rst_mbox_file_has_mbox_name (job->file),
  };

  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return rst_save_file_with (job->file, G_FILE_CREATE_PRIVATE, write_copies, &saving, cancellable,
                             error);
}

static gboolean
remove_copies (const Job *job,
               GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RstReceipts) store = open_receipts (job->account, &local_error);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < job->items->len; i++)
    {
      gint64 id = rst_deleted_item_get_copy (g_ptr_array_index (job->items, i));

      g_array_append_val (ids, id);
    }
  if (local_error || (store && !rst_copies_remove (store, ids, &local_error)))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

static void
change_work (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;

  if (job->file ? save (job, cancellable, &error) : remove_copies (job, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
rst_deleted_save_copies_async (RstAccount *account,
                               GPtrArray *items,
                               GFile *file,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_deleted_save_copies_async);
  run (account, copy_items (items), file, change_work, task);
}

void
rst_deleted_remove_copies_async (RstAccount *account,
                                 GPtrArray *items,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_deleted_remove_copies_async);
  run (account, copy_items (items), NULL, change_work, task);
}

gboolean
rst_deleted_finish (GAsyncResult *result,
                    GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

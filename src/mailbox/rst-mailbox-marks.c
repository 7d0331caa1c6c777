/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mailbox-marks"

#include "config.h"

#include "rst-mailbox-private.h"

#include "rst-index-private.h"
#include "rst-message-item-private.h"

/* Returns: (transfer full) (nullable): @record as a message that was read, %NULL when there is
 * nothing to change. */
static RstRecord *
make_read (RstOperation *operation,
           RstRecord *record)
{
  if (record->is_read || rst_operation_is_gone (operation, record))
    return NULL;
  return rst_record_new (record->header, record->id, record->position, TRUE);
}

static gboolean
mark_read_work (RstOperation *operation,
                RstEngine *engine,
                GCancellable *cancellable,
                GError **error)
{
  for (guint i = 0; i < operation->target_records->len; i++)
    {
      g_autoptr (RstRecord) record =
          make_read (operation, g_ptr_array_index (operation->target_records, i));

      if (record && record->id != 0 && engine->store &&
          !rst_store_update (engine->store, record, error))
        return FALSE;
    }

  return TRUE;
}

static void
mark_read_finish (RstOperation *operation,
                  const GError *error)
{
  RstIndex *index = rst_mailbox_get_index (operation->mailbox);

  if (error)
    {
      g_task_return_error (operation->task, g_error_copy (error));
      return;
    }

  for (guint i = 0; i < operation->targets->len; i++)
    {
      g_autoptr (RstRecord) record =
          make_read (operation, g_ptr_array_index (operation->target_records, i));

      if (record)
        rst_index_set_record (index, g_ptr_array_index (operation->targets, i), record);
    }
  g_task_return_boolean (operation->task, TRUE);
}

static const RstOperationClass mark_read_class = { FALSE, FALSE, NULL, mark_read_work,
                                                   mark_read_finish };

void
rst_mailbox_mark_read_async (RstMailbox *self,
                             GPtrArray *items,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));
  g_return_if_fail (items != NULL);

  rst_mailbox_queue (
      self, rst_operation_new (self, &mark_read_class, items, cancellable, callback, user_data));
}

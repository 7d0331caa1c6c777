/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-operation-copies"

#include "config.h"

#include "rst-operation-copies.h"

#include <glib/gi18n-lib.h>

#include "rst-bodies.h"
#include "rst-copies.h"

/* Returns how many octets the copies will take, as far as the list of the server can tell. */
static guint64
note_wanted (RstOperation *self,
             guint *n_wanted)
{
  guint64 size = 0;

  *n_wanted = 0;
  for (guint i = 0; i < self->receipt->entries->len; i++)
    {
      RstReceiptEntry *entry = rst_receipt_get_entry (self->receipt, i);

      entry->wants_copy = rst_copy_policy_wants (&self->copy_policy, entry->header->identity);
      *n_wanted += entry->wants_copy;
      size += entry->wants_copy ? entry->header->identity->size : 0;
    }

  return size;
}

static gboolean
fits (const RstOperation *self,
      guint64 size,
      GError **error)
{
  g_autofree char *size_text = g_format_size (size);
  g_autofree char *limit_text = g_format_size (self->copy_policy.max_total);

  if (size > self->copy_policy.max_total)
    /* Translators: two sizes. */
    g_set_error (error, RST_STORE_ERROR, RST_STORE_ERROR_IO,
                 _ ("The copies would take %s, and no more than %s may be kept."), size_text,
                 limit_text);

  return size <= self->copy_policy.max_total;
}

/* What was read before and is big is not downloaded again; what is small comes again to be
 * compared. Without verification nobody knows that what goes is what was read. */
static gboolean
take_from_store (RstOperation *self,
                 RstEngine *engine,
                 GError **error)
{
  for (guint i = 0; i < self->receipt->entries->len; i++)
    {
      RstRecord *record = g_ptr_array_index (self->target_records, i);
      RstReceiptEntry *entry = rst_receipt_get_entry (self->receipt, i);
      g_autoptr (GBytes) message = NULL;

      if (!entry->wants_copy || !engine->store || record->id == 0 ||
          !record->header->identity->body ||
          record->header->identity->size <= RST_FETCHER_COMPARED_SIZE ||
          (self->flags & RST_DELETE_UNVERIFIED))
        continue;
      message = rst_bodies_load (engine->store, record);
      if (message && !rst_operation_keep_copy (self, self->receipt, i, message, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
rst_operation_prepare_copies (RstOperation *self,
                              RstEngine *engine,
                              GError **error)
{
  guint n_wanted;
  guint64 size = note_wanted (self, &n_wanted);

  self->copies_size = 0;
  if (n_wanted == 0)
    return TRUE;
  if (fits (self, size, error) && rst_engine_open_receipts (engine, error) &&
      take_from_store (self, engine, error))
    return TRUE;

  self->receipt->lacks_copy = TRUE;
  g_prefix_error (error, "%s ", _ ("Nothing was deleted: no copy could be kept."));
  return FALSE;
}

gboolean
rst_operation_keep_copy (RstOperation *self,
                         RstReceipt *receipt,
                         guint position,
                         GBytes *message,
                         GError **error)
{
  RstReceiptEntry *entry = rst_receipt_get_entry (receipt, position);

  /* The server's list may have said less. */
  if (!fits (self, self->copies_size + g_bytes_get_size (message), error))
    return FALSE;

  self->copies_size += g_bytes_get_size (message);
  entry->copy = rst_copies_add (self->engine->receipts, message, error);
  return entry->copy != 0;
}

void
rst_operation_release_copies (RstOperation *self,
                              RstEngine *engine)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->receipt->entries->len; i++)
    {
      RstReceiptEntry *entry = rst_receipt_get_entry (self->receipt, i);

      if (entry->copy == 0 || entry->outcome != RST_OUTCOME_NOT_DELETED)
        continue;
      g_array_append_val (ids, entry->copy);
      entry->copy = 0;
    }

  if (engine->receipts)
    rst_copies_remove (engine->receipts, ids, NULL);
}

void
rst_operation_prune_copies (RstOperation *self,
                            RstEngine *engine)
{
  if (engine->receipts && self->copy_policy.is_chosen)
    rst_copies_prune (engine->receipts, self->copy_policy.days, self->copy_policy.max_total, NULL);
}

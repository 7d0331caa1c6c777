/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-receipt"

#include "config.h"

#include "rst-receipt.h"

static void
receipt_entry_free (gpointer data)
{
  RstReceiptEntry *entry = data;

  rst_header_unref (entry->header);
  g_free (entry);
}

static void
receipt_add (RstReceipt *self,
             RstHeader *header,
             RstOutcome outcome,
             gboolean is_missing)
{
  RstReceiptEntry *entry = g_new0 (RstReceiptEntry, 1);

  entry->header = rst_header_ref (header);
  entry->outcome = outcome;
  entry->is_missing = is_missing;
  g_ptr_array_add (self->entries, entry);
}

RstReceipt *
rst_receipt_new (GPtrArray *headers)
{
  RstReceipt *self = g_new0 (RstReceipt, 1);

  self->time = g_get_real_time () / G_USEC_PER_SEC;
  self->entries = g_ptr_array_new_with_free_func (receipt_entry_free);
  for (guint i = 0; i < headers->len; i++)
    receipt_add (self, g_ptr_array_index (headers, i), RST_OUTCOME_NOT_DELETED, FALSE);

  return self;
}

RstReceipt *
rst_receipt_copy (const RstReceipt *self)
{
  RstReceipt *copy = g_new0 (RstReceipt, 1);

  copy->id = self->id;
  copy->time = self->time;
  copy->server_text = g_strdup (self->server_text);
  copy->entries = g_ptr_array_new_with_free_func (receipt_entry_free);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (self->entries, i);

      receipt_add (copy, entry->header, entry->outcome, entry->is_missing);
    }

  return copy;
}

void
rst_receipt_free (RstReceipt *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->server_text);
  g_free (self);
}

void
rst_receipt_set_outcome (RstReceipt *self,
                         RstOutcome outcome)
{
  for (guint i = 0; i < self->entries->len; i++)
    {
      RstReceiptEntry *entry = g_ptr_array_index (self->entries, i);

      entry->outcome = outcome;
    }
}

guint
rst_receipt_count (const RstReceipt *self,
                   RstOutcome outcome)
{
  guint n = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->outcome == outcome)
        n++;
    }

  return n;
}

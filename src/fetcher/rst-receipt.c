/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-receipt"

#include "config.h"

#include "rst-receipt.h"

#include <glib/gi18n-lib.h>

#include "rst-sync-error.h"

/* How many missing messages an error names; the receipt knows them all. */
#define N_NAMED 5

static void
receipt_entry_free (gpointer data)
{
  RstReceiptEntry *entry = data;

  rst_header_unref (entry->header);
  g_free (entry);
}

RstReceipt *
rst_receipt_new (GPtrArray *headers)
{
  RstReceipt *self = g_new0 (RstReceipt, 1);

  self->time = g_get_real_time () / G_USEC_PER_SEC;
  self->entries = g_ptr_array_new_with_free_func (receipt_entry_free);
  for (guint i = 0; i < headers->len; i++)
    rst_receipt_add (self, g_ptr_array_index (headers, i), RST_OUTCOME_NOT_DELETED, FALSE);

  return self;
}

RstReceiptEntry *
rst_receipt_add (RstReceipt *self,
                 RstHeader *header,
                 RstOutcome outcome,
                 gboolean is_missing)
{
  RstReceiptEntry *entry = g_new0 (RstReceiptEntry, 1);

  entry->header = rst_header_ref (header);
  entry->outcome = outcome;
  entry->is_missing = is_missing;
  g_ptr_array_add (self->entries, entry);

  return entry;
}

RstReceiptEntry *
rst_receipt_get_entry (const RstReceipt *self,
                       guint position)
{
  return g_ptr_array_index (self->entries, position);
}

RstReceipt *
rst_receipt_copy (const RstReceipt *self)
{
  RstReceipt *copy = g_new0 (RstReceipt, 1);

  copy->id = self->id;
  copy->time = self->time;
  copy->lacks_copy = self->lacks_copy;
  copy->account = g_strdup (self->account);
  copy->maildrop = g_strdup (self->maildrop);
  copy->server_text = g_strdup (self->server_text);
  copy->entries = g_ptr_array_new_with_free_func (receipt_entry_free);
  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (self->entries, i);

      RstReceiptEntry *added =
          rst_receipt_add (copy, entry->header, entry->outcome, entry->is_missing);

      added->is_settled = entry->is_settled;
      added->wants_copy = entry->wants_copy;
      added->copy = entry->copy;
      added->has_copy = entry->has_copy;
    }

  return copy;
}

void
rst_receipt_free (RstReceipt *self)
{
  g_ptr_array_unref (self->entries);
  g_free (self->account);
  g_free (self->maildrop);
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

static char *
describe (const RstHeader *header)
{
  const RstEnvelope *envelope = header->envelope;

  if (!envelope)
    return g_strdup (_ ("a message whose headers cannot be read"));

  /* Translators: the subject and the sender of a message. */
  return g_strdup_printf (_ ("“%s” from %s"),
                          *envelope->subject ? envelope->subject : _ ("(no subject)"),
                          envelope->from_name);
}

void
rst_receipt_set_sync_error (const RstReceipt *self,
                            GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_missing = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (self->entries, i);
      g_autofree char *name = NULL;

      if (!entry->is_missing || n_missing++ >= N_NAMED)
        continue;
      name = describe (entry->header);
      g_string_append_printf (names, "%s%s", n_missing > 1 ? "; " : "", name);
    }
  if (n_missing > N_NAMED)
    g_string_append_printf (names, ngettext ("; and %u more", "; and %u more", n_missing - N_NAMED),
                            n_missing - N_NAMED);

  g_set_error (
      error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE,
      ngettext ("Nothing was deleted: %u message is not on the server as it was listed: %s.",
                "Nothing was deleted: %u messages are not on the server as they were listed: %s.",
                n_missing),
      n_missing, names->str);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-operation-settle"

#include "config.h"

#include "rst-operation-settle.h"

#include <glib/gi18n-lib.h>

#include "rst-mailbox-private.h"
#include "rst-settle.h"

static GPtrArray *
load_unsettled (RstEngine *engine)
{
  g_autofree char *maildrop = NULL;

  /* An account that has never deleted anything has no receipts, and gets none from being read. */
  if (engine->file || !rst_engine_find_receipts (engine))
    return NULL;

  maildrop = rst_account_dup_maildrop (engine->account);
  return rst_receipts_load_unsettled (engine->receipts, maildrop, NULL);
}

/* Without UIDs a number says nothing about a message that may have been deleted; but its headers
 * do. */
static RstLoadFlags
add_flags (RstLoadFlags flags,
           GPtrArray *receipts)
{
  for (guint i = 0; receipts && i < receipts->len; i++)
    {
      GPtrArray *entries = ((RstReceipt *)g_ptr_array_index (receipts, i))->entries;

      for (guint j = 0; j < entries->len; j++)
        {
          const RstReceiptEntry *entry = g_ptr_array_index (entries, j);

          if (entry->outcome != RST_OUTCOME_UNKNOWN || !entry->header->identity->digest)
            continue;
          flags |= RST_LOAD_TO_SETTLE;
          if (!entry->header->identity->uid)
            flags |= RST_LOAD_DISTRUST;
        }
    }

  return flags;
}

GPtrArray *
rst_operation_load_unsettled (RstEngine *engine,
                              RstLoadFlags *flags)
{
  GPtrArray *receipts = load_unsettled (engine);

  *flags = add_flags (*flags, receipts);
  return receipts;
}

gboolean
rst_operation_settle (RstOperation *operation,
                      RstEngine *engine,
                      GPtrArray *receipts,
                      GPtrArray *before)
{
  for (guint i = 0; receipts && i < receipts->len; i++)
    {
      RstReceipt *receipt = g_ptr_array_index (receipts, i);
      guint n_deleted = rst_receipt_count (receipt, RST_OUTCOME_DELETED);
      guint n_settled = 0;
      g_autofree char *text = NULL;

      rst_settle_receipt (receipt, before, operation->snapshot);
      if (!rst_receipts_save_settled (engine->receipts, receipt, &n_settled, NULL) ||
          n_settled == 0)
        continue;

      n_deleted = rst_receipt_count (receipt, RST_OUTCOME_DELETED) - n_deleted;
      if (n_deleted == n_settled)
        text = g_strdup_printf (
            ngettext ("The delete that was cut off earlier did happen: %u message is gone.",
                      "The delete that was cut off earlier did happen: %u messages are gone.",
                      n_deleted),
            n_deleted);
      else if (n_deleted == 0 && rst_receipt_count (receipt, RST_OUTCOME_UNKNOWN) == 0)
        text = g_strdup (
            _ ("The delete that was cut off earlier did not happen: nothing was deleted."));
      else
        text = g_strdup_printf (
            _ ("The delete that was cut off earlier happened in part: %u of %u messages are gone."),
            n_deleted, receipt->entries->len);
      rst_operation_add_notice (operation, text);

      if (operation->receipt && operation->receipt->id == receipt->id)
        {
          rst_receipt_free (operation->receipt);
          operation->receipt = rst_receipt_copy (receipt);
        }
    }

  return receipts && receipts->len > 0;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-deleted"

#include "config.h"

#include "rst-deleted.h"

#include "rst-receipts.h"

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
    g_ptr_array_add (items, rst_deleted_item_new (
                                receipt, g_ptr_array_index (receipt->entries, i), account->name));
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

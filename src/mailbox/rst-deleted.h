/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "account/rst-account.h"
#include "rst-deleted-item.h"

G_BEGIN_DECLS

/* What was deleted from an account, read from its receipts, whatever a mailbox of it is doing at
 * the time. */

/**
 * rst_deleted_load:
 *
 * Blocking; any thread. An account that has never deleted anything has no receipts, and gets none.
 *
 * Returns: (transfer full) (element-type RstDeletedItem): oldest first. Errors: RST_STORE_ERROR.
 */
GPtrArray *rst_deleted_load (const RstAccount *account,
                             GError **error);

/**
 * rst_deleted_load_async:
 *
 * rst_deleted_load() on a thread of its own.
 */
void rst_deleted_load_async (RstAccount *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * rst_deleted_load_finish:
 * @size: (out): octets of all copies
 */
GPtrArray *rst_deleted_load_finish (GAsyncResult *result,
                                    guint64 *size,
                                    GError **error);

/** rst_deleted_read_copy_async: reads the copy of a message. */
void rst_deleted_read_copy_async (RstAccount *account,
                                  RstDeletedItem *item,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/** rst_deleted_read_copy_finish: Returns: (transfer full): the message as it was received. */
GBytes *rst_deleted_read_copy_finish (GAsyncResult *result,
                                      GError **error);

/**
 * rst_deleted_save_copies_async:
 * @items: (element-type RstDeletedItem): with copies
 * @file: to be made, or to be replaced
 *
 * Saves copies, all or none: several as an mbox file, and one as it was received unless the name of
 * @file asks for mbox; see rst_mbox_file_has_mbox_name().
 */
void rst_deleted_save_copies_async (RstAccount *account,
                                    GPtrArray *items,
                                    GFile *file,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);

/** rst_deleted_remove_copies_async: @items: (element-type RstDeletedItem): whose copies go. */
void rst_deleted_remove_copies_async (RstAccount *account,
                                      GPtrArray *items,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);

/** rst_deleted_finish: Returns: whether saving or removing went well. */
gboolean rst_deleted_finish (GAsyncResult *result,
                             GError **error);

G_END_DECLS

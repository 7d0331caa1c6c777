/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "fetcher/rst-receipt.h"
#include "rst-database.h"

G_BEGIN_DECLS

/**
 * RstReceipts:
 *
 * What deletes did, on disk, in a SQLite file of the user's data: it is never thrown away, and a
 * write has reached the disk when the call returns. Blocking; one owner at a time. Every function
 * raises %RST_STORE_ERROR.
 */
typedef struct _RstReceipts RstReceipts;

/**
 * rst_receipts_open:
 * @folder: the account's data folder; made if it is not there
 */
RstReceipts *rst_receipts_open (const char *folder,
                                GError **error);

/** rst_receipts_exist: Returns: whether this data folder has receipts. */
gboolean rst_receipts_exist (const char *folder);
void rst_receipts_free (RstReceipts *self);

/** rst_receipts_get_database: Returns: (transfer none): for what else is kept in the same file. */
sqlite3 *rst_receipts_get_database (RstReceipts *self);

/** rst_receipts_save: writes a receipt, and gives it an id when it is new. */
gboolean rst_receipts_save (RstReceipts *self,
                            RstReceipt *receipt,
                            GError **error);

/**
 * rst_receipts_save_settled:
 * @receipt: one that rst_settle_receipt() has decided
 * @n_settled: (out): how many outcomes were unknown until now
 *
 * Writes what was unknown, and leaves alone what another program has settled in the meantime.
 */
gboolean rst_receipts_save_settled (RstReceipts *self,
                                    const RstReceipt *receipt,
                                    guint *n_settled,
                                    GError **error);

/**
 * rst_receipts_begin_delete:
 *
 * Until rst_receipts_end_delete(), or the end of the process, no other owner of these receipts, be
 * it another program, takes a delete for one that was cut off. Can't fail: it is a courtesy.
 */
void rst_receipts_begin_delete (RstReceipts *self);
void rst_receipts_end_delete (RstReceipts *self);

/** rst_receipts_load: Returns: (transfer full) (element-type RstReceipt): all, oldest first. */
GPtrArray *rst_receipts_load (RstReceipts *self,
                              GError **error);

/**
 * rst_receipts_load_unsettled:
 * @maildrop: whose listing is to tell; see rst_account_dup_maildrop()
 *
 * Returns: (transfer full) (element-type RstReceipt): those of this maildrop, or of one that was
 * not written down, with an outcome that is unknown, oldest first; none while a delete is under way
 * anywhere.
 */
GPtrArray *rst_receipts_load_unsettled (RstReceipts *self,
                                        const char *maildrop,
                                        GError **error);

/** rst_receipts_have_deleted: Returns: whether a message of this UID and header block was deleted,
 * or may have been. */
gboolean rst_receipts_have_deleted (RstReceipts *self,
                                    const RstIdentity *identity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstReceipts, rst_receipts_free)

G_END_DECLS

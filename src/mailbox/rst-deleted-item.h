/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "fetcher/rst-receipt.h"

G_BEGIN_DECLS

#define RST_TYPE_DELETED_ITEM (rst_deleted_item_get_type ())

/**
 * RstDeletedItem:
 *
 * One message of a receipt, as a list shows it. Immutable; any thread.
 */
G_DECLARE_FINAL_TYPE (RstDeletedItem, rst_deleted_item, RST, DELETED_ITEM, GObject)

/**
 * rst_deleted_item_new:
 * @position: which of the receipt's entries
 * @account: (nullable): words for an account whose name the receipt does not have
 */
RstDeletedItem *rst_deleted_item_new (const RstReceipt *receipt,
                                      guint position,
                                      const char *account);

/** rst_deleted_item_hash, _is_same: for tables with one item for each entry of a receipt, whenever
 * it was loaded. */
guint rst_deleted_item_hash (gconstpointer item);
gboolean rst_deleted_item_is_same (gconstpointer a,
                                   gconstpointer b);

/** rst_deleted_item_is_unchanged: Returns: whether two that are the same tell the same, too. */
gboolean rst_deleted_item_is_unchanged (RstDeletedItem *self,
                                        RstDeletedItem *other);

/** rst_deleted_item_get_receipt: Returns: the id of the receipt. */
gint64 rst_deleted_item_get_receipt (RstDeletedItem *self);

/** rst_deleted_item_get_time: Returns: when the delete began, seconds since 1970. */
gint64 rst_deleted_item_get_time (RstDeletedItem *self);

/** rst_deleted_item_get_account: Returns: (transfer none): whose mail it was, in words. */
const char *rst_deleted_item_get_account (RstDeletedItem *self);

/** rst_deleted_item_get_header: Returns: (transfer none): the message; its envelope has no more
 * than sender, subject and date. */
RstHeader *rst_deleted_item_get_header (RstDeletedItem *self);

/** rst_deleted_item_dup_uid: Returns: (transfer full) (nullable): valid UTF-8; untrusted. */
char *rst_deleted_item_dup_uid (RstDeletedItem *self);

/** rst_deleted_item_dup_digest: Returns: (transfer full) (nullable): the SHA-256 of the message's
 * headers, in hexadecimal digits. */
char *rst_deleted_item_dup_digest (RstDeletedItem *self);

/** rst_deleted_item_get_outcome: Returns: what had become of it when this was loaded. */
RstOutcome rst_deleted_item_get_outcome (RstDeletedItem *self);

/** rst_deleted_item_get_is_settled: Returns: whether the outcome was unknown before a later listing
 * told. */
gboolean rst_deleted_item_get_is_settled (RstDeletedItem *self);

/** rst_deleted_item_get_server_text: Returns: (transfer none) (nullable): the server's last word,
 * valid UTF-8; untrusted. */
const char *rst_deleted_item_get_server_text (RstDeletedItem *self);

/** rst_deleted_item_get_copy: Returns: the copy's id in the receipts, 0 when none was kept. */
gint64 rst_deleted_item_get_copy (RstDeletedItem *self);

/** rst_deleted_item_get_has_copy: Returns: whether the copy was still there when this was loaded.
 */
gboolean rst_deleted_item_get_has_copy (RstDeletedItem *self);

/** rst_deleted_item_describe_copy: Returns: (transfer none): a word or two. */
const char *rst_deleted_item_describe_copy (RstDeletedItem *self);

/** rst_deleted_item_describe_outcome: Returns: (transfer none): a word or two. */
const char *rst_deleted_item_describe_outcome (RstDeletedItem *self);

G_END_DECLS

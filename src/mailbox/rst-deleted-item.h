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
 * @account: (nullable): words for an account whose name the receipt does not have
 */
RstDeletedItem *rst_deleted_item_new (const RstReceipt *receipt,
                                      const RstReceiptEntry *entry,
                                      const char *account);

/** rst_deleted_item_get_time: Returns: when the delete began, seconds since 1970. */
gint64 rst_deleted_item_get_time (RstDeletedItem *self);

/** rst_deleted_item_get_account: Returns: (transfer none): whose mail it was, in words. */
const char *rst_deleted_item_get_account (RstDeletedItem *self);

/** rst_deleted_item_get_header: Returns: (transfer none): the message; its envelope has no more
 * than sender, subject and date. */
RstHeader *rst_deleted_item_get_header (RstDeletedItem *self);
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

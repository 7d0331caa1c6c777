/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-header.h"

G_BEGIN_DECLS

/**
 * RstOutcome:
 * @RST_OUTCOME_NOT_DELETED: the message is still on the server
 * @RST_OUTCOME_DELETED: the server has confirmed the QUIT, or a later listing has no such message
 * @RST_OUTCOME_UNKNOWN: DELE was sent, and no answer to QUIT came: the next listing settles it
 */
typedef enum
{
  RST_OUTCOME_NOT_DELETED,
  RST_OUTCOME_DELETED,
  RST_OUTCOME_UNKNOWN,
} RstOutcome;

/**
 * RstReceiptEntry:
 * @header: the message as the user saw it
 * @outcome: what became of it
 * @is_missing: the verification did not find it: it is gone, or something else stands in its place
 * @wants_copy: a copy is to be kept before it is deleted
 * @copy: the id of the copy that was kept, 0 when there is none
 * @has_copy: @copy is there still
 * @is_settled: @outcome was unknown at first, and a later listing has told
 */
typedef struct
{
  RstHeader *header;
  RstOutcome outcome;
  gboolean is_missing;
  gboolean is_settled;
  gboolean wants_copy;
  gint64 copy;
  gboolean has_copy;
} RstReceiptEntry;

/**
 * RstReceipt:
 * @id: the row in the receipts store, 0 before it is stored
 * @time: when the delete began, seconds since 1970
 * @account: (nullable): whose mail it was, in words
 * @maildrop: (nullable): where it was, as rst_account_dup_maildrop() names it
 * @entries: (element-type RstReceiptEntry): one a message, in the order in which they were asked
 *   for
 * @server_text: (nullable): the server's last word, or what ended the delete before it had one;
 *   valid UTF-8; untrusted
 * @lacks_copy: nothing was deleted because a copy that was wanted could not be kept
 *
 * The record of what a delete did. Owned by one thread at a time.
 */
typedef struct
{
  gint64 id;
  gint64 time;
  char *account;
  char *maildrop;
  GPtrArray *entries;
  char *server_text;
  gboolean lacks_copy;
} RstReceipt;

/**
 * rst_receipt_new:
 * @headers: (element-type RstHeader): what is to be deleted
 *
 * Returns: (transfer full): a receipt in which nothing is deleted.
 */
RstReceipt *rst_receipt_new (GPtrArray *headers);

/** rst_receipt_add: adds a message to the record. Returns: (transfer none): its entry. */
RstReceiptEntry *rst_receipt_add (RstReceipt *self,
                                  RstHeader *header,
                                  RstOutcome outcome,
                                  gboolean is_missing);

/** rst_receipt_get_entry: Returns: (transfer none): the entry at @position, which must be there. */
RstReceiptEntry *rst_receipt_get_entry (const RstReceipt *self,
                                        guint position);
RstReceipt *rst_receipt_copy (const RstReceipt *self);
void rst_receipt_free (RstReceipt *self);

/** rst_receipt_set_outcome: sets every entry's outcome. */
void rst_receipt_set_outcome (RstReceipt *self,
                              RstOutcome outcome);

/** rst_receipt_count: Returns: how many entries have this outcome. */
guint rst_receipt_count (const RstReceipt *self,
                         RstOutcome outcome);

/** rst_receipt_set_sync_error: sets %RST_SYNC_ERROR_DELETE, naming the messages that are missing.
 */
void rst_receipt_set_sync_error (const RstReceipt *self,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstReceipt, rst_receipt_free)

G_END_DECLS

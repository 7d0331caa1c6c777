/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "account/rst-password.h"
#include "fetcher/rst-fetcher.h"
#include "mail/rst-message.h"
#include "rst-copy-policy.h"
#include "rst-mail-file.h"
#include "rst-mailbox.h"
#include "rst-progress.h"
#include "rst-receipts.h"
#include "rst-store.h"

G_BEGIN_DECLS

/**
 * RstEngine:
 * @store: (nullable): %NULL when the cache folder cannot be used
 * @store_error: (nullable): why
 * @copy_policy: of the deletes that begin from now on; only of concern to the main thread
 * @big_size: of the reads that begin from now on; only of concern to the main thread
 * @file: (nullable): takes the fetcher's place in a mailbox of a mail file, which has no store
 *
 * What operations work with. It belongs to the operation that runs, and to its worker while that
 * works; so none of it needs a lock.
 */
typedef struct
{
  RstAccount *account;
  RstFetcher *fetcher;
  RstPasswords *passwords;
  RstStore *store;
  GError *store_error;
  RstReceipts *receipts;
  RstMailFile *file;
  RstCopyPolicy copy_policy;
  guint64 big_size;
} RstEngine;

RstEngine *rst_engine_new (RstAccount *account);
void rst_engine_free (RstEngine *self);

/** rst_engine_open_receipts: opens the receipts if they are not open yet; on a worker. */
gboolean rst_engine_open_receipts (RstEngine *self,
                                   GError **error);

/** rst_engine_find_receipts: opens those that there are, and makes none; on a worker. */
gboolean rst_engine_find_receipts (RstEngine *self);

typedef struct _RstOperation RstOperation;

/**
 * RstOperationClass:
 * @needs_session: whether @work signs in to the server
 * @is_check: whether it asks first of all if the list is still what the server has
 * @work_offline: (nullable): on a worker, before anything else: returns %TRUE when it could do all
 *   that @work would do
 * @work: on a worker; may be run again with another password, or after the user has agreed to a
 *   download
 * @finish: on the main thread: brings the index up to date and returns the caller's task. @error is
 *   %NULL on success.
 */
typedef struct
{
  gboolean needs_session;
  gboolean is_check;
  gboolean (*work_offline) (RstOperation *self,
                            RstEngine *engine);
  gboolean (*work) (RstOperation *self,
                    RstEngine *engine,
                    GCancellable *cancellable,
                    GError **error);
  void (*finish) (RstOperation *self,
                  const GError *error);
} RstOperationClass;

/**
 * RstOperation:
 *
 * One user action on its way through the queue: what it was asked, what it takes to its worker as
 * copies, and what it brings back. Workers touch neither @mailbox nor @items nor @targets.
 */
struct _RstOperation
{
  const RstOperationClass *klass;
  RstMailbox *mailbox;
  GTask *task;
  GCancellable *cancellable;
  RstProgress *progress;

  /* What was asked. */
  GPtrArray *targets;
  guint flags;
  RstCopyPolicy copy_policy;
  gboolean is_quiet;
  GFile *file;
  gboolean is_replaced;
  guint64 big_size;

  /* The index when its turn came: objects for the main thread, records for the worker, in the same
   * order. */
  GPtrArray *items;
  GPtrArray *records;
  GPtrArray *target_records;
  GHashTable *known;

  /* UIDs of placeholders, and 1 + their positions; made by the worker before the first items are
   * told of, and not touched after that. */
  GHashTable *placeholders;

  /* What came of it. */
  RstSnapshot *snapshot;
  GPtrArray *stored;
  /* what the store has after a first reload; NULL: the index as it was */
  GPtrArray *in_store;
  GPtrArray *made_items;
  GPtrArray *first_items;
  GHashTable *successors;
  RstSyncReport report;
  gboolean is_in_sync;
  gboolean is_outdated;
  gboolean was_listed;
  gboolean is_reloaded;
  RstReceipt *receipt;
  guint64 copies_size;
  RstMessage *message;
  RstRecord *read_record;
  gboolean is_cut;
  GPtrArray *notices;

  /* The running of it. */
  RstEngine *engine;
  gulong cancelled_id;
  GCancellable *outer;
  SecretValue *answer;
  gboolean remember;
  char *refusal;
  gboolean wants_password;
  gboolean wants_download;
};

/**
 * rst_operation_new:
 * @targets: (nullable) (element-type RstMessageItem): the messages that it is about
 *
 * Returns: (transfer full): an operation for rst_mailbox_queue().
 */
RstOperation *rst_operation_new (RstMailbox *mailbox,
                                 const RstOperationClass *klass,
                                 GPtrArray *targets,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);

void rst_operation_free (RstOperation *self);

/** rst_operation_take_index: copies the index for the worker, on the main thread, when the
 * operation's turn has come. */
void rst_operation_take_index (RstOperation *self,
                               RstIndex *index);

/**
 * rst_operation_work:
 *
 * Runs the operation's work, with the account's password if it signs in; on a worker. What it needs
 * of the user it leaves in @wants_password or @wants_download.
 */
gboolean rst_operation_work (RstOperation *self,
                             RstEngine *engine,
                             GError **error);

/**
 * rst_operation_is_gone:
 *
 * Returns: whether the index no longer had this message when the operation's turn came: then
 * nothing is done to it, whatever stands under its number now. On the worker.
 */
gboolean rst_operation_is_gone (RstOperation *self,
                                RstRecord *record);

/**
 * rst_operation_find_successor:
 *
 * Returns: (transfer none) (nullable): what has become of a record of the index in the snapshot
 * that the operation brought, %NULL when it is gone.
 */
RstRecord *rst_operation_find_successor (RstOperation *self,
                                         RstRecord *record);

/**
 * rst_operation_leaves_in_doubt:
 * @error: (nullable): what became of it
 *
 * Returns: whether the server could not be asked: then "in sync" is more than anybody knows.
 */
gboolean rst_operation_leaves_in_doubt (const RstOperation *self,
                                        const GError *error);

/** rst_operation_add_notice: something that the user is to be told besides. */
void rst_operation_add_notice (RstOperation *self,
                               const char *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstOperation, rst_operation_free)

G_END_DECLS

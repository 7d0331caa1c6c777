/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "account/rst-password.h"
#include "fetcher/rst-receipt.h"
#include "fetcher/rst-server-report.h"
#include "fetcher/rst-sync-error.h"
#include "fetcher/rst-sync-report.h"
#include "mail/rst-message.h"
#include "rst-copy-policy.h"
#include "rst-index.h"

G_BEGIN_DECLS

#define RST_TYPE_MAILBOX (rst_mailbox_get_type ())

/**
 * RstMailbox:
 *
 * One account's mail on one server: the index, and a queue that runs one operation at a time on a
 * worker thread. Main thread only; every call returns at once, and every callback comes on the main
 * thread. What is queued waits; a mailbox is kept alive by its operations.
 *
 * All operations raise, besides what they name: %RST_POP3_ERROR, %G_IO_ERROR, %G_TLS_ERROR,
 * %G_RESOLVER_ERROR as in rst-pop3-session.h, with a message that names the server and the next
 * step; %G_IO_ERROR_CANCELLED after a Stop or when the user dismissed the password prompt.
 *
 * Properties: "is-busy" (gboolean), "status" (string: what the line under the window's title says),
 * "progress" (double: 0 to 1, negative when the total is not known), "can-cache" (gboolean: FALSE
 * when the cache folder cannot be written, and the mailbox works without).
 *
 * Signals:
 * "reloaded" (const RstSyncReport *report, GPtrArray *still_there): after an automatic reload that
 * a synchronisation error caused; @still_there (element-type RstMessageItem) holds those of the
 * operation's messages that the server still has, verified. "notice" (const char *text): something
 * to be told that belongs to no operation: an earlier delete whose outcome is now settled, a
 * password that could not be stored. "outdated": an operation did what it was asked to, and saw
 * that other messages of the index are gone or have moved: a refresh is due.
 */
G_DECLARE_FINAL_TYPE (RstMailbox, rst_mailbox, RST, MAILBOX, GObject)

/**
 * RstMailboxFrontEnd:
 * @ask_password: asks the user. @reason is %NULL the first time, else why it is asked again. To be
 *   answered exactly once by rst_mailbox_answer_password(), at once or later.
 * @ask_download: the server has no TOP: asks whether @size octets of @n_messages messages may be
 *   downloaded. To be answered exactly once by rst_mailbox_answer_download(), at once or later.
 *
 * What a mailbox asks of the front end, on the main thread, one question at a time.
 */
typedef struct
{
  void (*ask_password) (RstMailbox *mailbox,
                        const char *reason,
                        gpointer user_data);
  void (*ask_download) (RstMailbox *mailbox,
                        guint n_messages,
                        guint64 size,
                        gpointer user_data);
} RstMailboxFrontEnd;

/**
 * rst_mailbox_new:
 *
 * Returns: (transfer full): a mailbox with an empty index; nothing is read yet.
 */
RstMailbox *rst_mailbox_new (RstAccount *account);

/**
 * rst_mailbox_new_for_file:
 * @file: a message (.eml), an mbox, a Maildir or a folder of .eml files
 *
 * Saved mail instead of an account: the same operations without a server, a password or a store. A
 * refresh reads the file anew; what was read is remembered as long as the mailbox lives; delete is
 * for mbox files alone. Operations raise %G_IO_ERROR with a message that names the file.
 *
 * Returns: (transfer full): a mailbox with an empty index; nothing is read yet.
 */
RstMailbox *rst_mailbox_new_for_file (GFile *file);

/**
 * rst_mailbox_set_front_end:
 * @front_end: (nullable): static; without one, questions are answered with no
 */
void rst_mailbox_set_front_end (RstMailbox *self,
                                const RstMailboxFrontEnd *front_end,
                                gpointer user_data);

/**
 * rst_mailbox_answer_password:
 * @password: (nullable): what the user entered, %NULL when the prompt was dismissed
 * @remember: store it in the keyring once the server has accepted it
 *
 * Answers @ask_password; when there is no question, nothing happens.
 */
void rst_mailbox_answer_password (RstMailbox *self,
                                  SecretValue *password,
                                  gboolean remember);

/** rst_mailbox_answer_download: answers @ask_download; when there is no question, nothing happens.
 */
void rst_mailbox_answer_download (RstMailbox *self,
                                  gboolean is_allowed);

/**
 * rst_mailbox_set_trace:
 * @trace: (nullable): called on worker threads, one at a time
 */
void rst_mailbox_set_trace (RstMailbox *self,
                            RstPop3TraceFunc trace,
                            gpointer user_data);

/** rst_mailbox_get_account: Returns: (transfer none) (nullable): %NULL for saved mail. */
RstAccount *rst_mailbox_get_account (RstMailbox *self);

/** rst_mailbox_get_file: Returns: (transfer none) (nullable): the saved mail, %NULL for an
 * account's. */
GFile *rst_mailbox_get_file (RstMailbox *self);

/** rst_mailbox_get_name: Returns: (transfer none): the account's name or the file's, for a title.
 */
const char *rst_mailbox_get_name (RstMailbox *self);

/** rst_mailbox_set_copy_policy: which copies the deletes that begin from now on keep, and, if they
 * are the user's settings, which older ones rst_mailbox_open_async() and deletes remove. */
void rst_mailbox_set_copy_policy (RstMailbox *self,
                                  const RstCopyPolicy *policy);

/** rst_mailbox_get_copy_policy: Returns: (transfer none): at first, that of rst_copy_policy_init().
 */
const RstCopyPolicy *rst_mailbox_get_copy_policy (RstMailbox *self);

/** rst_mailbox_get_can_delete: Returns: whether messages can be deleted: always from a server, of
 * files from an mbox that has been read. */
gboolean rst_mailbox_get_can_delete (RstMailbox *self);

/** rst_mailbox_get_index: Returns: (transfer none): its list, the same as long as it lives. */
RstIndex *rst_mailbox_get_index (RstMailbox *self);

/** rst_mailbox_get_is_busy: Returns: whether an operation runs or waits. */
gboolean rst_mailbox_get_is_busy (RstMailbox *self);

/** rst_mailbox_get_status: Returns: (transfer none): "status"; valid until control returns to
 * the main loop. Never %NULL, but empty when there is nothing to say. */
const char *rst_mailbox_get_status (RstMailbox *self);

/** rst_mailbox_get_progress: Returns: 0 to 1; negative when the total is not known. */
double rst_mailbox_get_progress (RstMailbox *self);

/** rst_mailbox_get_can_cache: Returns: %FALSE when the cache folder cannot be written. */
gboolean rst_mailbox_get_can_cache (RstMailbox *self);

/** rst_mailbox_get_was_listed: Returns: whether its index is one that the server has given, now or
 * before the program began; an empty one may be that, or nothing that is known. */
gboolean rst_mailbox_get_was_listed (RstMailbox *self);

/** rst_mailbox_get_report: Returns: (transfer none) (nullable): what the last attempt to sign in
 * found; until the next operation ends. */
RstServerReport *rst_mailbox_get_report (RstMailbox *self);

/** rst_mailbox_stop: cancels what runs and what waits; what was loaded stays. */
void rst_mailbox_stop (RstMailbox *self);

/**
 * rst_mailbox_open_async:
 *
 * Fills the index with what the store has from earlier runs: no network. A store that cannot be
 * read is rebuilt, one that cannot be written is done without ("can-cache").
 */
void rst_mailbox_open_async (RstMailbox *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/** rst_mailbox_open_finish: Errors: %G_IO_ERROR_CANCELLED alone; a store that cannot be had is a
 * "notice". */
gboolean rst_mailbox_open_finish (RstMailbox *self,
                                  GAsyncResult *result,
                                  GError **error);

/**
 * rst_mailbox_refresh_async:
 *
 * Loads or reloads the index: lists the server, keeps what it knows by identity, loads what is new,
 * newest first; rows appear as they arrive. A Stop or a lost connection keeps what came, and leaves
 * the rest as placeholders.
 */
void rst_mailbox_refresh_async (RstMailbox *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * rst_mailbox_refresh_quietly_async:
 *
 * The same for a look at the server that nobody asked for: neither the front end nor the keyring
 * asks the user anything. What would need an answer ends with the error of a refused sign-in
 * (%RST_POP3_ERROR_AUTH) or download, and "status" says what is in the way until the next operation
 * that reaches the server. Ends with rst_mailbox_refresh_finish().
 */
void rst_mailbox_refresh_quietly_async (RstMailbox *self,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);

/** rst_mailbox_refresh_finish: @report: (out caller-allocates) (optional): what changed. */
gboolean rst_mailbox_refresh_finish (RstMailbox *self,
                                     GAsyncResult *result,
                                     RstSyncReport *report,
                                     GError **error);

/**
 * rst_mailbox_check_async:
 *
 * Asks whether the index is still in sync. If it is not, the index is reloaded and the call ends
 * with %RST_SYNC_ERROR_INDEX; @report of the finish function says what changed.
 */
void rst_mailbox_check_async (RstMailbox *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * rst_mailbox_check_finish:
 *
 * @report: (out caller-allocates) (optional): set with %RST_SYNC_ERROR_INDEX too.
 */
gboolean rst_mailbox_check_finish (RstMailbox *self,
                                   GAsyncResult *result,
                                   RstSyncReport *report,
                                   GError **error);

/**
 * rst_mailbox_load_items_async:
 * @items: (element-type RstMessageItem): placeholders are loaded; the others are left as they are
 *
 * Loads the headers of rows beyond the fetch limit, or that a Stop left out.
 */
void rst_mailbox_load_items_async (RstMailbox *self,
                                   GPtrArray *items,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/** rst_mailbox_load_items_finish: Errors: %RST_SYNC_ERROR_TOP_NOT_SUPPORTED (the user declined the
 * download). What had arrived before an error stays. */
gboolean rst_mailbox_load_items_finish (RstMailbox *self,
                                        GAsyncResult *result,
                                        GError **error);

/**
 * rst_mailbox_read_async:
 *
 * Downloads one message, verified against @item, and marks it read. On %RST_SYNC_ERROR_INDEX the
 * index is reloaded, and the right message is read if it is still there; the error reaches the
 * caller only when it is not.
 */
void rst_mailbox_read_async (RstMailbox *self,
                             RstMessageItem *item,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * rst_mailbox_read_finish:
 *
 * Returns: (transfer full): the message. Errors: %RST_SYNC_ERROR_INDEX.
 */
RstMessage *rst_mailbox_read_finish (RstMailbox *self,
                                     GAsyncResult *result,
                                     GError **error);

/**
 * RST_MAILBOX_BIG_SIZE:
 *
 * Octets; a bigger message is not downloaded before the user asks for it: see
 * rst_mailbox_read_beginning_async().
 */
#define RST_MAILBOX_BIG_SIZE (2 * 1000 * 1000)

/** RST_MAILBOX_N_LINES: how much of a big message is shown at first: lines of its body. */
#define RST_MAILBOX_N_LINES 200

/**
 * rst_mailbox_set_big_size:
 * @size: octets, instead of %RST_MAILBOX_BIG_SIZE; 0 downloads every message whole
 */
void rst_mailbox_set_big_size (RstMailbox *self,
                               guint64 size);

/** rst_mailbox_get_big_size: Returns: octets; 0 when every message is downloaded whole. */
guint64 rst_mailbox_get_big_size (RstMailbox *self);

/**
 * rst_mailbox_read_beginning_async:
 *
 * What opening a message does. It is rst_mailbox_read_async(), but of a big message, which is not
 * in the cache, only the headers and the first %RST_MAILBOX_N_LINES lines are fetched and shown;
 * rst_mailbox_read_async() is then what "Download all" does: its "status" counts octets
 * ("Downloading 3.2 MB of 40 MB"), "progress" goes from 0 to 1, @cancellable and
 * rst_mailbox_stop() end it with %G_IO_ERROR_CANCELLED, and the message is cached.
 *
 * The headers of what is shown have been verified against @item in either case, and the message is
 * marked read. A server without TOP sends big messages whole. A message that needs no download, or
 * that is not big, comes whole.
 */
void rst_mailbox_read_beginning_async (RstMailbox *self,
                                       RstMessageItem *item,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);

/**
 * rst_mailbox_read_beginning_finish:
 * @is_cut: (out) (optional): whether the message goes on after what was fetched;
 *   rst_message_item_get_size() says how much it is in all. Its bytes are then no whole message:
 *   they are for showing, neither for saving nor for counting attachments.
 *
 * Returns: (transfer full): the message or its beginning. Errors: %RST_SYNC_ERROR_INDEX.
 */
RstMessage *rst_mailbox_read_beginning_finish (RstMailbox *self,
                                               GAsyncResult *result,
                                               gboolean *is_cut,
                                               GError **error);

/**
 * rst_mailbox_save_async:
 * @items: (element-type RstMessageItem):
 * @file: an mbox file; the messages are appended to it
 *
 * Downloads messages in one session, each verified, and appends them to an mbox file: all of them
 * or, on an error, none; see rst_mbox_file_append().
 */
void rst_mailbox_save_async (RstMailbox *self,
                             GPtrArray *items,
                             GFile *file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);

/**
 * rst_mailbox_replace_async:
 * @items: (element-type RstMessageItem):
 * @file: to be made, or to be replaced; see rst_save_file_with()
 *
 * Downloads messages in one session, each verified, and saves them, all or none: several as an mbox
 * file, and one as it was received unless the name of @file asks for mbox; see
 * rst_mbox_file_has_mbox_name(). Ends with rst_mailbox_save_finish().
 */
void rst_mailbox_replace_async (RstMailbox *self,
                                GPtrArray *items,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/** rst_mailbox_save_finish: of both ways of saving. */
gboolean rst_mailbox_save_finish (RstMailbox *self,
                                  GAsyncResult *result,
                                  GError **error);

/**
 * rst_mailbox_mark_read_async:
 * @items: (element-type RstMessageItem): those that are gone are passed over
 *
 * Marks messages as read without opening them; nothing is asked of the server. There is no
 * result to finish with: @callback (nullable) hears only that it is over.
 */
void rst_mailbox_mark_read_async (RstMailbox *self,
                                  GPtrArray *items,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

/**
 * RstDeleteFlags:
 * @RST_DELETE_DRY_RUN: verify everything, delete nothing
 * @RST_DELETE_UNVERIFIED: without looking at the messages; for the console front end alone
 * @RST_DELETE_NO_COPY: without keeping copies, whatever the policy says
 */
typedef enum
{
  RST_DELETE_DEFAULT = 0,
  RST_DELETE_DRY_RUN = 1 << 0,
  RST_DELETE_UNVERIFIED = 1 << 1,
  RST_DELETE_NO_COPY = 1 << 2,
} RstDeleteFlags;

/**
 * rst_mailbox_delete_async:
 * @items: (element-type RstMessageItem): with loaded headers, or unreadable ones; see
 *   rst_mailbox_load_items_async()
 *
 * Deletes messages from the server, verified, all or nothing. Before the first one goes, the copies
 * that the policy wants are kept; if one cannot be, nothing is deleted, and the receipt's
 * "lacks_copy" says so. On a synchronisation error nothing is
 * deleted, the index is reloaded and "reloaded" is emitted before the operation ends.
 */
void rst_mailbox_delete_async (RstMailbox *self,
                               GPtrArray *items,
                               RstDeleteFlags flags,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);

/**
 * rst_mailbox_delete_finish:
 * @receipt: (out) (optional) (nullable): set on success and on error alike, unless nothing was
 *   tried
 *
 * Returns: %TRUE only when the server has confirmed. Errors: %RST_SYNC_ERROR_DELETE,
 * %RST_SYNC_ERROR_TOP_NOT_SUPPORTED (the user declined the download),
 * %RST_SYNC_ERROR_OUTCOME_UNKNOWN.
 */
gboolean rst_mailbox_delete_finish (RstMailbox *self,
                                    GAsyncResult *result,
                                    RstReceipt **receipt,
                                    GError **error);

/**
 * rst_mailbox_set_rows:
 * @items: (element-type RstMessageItem): what the console front end has just printed, row 1 first
 *
 * Remembers across runs which message each printed row names; gone messages keep their row until
 * the next call. Without a store ("can-cache") nothing is remembered.
 *
 * Errors: RST_STORE_ERROR; the rows of the call before are still there then.
 */
gboolean rst_mailbox_set_rows (RstMailbox *self,
                               GPtrArray *items,
                               GError **error);

/**
 * rst_mailbox_dup_rows:
 * @rows: (element-type guint): numbers of printed rows
 *
 * Returns: (transfer full) (element-type RstMessageItem): their messages, gone or not, in the same
 * order; %NULL at the place of a row that there is not.
 */
GPtrArray *rst_mailbox_dup_rows (RstMailbox *self,
                                 GArray *rows);

G_END_DECLS

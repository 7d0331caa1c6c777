/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <libsecret/secret.h>

#include "account/rst-account.h"
#include "rst-receipt.h"
#include "rst-server-report.h"
#include "rst-snapshot.h"
#include "rst-sync-error.h"

G_BEGIN_DECLS

/**
 * RstPhase:
 *
 * What an operation is doing, for the words that the user sees.
 */
typedef enum
{
  RST_PHASE_CONNECTING,
  RST_PHASE_WAITING,
  RST_PHASE_LISTING,
  RST_PHASE_LOADING_HEADERS,
  RST_PHASE_DOWNLOADING,
  RST_PHASE_VERIFYING,
  RST_PHASE_DELETING,
  RST_PHASE_READING_FILE,
  RST_PHASE_WRITING_FILE,
} RstPhase;

/**
 * RstFetcherObserver:
 * @progress: (nullable): @done of @total messages, or octets while downloading; @total 0 = not
 *   known
 * @headers: (nullable): headers (element-type RstHeader) that have just arrived, newest first
 * @commit: (nullable): everything is verified, and the first DELE is about to go out: @receipt says
 *   "unknown" for each message. Returning %FALSE with @error set gives the delete up while nothing
 *   has happened.
 * @copy: (nullable): everything is verified, and this is the message of an entry of @receipt that
 *   wants a copy, verified too. Called before @commit; sets the entry's "copy", or returns %FALSE
 *   with @error set: then nothing is deleted.
 *
 * Called on the thread that runs the operation.
 */
typedef struct
{
  void (*progress) (RstPhase phase,
                    guint64 done,
                    guint64 total,
                    gpointer user_data);
  void (*headers) (GPtrArray *headers,
                   gpointer user_data);
  gboolean (*commit) (RstReceipt *receipt,
                      gpointer user_data,
                      GError **error);
  gboolean (*copy) (RstReceipt *receipt,
                    guint position,
                    GBytes *message,
                    gpointer user_data,
                    GError **error);
} RstFetcherObserver;

/** RST_FETCHER_COMPARED_SIZE: octets up to which a message that was read is downloaded again before
 * it is deleted, to see that its body is the same still. */
#define RST_FETCHER_COMPARED_SIZE 1000000

/**
 * RstFetcher:
 *
 * The core fetcher module: blocking operations on one account. Reading goes on in the session of
 * the operation before, if that was kept; listing and deleting begin a new one, as a session does
 * not see what changes. One owner at a time; it may be handed from thread to thread between calls.
 *
 * Every operation may raise, besides what it names, what rst-pop3-session.h lists, with the
 * server's name and the next step in its words.
 */
typedef struct _RstFetcher RstFetcher;

/**
 * rst_fetcher_new:
 *
 * Nothing is asked of the server yet.
 *
 * Returns: (transfer full): a fetcher without a password; it holds a reference to @account.
 */
RstFetcher *rst_fetcher_new (RstAccount *account);
void rst_fetcher_free (RstFetcher *self);

/** rst_fetcher_has_session: Returns: whether a session is kept for the next operation. */
gboolean rst_fetcher_has_session (RstFetcher *self);

/** rst_fetcher_release: lets the session go that was kept, if there is one. Never waits; any thread
 * that owns the fetcher. */
void rst_fetcher_release (RstFetcher *self);

/**
 * rst_fetcher_set_password:
 * @password: to log in with; a reference is taken. An operation before the first one was set fails
 *   with %RST_POP3_ERROR_AUTH
 */
void rst_fetcher_set_password (RstFetcher *self,
                               SecretValue *password);

/**
 * rst_fetcher_set_observer:
 * @observer: (nullable): static, or kept by the caller until it is replaced
 */
void rst_fetcher_set_observer (RstFetcher *self,
                               const RstFetcherObserver *observer,
                               gpointer user_data);

/**
 * rst_fetcher_set_trace:
 * @trace: (nullable): called on the thread that runs the operation, for sessions that begin from
 *   now on
 */
void rst_fetcher_set_trace (RstFetcher *self,
                            RstPop3TraceFunc trace,
                            gpointer user_data);

/**
 * rst_fetcher_set_allow_download:
 *
 * Whether headers may be had by downloading whole messages when the server has no TOP.
 */
void rst_fetcher_set_allow_download (RstFetcher *self,
                                     gboolean is_allowed);

/**
 * rst_fetcher_get_download_cost:
 * @n_messages: (out): how many messages
 * @size: (out): octets in all
 *
 * After %RST_SYNC_ERROR_TOP_NOT_SUPPORTED: what allowing the download would cost.
 */
void rst_fetcher_get_download_cost (RstFetcher *self,
                                    guint *n_messages,
                                    guint64 *size);

/**
 * rst_fetcher_get_quirks:
 *
 * Returns: the server's faults as far as they are known, to be remembered for the account.
 */
RstPop3Quirks rst_fetcher_get_quirks (RstFetcher *self);

/** rst_fetcher_set_quirks: what rst_fetcher_get_quirks() gave in an earlier run. */
void rst_fetcher_set_quirks (RstFetcher *self,
                             RstPop3Quirks quirks);

/**
 * rst_fetcher_get_memory:
 *
 * Returns: (transfer none) (nullable): what makes the next sign-in shorter, to be remembered for
 * the account. Valid until the next operation.
 */
const char *rst_fetcher_get_memory (RstFetcher *self);

/**
 * rst_fetcher_set_memory:
 * @memory: (nullable): what rst_fetcher_get_memory() gave in an earlier run; it is copied
 */
void rst_fetcher_set_memory (RstFetcher *self,
                             const char *memory);

/**
 * rst_fetcher_dup_strangers:
 *
 * Returns: (transfer full) (nullable): unique-ids that were listed since the last reload and are
 * none of the index's, to be remembered with the index: without them the next reload could take one
 * of those messages for one of the index whose unique-id has changed.
 */
char *rst_fetcher_dup_strangers (RstFetcher *self);

/**
 * rst_fetcher_add_strangers:
 * @text: (nullable): what rst_fetcher_dup_strangers() gave, here or in another program; it is
 *   copied
 */
void rst_fetcher_add_strangers (RstFetcher *self,
                                const char *text);

/**
 * rst_fetcher_dup_report:
 *
 * Returns: (transfer full) (nullable): what the last attempt to sign in found.
 */
RstServerReport *rst_fetcher_dup_report (RstFetcher *self);

/**
 * rst_fetcher_has_signed_in:
 *
 * Returns: whether the password that was set last has been accepted, whatever came of the
 * operation.
 */
gboolean rst_fetcher_has_signed_in (RstFetcher *self);

/**
 * rst_fetcher_has_seen_mismatch:
 *
 * Returns: whether the last operation found another message where the index has one: its UIDs or
 * numbers are not to be trusted (%RST_LOAD_DISTRUST).
 */
gboolean rst_fetcher_has_seen_mismatch (RstFetcher *self);

/**
 * rst_fetcher_has_seen_change:
 *
 * Returns: whether the last operation, though it found what it was about, saw in the listing of its
 * session that other messages of the index are gone or have moved.
 */
gboolean rst_fetcher_has_seen_change (RstFetcher *self);

/**
 * RstLoadFlags:
 * @RST_LOAD_DISTRUST: fetch the headers of every message that is to be loaded and recognise it by
 *   its digest: the UIDs (or numbers) have been caught lying
 * @RST_LOAD_TO_SETTLE: the listing is to tell what became of messages: where no UIDs do, every
 *   message is one that is to be loaded, whatever the fetch limit, and none is known by its number
 */
typedef enum
{
  RST_LOAD_DEFAULT = 0,
  RST_LOAD_DISTRUST = 1 << 0,
  RST_LOAD_TO_SETTLE = 1 << 1,
} RstLoadFlags;

/**
 * rst_fetcher_load_headers:
 * @index: (element-type RstHeader): what is known, in the server's order as it was; may be empty
 * @wanted: (nullable) (element-type guint): positions in @index of placeholders that are to be
 *   loaded
 *
 * Lists the maildrop, reconciles it with the index, and loads what is new, newest first, up to the
 * account's fetch-limit.
 *
 * Returns: (transfer full): the maildrop as it is now. Errors: %RST_SYNC_ERROR_TOP_NOT_SUPPORTED.
 */
RstSnapshot *rst_fetcher_load_headers (RstFetcher *self,
                                       GPtrArray *index,
                                       GArray *wanted,
                                       RstLoadFlags flags,
                                       GCancellable *cancellable,
                                       GError **error);

/**
 * rst_fetcher_check_sync:
 * @index: (element-type RstHeader): what is known
 * @report: (out caller-allocates): what changed, as far as a listing and a few samples can tell
 *
 * Errors: %RST_SYNC_ERROR_INDEX when index and server disagree; new messages alone are no
 * disagreement.
 */
gboolean rst_fetcher_check_sync (RstFetcher *self,
                                 GPtrArray *index,
                                 RstSyncReport *report,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * RstMessageFunc:
 * @position: which of the messages asked for
 * @message: (transfer none): it, whole, as the server sent it, and verified
 *
 * Returning %FALSE with @error set stops the download.
 */
typedef gboolean (*RstMessageFunc) (guint position,
                                    GBytes *message,
                                    gpointer user_data,
                                    GError **error);

/**
 * rst_fetcher_load_messages:
 * @headers: (element-type RstHeader): which messages; those whose headers are not loaded are
 *   recognised by UID alone
 * @index: (element-type RstHeader): all that is known, to know look-alikes by
 *
 * Downloads messages in one session, one after the other. Each is compared with the digest of its
 * header before it is handed on; a message that does not match is thrown away.
 *
 * Errors: %RST_SYNC_ERROR_INDEX.
 */
gboolean rst_fetcher_load_messages (RstFetcher *self,
                                    GPtrArray *headers,
                                    GPtrArray *index,
                                    RstMessageFunc func,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * rst_fetcher_load_message:
 *
 * Returns: (transfer full): one message; see rst_fetcher_load_messages().
 */
GBytes *rst_fetcher_load_message (RstFetcher *self,
                                  RstHeader *header,
                                  GPtrArray *index,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * rst_fetcher_load_beginning:
 * @n_lines: of the body, besides the headers
 * @is_cut: (out): whether the message goes on, as far as its lines and its size tell
 *
 * What rst_fetcher_load_message() does, with TOP: for a message that is too big to be downloaded
 * unasked. Its headers are compared with the digest as always. From a server without TOP the whole
 * message comes. Progress is octets of an unknown total while TOP runs.
 *
 * Returns: (transfer full): the beginning of the message, or all of it.
 */
GBytes *rst_fetcher_load_beginning (RstFetcher *self,
                                    RstHeader *header,
                                    GPtrArray *index,
                                    guint n_lines,
                                    gboolean *is_cut,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * rst_fetcher_delete_verified:
 * @receipt: what to delete; its entries are filled with what became of each
 * @index: (element-type RstHeader): all that is known, to know look-alikes by
 * @is_dry_run: verify only
 *
 * Deletes messages, all or nothing: in one session every message is found and its headers are
 * compared with its digest before the first DELE is sent.
 *
 * Returns: %TRUE only after the server's `+OK` to QUIT. Errors: %RST_SYNC_ERROR_DELETE (nothing was
 * deleted), %RST_SYNC_ERROR_TOP_NOT_SUPPORTED (nothing was deleted),
 * %RST_SYNC_ERROR_OUTCOME_UNKNOWN; any other error says that nothing was deleted.
 */
gboolean rst_fetcher_delete_verified (RstFetcher *self,
                                      RstReceipt *receipt,
                                      GPtrArray *index,
                                      gboolean is_dry_run,
                                      GCancellable *cancellable,
                                      GError **error);

/**
 * rst_fetcher_delete_unverified:
 *
 * Deletes by UID, or by the last known number where there is none, without looking at the messages.
 * For the console front end alone, behind a switch; all or nothing as far as the listing can tell.
 * Errors: as rst_fetcher_delete_verified().
 */
gboolean rst_fetcher_delete_unverified (RstFetcher *self,
                                        RstReceipt *receipt,
                                        GCancellable *cancellable,
                                        GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFetcher, rst_fetcher_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-fetcher.h"

G_BEGIN_DECLS

/* What the files of the fetcher share. */

struct _RstFetcher
{
  RstAccount *account;
  SecretValue *password;
  RstPop3Server server;
  char *memory;

  /* Kept for the next operation, or of the operation that runs; the listing with it, as numbers do
   * not change in a session. */
  RstPop3Session *session;
  RstPop3Listing *listing;
  RstServerReport *report;
  const RstFetcherObserver *observer;
  gpointer observer_data;
  gboolean allow_download;
  gboolean lacks_top;
  gboolean has_signed_in;
  gboolean has_seen_mismatch;
  /* Identities of messages whose headers are there still, over another body; until the next
   * listing is reconciled. */
  GPtrArray *replaced;
  /* What operations have seen listed since the last reload. */
  GHashTable *strangers;
  gboolean has_seen_change;
  guint login_delay;
  gint64 login_time;
  guint cost_n_messages;
  guint64 cost_size;
};

/**
 * RstFetcherOperation:
 * @session: signed in, with @self's listing of it; kept, left or closed after the call
 *
 * The inside of one operation. It may be run a second time, in a fresh session, when a kept one
 * turns out to be lost or the server broke under pipelining.
 */
typedef gboolean (*RstFetcherOperation) (RstFetcher *self,
                                         RstPop3Session *session,
                                         gpointer data,
                                         GCancellable *cancellable,
                                         GError **error);

/**
 * RstSessionUse:
 * @RST_SESSION_FRESH: the maildrop is to be seen as it is now
 * @RST_SESSION_ANY: one that was kept will do
 */
typedef enum
{
  RST_SESSION_FRESH,
  RST_SESSION_ANY,
} RstSessionUse;

/** rst_fetcher_run: runs @operation in a session, which is kept afterwards if it went well. */
gboolean rst_fetcher_run (RstFetcher *self,
                          RstSessionUse use,
                          RstFetcherOperation operation,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);

/**
 * rst_fetcher_recognizes:
 * @is_whole: whether it is the whole message
 *
 * Returns: whether what has been downloaded is the message of @header, by its headers, and by its
 * body if that was read before. If not, the next reload is to distrust the names.
 */
gboolean rst_fetcher_recognizes (RstFetcher *self,
                                 const RstHeader *header,
                                 const char *bytes,
                                 gsize length,
                                 gboolean is_whole);

/** rst_fetcher_is_replaced: Returns: whether a download has shown that this message is no longer
 * what stands under its name. */
gboolean rst_fetcher_is_replaced (const RstFetcher *self,
                                  const RstIdentity *identity);

/**
 * rst_fetcher_keep_copies:
 * @rows: for each of the receipt's entries its row in the listing
 * @is_verified: whether the messages must be the ones that the receipt says
 *
 * Downloads what a copy is wanted of, and hands it to the observer; and what was read before, to
 * see that it is the same still.
 */
gboolean rst_fetcher_keep_copies (RstFetcher *self,
                                  RstPop3Session *session,
                                  RstReceipt *receipt,
                                  const guint *rows,
                                  gboolean is_verified,
                                  GCancellable *cancellable,
                                  GError **error);

/** rst_fetcher_report: tells the observer how far the operation is. */
void rst_fetcher_report (RstFetcher *self,
                         RstPhase phase,
                         guint64 done,
                         guint64 total);

G_END_DECLS

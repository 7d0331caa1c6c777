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
  const RstFetcherObserver *observer;
  gpointer observer_data;
  gboolean allow_download;
  gboolean lacks_top;
  gboolean has_signed_in;
  gboolean has_seen_mismatch;
  guint login_delay;
  gint64 login_time;
  guint cost_n_messages;
  guint64 cost_size;
};

/**
 * RstFetcherOperation:
 * @session: logged in; quit, or closed, after the call
 *
 * The inside of one operation. It may be run a second time when the server broke under pipelining.
 */
typedef gboolean (*RstFetcherOperation) (RstFetcher *self,
                                         RstPop3Session *session,
                                         gpointer data,
                                         GCancellable *cancellable,
                                         GError **error);

/**
 * rst_fetcher_run:
 *
 * Opens a session, runs @operation in it, and ends it with QUIT if it is still in step.
 */
gboolean rst_fetcher_run (RstFetcher *self,
                          RstFetcherOperation operation,
                          gpointer data,
                          GCancellable *cancellable,
                          GError **error);

/** rst_fetcher_report: tells the observer how far the operation is. */
void rst_fetcher_report (RstFetcher *self,
                         RstPhase phase,
                         guint64 done,
                         guint64 total);

G_END_DECLS

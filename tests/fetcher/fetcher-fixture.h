/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "demo/rst-demo-server.h"
#include "fetcher/rst-fetcher.h"

G_BEGIN_DECLS

/* A demo server with five messages, "Subject: one" to "five" and bodies of the same word, and a
 * fetcher that is signed in to it in the clear. */
typedef struct
{
  RstDemoServer *server;
  RstFetcher *fetcher;
  GPtrArray *index;
  guint n_batches;
  guint n_streamed;
  gboolean refuse_commit;
  guint n_commits;
} FetcherFixture;

void fetcher_fixture_set_up (FetcherFixture *self,
                             gconstpointer data);
void fetcher_fixture_tear_down (FetcherFixture *self,
                                gconstpointer data);

/** fetcher_fixture_fault: sets a fault switch of the server. */
void fetcher_fixture_fault (FetcherFixture *self,
                            const char *name,
                            const char *value);

/** fetcher_fixture_message: Returns: (transfer full): a message with this subject and body. */
GBytes *fetcher_fixture_message (const char *subject,
                                 const char *body);

/** fetcher_fixture_keep_sessions: a new fetcher, that keeps its session from one operation to the
 * next. */
void fetcher_fixture_keep_sessions (FetcherFixture *self);

/** fetcher_fixture_restart: a new fetcher, with other settings of the account; each operation has
 * its own session. */
void fetcher_fixture_restart (FetcherFixture *self,
                              guint fetch_limit,
                              gboolean has_top);

/** fetcher_fixture_load: loads the headers anew into the fixture's index; returns what was
 * reported. */
RstSyncReport fetcher_fixture_load (FetcherFixture *self,
                                    RstLoadFlags flags);

/** fetcher_fixture_subjects: Returns: (transfer full): the subjects of the index, blank-separated,
 * "?" for a placeholder. */
char *fetcher_fixture_subjects (FetcherFixture *self);

/** fetcher_fixture_on_server: Returns: (transfer full): the subjects of the messages that the
 * server has now. */
char *fetcher_fixture_on_server (FetcherFixture *self);

/** fetcher_fixture_receipt: Returns: (transfer full): a receipt for messages of the index, by
 * position. */
RstReceipt *fetcher_fixture_receipt (FetcherFixture *self,
                                     const char *positions);

G_END_DECLS

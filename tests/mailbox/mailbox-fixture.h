/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "demo/rst-demo-server.h"
#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

/* A demo server with five messages, and a mailbox on it with a front end that answers from a list.
 */
typedef struct
{
  RstDemoServer *server;
  RstMailbox *mailbox;
  char *folder;

  /* Of the mailboxes that are made from now on. */
  guint keep_session;
  const char *password_command;

  /* What the front end will answer, first come first served; NULL dismisses. */
  GQueue passwords;
  gboolean allow_download;

  /* What was heard. */
  GAsyncResult *result;
  GPtrArray *reasons;
  GPtrArray *notices;
  guint n_download_questions;
  guint n_reloads;
  RstSyncReport report;
  GPtrArray *still_there;
} MailboxFixture;

void mailbox_fixture_set_up (MailboxFixture *self,
                             gconstpointer data);
void mailbox_fixture_tear_down (MailboxFixture *self,
                                gconstpointer data);

/** mailbox_fixture_restart: a new mailbox on the same server and the same files, as after a new
 * start. */
void mailbox_fixture_restart (MailboxFixture *self,
                              guint fetch_limit);

/** mailbox_fixture_fault: sets a fault switch of the server. */
void mailbox_fixture_fault (MailboxFixture *self,
                            const char *name,
                            const char *value);

/** mailbox_fixture_add: a message with this subject and body arrives. */
void mailbox_fixture_add (MailboxFixture *self,
                          const char *subject,
                          const char *body);

/** mailbox_fixture_done_cb: the callback of what mailbox_fixture_wait() waits for; its user data is
 * the fixture. */
void mailbox_fixture_done_cb (GObject *source,
                              GAsyncResult *result,
                              gpointer user_data);
GAsyncResult *mailbox_fixture_wait (MailboxFixture *self);

/** mailbox_fixture_open, _refresh: run to their end, and must succeed. */
void mailbox_fixture_open (MailboxFixture *self);
RstSyncReport mailbox_fixture_refresh (MailboxFixture *self);

/** mailbox_fixture_item: Returns: (transfer full): the item at a place in the server's order. */
RstMessageItem *mailbox_fixture_item (MailboxFixture *self,
                                      guint position);

/** mailbox_fixture_items: Returns: (transfer full): those at these places, "0 2". */
GPtrArray *mailbox_fixture_items (MailboxFixture *self,
                                  const char *positions);

/** mailbox_fixture_subjects: Returns: (transfer full): the index in the server's order, "?" for
 * what is not loaded. */
char *mailbox_fixture_subjects (MailboxFixture *self);

/** mailbox_fixture_on_server: Returns: (transfer full): the subjects of the messages that the
 * server has now. */
char *mailbox_fixture_on_server (MailboxFixture *self);

#define assert_index(self, expected)                          \
  G_STMT_START                                                \
  {                                                           \
    g_autofree char *text_ = mailbox_fixture_subjects (self); \
    g_assert_cmpstr (text_, ==, expected);                    \
  }                                                           \
  G_STMT_END

#define assert_server(self, expected)                          \
  G_STMT_START                                                 \
  {                                                            \
    g_autofree char *text_ = mailbox_fixture_on_server (self); \
    g_assert_cmpstr (text_, ==, expected);                     \
  }                                                            \
  G_STMT_END

G_END_DECLS

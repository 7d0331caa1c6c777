/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

#define FROM_LINE "From a@x.org Mon Nov  2 10:00:00 2026\n"

/* A folder for files, and a mailbox that shows one of them. */
typedef struct
{
  char *folder;
  RstMailbox *mailbox;
  GAsyncResult *result;
  guint n_reloads;
  GPtrArray *still_there;
} MailFileFixture;

void mail_file_fixture_set_up (MailFileFixture *self,
                               gconstpointer data);
void mail_file_fixture_tear_down (MailFileFixture *self,
                                  gconstpointer data);

/** mail_file_fixture_path: Returns: (transfer full): of a file in the folder. */
char *mail_file_fixture_path (MailFileFixture *self,
                              const char *name);

/** mail_file_fixture_write: @length: -1 for a text; makes folders as needed. */
void mail_file_fixture_write (MailFileFixture *self,
                              const char *name,
                              const char *content,
                              gssize length);

/** mail_file_fixture_assert_content: what a file has now. */
void mail_file_fixture_assert_content (MailFileFixture *self,
                                       const char *name,
                                       const char *content);

/** mail_file_fixture_open: shows a file. */
gboolean mail_file_fixture_open (MailFileFixture *self,
                                 const char *name,
                                 GError **error);
gboolean mail_file_fixture_refresh (MailFileFixture *self,
                                    RstSyncReport *report,
                                    GError **error);

/** mail_file_fixture_read: Returns: (transfer full) (nullable): the message in a row, 0 the first.
 */
char *mail_file_fixture_read (MailFileFixture *self,
                              guint row,
                              GError **error);

/** mail_file_fixture_delete: @rows: "0 2". */
gboolean mail_file_fixture_delete (MailFileFixture *self,
                                   const char *rows,
                                   RstDeleteFlags flags,
                                   GError **error);

/** mail_file_fixture_items: Returns: (transfer full): the items in these rows, "0 2". */
GPtrArray *mail_file_fixture_items (MailFileFixture *self,
                                    const char *rows);

void mail_file_fixture_done_cb (GObject *source,
                                GAsyncResult *result,
                                gpointer user_data);
GAsyncResult *mail_file_fixture_wait (MailFileFixture *self);

/** mail_file_fixture_assert_subjects: the list in the file's order, "one two". */
void mail_file_fixture_assert_subjects (MailFileFixture *self,
                                        const char *subjects);

G_END_DECLS

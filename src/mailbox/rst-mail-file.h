/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "fetcher/rst-fetcher.h"

G_BEGIN_DECLS

/**
 * RstMailFileKind:
 * @RST_MAIL_FILE_UNKNOWN: not looked at yet
 * @RST_MAIL_FILE_MESSAGE: one message in a file (.eml)
 * @RST_MAIL_FILE_MBOX: messages one behind the other
 * @RST_MAIL_FILE_MAILDIR: a folder with "cur" and "new", a file a message
 * @RST_MAIL_FILE_FOLDER: a folder of .eml files
 */
typedef enum
{
  RST_MAIL_FILE_UNKNOWN,
  RST_MAIL_FILE_MESSAGE,
  RST_MAIL_FILE_MBOX,
  RST_MAIL_FILE_MAILDIR,
  RST_MAIL_FILE_FOLDER,
} RstMailFileKind;

/**
 * RstMailFile:
 *
 * Saved mail on this computer, with the operations of a #RstFetcher: it takes its place in a
 * mailbox that shows a file. A message's number is its place in the file as it was read last; what
 * is done to a message is done only while the file is still that one. Blocking; one owner at a
 * time, handed from thread to thread between calls.
 *
 * Every operation raises, besides what it names, %G_IO_ERROR and %G_FILE_ERROR with a message that
 * names the file.
 */
typedef struct _RstMailFile RstMailFile;

/**
 * rst_mail_file_new:
 * @file: need not be there; one that has no path on this computer cannot be read
 *
 * Returns: (transfer full): one of which nothing has been read.
 */
RstMailFile *rst_mail_file_new (GFile *file);
void rst_mail_file_free (RstMailFile *self);

/** rst_mail_file_set_observer: @observer: (nullable): is told of progress and of headers that have
 * been found; nothing else. */
void rst_mail_file_set_observer (RstMailFile *self,
                                 const RstFetcherObserver *observer,
                                 gpointer user_data);

/** rst_mail_file_get_kind: Returns: what the file was when it was read last. */
RstMailFileKind rst_mail_file_get_kind (RstMailFile *self);

/** rst_mail_file_get_name: Returns: (transfer none): what a window calls it, valid UTF-8. */
const char *rst_mail_file_get_name (RstMailFile *self);

/** rst_mail_file_is: Returns: whether @file is this file, under whatever name. */
gboolean rst_mail_file_is (RstMailFile *self,
                           GFile *file);

/**
 * rst_mail_file_is_seen:
 * @number: of a message
 *
 * Returns: whether another mail program has marked it as read.
 */
gboolean rst_mail_file_is_seen (RstMailFile *self,
                                guint32 number);

/**
 * rst_mail_file_load_headers:
 * @index: (element-type RstHeader): what is known, in the file's order as it was
 *
 * Reads the file from its beginning to its end and recognises what was known. A Stop keeps what was
 * found if nothing was known before.
 *
 * Returns: (transfer full): the file as it is now.
 */
RstSnapshot *rst_mail_file_load_headers (RstMailFile *self,
                                         GPtrArray *index,
                                         GCancellable *cancellable,
                                         GError **error);

/**
 * rst_mail_file_load_messages:
 * @headers: (element-type RstHeader): which messages
 *
 * Reads messages, each compared with the digest of its header before it is handed on.
 *
 * Errors: %RST_SYNC_ERROR_INDEX when the file has changed.
 */
gboolean rst_mail_file_load_messages (RstMailFile *self,
                                      GPtrArray *headers,
                                      RstMessageFunc func,
                                      gpointer user_data,
                                      GCancellable *cancellable,
                                      GError **error);

/** rst_mail_file_load_message: Returns: (transfer full): one message; see
 * rst_mail_file_load_messages(). */
GBytes *rst_mail_file_load_message (RstMailFile *self,
                                    RstHeader *header,
                                    GCancellable *cancellable,
                                    GError **error);

/**
 * rst_mail_file_delete:
 * @receipt: what to delete; its entries are filled with what became of each
 * @is_dry_run: verify only
 *
 * Takes messages out of an mbox, all or nothing: the file is locked, is found to be the one that
 * was read, and is replaced by a copy that lacks them. Every other byte stays.
 *
 * Errors: %RST_SYNC_ERROR_DELETE when the file has changed; %G_IO_ERROR_BUSY when another program
 * has locked it; %G_IO_ERROR_NOT_SUPPORTED when it is no mbox. Nothing was deleted on an error.
 */
gboolean rst_mail_file_delete (RstMailFile *self,
                               RstReceipt *receipt,
                               gboolean is_dry_run,
                               GCancellable *cancellable,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstMailFile, rst_mail_file_free)

G_END_DECLS

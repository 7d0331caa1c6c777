/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sys/stat.h>

#include "mail/rst-mbox-scanner.h"
#include "rst-mail-file.h"

G_BEGIN_DECLS

/**
 * RstMailEntry:
 * @place: where it lies in its file
 * @path: (nullable): its file, when it has one of its own
 * @is_seen: see rst_mail_file_is_seen()
 */
typedef struct
{
  RstMboxEntry place;
  char *path;
  gboolean is_seen;
} RstMailEntry;

/** RstFileStamp: what tells that a file is still the one that was read. */
typedef struct
{
  guint64 device;
  guint64 inode;
  goffset size;
  gint64 seconds;
  gint64 nanoseconds;
} RstFileStamp;

struct _RstMailFile
{
  char *path;
  char *name;
  const RstFetcherObserver *observer;
  gpointer observer_data;

  /* As it was read last; the entry of message 1 first. */
  RstMailFileKind kind;
  GArray *entries;
  RstFileStamp stamp;
};

/** rst_mail_entries_new: Returns: (transfer full) (element-type RstMailEntry): an empty array. */
GArray *rst_mail_entries_new (void);

void rst_file_stamp_init (RstFileStamp *self,
                          const struct stat *status);
gboolean rst_file_stamp_equal (const RstFileStamp *a,
                               const RstFileStamp *b);

/** rst_mail_file_set_error: sets G_IO_ERROR from errno: "“saved.mbox” cannot be read: …". */
void rst_mail_file_set_error (RstMailFile *self,
                              int saved_errno,
                              GError **error);

void rst_mail_file_tell_progress (RstMailFile *self,
                                  RstPhase phase,
                                  guint64 done,
                                  guint64 total);

/** rst_mail_file_open: Returns: a descriptor to read from, -1 with @error set for what is no
 * file. */
int rst_mail_file_open (RstMailFile *self,
                        const char *path,
                        struct stat *status,
                        GError **error);

/** rst_mail_file_find: Returns: (transfer none) (nullable): where the message lies. */
RstMailEntry *rst_mail_file_find (RstMailFile *self,
                                  const RstHeader *header);

/**
 * rst_mail_file_read:
 * @offset: where to begin
 * @length: how many bytes at most
 *
 * Returns: (transfer full) (nullable): what is there.
 */
GBytes *rst_mail_file_read (RstMailFile *self,
                            int fd,
                            goffset offset,
                            goffset length,
                            GCancellable *cancellable,
                            GError **error);

/** rst_mail_file_make_header: Returns: (transfer full): a message as the index holds it. */
RstHeader *rst_mail_file_make_header (guint32 number,
                                      goffset size,
                                      const char *block,
                                      gsize length);

/** rst_mail_file_is_message: Returns: whether the message's first bytes are the header's. */
gboolean rst_mail_file_is_message (const RstHeader *header,
                                   const char *bytes,
                                   gsize length);

/**
 * rst_mail_folder_list:
 * @kind: (out): which kind of folder it is
 *
 * Returns: (transfer full) (element-type RstMailEntry) (nullable): its messages in order, with
 * their paths alone.
 */
GArray *rst_mail_folder_list (RstMailFile *self,
                              RstMailFileKind *kind,
                              GCancellable *cancellable,
                              GError **error);

/** rst_mail_folder_find_renamed: Returns: (transfer full) (nullable): where a Maildir's message is
 * now, after another program has changed its flags. */
char *rst_mail_folder_find_renamed (RstMailFile *self,
                                    const char *path);

G_END_DECLS

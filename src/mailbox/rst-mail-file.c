/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mail-file"

#include "config.h"

#include "rst-mail-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "mail/rst-header-block.h"
#include "mail/rst-mbox.h"

#define PIECE (1024 * 1024)

/* No message is that big; a file of another kind can be. */
#define MAX_MESSAGE (G_MAXINT32 - 1)

static void
entry_clear (gpointer data)
{
  RstMailEntry *entry = data;

  g_free (entry->path);
}

GArray *
rst_mail_entries_new (void)
{
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (RstMailEntry));

  g_array_set_clear_func (entries, entry_clear);
  return entries;
}

RstMailFile *
rst_mail_file_new (GFile *file)
{
  RstMailFile *self = g_new0 (RstMailFile, 1);
  g_autofree char *basename = g_file_get_basename (file);

  self->path = g_file_get_path (file);
  self->name = g_filename_display_name (basename);
  self->entries = rst_mail_entries_new ();

  return self;
}

void
rst_mail_file_free (RstMailFile *self)
{
  g_array_unref (self->entries);
  g_free (self->path);
  g_free (self->name);
  g_free (self);
}

void
rst_mail_file_set_observer (RstMailFile *self,
                            const RstFetcherObserver *observer,
                            gpointer user_data)
{
  self->observer = observer;
  self->observer_data = user_data;
}

RstMailFileKind
rst_mail_file_get_kind (RstMailFile *self)
{
  return self->kind;
}

const char *
rst_mail_file_get_name (RstMailFile *self)
{
  return self->name;
}

gboolean
rst_mail_file_is (RstMailFile *self,
                  GFile *file)
{
  g_autofree char *path = g_file_get_path (file);
  struct stat mine;
  struct stat other;

  return self->path && path && stat (self->path, &mine) == 0 && stat (path, &other) == 0 &&
         mine.st_dev == other.st_dev && mine.st_ino == other.st_ino;
}

gboolean
rst_mail_file_is_seen (RstMailFile *self,
                       guint32 number)
{
  return number > 0 && number <= self->entries->len &&
         g_array_index (self->entries, RstMailEntry, number - 1).is_seen;
}

void
rst_file_stamp_init (RstFileStamp *self,
                     const struct stat *status)
{
  self->device = (guint64)status->st_dev;
  self->inode = (guint64)status->st_ino;
  self->size = (goffset)status->st_size;
  self->seconds = (gint64)status->st_mtim.tv_sec;
  self->nanoseconds = (gint64)status->st_mtim.tv_nsec;
}

gboolean
rst_file_stamp_equal (const RstFileStamp *a,
                      const RstFileStamp *b)
{
  return a->device == b->device && a->inode == b->inode && a->size == b->size &&
         a->seconds == b->seconds && a->nanoseconds == b->nanoseconds;
}

void
rst_mail_file_set_error (RstMailFile *self,
                         int saved_errno,
                         GError **error)
{
  /* Translators: the name of a file, and why: "Permission denied" */
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("“%s” cannot be read: %s."), self->name, g_strerror (saved_errno));
}

void
rst_mail_file_tell_progress (RstMailFile *self,
                             RstPhase phase,
                             guint64 done,
                             guint64 total)
{
  if (self->observer)
    self->observer->progress (phase, done, total, self->observer_data);
}

int
rst_mail_file_open (RstMailFile *self,
                    const char *path,
                    struct stat *status,
                    GError **error)
{
  int fd;

  /* A pipe would block when it is opened, and some devices do what nobody asked for. */
  if (stat (path, status) == 0 && !S_ISREG (status->st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
                   _ ("“%s” is neither a file nor a folder with mail."), self->name);
      return -1;
    }

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  if (fd < 0 || fstat (fd, status) != 0)
    {
      rst_mail_file_set_error (self, errno, error);
      if (fd >= 0)
        close (fd);
      return -1;
    }

  return fd;
}

RstMailEntry *
rst_mail_file_find (RstMailFile *self,
                    const RstHeader *header)
{
  guint32 number = header->identity->number;

  if (number == 0 || number > self->entries->len)
    return NULL;

  return &g_array_index (self->entries, RstMailEntry, number - 1);
}

GBytes *
rst_mail_file_read (RstMailFile *self,
                    int fd,
                    goffset offset,
                    goffset length,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autofree char *bytes = NULL;
  goffset done = 0;

  if (length <= MAX_MESSAGE)
    bytes = g_try_malloc ((gsize)length + 1);
  if (!bytes)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _ ("A message of “%s” is too big to be shown."), self->name);
      return NULL;
    }

  while (done < length)
    {
      gssize n = pread (fd, bytes + done, (gsize)MIN (length - done, PIECE), offset + done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          rst_mail_file_set_error (self, errno, error);
          return NULL;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      if (n == 0)
        break;
      done += n;
      if (length > PIECE)
        rst_mail_file_tell_progress (self, RST_PHASE_READING_FILE, (guint64)done, (guint64)length);
    }

  return g_bytes_new_take (g_steal_pointer (&bytes), (gsize)done);
}

RstHeader *
rst_mail_file_make_header (guint32 number,
                           goffset size,
                           const char *block,
                           gsize length)
{
  gsize end = rst_header_block_find_end (block, MIN (length, RST_MBOX_MAX_HEADER));

  return rst_header_new (
      rst_identity_new (NULL, number, (guint64)size, rst_header_digest_new (block, end)),
      rst_envelope_new_from_headers (block, end, NULL),
      RST_HEADER_LOADED);
}

gboolean
rst_mail_file_is_message (const RstHeader *header,
                          const char *bytes,
                          gsize length)
{
  gsize end = rst_header_block_find_end (bytes, MIN (length, RST_MBOX_MAX_HEADER));
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (bytes, end);

  return header->identity->digest && rst_header_digest_match (header->identity->digest, digest);
}

static gboolean
is_unchanged (RstMailFile *self,
              int fd)
{
  struct stat status;
  RstFileStamp stamp;

  if (fstat (fd, &status) != 0)
    return FALSE;

  rst_file_stamp_init (&stamp, &status);
  return rst_file_stamp_equal (&stamp, &self->stamp);
}

/* A message that has a file of its own. */
static GBytes *
load_file (RstMailFile *self,
           const RstMailEntry *entry,
           GCancellable *cancellable,
           GError **error)
{
  g_autofree char *renamed = NULL;
  const char *path = entry->path;
  struct stat status;
  GBytes *bytes;
  int fd;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    path = renamed = rst_mail_folder_find_renamed (self, path);
  if (!path)
    return NULL;

  fd = rst_mail_file_open (self, path, &status, error);
  if (fd < 0)
    return NULL;

  bytes = rst_mail_file_read (self, fd, 0, (goffset)status.st_size, cancellable, error);
  close (fd);
  return bytes;
}

/* A message that lies in a file with others: between its boundaries lies another one as soon as the
 * file has changed. */
static GBytes *
load_part (RstMailFile *self,
           const RstMailEntry *entry,
           GCancellable *cancellable,
           GError **error)
{
  const RstMboxEntry *place = &entry->place;
  g_autoptr (GBytes) bytes = NULL;
  struct stat status;
  int fd = rst_mail_file_open (self, self->path, &status, error);
  gboolean is_same;

  if (fd < 0)
    return NULL;

  if (is_unchanged (self, fd))
    bytes = rst_mail_file_read (self, fd, place->message, place->end - place->message, cancellable,
                                error);
  is_same = is_unchanged (self, fd);
  close (fd);

  return is_same ? g_steal_pointer (&bytes) : NULL;
}

GBytes *
rst_mail_file_load_message (RstMailFile *self,
                            RstHeader *header,
                            GCancellable *cancellable,
                            GError **error)
{
  const RstMailEntry *entry = rst_mail_file_find (self, header);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) local_error = NULL;

  if (entry)
    bytes = entry->path ? load_file (self, entry, cancellable, &local_error)
                        : load_part (self, entry, cancellable, &local_error);
  if (local_error)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (!bytes || !rst_mail_file_is_message (header, g_bytes_get_data (bytes, NULL),
                                           g_bytes_get_size (bytes)))
    {
      rst_sync_error_set_moved (error);
      return NULL;
    }

  return self->kind == RST_MAIL_FILE_MBOX ? rst_mbox_extract (bytes) : g_steal_pointer (&bytes);
}

gboolean
rst_mail_file_load_messages (RstMailFile *self,
                             GPtrArray *headers,
                             RstMessageFunc func,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error)
{
  for (guint i = 0; i < headers->len; i++)
    {
      g_autoptr (GBytes) message =
          rst_mail_file_load_message (self, g_ptr_array_index (headers, i), cancellable, error);

      if (!message || !func (i, message, user_data, error))
        return FALSE;
    }

  return TRUE;
}

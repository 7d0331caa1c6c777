/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mail-file-delete"

#include "config.h"

#include "rst-mail-file-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "rst-disk.h"
#include "rst-file-lock.h"

#define PIECE (1024 * 1024)

/* One rewriting of the file: the old one, and the new one that is to take its place. */
typedef struct
{
  RstMailFile *file;
  char *path;
  int from;
  struct stat status;
  char *new_path;
  int to;
  gboolean *is_deleted;
  goffset done;
} Rewrite;

static void
rewrite_clear (Rewrite *rewrite)
{
  if (rewrite->to >= 0)
    close (rewrite->to);
  if (rewrite->new_path)
    g_unlink (rewrite->new_path);
  g_free (rewrite->new_path);
  g_free (rewrite->is_deleted);
  free (rewrite->path);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Rewrite, rewrite_clear)

static gboolean
set_changed (RstMailFile *self,
             GError **error)
{
  g_set_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE,
               _ ("Nothing was deleted: another program has changed “%s” since it was read."),
               self->name);
  return FALSE;
}

static gboolean
set_write_error (Rewrite *rewrite,
                 int saved_errno,
                 GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("Nothing was deleted: “%s” cannot be written anew: %s."), rewrite->file->name,
               g_strerror (saved_errno));
  return FALSE;
}

static gboolean
set_lock_error (RstMailFile *self,
                const GError *cause,
                GError **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_BUSY))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
                 _ ("Nothing was deleted: another program is using “%s”. Try again when it has "
                    "finished."),
                 self->name);
  else
    /* Translators: the name of a file, and why: "Permission denied" */
    g_set_error (error, G_IO_ERROR, cause->code,
                 _ ("Nothing was deleted: “%s” cannot be changed: %s."), self->name,
                 cause->message);
  return FALSE;
}

/* Whether what lies under the file's name is still what was read. */
static gboolean
check_file (Rewrite *rewrite,
            GError **error)
{
  struct stat named;
  RstFileStamp stamps[2];

  if (fstat (rewrite->from, &rewrite->status) != 0 || stat (rewrite->path, &named) != 0)
    return set_changed (rewrite->file, error);

  rst_file_stamp_init (&stamps[0], &rewrite->status);
  rst_file_stamp_init (&stamps[1], &named);
  if (!rst_file_stamp_equal (&stamps[0], &rewrite->file->stamp) ||
      !rst_file_stamp_equal (&stamps[1], &rewrite->file->stamp))
    return set_changed (rewrite->file, error);

  return TRUE;
}

static gboolean
verify (Rewrite *rewrite,
        RstReceipt *receipt,
        GCancellable *cancellable,
        GError **error)
{
  RstMailFile *self = rewrite->file;
  guint n_missing = 0;

  for (guint i = 0; i < receipt->entries->len; i++)
    {
      RstReceiptEntry *target = rst_receipt_get_entry (receipt, i);
      const RstMailEntry *entry = rst_mail_file_find (self, target->header);
      g_autoptr (GBytes) head = NULL;
      gsize length;
      const char *bytes;

      target->is_missing = entry == NULL;
      if (entry)
        {
          const RstMboxEntry *place = &entry->place;

          head = rst_mail_file_read (self, rewrite->from, place->message,
                                     MIN (place->end - place->message, RST_MBOX_MAX_HEADER),
                                     cancellable, error);
          if (!head)
            return FALSE;
          bytes = g_bytes_get_data (head, &length);
          target->is_missing = !rst_mail_file_is_message (target->header, bytes, length);
          rewrite->is_deleted[target->header->identity->number - 1] = TRUE;
        }
      n_missing += target->is_missing;
      rst_mail_file_tell_progress (self, RST_PHASE_VERIFYING, i + 1, receipt->entries->len);
    }

  return n_missing == 0 || set_changed (self, error);
}

/* The new file is as private as the old one; where the group cannot be kept, it gets no rights. */
static gboolean
make_new_file (Rewrite *rewrite,
               GError **error)
{
  g_autofree char *folder = g_path_get_dirname (rewrite->path);
  mode_t mode = rewrite->status.st_mode & 07777;

  rewrite->new_path = g_build_filename (folder, ".restante-XXXXXX", NULL);
  rewrite->to = g_mkstemp_full (rewrite->new_path, O_WRONLY | O_CLOEXEC, 0600);
  if (rewrite->to < 0)
    {
      int saved_errno = errno;

      g_clear_pointer (&rewrite->new_path, g_free);
      return set_write_error (rewrite, saved_errno, error);
    }

  if (fchown (rewrite->to, (uid_t)-1, rewrite->status.st_gid) != 0)
    mode &= ~(mode_t)S_IRWXG;
  if (fchown (rewrite->to, rewrite->status.st_uid, (gid_t)-1) != 0)
    mode &= ~(mode_t)(S_ISUID | S_ISGID);
  if (fchmod (rewrite->to, mode) != 0)
    return set_write_error (rewrite, errno, error);

  return TRUE;
}

static gboolean
copy_range (Rewrite *rewrite,
            char *piece,
            goffset start,
            goffset end,
            GCancellable *cancellable,
            GError **error)
{
  while (start < end)
    {
      gssize n = pread (rewrite->from, piece, (gsize)MIN (end - start, PIECE), start);

      if (n < 0 && errno == EINTR)
        continue;
      if (n == 0)
        return set_changed (rewrite->file, error);
      if (n < 0 || !rst_disk_write (rewrite->to, piece, (gsize)n, NULL, NULL))
        return set_write_error (rewrite, errno, error);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      start += n;
      rst_mail_file_tell_progress (rewrite->file, RST_PHASE_WRITING_FILE, (guint64)start,
                                   (guint64)rewrite->status.st_size);
    }

  return TRUE;
}

/* Everything but the deleted messages, what stands above the first message and behind the last one
 * included. */
static gboolean
copy_rest (Rewrite *rewrite,
           GCancellable *cancellable,
           GError **error)
{
  GArray *entries = rewrite->file->entries;
  g_autofree char *piece = g_malloc (PIECE);
  goffset start = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const RstMboxEntry *place = &g_array_index (entries, RstMailEntry, i).place;

      if (!rewrite->is_deleted[i])
        continue;
      if (!copy_range (rewrite, piece, start, place->start, cancellable, error))
        return FALSE;
      start = place->end;
    }

  return copy_range (rewrite, piece, start, (goffset)rewrite->status.st_size, cancellable, error);
}

/* The last look at the old file comes after all the work: not every program heeds a lock. */
static gboolean
replace_file (Rewrite *rewrite,
              GCancellable *cancellable,
              GError **error)
{
  struct stat status;

  if (fsync (rewrite->to) != 0)
    return set_write_error (rewrite, errno, error);
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !check_file (rewrite, error))
    return FALSE;
  if (fstat (rewrite->to, &status) != 0 || g_rename (rewrite->new_path, rewrite->path) != 0)
    return set_write_error (rewrite, errno, error);

  g_clear_pointer (&rewrite->new_path, g_free);
  rst_file_stamp_init (&rewrite->file->stamp, &status);
  rst_disk_sync_folder (rewrite->path);
  return TRUE;
}

static void
forget_deleted (Rewrite *rewrite)
{
  GArray *kept = rst_mail_entries_new ();
  GArray *entries = rewrite->file->entries;
  goffset gap = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      RstMailEntry entry = g_array_index (entries, RstMailEntry, i);

      if (rewrite->is_deleted[i])
        {
          gap += entry.place.end - entry.place.start;
          continue;
        }
      entry.place.start -= gap;
      entry.place.message -= gap;
      entry.place.end -= gap;
      g_array_append_val (kept, entry);
    }
  g_array_unref (entries);
  rewrite->file->entries = kept;
}

gboolean
rst_mail_file_delete (RstMailFile *self,
                      RstReceipt *receipt,
                      gboolean is_dry_run,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (RstFileLock) lock = NULL;
  g_auto (Rewrite) rewrite = { .file = self, .to = -1 };
  g_autoptr (GError) local_error = NULL;

  if (self->kind != RST_MAIL_FILE_MBOX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("Nothing was deleted: messages can be deleted in mbox files alone."));
      return FALSE;
    }

  rewrite.path = realpath (self->path, NULL);
  if (!rewrite.path)
    return set_changed (self, error);
  lock = rst_file_lock_new (rewrite.path, FALSE, cancellable, &local_error);
  if (!lock)
    return set_lock_error (self, local_error, error);

  rewrite.from = rst_file_lock_get_fd (lock);
  rewrite.is_deleted = g_new0 (gboolean, self->entries->len);
  if (!check_file (&rewrite, error) || !verify (&rewrite, receipt, cancellable, error))
    return FALSE;
  if (is_dry_run)
    return TRUE;

  if (!make_new_file (&rewrite, error) || !copy_rest (&rewrite, cancellable, error) ||
      !replace_file (&rewrite, cancellable, error))
    return FALSE;

  forget_deleted (&rewrite);
  rst_receipt_set_outcome (receipt, RST_OUTCOME_DELETED);
  return TRUE;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mbox-file"

#include "config.h"

#include "rst-mbox-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "rst-disk.h"
#include "rst-file-lock.h"

#define FROM "From "
#define FROM_LENGTH (sizeof FROM - 1)
#define PIECE (1024 * 1024)

static gboolean
set_no_mbox (GFile *file,
             GError **error)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *shown = g_filename_display_name (name);

  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_INVALID_DATA,
               _ ("“%s” is not an mbox file, and was left as it is. Choose another one."),
               shown);
  return FALSE;
}

static gboolean
check_begin (GFile *file,
             GInputStream *stream,
             GCancellable *cancellable,
             GError **error)
{
  char begin[FROM_LENGTH] = { 0 };
  gsize length;

  if (!g_input_stream_read_all (stream, begin, FROM_LENGTH, &length, cancellable, error))
    return FALSE;

  return length == 0 ||
         (length == FROM_LENGTH && memcmp (begin, FROM, FROM_LENGTH) == 0) ||
         set_no_mbox (file, error);
}

/* What is missing of the blank line at the end. */
static gboolean
find_missing_end (GInputStream *stream,
                  const char **missing_end,
                  GCancellable *cancellable,
                  GError **error)
{
  GSeekable *seekable = G_SEEKABLE (stream);
  char end[4] = { 0 };
  gsize length;
  goffset size;

  if (!g_seekable_seek (seekable, 0, G_SEEK_END, cancellable, error))
    return FALSE;
  size = g_seekable_tell (seekable);
  if (!g_seekable_seek (
          seekable, -MIN (size, (goffset)sizeof end), G_SEEK_END, cancellable, error) ||
      !g_input_stream_read_all (stream, end, sizeof end, &length, cancellable, error))
    return FALSE;

  if (length == 0 || (length >= 2 && end[length - 1] == '\n' && end[length - 2] == '\n') ||
      (length == sizeof end && memcmp (end, "\r\n\r\n", sizeof end) == 0))
    *missing_end = "";
  else
    *missing_end = end[length - 1] == '\n' ? "\n" : "\n\n";
  return TRUE;
}

/* In words, what is otherwise only errno's. */
static gboolean
set_error (GFile *file,
           const GError *cause,
           GError **error)
{
  g_autofree char *name = g_file_get_parse_name (file);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_error_copy (cause));
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_BUSY))
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_BUSY,
                 _ ("Nothing was saved: another program is using “%s”. Try again when it has "
                    "finished."),
                 name);
  else
    /* Translators: the name of a file, and why: "Permission denied" */
    g_set_error (error,
                 cause->domain,
                 cause->code,
                 _ ("Nothing was saved: “%s” cannot be changed: %s."),
                 name,
                 cause->message);
  return FALSE;
}

/* Nothing is there, or an mbox file. @missing_end: (out): what is to come before the next entry */
static gboolean
look_at (GFile *file,
         const char **missing_end,
         GCancellable *cancellable,
         GError **error)
{
  GFileType type = g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, cancellable);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) local_error = NULL;

  *missing_end = "";
  if (type != G_FILE_TYPE_REGULAR && type != G_FILE_TYPE_UNKNOWN)
    return set_no_mbox (file, error);

  stream = g_file_read (file, cancellable, &local_error);
  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (stream == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return check_begin (file, G_INPUT_STREAM (stream), cancellable, error) &&
         find_missing_end (G_INPUT_STREAM (stream), missing_end, cancellable, error);
}

/* Its name is gone before anything is in it: whatever happens, nothing of it is left. */
static GFileIOStream *
create_spool (GFile *folder,
              GCancellable *cancellable,
              GError **error)
{
  g_autoptr (GFile) part = rst_save_file_new_part (folder);
  g_autoptr (GFileIOStream) spool =
      g_file_create_readwrite (part, G_FILE_CREATE_PRIVATE, cancellable, error);

  if (spool == NULL || !g_file_delete (part, NULL, error))
    return NULL;
  return g_steal_pointer (&spool);
}

/* Beside the file, where there is room for it, or else where this user may write: a spool folder is
 * the system's. */
static GFileIOStream *
create_spool_for (GFile *file,
                  GCancellable *cancellable,
                  GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autoptr (GFile) folder = path != NULL ? g_file_get_parent (file) : NULL;
  g_autoptr (GFile) cache = NULL;
  g_autoptr (GError) local_error = NULL;
  GFileIOStream *spool = NULL;

  if (path != NULL && g_access (path, W_OK) != 0 && errno != ENOENT)
    {
      rst_disk_set_error (error, errno);
      return NULL;
    }

  if (folder != NULL)
    spool = create_spool (folder, cancellable, &local_error);
  if (spool != NULL)
    return spool;
  if (folder != NULL && !g_file_query_exists (file, NULL))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  cache = g_file_new_for_path (g_get_user_cache_dir ());
  g_mkdir_with_parents (g_get_user_cache_dir (), 0700);
  return create_spool (cache, cancellable, error);
}

/* The end of a locked file, and what was put there. */
typedef struct
{
  int fd;
  goffset start;
  goffset end;
} Tail;

static gboolean
write_tail (Tail *tail,
            const char *bytes,
            gsize length,
            GError **error)
{
  gsize n_written;
  gboolean is_done = rst_disk_write (tail->fd, bytes, length, &n_written, error);

  tail->end += (goffset)n_written;
  return is_done;
}

static gboolean
copy (Tail *tail,
      GInputStream *entries,
      GCancellable *cancellable,
      GError **error)
{
  g_autofree char *piece = g_malloc (PIECE);
  gssize n;

  while ((n = g_input_stream_read (entries, piece, PIECE, cancellable, error)) > 0)
    if (!write_tail (tail, piece, (gsize)n, error))
      return FALSE;

  return n == 0;
}

/* Not every program heeds a lock: if one has added to the file meanwhile, nothing is cut off. */
static void
take_back (const Tail *tail)
{
  struct stat status;

  if (fstat (tail->fd, &status) == 0 && status.st_size == tail->end &&
      ftruncate (tail->fd, tail->start) != 0)
    g_warning ("what was not saved in full could not be taken back: %s", g_strerror (errno));
}

static gboolean
append_locked (GFile *file,
               GInputStream *entries,
               GCancellable *cancellable,
               GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (RstFileLock) lock = rst_file_lock_new (path, TRUE, cancellable, &local_error);
  const char *missing_end;
  Tail tail;

  if (lock == NULL)
    return set_error (file, local_error, error);
  if (!look_at (file, &missing_end, cancellable, error))
    return FALSE;

  tail.fd = rst_file_lock_get_fd (lock);
  tail.start = tail.end = lseek (tail.fd, 0, SEEK_END);
  if (tail.start < 0 || fcntl (tail.fd, F_SETFL, O_APPEND) != 0)
    rst_disk_set_error (&local_error, errno);
  else if (write_tail (&tail, missing_end, strlen (missing_end), &local_error) &&
           copy (&tail, entries, cancellable, &local_error) &&
           rst_disk_sync (tail.fd, &local_error))
    {
      rst_disk_sync_folder (path);
      return TRUE;
    }
  else
    take_back (&tail);

  return set_error (file, local_error, error);
}

/* Nothing can be locked there; so nothing is taken back either. */
static gboolean
append_elsewhere (GFile *file,
                  GInputStream *entries,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (GFileOutputStream) stream = NULL;
  const char *missing_end;

  if (!look_at (file, &missing_end, cancellable, error))
    return FALSE;

  stream = g_file_append_to (file, G_FILE_CREATE_PRIVATE, cancellable, error);
  return stream != NULL &&
         g_output_stream_write_all (G_OUTPUT_STREAM (stream),
                                    missing_end,
                                    strlen (missing_end),
                                    NULL,
                                    cancellable,
                                    error) &&
         g_output_stream_splice (G_OUTPUT_STREAM (stream),
                                 entries,
                                 G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                                 cancellable,
                                 error) >= 0;
}

gboolean
rst_mbox_file_append (GFile *file,
                      RstSaveFunc write,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFile) target = rst_save_file_dup_target (file, &local_error);
  g_autoptr (GFileIOStream) spool = NULL;
  const char *missing_end;
  GInputStream *entries;

  if (target == NULL)
    return set_error (file, local_error, error);
  if (!look_at (target, &missing_end, cancellable, error))
    return FALSE;
  spool = create_spool_for (target, cancellable, &local_error);
  if (spool == NULL)
    return set_error (file, local_error, error);

  if (!write (
          g_io_stream_get_output_stream (G_IO_STREAM (spool)), user_data, cancellable, error) ||
      !g_seekable_seek (G_SEEKABLE (spool), 0, G_SEEK_SET, cancellable, error))
    return FALSE;

  entries = g_io_stream_get_input_stream (G_IO_STREAM (spool));
  return g_file_peek_path (target) != NULL
             ? append_locked (target, entries, cancellable, error)
             : append_elsewhere (target, entries, cancellable, error);
}

gboolean
rst_mbox_file_has_mbox_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".mbox") || g_str_has_suffix (lower, ".mbx");
}

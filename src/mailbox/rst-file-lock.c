/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-file-lock"

#include "config.h"

#include "rst-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* A mail program that delivers holds its lock for a moment. */
#define PATIENCE_US (3 * G_USEC_PER_SEC)
#define PAUSE_US (G_USEC_PER_SEC / 20)

struct _RstFileLock
{
  int fd;
  char *dotlock;
};

/* Of this descriptor, not of the process: another window may have the same file open. */
static gboolean
lock_descriptor (int fd)
{
  struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

  return fcntl (fd, F_OFD_SETLK, &lock) == 0;
}

static gboolean
is_taken (int code)
{
  return code == EACCES || code == EAGAIN;
}

/* Where no file can be made, other programs cannot make one either. */
static gboolean
make_dotlock (RstFileLock *self,
              const char *path)
{
  g_autofree char *dotlock = g_strconcat (path, ".lock", NULL);
  int fd = g_open (dotlock, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd < 0)
    return errno != EEXIST;

  close (fd);
  self->dotlock = g_steal_pointer (&dotlock);
  return TRUE;
}

static void
set_error (const char *path,
           int saved_errno,
           GError **error)
{
  g_autofree char *name = g_filename_display_basename (path);

  /* Translators: the name of a file, and why: "Permission denied" */
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno),
               _ ("Nothing was deleted: “%s” cannot be changed: %s."), name,
               g_strerror (saved_errno));
}

static gboolean
try_lock (RstFileLock *self,
          const char *path,
          GError **error)
{
  if (self->dotlock || make_dotlock (self, path))
    {
      if (lock_descriptor (self->fd))
        return TRUE;
      if (!is_taken (errno))
        {
          set_error (path, errno, error);
          return FALSE;
        }
    }

  return FALSE;
}

RstFileLock *
rst_file_lock_new (const char *path,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (RstFileLock) self = g_new0 (RstFileLock, 1);
  g_autofree char *name = g_filename_display_basename (path);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  self->fd = g_open (path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  if (self->fd < 0)
    {
      set_error (path, errno, error);
      return NULL;
    }

  while (g_get_monotonic_time () < end)
    {
      g_autoptr (GError) local_error = NULL;

      if (try_lock (self, path, &local_error))
        return g_steal_pointer (&self);
      if (local_error)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      g_usleep (PAUSE_US);
    }

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _ ("Nothing was deleted: another program is using “%s”. Try again when it has "
                  "finished."),
               name);
  return NULL;
}

void
rst_file_lock_free (RstFileLock *self)
{
  if (self->dotlock)
    g_unlink (self->dotlock);
  g_free (self->dotlock);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

int
rst_file_lock_get_fd (RstFileLock *self)
{
  return self->fd;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-file-lock"

#include "config.h"

#include "rst-file-lock.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "rst-disk.h"

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

/* Whoever had the lock may have put another file in the place of the one that was opened. */
static gboolean
lies_under (int fd,
            const char *path)
{
  struct stat opened;
  struct stat named;

  return fstat (fd, &opened) == 0 && lstat (path, &named) == 0 &&
         opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

/* Returns: FALSE without an error when somebody else has the file. */
static gboolean
try_lock (RstFileLock *self,
          const char *path,
          gboolean is_made,
          GError **error)
{
  int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | (is_made ? O_CREAT : 0);

  if (!self->dotlock && !make_dotlock (self, path))
    return FALSE;

  if (self->fd >= 0)
    close (self->fd);
  self->fd = g_open (path, flags, 0600);
  if (self->fd < 0)
    return rst_disk_set_error (error, errno);
  if (lock_descriptor (self->fd))
    return lies_under (self->fd, path);

  return is_taken (errno) ? FALSE : rst_disk_set_error (error, errno);
}

RstFileLock *
rst_file_lock_new (const char *path,
                   gboolean is_made,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (RstFileLock) self = g_new0 (RstFileLock, 1);
  gint64 end = g_get_monotonic_time () + PATIENCE_US;

  self->fd = -1;
  while (g_get_monotonic_time () < end)
    {
      g_autoptr (GError) local_error = NULL;

      if (try_lock (self, path, is_made, &local_error))
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

  rst_disk_set_error (error, EBUSY);
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

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-disk"

#include "config.h"

#include "rst-disk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

/* As the kernel: more of them is a circle. */
#define MAX_LINKS 40

gboolean
rst_disk_set_error (GError **error,
                    int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

char *
rst_disk_dup_target (const char *path,
                     GError **error)
{
  g_autofree char *next = g_strdup (path);

  for (guint n = 0; n < MAX_LINKS; n++)
    {
      g_autofree char *above = g_path_get_dirname (next);
      g_autofree char *name = g_path_get_basename (next);
      g_autofree char *folder = realpath (above, NULL);
      g_autofree char *here = NULL;
      g_autofree char *target = NULL;

      if (folder == NULL)
        {
          rst_disk_set_error (error, errno);
          return NULL;
        }

      here = g_build_filename (folder, name, NULL);
      target = g_file_read_link (here, NULL);
      if (target == NULL)
        return g_steal_pointer (&here);
      if (g_str_has_suffix (target, G_DIR_SEPARATOR_S))
        {
          rst_disk_set_error (error, EISDIR);
          return NULL;
        }
      g_free (next);
      next = g_path_is_absolute (target) ? g_strdup (target)
                                         : g_build_filename (folder, target, NULL);
    }

  rst_disk_set_error (error, ELOOP);
  return NULL;
}

gboolean
rst_disk_write (int fd,
                const char *bytes,
                gsize length,
                gsize *n_written,
                GError **error)
{
  gsize done = 0;
  gssize n = 0;

  while (done < length && (n >= 0 || errno == EINTR))
    {
      n = write (fd, bytes + done, length - done);
      done += (gsize)MAX (n, 0);
    }

  if (n_written != NULL)
    *n_written = done;
  return done == length || rst_disk_set_error (error, errno);
}

gboolean
rst_disk_sync (int fd,
               GError **error)
{
  int result;

  do
    result = fsync (fd);
  while (result < 0 && errno == EINTR);

  /* There are files that have nothing to be synced. */
  return result == 0 || errno == EINVAL || rst_disk_set_error (error, errno);
}

void
rst_disk_sync_folder (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  if (fd < 0 || !rst_disk_sync (fd, NULL))
    g_debug ("the folder of %s could not be synchronised", path);
  if (fd >= 0)
    close (fd);
}

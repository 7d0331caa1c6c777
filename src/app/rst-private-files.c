/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-private-files"

#include "config.h"

#include "rst-private-files.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Each file lies in a folder of its own, so that two may have the same name. */
struct _RstPrivateFiles
{
  GMutex mutex;
  char *folder;
  GPtrArray *paths;
  gboolean is_removed;
};

static void
rst_private_files_clear (gpointer data)
{
  RstPrivateFiles *self = data;

  g_mutex_clear (&self->mutex);
  g_free (self->folder);
  g_ptr_array_unref (self->paths);
}

RstPrivateFiles *
rst_private_files_new (void)
{
  RstPrivateFiles *self = g_atomic_rc_box_new0 (RstPrivateFiles);

  g_mutex_init (&self->mutex);
  self->paths = g_ptr_array_new_with_free_func (g_free);
  return self;
}

RstPrivateFiles *
rst_private_files_ref (RstPrivateFiles *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rst_private_files_unref (RstPrivateFiles *self)
{
  g_atomic_rc_box_release_full (self, rst_private_files_clear);
}

static char *
make_path (RstPrivateFiles *self,
           const char *name,
           GError **error)
{
  g_autofree char *number = g_strdup_printf ("%u", self->paths->len + 1);
  g_autofree char *folder = NULL;

  if (self->folder == NULL)
    self->folder = g_dir_make_tmp ("restante-XXXXXX", error);
  if (self->folder == NULL)
    return NULL;

  folder = g_build_filename (self->folder, number, NULL);
  if (g_mkdir (folder, 0700) == 0)
    return g_build_filename (folder, name, NULL);

  g_set_error_literal (
      error, G_FILE_ERROR, (int)g_file_error_from_errno (errno), g_strerror (errno));
  return NULL;
}

GFile *
rst_private_files_write (RstPrivateFiles *self,
                         const char *name,
                         GBytes *bytes,
                         GError **error)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);
  char *path;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (self->is_removed)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CLOSED, _ ("Restante is closing"));
      return NULL;
    }

  path = make_path (self, name, error);
  if (path == NULL)
    return NULL;

  g_ptr_array_add (self->paths, path);
  if (!g_file_set_contents_full (path,
                                 data != NULL ? data : "",
                                 (gssize)size,
                                 G_FILE_SET_CONTENTS_CONSISTENT,
                                 0400,
                                 error))
    return NULL;
  return g_file_new_for_path (path);
}

void
rst_private_files_remove (RstPrivateFiles *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->mutex);

  for (guint i = 0; i < self->paths->len; i++)
    {
      const char *path = g_ptr_array_index (self->paths, i);
      g_autofree char *folder = g_path_get_dirname (path);

      g_unlink (path);
      g_rmdir (folder);
    }
  if (self->folder != NULL)
    g_rmdir (self->folder);
  self->is_removed = TRUE;
}

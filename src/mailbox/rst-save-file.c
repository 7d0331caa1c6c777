/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-save-file"

#include "config.h"

#include "rst-save-file.h"

#include <string.h>

/* So many files of one name are in no folder by chance. */
#define MAX_COPIES 10000

static GFile *
write_part (GFile *folder,
            GBytes *bytes,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".restante-%s.part", random);
  g_autoptr (GFile) part = g_file_get_child (folder, name);
  g_autoptr (GFileOutputStream) stream =
      g_file_create (part, G_FILE_CREATE_NONE, cancellable, error);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (stream == NULL)
    return NULL;

  if (g_output_stream_write_all (
          G_OUTPUT_STREAM (stream), data, size, NULL, cancellable, error) &&
      g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error))
    return g_steal_pointer (&part);

  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL);
  g_file_delete (part, NULL, NULL);
  return NULL;
}

gboolean
rst_save_file (GFile *file,
               GBytes *bytes,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) part = NULL;

  if (folder == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_IS_DIRECTORY, g_strerror (EISDIR));
      return FALSE;
    }

  part = write_part (folder, bytes, cancellable, error);
  if (part == NULL)
    return FALSE;

  if (g_file_move (part, file, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error))
    return TRUE;

  g_file_delete (part, NULL, NULL);
  return FALSE;
}

static char *
number_name (const char *name,
             guint n)
{
  const char *extension = strrchr (name, '.');

  if (n == 1)
    return g_strdup (name);
  if (extension == NULL || extension == name)
    extension = name + strlen (name);
  return g_strdup_printf ("%.*s (%u)%s", (int)(extension - name), name, n, extension);
}

GFile *
rst_save_new_file (GFile *folder,
                   const char *name,
                   GBytes *bytes,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (GFile) part = write_part (folder, bytes, cancellable, error);
  g_autoptr (GError) local_error = NULL;

  if (part == NULL)
    return NULL;

  for (guint n = 1; n <= MAX_COPIES; n++)
    {
      g_autofree char *numbered = number_name (name, n);
      g_autoptr (GFile) file = g_file_get_child (folder, numbered);

      g_clear_error (&local_error);
      if (g_file_move (
              part, file, G_FILE_COPY_NOFOLLOW_SYMLINKS, cancellable, NULL, NULL, &local_error))
        return g_steal_pointer (&file);
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }

  g_file_delete (part, NULL, NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-save-file"

#include "config.h"

#include "rst-save-file.h"

#include <errno.h>
#include <gio/gfiledescriptorbased.h>
#include <string.h>

#include "rst-disk.h"

/* So many files of one name are in no folder by chance. */
#define MAX_COPIES 10000

/* Nothing that is replaced runs as somebody else. */
#define MODE_MASK 0777

GFile *
rst_save_file_dup_target (GFile *file,
                          GError **error)
{
  const char *path = g_file_peek_path (file);
  g_autofree char *target = NULL;

  if (path == NULL)
    return g_object_ref (file);

  target = rst_disk_dup_target (path, error);
  return target != NULL ? g_file_new_for_path (target) : NULL;
}

static gboolean
write_all (GFileOutputStream *stream,
           RstSaveFunc write,
           gpointer user_data,
           GCancellable *cancellable,
           GError **error)
{
  if (!write (G_OUTPUT_STREAM (stream), user_data, cancellable, error) ||
      !g_output_stream_flush (G_OUTPUT_STREAM (stream), cancellable, error))
    return FALSE;
  if (G_IS_FILE_DESCRIPTOR_BASED (stream) &&
      !rst_disk_sync (g_file_descriptor_based_get_fd (G_FILE_DESCRIPTOR_BASED (stream)), error))
    return FALSE;
  return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
}

typedef struct
{
  RstSaveFunc write;
  gpointer user_data;
  GFileCreateFlags flags;
  guint32 mode; /* that of the file before, with its type; 0: there was none */
} Content;

GFile *
rst_save_file_new_part (GFile *folder)
{
  g_autofree char *random = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf (".restante-%s.part", random);

  return g_file_get_child (folder, name);
}

static GFile *
write_part (GFile *folder,
            const Content *content,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GFile) part = rst_save_file_new_part (folder);
  g_autoptr (GFileOutputStream) stream = g_file_create (
      part,
      content->mode != 0 ? G_FILE_CREATE_PRIVATE : content->flags,
      cancellable,
      error);

  if (stream == NULL)
    return NULL;

  /* Not every file system has modes. */
  if (content->mode != 0)
    g_file_set_attribute_uint32 (
        part, G_FILE_ATTRIBUTE_UNIX_MODE, content->mode & MODE_MASK, G_FILE_QUERY_INFO_NONE, NULL,
        NULL);
  if (write_all (stream, content->write, content->user_data, cancellable, error))
    return g_steal_pointer (&part);

  g_output_stream_close (G_OUTPUT_STREAM (stream), NULL, NULL);
  g_file_delete (part, NULL, NULL);
  return NULL;
}

static void
sync_folder (GFile *file)
{
  const char *path = g_file_peek_path (file);

  if (path != NULL)
    rst_disk_sync_folder (path);
}

static guint32
get_mode (GFile *file)
{
  g_autoptr (GFileInfo) info = g_file_query_info (
      file, G_FILE_ATTRIBUTE_UNIX_MODE, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  return info != NULL ? g_file_info_get_attribute_uint32 (info, G_FILE_ATTRIBUTE_UNIX_MODE) : 0;
}

gboolean
rst_save_file_with (GFile *file,
                    GFileCreateFlags flags,
                    RstSaveFunc write,
                    gpointer user_data,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GFile) target = rst_save_file_dup_target (file, error);
  g_autoptr (GFile) folder = target != NULL ? g_file_get_parent (target) : NULL;
  Content content = { write, user_data, flags, target != NULL ? get_mode (target) : 0 };
  g_autoptr (GFile) part = NULL;

  if (target == NULL)
    return FALSE;
  if (folder == NULL)
    return rst_disk_set_error (error, EISDIR);

  part = write_part (folder, &content, cancellable, error);
  if (part == NULL)
    return FALSE;

  if (g_file_move (part, target, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL, error))
    {
      sync_folder (target);
      return TRUE;
    }

  g_file_delete (part, NULL, NULL);
  return FALSE;
}

static gboolean
write_bytes (GOutputStream *stream,
             gpointer user_data,
             GCancellable *cancellable,
             GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (user_data, &size);

  return g_output_stream_write_all (stream, data, size, NULL, cancellable, error);
}

gboolean
rst_save_file (GFile *file,
               GBytes *bytes,
               GCancellable *cancellable,
               GError **error)
{
  return rst_save_file_with (file, G_FILE_CREATE_NONE, write_bytes, bytes, cancellable, error);
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
  const Content content = { write_bytes, bytes, G_FILE_CREATE_NONE, 0 };
  g_autoptr (GFile) part = write_part (folder, &content, cancellable, error);
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
        {
          sync_folder (file);
          return g_steal_pointer (&file);
        }
      if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_EXISTS))
        break;
    }

  g_file_delete (part, NULL, NULL);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mbox-file"

#include "config.h"

#include "rst-mbox-file.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define FROM "From "
#define FROM_LENGTH (sizeof FROM - 1)

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

  if (length > 0 && (length < FROM_LENGTH || memcmp (begin, FROM, FROM_LENGTH) != 0))
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
  return TRUE;
}

/* What is missing of the blank line at the end. */
static const char *
find_missing_end (GInputStream *stream,
                  GCancellable *cancellable)
{
  GSeekable *seekable = G_SEEKABLE (stream);
  char end[4] = { 0 };
  gsize length = 0;
  goffset size;

  if (!g_seekable_seek (seekable, 0, G_SEEK_END, cancellable, NULL))
    return "";
  size = g_seekable_tell (seekable);
  if (size == 0)
    return "";

  g_seekable_seek (seekable, -MIN (size, (goffset)sizeof end), G_SEEK_END, cancellable, NULL);
  g_input_stream_read_all (stream, end, sizeof end, &length, cancellable, NULL);
  if (length == 0 || end[length - 1] != '\n')
    return "\n\n";
  if (length >= 2 && end[length - 2] == '\n')
    return "";
  return length == sizeof end && memcmp (end, "\r\n\r\n", sizeof end) == 0 ? "" : "\n";
}

GFileOutputStream *
rst_mbox_file_append_to (GFile *file,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GFileInputStream) input = g_file_read (file, cancellable, &local_error);
  g_autoptr (GFileOutputStream) stream = NULL;
  const char *missing_end = "";

  if (input != NULL)
    {
      if (!check_begin (file, G_INPUT_STREAM (input), cancellable, error))
        return NULL;
      missing_end = find_missing_end (G_INPUT_STREAM (input), cancellable);
    }
  else if (!g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  stream = g_file_append_to (file, G_FILE_CREATE_PRIVATE, cancellable, error);
  if (stream == NULL || !g_output_stream_write_all (G_OUTPUT_STREAM (stream),
                                                    missing_end,
                                                    strlen (missing_end),
                                                    NULL,
                                                    cancellable,
                                                    error))
    return NULL;
  return g_steal_pointer (&stream);
}

gboolean
rst_mbox_file_has_mbox_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ".mbox") || g_str_has_suffix (lower, ".mbx");
}

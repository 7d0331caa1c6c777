/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** RstSaveFunc: writes the contents; the caller closes the stream. */
typedef gboolean (*RstSaveFunc) (GOutputStream *stream,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 GError **error);

/**
 * rst_save_file_with:
 * @file: where to; what is there is replaced
 * @flags: %G_FILE_CREATE_PRIVATE for one that is its owner's alone if it is not there yet
 * @write: (scope call): is called once, on this thread
 *
 * Writes a new file beside @file, which then takes its place and its mode: whatever happens, a
 * power cut as well, there is the old one or the new one, and the new one once this returns %TRUE.
 * Of a symbolic link, what it leads to is replaced, and made if it is not there. Blocks; any
 * thread.
 *
 * Errors: %G_IO_ERROR, and those of @write; @file is as it was then.
 */
gboolean rst_save_file_with (GFile *file,
                             GFileCreateFlags flags,
                             RstSaveFunc write,
                             gpointer user_data,
                             GCancellable *cancellable,
                             GError **error);

/** rst_save_file: rst_save_file_with() of contents that are at hand. */
gboolean rst_save_file (GFile *file,
                        GBytes *bytes,
                        GCancellable *cancellable,
                        GError **error);

/**
 * rst_save_new_file:
 * @folder: a folder that exists
 * @name: one path component
 *
 * Writes a file that was not there: "name.pdf", or else "name (2).pdf" and so on. Never follows a
 * symbolic link, never replaces anything. Blocks; any thread.
 *
 * Returns: (transfer full): the file. Errors: %G_IO_ERROR.
 */
GFile *rst_save_new_file (GFile *folder,
                          const char *name,
                          GBytes *bytes,
                          GCancellable *cancellable,
                          GError **error);

/** rst_save_file_dup_target: Returns: (transfer full): where symbolic links lead; see
 * rst_disk_dup_target(). What has no path is elsewhere, and its links are not ours to follow. */
GFile *rst_save_file_dup_target (GFile *file,
                                 GError **error);

/** rst_save_file_new_part: Returns: (transfer full): a file that is not there, for what is not to
 * be seen yet. */
GFile *rst_save_file_new_part (GFile *folder);

G_END_DECLS

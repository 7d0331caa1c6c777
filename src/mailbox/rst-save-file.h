/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * rst_save_file:
 * @file: where to; what is there is replaced
 *
 * Writes a new file beside @file, which then takes its place: whatever happens, there is the old
 * one or the new one. A symbolic link is replaced, not followed. Blocks; any thread.
 *
 * Errors: %G_IO_ERROR; @file is as it was then.
 */
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

G_END_DECLS

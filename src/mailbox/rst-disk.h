/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What GIO has no call for. All of it blocks; any thread. */

/**
 * rst_disk_dup_target:
 * @path: of a file, which need not be there
 *
 * Follows symbolic links.
 *
 * Returns: (transfer full): the path that the kernel would write to, no symbolic link; of a link
 * that leads nowhere yet, what it would make. Errors: %G_IO_ERROR; its message is errno's alone.
 */
char *rst_disk_dup_target (const char *path,
                           GError **error);

/**
 * rst_disk_write:
 * @n_written: (out) (optional): how much of it was, on an error too
 *
 * Returns: whether all of it was written. Errors: %G_IO_ERROR; its message is errno's alone, and
 * errno is left as it is.
 */
gboolean rst_disk_write (int fd,
                         const char *bytes,
                         gsize length,
                         gsize *n_written,
                         GError **error);

/** rst_disk_sync: waits until what was written to a descriptor is on the disk. Errors: %G_IO_ERROR;
 * its message is errno's alone. */
gboolean rst_disk_sync (int fd,
                        GError **error);

/**
 * rst_disk_sync_folder:
 * @path: of a file that stands in its place and is whole
 *
 * A name reaches the disk with its folder. A folder that cannot be read is no failure of the
 * file.
 */
void rst_disk_sync_folder (const char *path);

/** rst_disk_set_error: sets %G_IO_ERROR from errno, with its message. Returns: %FALSE. */
gboolean rst_disk_set_error (GError **error,
                             int code);

G_END_DECLS

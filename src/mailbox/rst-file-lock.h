/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstFileLock:
 *
 * Keeps other mail programs from a mail file in both of the ways that they know: a lock on the file
 * itself (fcntl) and a file "NAME.lock" beside it, where its folder can be written.
 */
typedef struct _RstFileLock RstFileLock;

/**
 * rst_file_lock_new:
 * @path: of the file, no symbolic link
 * @is_made: whether a file that is not there is made, for its owner alone
 *
 * Waits a few seconds for the locks and opens the file for reading and writing. What was put in its
 * place meanwhile is what is locked then. Blocks; any thread.
 *
 * Returns: (transfer full): the lock. Errors: %G_IO_ERROR_BUSY when another program has it; other
 * %G_IO_ERROR when the file cannot be written; the message is errno's alone.
 */
RstFileLock *rst_file_lock_new (const char *path,
                                gboolean is_made,
                                GCancellable *cancellable,
                                GError **error);
void rst_file_lock_free (RstFileLock *self);

/** rst_file_lock_get_fd: Returns: the locked file's descriptor, for as long as the lock is there.
 */
int rst_file_lock_get_fd (RstFileLock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstFileLock, rst_file_lock_free)

G_END_DECLS

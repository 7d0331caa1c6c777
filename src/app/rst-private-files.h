/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstPrivateFiles:
 *
 * Files that other programs are to open, for as long as this one runs: in a folder that no other
 * user can look into, which is made when it is first needed. Any thread.
 */
typedef struct _RstPrivateFiles RstPrivateFiles;

RstPrivateFiles *rst_private_files_new (void);
RstPrivateFiles *rst_private_files_ref (RstPrivateFiles *self);
void rst_private_files_unref (RstPrivateFiles *self);

/**
 * rst_private_files_write:
 * @name: a safe name; see rst_file_name_make_safe()
 *
 * Writes a file of this very name that only its owner can read, and nobody can write. Blocks.
 *
 * Returns: (transfer full): the file. Errors: %G_FILE_ERROR; %G_IO_ERROR_CLOSED after
 * rst_private_files_remove().
 */
GFile *rst_private_files_write (RstPrivateFiles *self,
                                const char *name,
                                GBytes *bytes,
                                GError **error);

/** rst_private_files_remove: removes all of them; none can be written any more. */
void rst_private_files_remove (RstPrivateFiles *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPrivateFiles, rst_private_files_unref)

G_END_DECLS

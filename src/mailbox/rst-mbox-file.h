/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-save-file.h"

G_BEGIN_DECLS

/**
 * rst_mbox_file_append:
 * @file: an mbox file, or one that is still to be made, for its owner alone
 * @write: (scope call): is called once, on this thread, and writes the entries
 *
 * Appends to an mbox file, after a blank line. What @write writes goes to a file without a name
 * first; only when all of it is there is @file locked as mail programs do it, and grows. Once this
 * returns %TRUE that is on the disk. A symbolic link is followed. A file that holds something else
 * is left as it is, and @write not called. Blocks; any thread.
 *
 * Errors: %G_IO_ERROR_INVALID_DATA when it is no mbox file; %G_IO_ERROR_BUSY when another program
 * has locked it; other %G_IO_ERROR, and those of @write. @file has got nothing then, and has lost
 * nothing that others have added. Some of the entries may be there if another program has added to
 * it without a lock at that moment, or if @file has no path, so that it cannot be locked.
 */
gboolean rst_mbox_file_append (GFile *file,
                               RstSaveFunc write,
                               gpointer user_data,
                               GCancellable *cancellable,
                               GError **error);

/** rst_mbox_file_has_mbox_name: Returns: whether the name asks for this format when one message is
 * saved: "*.mbox" or "*.mbx", in whatever case. */
gboolean rst_mbox_file_has_mbox_name (GFile *file);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * rst_mbox_file_append_to:
 * @file: an mbox file, or one that is still to be made
 *
 * Opens an mbox file so that the next entry can be written: at its end, after a blank line. A file
 * that holds something else is left as it is. Blocks; any thread.
 *
 * Returns: (transfer full): the stream. Errors: %G_IO_ERROR_INVALID_DATA when it is no mbox file.
 */
GFileOutputStream *rst_mbox_file_append_to (GFile *file,
                                            GCancellable *cancellable,
                                            GError **error);

/** rst_mbox_file_has_mbox_name: Returns: whether the name asks for this format when one message is
 * saved: "*.mbox" or "*.mbx", in whatever case. */
gboolean rst_mbox_file_has_mbox_name (GFile *file);

G_END_DECLS

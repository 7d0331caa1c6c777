/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-message.h"
#include "rst-private-files.h"

G_BEGIN_DECLS

/**
 * rst_attachment_open_async:
 * @parent: the window that asks
 * @index: which attachment
 *
 * Opens an attachment with the program that the desktop has for it, from a file that only the user
 * can read. Asks first when it may be a program or is not what its name says. Decodes and writes on
 * a thread of its own. Main thread only.
 */
void rst_attachment_open_async (GtkWindow *parent,
                                RstPrivateFiles *files,
                                RstMessage *message,
                                guint index,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);

/**
 * rst_attachment_open_finish:
 *
 * Returns: whether a program was started. Errors: %G_IO_ERROR_CANCELLED when the user said no,
 * %G_IO_ERROR, %G_FILE_ERROR.
 */
gboolean rst_attachment_open_finish (GAsyncResult *result,
                                     GError **error);

G_END_DECLS

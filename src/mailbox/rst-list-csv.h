/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * rst_list_csv_save_async:
 * @messages: a model of #RstMessageItem: its rows, in its order, as they are now
 * @file: to be made or to be replaced, atomically
 *
 * Writes a list of messages as a table of From, To, Subject, Date, Size, Read and Message-ID, the
 * way of RFC 4180: UTF-8, CRLF line ends, a line of titles. Dates are those of ISO 8601 in UTC,
 * sizes bytes. What the headers have not been loaded of is empty. A field that a spreadsheet would
 * take for a formula gets an apostrophe before it. Works on a thread of its own. Main thread only.
 */
void rst_list_csv_save_async (GListModel *messages,
                              GFile *file,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/** rst_list_csv_save_finish: Returns: whether it was written. Errors: %G_IO_ERROR. */
gboolean rst_list_csv_save_finish (GListModel *messages,
                                   GAsyncResult *result,
                                   GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * rst_mbox_split:
 * @mbox: the contents of an mbox file; untrusted
 *
 * Splits at the "From " lines that follow a blank line or begin the file and name a time of day (a
 * line of text that happens to begin so does not), and takes one ">" from quoted From lines
 * (mboxrd). What stands before the first of them is no message. Messages without quoted lines share
 * @mbox's memory. Pure; any thread; can't fail.
 *
 * Returns: (transfer full) (element-type GBytes): the messages in order, line ends as in the file.
 */
GPtrArray *rst_mbox_split (GBytes *mbox);

/**
 * rst_mbox_is_separator:
 * @line: one line, or its beginning; untrusted
 *
 * Returns: whether a message begins behind this line, if it follows a blank line or begins the
 * file.
 */
gboolean rst_mbox_is_separator (const char *line,
                                gsize length);

/**
 * rst_mbox_extract:
 * @entry: what stands between a "From " line and the next one; untrusted
 *
 * Returns: (transfer full): the message: without the blank line at its end, From lines unquoted. It
 * shares @entry's memory when nothing was quoted.
 */
GBytes *rst_mbox_extract (GBytes *entry);

/**
 * rst_mbox_format:
 * @message: a message as received
 * @sender: (nullable): address for the "From " line, "MAILER-DAEMON" when %NULL
 * @date: seconds since 1970, for the "From " line
 *
 * Returns: (transfer full): the message as one mboxrd entry: LF line ends, From lines quoted, a
 * blank line at its end.
 */
GBytes *rst_mbox_format (GBytes *message,
                         const char *sender,
                         gint64 date);

G_END_DECLS

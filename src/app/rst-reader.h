/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

/* Per cent of the usual size of text. */
#define RST_READER_MIN_ZOOM 50
#define RST_READER_USUAL_ZOOM 100
#define RST_READER_MAX_ZOOM 300

#define RST_TYPE_READER (rst_reader_get_type ())

/**
 * RstReader:
 *
 * Reads the message that it is given and shows it; or says that several are selected, or none. When
 * it is given one message after the other quickly, only the last is asked of the server, and what
 * is still on its way is cancelled. Main thread only.
 *
 * Properties: "has-message" (gboolean, read-only): whether there is one to be had, see
 * rst_reader_get_message(). "monospace" (gboolean). "zoom" (int): per cent. "prefer-html"
 * (gboolean): which alternative is shown at first; "show-html" (gboolean): of the message shown.
 * "charset" (string): what the message is read in, empty for what it says itself; the choice is
 * remembered.
 *
 * Signals: "step" (int step): the user has read to the end, or wants to go on: 1 for the next
 * message, -1 for the one before.
 */
G_DECLARE_FINAL_TYPE (RstReader, rst_reader, RST, READER, GtkWidget)

/** rst_reader_bind_settings: what is remembered of how messages are shown; to be called once. */
void rst_reader_bind_settings (RstReader *self,
                               GSettings *settings);

/** rst_reader_set_mailbox: @mailbox: (nullable): where messages are read from now on. */
void rst_reader_set_mailbox (RstReader *self,
                             RstMailbox *mailbox);

/** rst_reader_get_mailbox: Returns: (transfer none) (nullable): that. */
RstMailbox *rst_reader_get_mailbox (RstReader *self);

/** rst_reader_show_nothing: cancels what is being read. */
void rst_reader_show_nothing (RstReader *self);

/** rst_reader_show_several: says how many are selected and how big they are. */
void rst_reader_show_several (RstReader *self,
                              guint n_messages,
                              guint64 size);

/** rst_reader_show_item: reads a message, unless it is the one that is shown. */
void rst_reader_show_item (RstReader *self,
                           RstMessageItem *item);

/** rst_reader_show_message: shows a message of @item that has been read already. */
void rst_reader_show_message (RstReader *self,
                              RstMessageItem *item,
                              RstMessage *message);

/** rst_reader_get_item: Returns: (transfer none) (nullable): the message shown, or being read. */
RstMessageItem *rst_reader_get_item (RstReader *self);

/** rst_reader_get_message: Returns: (transfer none) (nullable): it, once it has been read. */
RstMessage *rst_reader_get_message (RstReader *self);

/** rst_reader_get_is_cut: Returns: whether that is only the beginning of a big message. */
gboolean rst_reader_get_is_cut (RstReader *self);

/**
 * rst_reader_print:
 *
 * Prints what is shown of the message, after a question when that isn't all of it.
 */
void rst_reader_print (RstReader *self);

/** rst_reader_view_source: shows the message as it came, after the same question. */
void rst_reader_view_source (RstReader *self);

/** rst_reader_copy_text: puts the text of the message on the clipboard, after the same question. */
void rst_reader_copy_text (RstReader *self);

/** rst_reader_find: opens the bar that searches the message shown. */
void rst_reader_find (RstReader *self);

/** rst_reader_page: @step: 1: a page down; -1: up; at the end, "step" is emitted. */
void rst_reader_page (RstReader *self,
                      int step);

G_END_DECLS

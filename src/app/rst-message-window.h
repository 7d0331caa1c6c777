/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mailbox/rst-mailbox.h"
#include "rst-reader.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_WINDOW (rst_message_window_get_type ())

/**
 * RstMessageWindow:
 *
 * One message in a window of its own.
 *
 * Signals: "delete" and "save": the user asks for it; to be done by the window of the list; "step"
 * (int step): for the message below or above it in the list.
 */
G_DECLARE_FINAL_TYPE (RstMessageWindow, rst_message_window, RST, MESSAGE_WINDOW, AdwWindow)

/**
 * rst_message_window_new:
 * @message: (nullable): it, if it has been read already
 */
GtkWidget *rst_message_window_new (GtkApplication *application,
                                   RstMailbox *mailbox,
                                   RstMessageItem *item,
                                   RstMessage *message);

/** rst_message_window_show_item: shows another message in its place. */
void rst_message_window_show_item (RstMessageWindow *self,
                                   RstMessageItem *item);

/** rst_message_window_get_mailbox: Returns: (transfer none): whose message it shows. */
RstMailbox *rst_message_window_get_mailbox (RstMessageWindow *self);

/** rst_message_window_get_item: Returns: (transfer none): which message it shows. */
RstMessageItem *rst_message_window_get_item (RstMessageWindow *self);

/** rst_message_window_get_reader: Returns: (transfer none): where it is shown. */
RstReader *rst_message_window_get_reader (RstMessageWindow *self);

G_END_DECLS

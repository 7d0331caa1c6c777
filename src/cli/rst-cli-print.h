/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mail/rst-message.h"
#include "mailbox/rst-message-item.h"

G_BEGIN_DECLS

/* Everything here goes to standard output, which is to be flushed and checked afterwards. */

/**
 * rst_cli_print_list:
 * @items: (element-type RstMessageItem): row 1 first
 * @first: the position in @items to begin at
 *
 * Prints a message a line; on a terminal, cut to its width.
 */
void rst_cli_print_list (GPtrArray *items,
                         guint first);

/** rst_cli_print_list_json: prints the same as a JSON object a line. */
void rst_cli_print_list_json (GPtrArray *items,
                              guint first);

/** rst_cli_print_message: prints a message as it is read: the usual headers, the text, the names of
 * the attachments. */
void rst_cli_print_message (RstMessage *message);

/** rst_cli_print_message_json: prints a message as one JSON object, in one line. */
void rst_cli_print_message_json (RstMessage *message);

/** rst_cli_dup_summary: Returns: (transfer full): "Sender: Subject", fit for a terminal. */
char *rst_cli_dup_summary (RstMessageItem *item);

G_END_DECLS

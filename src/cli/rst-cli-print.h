/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mail/rst-message.h"
#include "mailbox/rst-message-item.h"

G_BEGIN_DECLS

/** rst_cli_print_row: one message of the list, on one line of standard output. */
void rst_cli_print_row (guint row,
                        RstMessageItem *item);

/** rst_cli_print_row_json: the same as one JSON object. */
void rst_cli_print_row_json (guint row,
                             RstMessageItem *item);

/** rst_cli_print_message: a message as it is read: the usual headers, the text, the names of the
 * attachments. */
void rst_cli_print_message (RstMessage *message);

G_END_DECLS

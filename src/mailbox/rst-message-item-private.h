/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-message-item.h"
#include "rst-record.h"

G_BEGIN_DECLS

/* For the index and the mailbox: what is in an item changes there only. */

RstMessageItem *rst_message_item_new_for_record (RstRecord *record);

/** rst_message_item_get_record: Returns: (transfer none): what is known of the message. */
RstRecord *rst_message_item_get_record (RstMessageItem *self);

/** rst_message_item_set_record: replaces what is known; notifies what has changed of it. */
void rst_message_item_set_record (RstMessageItem *self,
                                  RstRecord *record);

/** rst_message_item_get_position: Returns: where the item stands in the server's order; set by the
 * index. */
guint rst_message_item_get_position (RstMessageItem *self);
void rst_message_item_set_position (RstMessageItem *self,
                                    guint position);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "fetcher/rst-header.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_ITEM (rst_message_item_get_type ())

/**
 * RstMessageItem:
 *
 * One message in the index: the same object for as long as the message is there, whatever its
 * number becomes. Main thread only.
 *
 * Properties: "header" (notified when the message is loaded or renumbered), "is-read" (kept
 * locally: POP3 has no flags).
 */
G_DECLARE_FINAL_TYPE (RstMessageItem, rst_message_item, RST, MESSAGE_ITEM, GObject)

/**
 * rst_message_item_new:
 *
 * Returns: (transfer full): an item; front ends get theirs from the index.
 */
RstMessageItem *rst_message_item_new (RstHeader *header,
                                      gboolean is_read);

/**
 * rst_message_item_get_header:
 *
 * Returns: (transfer none): may be replaced when control returns to the main loop.
 */
RstHeader *rst_message_item_get_header (RstMessageItem *self);

/**
 * rst_message_item_get_envelope:
 *
 * Returns: (transfer none) (nullable): %NULL for a placeholder or an unreadable message.
 */
RstEnvelope *rst_message_item_get_envelope (RstMessageItem *self);

/** rst_message_item_get_state: Returns: whether its headers are loaded. */
RstHeaderState rst_message_item_get_state (RstMessageItem *self);

/** rst_message_item_get_size: Returns: octets, as the server says. */
guint64 rst_message_item_get_size (RstMessageItem *self);

/** rst_message_item_get_is_read: Returns: whether it was read or marked so here. */
gboolean rst_message_item_get_is_read (RstMessageItem *self);

G_END_DECLS

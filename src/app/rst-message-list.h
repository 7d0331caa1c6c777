/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-index.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_LIST (rst_message_list_get_type ())

/**
 * RstMessageList:
 *
 * The list of messages with its search bar: shows an index, sorts and filters it, and knows what is
 * selected. It asks nothing of the server. Main thread only.
 *
 * Properties: "search-mode" (gboolean).
 *
 * Signals: "selection-changed": once, however many rows changed; "activate-item"
 * (RstMessageItem *item): double click or Return; "wanted" (GPtrArray *items): placeholders that
 * are in sight.
 */
G_DECLARE_FINAL_TYPE (RstMessageList, rst_message_list, RST, MESSAGE_LIST, GtkWidget)

/** rst_message_list_bind_settings: remembers widths and order; to be called once. */
void rst_message_list_bind_settings (RstMessageList *self,
                                     GSettings *settings);

/**
 * rst_message_list_set_index:
 * @index: (nullable): what to show; the list sorts and filters it from now on
 */
void rst_message_list_set_index (RstMessageList *self,
                                 RstIndex *index);

/** rst_message_list_look_again: emits "wanted" in a moment, if there are placeholders in sight. */
void rst_message_list_look_again (RstMessageList *self);

/** rst_message_list_stop_looking: not before the user scrolls, or the rows become others. */
void rst_message_list_stop_looking (RstMessageList *self);

/** rst_message_list_set_key_capture: @widget: whose keys start a search. */
void rst_message_list_set_key_capture (RstMessageList *self,
                                       GtkWidget *widget);

/** rst_message_list_get_n_selected: Returns: how many rows are selected. */
guint rst_message_list_get_n_selected (RstMessageList *self);

/**
 * rst_message_list_dup_selected:
 *
 * Returns: (transfer full) (element-type RstMessageItem): the selected messages from top to bottom.
 */
GPtrArray *rst_message_list_dup_selected (RstMessageList *self);

/**
 * rst_message_list_select:
 * @items: (element-type RstMessageItem): selected in the place of what was; a single one is
 *   scrolled to
 */
void rst_message_list_select (RstMessageList *self,
                              GPtrArray *items);

/** rst_message_list_get_selection: Returns: (transfer none) (nullable): the rows as they are shown.
 */
GtkSelectionModel *rst_message_list_get_selection (RstMessageList *self);

/** rst_message_list_select_sender: selects every row from the senders of the selected rows. */
void rst_message_list_select_sender (RstMessageList *self);
void rst_message_list_select_all (RstMessageList *self);
void rst_message_list_select_none (RstMessageList *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-index.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_COLUMNS (rst_message_columns_get_type ())

/**
 * RstMessageColumns:
 *
 * The columns of the message list: their titles, cells and remembered widths, and what a click on a
 * title sorts by. Main thread only.
 *
 * Signals: "sort-changed": the user has clicked on a title.
 */
G_DECLARE_FINAL_TYPE (RstMessageColumns, rst_message_columns, RST, MESSAGE_COLUMNS, GObject)

/**
 * rst_message_columns_new:
 * @view: an empty column view; the columns are added to it
 *
 * Returns: (transfer full): the columns.
 */
RstMessageColumns *rst_message_columns_new (GtkColumnView *view);

/**
 * rst_message_columns_bind_settings:
 *
 * restores widths and sort order from @settings, and keeps them there from now on.
 */
void rst_message_columns_bind_settings (RstMessageColumns *self,
                                        GSettings *settings);

/**
 * rst_message_columns_get_sort:
 * @is_descending: (out): in which direction
 *
 * Returns: what the title with the arrow stands for.
 */
RstSortColumn rst_message_columns_get_sort (RstMessageColumns *self,
                                            gboolean *is_descending);

/** rst_message_columns_dup_wanted: Returns: (transfer full) (element-type RstMessageItem): the
 * placeholders whose rows can be seen in @viewport. */
GPtrArray *rst_message_columns_dup_wanted (RstMessageColumns *self,
                                           GtkWidget *viewport);

G_END_DECLS

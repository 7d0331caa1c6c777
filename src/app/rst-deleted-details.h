/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-deleted-item.h"

G_BEGIN_DECLS

#define RST_TYPE_DELETED_DETAILS (rst_deleted_details_get_type ())

/**
 * RstDeletedDetails:
 *
 * All that a receipt holds of one message. Main thread only.
 */
G_DECLARE_FINAL_TYPE (RstDeletedDetails, rst_deleted_details, RST, DELETED_DETAILS, GtkWidget)

/** rst_deleted_details_show: @items: (element-type RstDeletedItem): what is selected; of one of
 * them the details are shown. */
void rst_deleted_details_show (RstDeletedDetails *self,
                               GPtrArray *items);

G_END_DECLS

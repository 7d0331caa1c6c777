/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** rst_deleted_columns_add: adds the columns of a list of RstDeletedItem. */
void rst_deleted_columns_add (GtkColumnView *column_view);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-message.h"

G_BEGIN_DECLS

/**
 * rst_attachment_chip_new:
 * @index: of the attachment; goes with the actions as their target
 * @has_preview: whether the menu offers one
 *
 * Returns: (transfer floating): a button with an attachment's icon, name, kind and size, and a menu
 *   of what can be done with it: the actions "attachments.open", "attachments.preview",
 *   "attachments.save" and "attachments.copy-name" of a widget above.
 */
GtkWidget *rst_attachment_chip_new (const RstAttachment *attachment,
                                    guint index,
                                    gboolean has_preview);

G_END_DECLS

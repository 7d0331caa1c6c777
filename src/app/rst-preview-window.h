/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mail/rst-message.h"

G_BEGIN_DECLS

#define RST_TYPE_PREVIEW_WINDOW (rst_preview_window_get_type ())

/**
 * RstPreviewWindow:
 *
 * Shows a picture or a text that is attached to a message, without another program. Decodes on a
 * thread of its own; of a long text it shows the first part, and a picture that would take too much
 * memory it refuses.
 */
G_DECLARE_FINAL_TYPE (RstPreviewWindow, rst_preview_window, RST, PREVIEW_WINDOW, AdwWindow)

/** rst_preview_window_can_show: Returns: whether it is worth while to try. */
gboolean rst_preview_window_can_show (const RstAttachment *attachment);

/**
 * rst_preview_window_new:
 * @parent: (nullable): the window that asks
 */
GtkWidget *rst_preview_window_new (GtkWindow *parent,
                                   RstMessage *message,
                                   guint index);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-message.h"

G_BEGIN_DECLS

#define RST_TYPE_ATTACHMENT_BAR (rst_attachment_bar_get_type ())

/**
 * RstAttachmentBar:
 *
 * The attachments of one message, a button each; a click asks where to save it. Hidden when there
 * are none.
 */
G_DECLARE_FINAL_TYPE (RstAttachmentBar, rst_attachment_bar, RST, ATTACHMENT_BAR, GtkWidget)

/** rst_attachment_bar_set_message: @message: (nullable): whose attachments to show. */
void rst_attachment_bar_set_message (RstAttachmentBar *self,
                                     RstMessage *message);

/**
 * rst_attachment_bar_save:
 * @index: which attachment
 * @file: where to; what is there is replaced, atomically
 *
 * Decodes and writes it without blocking, and says how it went in a toast of its window.
 */
void rst_attachment_bar_save (RstAttachmentBar *self,
                              guint index,
                              GFile *file);

G_END_DECLS

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
 * The attachments of one message, a button each with a menu: open, preview, save, copy the name;
 * each can be dragged out of the window. Hidden when there are none.
 *
 * Actions, with the attachment's index ("u"): "attachments.open", "attachments.preview",
 * "attachments.save", "attachments.copy-name"; without it: "attachments.save-all".
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

/**
 * rst_attachment_bar_save_all:
 * @folder: where to; nothing in it is replaced
 *
 * Decodes and writes all of them without blocking, and says how it went in a toast.
 */
void rst_attachment_bar_save_all (RstAttachmentBar *self,
                                  GFile *folder);

G_END_DECLS

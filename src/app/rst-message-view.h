/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-message-document.h"
#include "rst-document-view.h"

G_BEGIN_DECLS

#define RST_TYPE_MESSAGE_VIEW (rst_message_view_get_type ())

/**
 * RstMessageView:
 *
 * Shows one message: its main header fields at once, from the list; then its text and attachments
 * when they are there, or why they are not. It asks nothing of the server.
 */
G_DECLARE_FINAL_TYPE (RstMessageView, rst_message_view, RST, MESSAGE_VIEW, GtkWidget)

/**
 * rst_message_view_show_loading:
 * @envelope: (nullable): what the list knows of the message
 * @text: what is being waited for
 */
void rst_message_view_show_loading (RstMessageView *self,
                                    RstEnvelope *envelope,
                                    const char *text);

/** rst_message_view_show_problem: says why the text is not there; keeps the header fields. */
void rst_message_view_show_problem (RstMessageView *self,
                                    const GError *error);

/** rst_message_view_show_message: shows all of a message, with its attachments. */
void rst_message_view_show_message (RstMessageView *self,
                                    RstMessage *message);

/**
 * rst_message_view_show_beginning:
 * @message: its beginning
 * @text: what the bar over it says
 *
 * Shows what there is of a message; its attachments aren't offered. The bar has a button for
 * "reader.download".
 */
void rst_message_view_show_beginning (RstMessageView *self,
                                      RstMessage *message,
                                      const char *text);

/** rst_message_view_set_beginning_text: what the bar of rst_message_view_show_beginning() says. */
void rst_message_view_set_beginning_text (RstMessageView *self,
                                          const char *text);

/** rst_message_view_set_monospace: whether the text is shown in a font of one width. */
void rst_message_view_set_monospace (RstMessageView *self,
                                     gboolean is_monospace);

/** rst_message_view_set_show: which alternative of a message is shown, of this one and the next. */
void rst_message_view_set_show (RstMessageView *self,
                                RstShow show);

/** rst_message_view_get_document_view: Returns: (transfer none): where the text is shown. */
RstDocumentView *rst_message_view_get_document_view (RstMessageView *self);

G_END_DECLS

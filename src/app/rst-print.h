/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-document.h"
#include "mail/rst-message.h"

G_BEGIN_DECLS

/**
 * rst_print_new:
 * @envelope: what stands at the head of the first page
 *
 * Returns: (transfer full): an operation that prints a document, or shows how it will look, or
 *   makes a PDF of it: on paper of the user's size, in black, with a line below each page that
 *   numbers it. Main thread only; big documents are laid out part by part.
 */
GtkPrintOperation *rst_print_new (RstEnvelope *envelope,
                                  RstDocument *document);

/**
 * rst_print_message:
 * @parent: the window that asks
 * @document: (nullable): what is shown of the message; %NULL for its text
 *
 * Shows the print dialog. What goes wrong is said in a dialog of its own. Main thread only.
 */
void rst_print_message (GtkWindow *parent,
                        RstMessage *message,
                        RstDocument *document);

G_END_DECLS

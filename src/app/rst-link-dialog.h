/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-document.h"

G_BEGIN_DECLS

/**
 * rst_link_dialog_new:
 * @parent: (nullable):
 * @link: one whose text names another host than it leads to
 *
 * Asks whether such a link is to be followed.
 *
 * Returns: (transfer none): an #AdwMessageDialog, whose response is "open" when it is.
 */
GtkWidget *rst_link_dialog_new (GtkWindow *parent,
                                const RstDocumentLink *link);

G_END_DECLS

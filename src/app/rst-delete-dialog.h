/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

/**
 * rst_delete_dialog_new:
 * @items: (element-type RstMessageItem): what is to be deleted; at least one
 *
 * Returns: an AdwMessageDialog that names what goes and asks whether it shall. Its response is
 * "delete" or, by default, "cancel".
 */
GtkWidget *rst_delete_dialog_new (GtkWindow *parent,
                                  RstMailbox *mailbox,
                                  GPtrArray *items);

/**
 * rst_delete_dialog_is_needed:
 * @items: (element-type RstMessageItem): what is to be deleted
 *
 * Returns: whether the user has to be asked even when the settings say not to: something goes for
 * good that the settings would keep a copy of.
 */
gboolean rst_delete_dialog_is_needed (RstMailbox *mailbox,
                                      GPtrArray *items);

/**
 * rst_download_dialog_new:
 *
 * Returns: an AdwMessageDialog that asks whether messages may be downloaded to be verified, on a
 * server that does not give headers alone. Its response is "download" or, by default, "cancel".
 */
GtkWidget *rst_download_dialog_new (GtkWindow *parent,
                                    const RstAccount *account,
                                    guint n_messages,
                                    guint64 size);

G_END_DECLS

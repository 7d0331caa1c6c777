/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "mail/rst-message.h"

G_BEGIN_DECLS

#define RST_TYPE_SOURCE_WINDOW (rst_source_window_get_type ())

/**
 * RstSourceWindow:
 *
 * Shows a message as it came from the server: of a big one the first part, until the rest is asked
 * for.
 */
G_DECLARE_FINAL_TYPE (RstSourceWindow, rst_source_window, RST, SOURCE_WINDOW, AdwWindow)

/**
 * rst_source_window_new:
 * @whole_size: octets, if @message is only the beginning of one that big; else 0
 */
GtkWidget *rst_source_window_new (GtkApplication *application,
                                  RstMessage *message,
                                  guint64 whole_size);

G_END_DECLS

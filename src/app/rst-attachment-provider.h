/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-message.h"
#include "rst-private-files.h"

G_BEGIN_DECLS

#define RST_TYPE_ATTACHMENT_PROVIDER (rst_attachment_provider_get_type ())

/**
 * RstAttachmentProvider:
 *
 * An attachment that is dragged out of the window, as the URI of a file that is written when it is
 * dropped, and not before. Main thread only.
 */
G_DECLARE_FINAL_TYPE (
    RstAttachmentProvider, rst_attachment_provider, RST, ATTACHMENT_PROVIDER, GdkContentProvider)

GdkContentProvider *rst_attachment_provider_new (RstPrivateFiles *files,
                                                 RstMessage *message,
                                                 guint index);

G_END_DECLS

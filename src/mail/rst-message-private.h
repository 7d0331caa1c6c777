/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-message.h"
#include "rst-mime-part.h"

G_BEGIN_DECLS

/** _rst_message_get_root: Returns: (transfer none): the parts of the message. */
const RstMimePart *_rst_message_get_root (const RstMessage *self);

/** _rst_message_get_fallback: Returns: (nullable): see rst_text_decode(). */
const char *_rst_message_get_fallback (const RstMessage *self);

/** _rst_message_make_text: Returns: (transfer full): see rst_message_get_text(). */
char *_rst_message_make_text (RstMessage *self);

G_END_DECLS

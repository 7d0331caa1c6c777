/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document-builder.h"

G_BEGIN_DECLS

/**
 * rst_plain_add_to_document:
 * @text: valid UTF-8 with LF line ends; untrusted
 *
 * Adds plain text: quotations without their ">" and foldable, the signature, and links. Begins and
 * ends a line; blank lines around the text are left out. Linear; any thread; can't fail.
 */
void rst_plain_add_to_document (RstDocumentBuilder *builder,
                                const char *text,
                                gsize length);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document-builder.h"

G_BEGIN_DECLS

/**
 * rst_document_fold_quotations:
 * @start: the byte from which on the text is one message's; the beginning of a line
 *
 * Makes the long quotations of what was written from @start on foldable: those that a reply was
 * written above are folded at first, and so are quotations of quotations; a message that is nothing
 * but a quotation is shown.
 */
void rst_document_fold_quotations (RstDocumentBuilder *builder,
                                   gsize start);

G_END_DECLS

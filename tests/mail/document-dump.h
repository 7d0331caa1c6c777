/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mail/rst-document.h"

G_BEGIN_DECLS

/**
 * document_dump:
 *
 * Writes a document in few characters: text without looks as it is, other text as "{b,q1:text}"
 * (b bold, i italic, u underline, s strike, m monospace, p preformatted, S signature, N note, M
 * marker, h1 heading, q1 quote, n1 indent, l1 link); then links, images, and folds, one a line.
 *
 * Returns: (transfer full):
 */
char *document_dump (const RstDocument *document);

G_END_DECLS

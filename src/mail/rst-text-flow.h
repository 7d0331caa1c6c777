/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document-builder.h"

G_BEGIN_DECLS

/**
 * RstTextFlow:
 *
 * Writes running text as a browser would: blanks collapse, paragraphs stand apart by one blank line
 * however many blocks end there, quotes and lists are marked at the beginning of each line. To be
 * used by one thread.
 */
typedef struct _RstTextFlow RstTextFlow;

RstTextFlow *rst_text_flow_new (void);

/**
 * rst_text_flow_new_for_document:
 *
 * Writes into a document instead: quotes and lists are looks there, and not in the text.
 */
RstTextFlow *rst_text_flow_new_for_document (RstDocumentBuilder *builder);

/**
 * rst_text_flow_free_to_text:
 * @self: (transfer full): one of plain text
 *
 * Returns: (transfer full): what was written.
 */
char *rst_text_flow_free_to_text (RstTextFlow *self);

/** rst_text_flow_free: Ends the line of a document. */
void rst_text_flow_free (RstTextFlow *self);

/** rst_text_flow_set_look: @look: that of what follows; its "quote" and "indent" are not read */
void rst_text_flow_set_look (RstTextFlow *self,
                             const RstRun *look);

/** rst_text_flow_add_image: See rst_document_builder_add_image(); plain text takes none. */
void rst_text_flow_add_image (RstTextFlow *self,
                              const char *alt,
                              GBytes *content);

/** rst_text_flow_add: Adds running text, valid UTF-8. */
void rst_text_flow_add (RstTextFlow *self,
                        const char *text,
                        gsize length);

/** rst_text_flow_add_verbatim: Adds preformatted text: blanks and line ends stay as they are. */
void rst_text_flow_add_verbatim (RstTextFlow *self,
                                 const char *text,
                                 gsize length);

/** rst_text_flow_break: Ends the line; twice in a row makes a blank line. */
void rst_text_flow_break (RstTextFlow *self);

/** rst_text_flow_end_block: Ends the block; what follows begins a line. */
void rst_text_flow_end_block (RstTextFlow *self);

/** rst_text_flow_end_paragraph: Ends the paragraph; a blank line follows. */
void rst_text_flow_end_paragraph (RstTextFlow *self);

/** rst_text_flow_end_cell: Ends a table's cell; what follows in this line stands apart. */
void rst_text_flow_end_cell (RstTextFlow *self);

/**
 * rst_text_flow_set_marker:
 * @marker: (nullable): "•" or "3."
 *
 * Puts a marker before the text that begins the next line, wherever that is.
 */
void rst_text_flow_set_marker (RstTextFlow *self,
                               const char *marker);

/** rst_text_flow_quote: @change: 1 when a quotation begins, -1 when it ends */
void rst_text_flow_quote (RstTextFlow *self,
                          int change);

/** rst_text_flow_indent: @change: 1 when a list begins, -1 when it ends; the outermost list stands
 * at the margin of plain text */
void rst_text_flow_indent (RstTextFlow *self,
                           int change);

/**
 * rst_text_flow_mark:
 *
 * Returns: where the next text will begin, for rst_text_flow_dup_since().
 */
gsize rst_text_flow_mark (const RstTextFlow *self);

/**
 * rst_text_flow_dup_since:
 * @mark: what rst_text_flow_mark() gave
 * @max_length: bytes
 *
 * Returns: (transfer full): the beginning of what was written since then, trimmed.
 */
char *rst_text_flow_dup_since (const RstTextFlow *self,
                               gsize mark,
                               gsize max_length);

G_END_DECLS

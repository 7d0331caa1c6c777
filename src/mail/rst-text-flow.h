/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

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
 * rst_text_flow_free_to_text:
 * @self: (transfer full):
 *
 * Returns: (transfer full): what was written.
 */
char *rst_text_flow_free_to_text (RstTextFlow *self);

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

/** rst_text_flow_indent: @change: 1 when a list within a list begins, -1 when it ends */
void rst_text_flow_indent (RstTextFlow *self,
                           int change);

/**
 * rst_text_flow_mark:
 *
 * Returns: where the next text will begin, for rst_text_flow_dup_since().
 */
gsize rst_text_flow_mark (const RstTextFlow *self);

/** rst_text_flow_dup_since: Returns: (transfer full): what was written since @mark, trimmed. */
char *rst_text_flow_dup_since (const RstTextFlow *self,
                               gsize mark);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-html-document.h"

G_BEGIN_DECLS

/**
 * RstBodyWriter:
 *
 * Where the parts of a message are written to, in their order: a document for the window, or plain
 * text. Blocks stand apart by a blank line.
 */
typedef struct _RstBodyWriter RstBodyWriter;

/** rst_body_writer_new: @builder: (transfer none) (nullable): %NULL for plain text */
RstBodyWriter *rst_body_writer_new (RstDocumentBuilder *builder);

/** rst_body_writer_end: Returns: (transfer full): the plain text; empty for a document. */
char *rst_body_writer_end (RstBodyWriter *self);

/** rst_body_writer_is_full: Returns: whether nothing is taken any more. */
gboolean rst_body_writer_is_full (const RstBodyWriter *self);

/** rst_body_writer_add_plain: @text: valid UTF-8 with LF line ends */
void rst_body_writer_add_plain (RstBodyWriter *self,
                                const char *text);

/** rst_body_writer_add_html: see rst_html_add_to_document() */
void rst_body_writer_add_html (RstBodyWriter *self,
                               const char *html,
                               RstFindContentFunc find_content,
                               gpointer user_data);

/** rst_body_writer_add_note: @note: words of ours, in one block */
void rst_body_writer_add_note (RstBodyWriter *self,
                               const char *note);

/** rst_body_writer_begin_section: begins what can be folded away; @title stands for it then. */
void rst_body_writer_begin_section (RstBodyWriter *self,
                                    const char *title,
                                    gboolean is_folded);
void rst_body_writer_end_section (RstBodyWriter *self);

/** rst_body_writer_add_field: adds a line: @name in bold, and @value, if there is one. */
void rst_body_writer_add_field (RstBodyWriter *self,
                                const char *name,
                                const char *value);

G_END_DECLS

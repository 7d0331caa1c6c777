/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "rst-document-tags.h"
#include "rst-document-text.h"

G_BEGIN_DECLS

#define RST_TYPE_FIND_BAR (rst_find_bar_get_type ())

/**
 * RstFindBar:
 *
 * The bar that searches the text of a message, without regard to case; what is folded away is found
 * too. A long text is searched piece by piece. Main thread only.
 *
 * Signals: "show-match" (int offset): the text is to be shown at this character.
 */
G_DECLARE_FINAL_TYPE (RstFindBar, rst_find_bar, RST, FIND_BAR, GtkWidget)

/** rst_find_bar_set_buffer: @buffer: what is searched from now on, with the table of @tags */
void rst_find_bar_set_buffer (RstFindBar *self,
                              GtkTextBuffer *buffer,
                              RstDocumentTags *tags);

/** rst_find_bar_clear: forgets what was found, before the text goes. */
void rst_find_bar_clear (RstFindBar *self);

/** rst_find_bar_open: shows it, and gives it the focus. */
void rst_find_bar_open (RstFindBar *self);

/** rst_find_bar_search: searches again, as the text has changed; nothing when it isn't open. */
void rst_find_bar_search (RstFindBar *self);

/** rst_find_bar_replace: what was found stays found where it has moved to, and what was replaced is
 * forgotten. */
void rst_find_bar_replace (RstFindBar *self,
                           const RstReplacement *replacement);

/** rst_find_bar_step: @step: 1: the next match; -1: the one before */
void rst_find_bar_step (RstFindBar *self,
                        int step);

G_END_DECLS

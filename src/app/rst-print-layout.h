/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mail/rst-document.h"
#include "mail/rst-envelope.h"

G_BEGIN_DECLS

/**
 * RstPrintLayout:
 *
 * A document on pages. Lengths are points, as those of the context are. Main thread only.
 */
typedef struct _RstPrintLayout RstPrintLayout;

/**
 * rst_print_layout_new:
 *
 * Nothing is laid out yet: see rst_print_layout_continue().
 *
 * Returns: (transfer full): a layout with references to all three.
 */
RstPrintLayout *rst_print_layout_new (GtkPrintContext *context,
                                      RstEnvelope *envelope,
                                      RstDocument *document);
void rst_print_layout_free (RstPrintLayout *self);

/** rst_print_layout_continue: lays out some more. Returns: whether that was all. */
gboolean rst_print_layout_continue (RstPrintLayout *self);

/** rst_print_layout_get_n_pages: Returns: how many pages are laid out so far. */
guint rst_print_layout_get_n_pages (const RstPrintLayout *self);

/** rst_print_layout_draw: draws a page, counted from 0. */
void rst_print_layout_draw (RstPrintLayout *self,
                            GtkPrintContext *context,
                            guint page);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPrintLayout, rst_print_layout_free)

G_END_DECLS

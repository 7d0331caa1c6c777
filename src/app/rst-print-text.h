/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <pango/pango.h>

#include "mail/rst-document.h"
#include "mail/rst-envelope.h"

G_BEGIN_DECLS

/** rst_print_text_add: appends the text from @start to @end, and its looks for Pango. Images become
 * their words. */
void rst_print_text_add (GString *text,
                         PangoAttrList *attributes,
                         const RstDocument *document,
                         gsize start,
                         gsize end);

/** rst_print_text_add_header: appends subject, sender, recipients and date. */
void rst_print_text_add_header (GString *text,
                                PangoAttrList *attributes,
                                const RstEnvelope *envelope);

/** rst_print_text_find_run: Returns: (transfer none) (nullable): the run that @position is in. */
const RstRun *rst_print_text_find_run (const RstDocument *document,
                                       gsize position);

G_END_DECLS

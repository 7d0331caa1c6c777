/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RST_TYPE_NOTICE (rst_notice_get_type ())

/**
 * RstNotice:
 *
 * The banner below the header bar: one thing to be told, with up to two buttons and one to dismiss
 * it. (AdwBanner came with libadwaita 1.3.)
 *
 * Signals: "action" (const char *id): a button was pressed; the notice is closed first.
 */
G_DECLARE_FINAL_TYPE (RstNotice, rst_notice, RST, NOTICE, GtkWidget)

/**
 * RstNoticeAction:
 * @id: what the "action" signal says
 * @label: translated, with a mnemonic
 *
 * A button of the notice. Both strings are copied.
 */
typedef struct
{
  const char *id;
  const char *label;
} RstNoticeAction;

/**
 * rst_notice_show:
 * @text: a sentence or two; not markup
 * @first: (nullable): the next step
 * @second: (nullable): another one
 *
 * Says something in the place of what was said before.
 */
void rst_notice_show (RstNotice *self,
                      const char *text,
                      const RstNoticeAction *first,
                      const RstNoticeAction *second);

/** rst_notice_dismiss: closes it, without "action"; one that is closed stays so. */
void rst_notice_dismiss (RstNotice *self);

/** rst_notice_get_text: Returns: (transfer none) (nullable): what it says; %NULL when closed. */
const char *rst_notice_get_text (RstNotice *self);

/** rst_notice_has_action: Returns: whether it is open and has this button. */
gboolean rst_notice_has_action (RstNotice *self,
                                const char *id);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RstNoteKind:
 * @RST_NOTE_QUIET: by the way
 * @RST_NOTE_WARNING: to be seen before the message is believed
 */
typedef enum
{
  RST_NOTE_QUIET,
  RST_NOTE_WARNING,
} RstNoteKind;

/** rst_message_notes_clear: takes all notes out of their box. */
void rst_message_notes_clear (GtkBox *box);

/** rst_message_notes_add: adds a line that says something about the message shown. */
void rst_message_notes_add (GtkBox *box,
                            RstNoteKind kind,
                            const char *text);

G_END_DECLS

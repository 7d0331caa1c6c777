/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

/**
 * RstQuestions:
 *
 * Answers what a mailbox asks of its front end, with dialogs of a window: one at a time, each
 * answered exactly once, also when the window goes first. Main thread only.
 */
typedef struct _RstQuestions RstQuestions;

/**
 * rst_questions_new:
 * @parent: (transfer none): the window that the dialogs belong to; it must outlive the questions
 * @mailbox: whose questions are answered from now on
 */
RstQuestions *rst_questions_new (GtkWindow *parent,
                                 RstMailbox *mailbox);

/** rst_questions_free: closes the open dialog, and answers it and all later questions with no. */
void rst_questions_free (RstQuestions *self);

/** rst_questions_dismiss: closes the open dialog, if there is one, as Cancel would. */
void rst_questions_dismiss (RstQuestions *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstQuestions, rst_questions_free)

G_END_DECLS

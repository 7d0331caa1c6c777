/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

/**
 * RstSessionLog:
 *
 * The conversation of a mailbox with its server, to be shown to whoever can help: without passwords
 * and messages. Reference-counted; it may be read while the mailbox writes.
 */
typedef struct _RstSessionLog RstSessionLog;

/** rst_session_log_new: Returns: (transfer full): what @mailbox says and hears from now on. */
RstSessionLog *rst_session_log_new (RstMailbox *mailbox);
void rst_session_log_unref (RstSessionLog *self);

/** rst_session_log_dup_text: Returns: (transfer full): a line each, "C: " or "S: " in front. */
char *rst_session_log_dup_text (RstSessionLog *self);

/** rst_session_log_dup_way: Returns: (transfer full) (nullable): how it signed in: "SCRAM-SHA-256",
 * "APOP", "USER and PASS"; %NULL when it has not tried. */
char *rst_session_log_dup_way (RstSessionLog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstSessionLog, rst_session_log_unref)

G_END_DECLS

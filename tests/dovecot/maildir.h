/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>
#include <sys/types.h>

G_BEGIN_DECLS

/**
 * Maildir:
 *
 * The messages of a mail server as the files that they are. A test looks here for what is left, and
 * changes things as another client, or the server's owner, would. Messages are named by numbers of
 * the test's own, which stand in their subjects: "Message 17".
 */
typedef struct _Maildir Maildir;

/**
 * maildir_new:
 * @path: the folder, which is made
 * @owner: who owns what is made, when the test runs as root
 */
Maildir *maildir_new (const char *path,
                      uid_t owner,
                      gid_t group);

/** maildir_free: forgets it; the files stay. */
void maildir_free (Maildir *self);

/** maildir_add: delivers made-up messages with the numbers from @first to @last. */
void maildir_add (Maildir *self,
                  guint first,
                  guint last);

/** maildir_add_text: @text: a message, with LF; @number orders it among the others. */
void maildir_add_text (Maildir *self,
                       guint number,
                       const char *text);

/** maildir_remove: removes the file of message @number. */
void maildir_remove (Maildir *self,
                     guint number);

/**
 * maildir_replace:
 *
 * Puts another message into the file of message @number, so that the server knows it by the same
 * unique-id.
 */
void maildir_replace (Maildir *self,
                      guint number,
                      guint other_number);

/**
 * maildir_turn_round:
 *
 * The mailbox comes back from a backup: all messages are there, in the opposite order and with new
 * unique-ids.
 */
void maildir_turn_round (Maildir *self);

/** maildir_dup_text: Returns: (transfer full): made-up message @number, with LF. */
char *maildir_dup_text (guint number);

/** maildir_dup_wire_text: Returns: (transfer full): the same with CRLF. */
char *maildir_dup_wire_text (guint number);

/**
 * maildir_describe:
 *
 * Looks into each file for the number in its subject.
 *
 * Returns: (transfer full): the numbers of all messages, "1 3-249 251-501".
 */
char *maildir_describe (Maildir *self);

/** maildir_expect: fails the test unless maildir_describe() is @expected. */
void maildir_expect (Maildir *self,
                     const char *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Maildir, maildir_free)

G_END_DECLS

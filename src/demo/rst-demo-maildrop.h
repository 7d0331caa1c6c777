/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstDemoEntry:
 * @content: the message with CRLF line ends
 * @uid: a GRefString
 * @is_gone: whether it was removed from the maildrop
 * @is_read: whether a session that ended with QUIT has read it with RETR
 *
 * A message of the maildrop. Sessions hold references, so that an entry outlives its removal.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GBytes *content;
  char *uid;
  gboolean is_gone;
  gboolean is_read;
} RstDemoEntry;

RstDemoEntry *rst_demo_entry_ref (RstDemoEntry *self);
void rst_demo_entry_unref (RstDemoEntry *self);

/**
 * RstDemoMaildrop:
 *
 * The messages, oldest first. It knows no thread: whoever shares it holds a lock around every call
 * and around every look into an entry.
 */
typedef struct _RstDemoMaildrop RstDemoMaildrop;

RstDemoMaildrop *rst_demo_maildrop_new (void);
void rst_demo_maildrop_free (RstDemoMaildrop *self);

/**
 * rst_demo_maildrop_add:
 * @uid: (nullable): %NULL makes one from the content, so that a demo that is started again shows
 *   the same messages, and that no unique-id is ever given to two messages
 */
void rst_demo_maildrop_add (RstDemoMaildrop *self,
                            GBytes *message,
                            const char *uid);

/** rst_demo_maildrop_get_n_entries: Returns: how many messages there are. */
guint rst_demo_maildrop_get_n_entries (RstDemoMaildrop *self);

/** rst_demo_maildrop_get: Returns: (transfer none) (nullable): the entry at @position. */
RstDemoEntry *rst_demo_maildrop_get (RstDemoMaildrop *self,
                                     guint position);

/**
 * rst_demo_maildrop_move:
 * @from: where the entry stands
 * @to: where it stands afterwards
 *
 * Positions count from 0, here and below; where there is no entry, nothing happens.
 */
void rst_demo_maildrop_move (RstDemoMaildrop *self,
                             guint from,
                             guint to);

/** rst_demo_maildrop_replace: gives an entry another content; it keeps its unique-id. */
void rst_demo_maildrop_replace (RstDemoMaildrop *self,
                                guint position,
                                GBytes *message);

/** rst_demo_maildrop_set_uid: gives an entry another unique-id; @uid is copied. */
void rst_demo_maildrop_set_uid (RstDemoMaildrop *self,
                                guint position,
                                const char *uid);

/** rst_demo_maildrop_remove: takes an entry out and marks it as gone, for who holds a reference. */
void rst_demo_maildrop_remove (RstDemoMaildrop *self,
                               guint position);

/** rst_demo_maildrop_sweep: takes out the entries that were marked as gone. */
void rst_demo_maildrop_sweep (RstDemoMaildrop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoEntry, rst_demo_entry_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoMaildrop, rst_demo_maildrop_free)

G_END_DECLS

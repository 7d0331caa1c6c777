/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-demo-faults.h"
#include "rst-demo-maildrop.h"
#include "rst-demo-view.h"

G_BEGIN_DECLS

/**
 * RstDemoState:
 * @mutex: guards all that follows, and the entries of the maildrop
 * @faults: never changed, only replaced by a changed copy
 * @log: every command so far, secrets left out
 * @counts: (element-type utf8 guint): verb in capitals -> how often it came
 * @n_logins: sessions that are logged in now
 * @n_sessions: sessions so far
 *
 * What the sessions and the owner of a server share. Everything here returns quickly: nobody waits
 * for the network while holding the mutex.
 */
typedef struct
{
  GMutex mutex;
  RstDemoMaildrop *maildrop;
  RstDemoFaults *faults;
  char *user;
  char *password;
  GString *log;
  GHashTable *counts;
  guint n_logins;
  guint n_sessions;
} RstDemoState;

RstDemoState *rst_demo_state_new (void);
void rst_demo_state_free (RstDemoState *self);

/* All of these take the mutex themselves. */

RstDemoFaults *rst_demo_state_ref_faults (RstDemoState *self);

/** rst_demo_state_record: takes a command line into the log and the counts. */
void rst_demo_state_record (RstDemoState *self,
                            const char *verb,
                            const char *argument);

/**
 * rst_demo_state_is_user:
 * @password: (nullable): what PASS said
 * @digest: (nullable): what APOP said: MD5 of @timestamp and the password
 */
gboolean rst_demo_state_is_user (RstDemoState *self,
                                 const char *user,
                                 const char *password,
                                 const char *timestamp,
                                 const char *digest);

/**
 * rst_demo_state_log_in:
 *
 * Returns: (transfer full) (nullable): %NULL when @faults ask for a lock and another session has
 * it.
 */
RstDemoView *rst_demo_state_log_in (RstDemoState *self,
                                    const RstDemoFaults *faults,
                                    gboolean shows_read);

/**
 * rst_demo_state_log_out:
 * @view: (transfer full): what rst_demo_state_log_in() gave
 * @is_update: whether the session ended with QUIT; one that was cut commits nothing (RFC 1939 §6)
 */
void rst_demo_state_log_out (RstDemoState *self,
                             RstDemoView *view,
                             gboolean is_update,
                             RstDemoCommit commit);

/**
 * rst_demo_state_ref_content:
 *
 * Returns: (transfer full) (nullable): the message as it is now, %NULL when it is gone.
 */
GBytes *rst_demo_state_ref_content (RstDemoState *self,
                                    const RstDemoEntry *entry);

/** rst_demo_state_change_before: does once what the fault change-before asks for at @verb. */
void rst_demo_state_change_before (RstDemoState *self,
                                   const char *verb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoState, rst_demo_state_free)

G_END_DECLS

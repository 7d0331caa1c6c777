/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-demo-state.h"
#include "rst-demo-wire.h"

G_BEGIN_DECLS

/**
 * RstDemoSession:
 * @state: shared with the other sessions
 * @faults: the faults while this command is served
 * @view: the numbering, %NULL before login
 * @user: (nullable): what USER said
 * @timestamp: (nullable): what the greeting offered for APOP
 * @serial: counts the sessions from 1
 * @n_errors: how often -ERR was said
 * @n_listings: how often LIST was served
 * @has_utf8: whether UTF8 was asked for
 * @is_over: no more commands are read
 *
 * One connection, used by its own thread only.
 */
typedef struct
{
  RstDemoState *state;
  RstDemoWire *wire;
  RstDemoFaults *faults;
  RstDemoView *view;
  char *user;
  char *timestamp;
  guint serial;
  guint n_errors;
  guint n_listings;
  gboolean has_utf8;
  gboolean is_over;
} RstDemoSession;

/**
 * RstDemoServeFunc:
 * @argument: what followed the verb, blanks trimmed, "" for nothing
 */
typedef void (*RstDemoServeFunc) (RstDemoSession *self,
                                  const char *argument);

/** rst_demo_session_ok: answers +OK with a text that says nothing a client needs. */
void rst_demo_session_ok (RstDemoSession *self,
                          const char *text);

/**
 * rst_demo_session_err:
 * @text: begins with the response code, if any
 */
void rst_demo_session_err (RstDemoSession *self,
                           const char *text);

/** rst_demo_session_hang_up: ends the session without a word; nothing is committed. */
void rst_demo_session_hang_up (RstDemoSession *self);

gboolean rst_demo_session_has (RstDemoSession *self,
                               RstDemoFault fault);

/**
 * rst_demo_session_find:
 * @argument: begins with a message number
 *
 * Returns: (transfer none) (nullable): the message, %NULL when it does not exist or is marked as
 * deleted, and the client was told so.
 */
RstDemoSlot *rst_demo_session_find (RstDemoSession *self,
                                    const char *argument,
                                    guint *number);

/* rst-demo-login.c: the authorization state, and CAPA in both. */
void rst_demo_session_greet (RstDemoSession *self);
void rst_demo_session_capa (RstDemoSession *self, const char *argument);
void rst_demo_session_stls (RstDemoSession *self, const char *argument);
void rst_demo_session_utf8 (RstDemoSession *self, const char *argument);
void rst_demo_session_user (RstDemoSession *self, const char *argument);
void rst_demo_session_pass (RstDemoSession *self, const char *argument);
void rst_demo_session_apop (RstDemoSession *self, const char *argument);

/* rst-demo-listing.c: numbers, sizes, unique-ids and marks. */
void rst_demo_session_stat (RstDemoSession *self, const char *argument);
void rst_demo_session_list (RstDemoSession *self, const char *argument);
void rst_demo_session_uidl (RstDemoSession *self, const char *argument);
void rst_demo_session_dele (RstDemoSession *self, const char *argument);
void rst_demo_session_rset (RstDemoSession *self, const char *argument);
void rst_demo_session_noop (RstDemoSession *self, const char *argument);

/* rst-demo-transfer.c: messages. */
void rst_demo_session_top (RstDemoSession *self, const char *argument);
void rst_demo_session_retr (RstDemoSession *self, const char *argument);

G_END_DECLS

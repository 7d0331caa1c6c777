/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "lib/rst-test-server.h"
#include "pop3/rst-pop3-error.h"
#include "pop3/rst-pop3-session.h"

G_BEGIN_DECLS

/* What the tests of sessions share: the client's side, next to the script of the server's. */

/** CAPABILITIES: a server with all that is used, one command at a time. */
#define CAPABILITIES "TOP\nUIDL\nUSER\n"

/** PIPELINING: the same, many commands at a time. */
#define PIPELINING CAPABILITIES "PIPELINING\n"

/**
 * Client:
 * @script: the server, to be given its script before client_start()
 * @where: to be changed as a test needs it before client_open()
 * @trace: "C: …" and "S: …" lines, as the session traced them
 * @messages: what came of each message: "number:bytes" or "number!words", joined by "|"
 */
typedef struct
{
  RstTestServer *script;
  RstPop3Server where;
  RstPop3Session *session;
  GString *trace;
  GString *messages;
} Client;

/** CLIENT_SINK: collects messages in its user_data, a Client. */
extern const RstPop3MessageSink CLIENT_SINK;

void client_set_up (Client *self,
                    gconstpointer data);
void client_tear_down (Client *self,
                       gconstpointer data);

/** client_add: adds a test with a Client as its fixture. */
void client_add (const char *path,
                 void (*test) (Client *self,
                               gconstpointer data),
                 gconstpointer data);

/** client_start: starts the script; 127.0.0.1 in the clear, with a timeout of 5 s. */
void client_start (Client *self);

/** client_open: starts the script, and opens a session that must succeed. */
void client_open (Client *self);

/** client_open_fails: starts the script; returns the error of a session that must fail. */
GError *client_open_fails (Client *self);

/**
 * client_log_in: starts the script, which must begin with rst_test_server_play_login(); opens, and
 * signs in.
 */
void client_log_in (Client *self);

/** client_finish: closes the session and waits for the end of the script. */
void client_finish (Client *self);

/** client_cancel_later: cancels from another thread, in so many milliseconds. */
GThread *client_cancel_later (GCancellable *cancellable,
                              guint milliseconds);

G_END_DECLS

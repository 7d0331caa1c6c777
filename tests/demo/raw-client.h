/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "demo/rst-demo-server.h"

G_BEGIN_DECLS

/**
 * RawClient:
 *
 * The client's end of a connection, byte by byte: what the server sends is looked at as it is.
 * Every function fails the test when the server does something else than is expected of it, or
 * nothing for ten seconds.
 */
typedef struct _RawClient RawClient;

RawClient *raw_client_new (guint16 port);
void raw_client_free (RawClient *self);

/** raw_client_start_tls: shakes hands, with the server's certificate as the only one trusted. */
void raw_client_start_tls (RawClient *self,
                           RstDemoServer *server);

void raw_client_send (RawClient *self,
                      const char *bytes);

/** raw_client_expect: reads exactly these bytes. */
void raw_client_expect (RawClient *self,
                        const char *bytes,
                        gsize length);

/** raw_client_read_line: Returns: (transfer full): the next line, with its line end. */
char *raw_client_read_line (RawClient *self);

/**
 * raw_client_skip_messages:
 *
 * Reads to the end of so many multi-line replies.
 *
 * Returns: the bytes that were read.
 */
gsize raw_client_skip_messages (RawClient *self,
                                guint n_messages);

/** raw_client_expect_end: expects the server to close the connection, with nothing before it. */
void raw_client_expect_end (RawClient *self);

/**
 * raw_client_play:
 * @script: lines, each one of these:
 *   "C: …" sends the text, with CRLF; "C: …|…" sends two commands at once
 *   "S: …" waits for a line that ends in CRLF and matches the text, see g_pattern_match_simple()
 *   "…" skips the lines before one that matches the "S: " that follows
 *   "LOGIN" plays the greeting, USER and PASS of the demo user
 *   "CLOSE" sends nothing more; the server's side stays open
 *   "END" waits for the server to close
 */
void raw_client_play (RawClient *self,
                      const char *script);

/** raw_client_open: Returns: (transfer full): a client that is logged in. */
RawClient *raw_client_open (RstDemoServer *server);

/**
 * make_server:
 * @n_messages: message n has the subject "Number n", one body line "Body n", and the unique-id
 *   "uid-n"
 *
 * Returns: (transfer full): a server that was started.
 */
RstDemoServer *make_server (guint n_messages);

/** assert_uids: @expected: the unique-ids of the messages in the server's maildrop. */
void assert_uids (RstDemoServer *server,
                  const char *expected);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawClient, raw_client_free)

G_END_DECLS

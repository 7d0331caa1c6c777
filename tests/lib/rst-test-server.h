/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-test-certificate.h"

G_BEGIN_DECLS

/**
 * RstTestServer:
 *
 * A server that plays a script over real sockets of 127.0.0.1, for what no well-behaved server
 * does. The script is checked from this side too: a line from the client that is not the expected
 * one, a line too many or too few, or a connection that does not come aborts the test program with
 * both lines and the conversation so far.
 *
 *     RstTestServer *server = rst_test_server_new ();
 *
 *     rst_test_server_play (server,
 *                           "S: +OK ready\n"
 *                           "C: CAPA\n"
 *                           "S: -ERR what?\n");
 *     rst_test_server_drop (server);
 *     port = rst_test_server_start (server);
 *     … the client's side, against 127.0.0.1 and port …
 *     rst_test_server_finish (server);
 *
 * Steps are added before the start, by the thread of the test; the script runs on a thread of its
 * own. The first step, and the first one after a step that ends a connection (_drop, _reset,
 * _expect_close, _expect_reset, _hang), waits for the next connection. A script that does not end
 * with one of these ends with _expect_close. No step waits longer than 20 s.
 */
typedef struct _RstTestServer RstTestServer;

/** RstTestServerFunc: a step of the test's own; writes to and reads from @stream, blocking. */
typedef void (*RstTestServerFunc) (GIOStream *stream,
                                   gpointer user_data);

RstTestServer *rst_test_server_new (void);

/* How it serves; to be said before the start. */

/**
 * rst_test_server_use_tls: serves TLS from the first byte, on every connection.
 */
void rst_test_server_use_tls (RstTestServer *self);

/**
 * rst_test_server_set_certificate:
 * @certificate: (transfer none): to be kept until the server is finished
 *
 * Without this a good one is made at the start, see rst_test_server_get_certificate().
 */
void rst_test_server_set_certificate (RstTestServer *self,
                                      const RstTestCertificate *certificate);

/**
 * rst_test_server_get_certificate:
 *
 * Returns: (transfer none): the certificate that TLS is served with: its ca_file and pin.
 */
const RstTestCertificate *rst_test_server_get_certificate (RstTestServer *self);

/** rst_test_server_use_small_buffers: gives its sockets the smallest buffers there are. */
void rst_test_server_use_small_buffers (RstTestServer *self);

/* The script. */

/**
 * rst_test_server_play:
 * @script: lines that begin with "S: " (sent, with CRLF) or "C: " (expected)
 *
 * Adds many steps. "C: PASS*" expects a line that begins with what stands before the asterisk.
 */
void rst_test_server_play (RstTestServer *self,
                           const char *script);

/**
 * rst_test_server_play_login:
 * @capabilities: lines of CAPA's answer, each with its "\n": "TOP\nUIDL\n"
 *
 * Adds greeting, CAPA, USER and PASS (the user and password whatever they are), and CAPA again.
 */
void rst_test_server_play_login (RstTestServer *self,
                                 const char *capabilities);

/** rst_test_server_send: sends @text as it is: line ends are the caller's. */
void rst_test_server_send (RstTestServer *self,
                           const char *text);

/** rst_test_server_send_bytes: sends bytes, NULs included. */
void rst_test_server_send_bytes (RstTestServer *self,
                                 const char *bytes,
                                 gsize length);

/** rst_test_server_flood: sends @text @times over, or until the client closes. */
void rst_test_server_flood (RstTestServer *self,
                            const char *text,
                            gsize times);

/** rst_test_server_expect: reads a line that must be @line (given without its line end). */
void rst_test_server_expect (RstTestServer *self,
                             const char *line);

/** rst_test_server_expect_prefix: reads a line that must begin with @prefix. */
void rst_test_server_expect_prefix (RstTestServer *self,
                                    const char *prefix);

/**
 * rst_test_server_expect_nothing: waits @milliseconds in which the client must send nothing, nor
 * close.
 */
void rst_test_server_expect_nothing (RstTestServer *self,
                                     guint milliseconds);

/**
 * rst_test_server_expect_close: waits until the client closes, having sent nothing more.
 */
void rst_test_server_expect_close (RstTestServer *self);

/**
 * rst_test_server_expect_reset: waits until the client closes the hard way (RST), which takes with
 * it what has not arrived.
 */
void rst_test_server_expect_reset (RstTestServer *self);

/** rst_test_server_hang: says nothing more, whatever comes, until the client closes. */
void rst_test_server_hang (RstTestServer *self);

/** rst_test_server_drop: closes the connection, whatever the client has sent meanwhile. */
void rst_test_server_drop (RstTestServer *self);

/** rst_test_server_reset: closes the connection the hard way (RST). */
void rst_test_server_reset (RstTestServer *self);

/**
 * rst_test_server_starttls: does the TLS handshake now. Bytes that the client sent too early abort
 * the test; a handshake that the client breaks off is as if it had closed.
 */
void rst_test_server_starttls (RstTestServer *self);

/**
 * rst_test_server_split:
 * @chunk: bytes a packet, 0 = as they come
 * @milliseconds: the pause after each
 *
 * How everything from here on is sent.
 */
void rst_test_server_split (RstTestServer *self,
                            gsize chunk,
                            guint milliseconds);

/** rst_test_server_pause: waits. */
void rst_test_server_pause (RstTestServer *self,
                            guint milliseconds);

/** rst_test_server_call: calls @func on the server's thread. */
void rst_test_server_call (RstTestServer *self,
                           RstTestServerFunc func,
                           gpointer user_data);

/* Its run. */

/**
 * rst_test_server_start:
 *
 * Returns: the port of 127.0.0.1 that it listens on.
 */
guint16 rst_test_server_start (RstTestServer *self);

/** rst_test_server_finish: waits for the end of the script, and frees the server. */
void rst_test_server_finish (RstTestServer *self);

G_END_DECLS

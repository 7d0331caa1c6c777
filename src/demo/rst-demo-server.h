/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstDemoServer:
 *
 * A small POP3 server on a loopback port over a list of messages in memory: what `restante --demo`
 * opens, what any POP3 client can be pointed at, and the tests' fault injector. It serves on
 * threads of its own; every function may be called from any thread. Deletes are real within the
 * run. Knows RFC 1939 (with TOP, UIDL and APOP), CAPA with PIPELINING (RFC 2449), STLS (RFC 2595),
 * RFC 3206 and UTF8 (RFC 6856).
 */
typedef struct _RstDemoServer RstDemoServer;

/**
 * rst_demo_server_new:
 *
 * Returns: (transfer full): an empty maildrop for the user "demo" with the password "demo"; not
 * serving yet.
 */
RstDemoServer *rst_demo_server_new (void);

/** rst_demo_server_free: closes every connection and the port, waits for its threads. */
void rst_demo_server_free (RstDemoServer *self);

/**
 * rst_demo_server_add_message:
 * @message: raw bytes; LF and CRLF line ends are both sent as CRLF
 * @uid: (nullable): %NULL gives it a new one
 */
void rst_demo_server_add_message (RstDemoServer *self,
                                  GBytes *message,
                                  const char *uid);

/**
 * rst_demo_server_add_mbox:
 * @mbox: the contents of an mbox file
 *
 * Adds each message of it.
 */
void rst_demo_server_add_mbox (RstDemoServer *self,
                               GBytes *mbox);

/**
 * rst_demo_server_add_samples:
 *
 * Adds the messages of the demo mailbox, which is built in.
 */
void rst_demo_server_add_samples (RstDemoServer *self);

/**
 * rst_demo_server_add_synthetic:
 *
 * Adds so many made-up messages with headers of 2.5 to 4 KB, the same ones each time.
 */
void rst_demo_server_add_synthetic (RstDemoServer *self,
                                    guint n_messages);

/** rst_demo_server_set_credentials: the one user and password that are let in. */
void rst_demo_server_set_credentials (RstDemoServer *self,
                                      const char *user,
                                      const char *password);

/**
 * rst_demo_server_set_fault:
 * @name: a fault switch, as `restante-demo-server --list-faults` prints them
 * @value: (nullable): its argument
 *
 * Makes the server odd in one of the ways that real servers are.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for a name or value that does not exist.
 */
gboolean rst_demo_server_set_fault (RstDemoServer *self,
                                    const char *name,
                                    const char *value,
                                    GError **error);

/** rst_demo_server_clear_faults: makes it well-behaved again. */
void rst_demo_server_clear_faults (RstDemoServer *self);

/**
 * rst_demo_server_get_fault_help:
 *
 * Returns: (transfer none): every switch, one a line: name, argument, what it does.
 */
const char *rst_demo_server_get_fault_help (void);

/**
 * rst_demo_server_set_ports:
 *
 * Asks for ports of one's own choice, before the start; 0 = any that is free.
 */
void rst_demo_server_set_ports (RstDemoServer *self,
                                guint16 port,
                                guint16 tls_port);

/**
 * rst_demo_server_start:
 *
 * Listens on two ports of 127.0.0.1, free ones unless others were asked for, one in the clear (with
 * STLS) and one with TLS, with a certificate for "localhost" and 127.0.0.1 that is made now and
 * lives as long as the server.
 *
 * Errors: those of g_socket_bind(), %G_TLS_ERROR_MISC. After one the server can only be freed.
 */
gboolean rst_demo_server_start (RstDemoServer *self,
                                GError **error);

/** rst_demo_server_get_port: Returns: the port in the clear. */
guint16 rst_demo_server_get_port (RstDemoServer *self);

/** rst_demo_server_get_tls_port: Returns: the port with TLS from the first byte. */
guint16 rst_demo_server_get_tls_port (RstDemoServer *self);

/**
 * rst_demo_server_set_certificate:
 * @certificate: with its private key
 *
 * Serves TLS with this one in the place of one that is made at the start. Before the start.
 */
void rst_demo_server_set_certificate (RstDemoServer *self,
                                      GTlsCertificate *certificate);

/**
 * rst_demo_server_get_certificate_pin:
 *
 * Returns: (transfer none): SHA-256 of the certificate's DER form, lower-case hexadecimal.
 */
const char *rst_demo_server_get_certificate_pin (RstDemoServer *self);

/**
 * rst_demo_server_get_certificate_pem:
 *
 * Returns: (transfer none): the certificate, for use as a CA file.
 */
const char *rst_demo_server_get_certificate_pem (RstDemoServer *self);

/* The maildrop behind a session's back: what another client, or the server's owner, would do.
 * Sessions that are open keep their numbering. */

/** rst_demo_server_get_n_messages: Returns: how many messages the maildrop has now. */
guint rst_demo_server_get_n_messages (RstDemoServer *self);

/**
 * rst_demo_server_dup_message:
 *
 * Returns: (transfer full) (nullable): the message at @position, 0 the oldest, with CRLF line ends.
 */
GBytes *rst_demo_server_dup_message (RstDemoServer *self,
                                     guint position);

/**
 * rst_demo_server_dup_uid:
 *
 * Returns: (transfer full) (nullable): the unique-id of the message at @position.
 */
char *rst_demo_server_dup_uid (RstDemoServer *self,
                               guint position);

/** rst_demo_server_remove_message: deletes the message at @position. */
void rst_demo_server_remove_message (RstDemoServer *self,
                                     guint position);

/** rst_demo_server_move_message: takes the message at @from and puts it at @to. */
void rst_demo_server_move_message (RstDemoServer *self,
                                   guint from,
                                   guint to);

/** rst_demo_server_replace_message: puts another content under the same unique-id. */
void rst_demo_server_replace_message (RstDemoServer *self,
                                      guint position,
                                      GBytes *message);

/**
 * rst_demo_server_set_uid:
 *
 * Gives the message at @position another unique-id, duplicates allowed.
 */
void rst_demo_server_set_uid (RstDemoServer *self,
                              guint position,
                              const char *uid);

/**
 * rst_demo_server_simulate_other_client:
 *
 * Deletes a few messages from the middle and adds a new one at the end, so that every number after
 * them changes.
 *
 * Returns: (transfer full): what it did, in words.
 */
char *rst_demo_server_simulate_other_client (RstDemoServer *self);

/* What clients did, for the tests. */

/**
 * rst_demo_server_get_n_commands:
 *
 * Returns: how many commands of this verb ("TOP") all clients have sent.
 */
guint rst_demo_server_get_n_commands (RstDemoServer *self,
                                      const char *verb);

/**
 * rst_demo_server_dup_log:
 *
 * Returns: (transfer full): every command line so far, in order, one a line; passwords as "***".
 */
char *rst_demo_server_dup_log (RstDemoServer *self);

/** rst_demo_server_clear_log: forgets the log and the counts. */
void rst_demo_server_clear_log (RstDemoServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoServer, rst_demo_server_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstDemoWire:
 *
 * The server's end of one connection: command lines in, buffered replies out. Replies are sent when
 * the client has nothing more to say for now, so that pipelined commands are answered in few large
 * packets. Blocking; used by the connection's thread only. Once the connection is lost or the
 * cancellable is cancelled, reading returns %NULL and writing does nothing.
 */
typedef struct _RstDemoWire RstDemoWire;

/**
 * rst_demo_wire_new:
 * @certificate: what TLS shows
 * @cancellable: ends every wait
 */
RstDemoWire *rst_demo_wire_new (GSocketConnection *connection,
                                GTlsCertificate *certificate,
                                GCancellable *cancellable);

/** rst_demo_wire_free: sends what is pending and closes the connection. */
void rst_demo_wire_free (RstDemoWire *self);

/** rst_demo_wire_start_tls: throws away what was sent in the clear, and shakes hands. */
void rst_demo_wire_start_tls (RstDemoWire *self);

gboolean rst_demo_wire_is_tls (RstDemoWire *self);

/** rst_demo_wire_set_lf_only: makes every line that is written end in a bare LF. */
void rst_demo_wire_set_lf_only (RstDemoWire *self,
                                gboolean lf_only);

/**
 * rst_demo_wire_set_drip:
 * @milliseconds: the pause after each byte, 0 = none
 */
void rst_demo_wire_set_drip (RstDemoWire *self,
                             guint milliseconds);

/**
 * rst_demo_wire_read_line:
 *
 * Sends the pending replies if there is no whole line to be read yet, and waits for one.
 *
 * Returns: (transfer full) (nullable): the line without its line end; %NULL at the end of the
 * connection and for a line that is absurdly long.
 */
char *rst_demo_wire_read_line (RstDemoWire *self);

/** rst_demo_wire_has_input: Returns: whether the client has sent more than was read. */
gboolean rst_demo_wire_has_input (RstDemoWire *self);

/** rst_demo_wire_discard_input: forgets what was received and not read yet. */
void rst_demo_wire_discard_input (RstDemoWire *self);

void rst_demo_wire_write (RstDemoWire *self,
                          const char *bytes,
                          gsize length);

void rst_demo_wire_printf (RstDemoWire *self,
                           const char *format,
                           ...) G_GNUC_PRINTF (2, 3);

void rst_demo_wire_flush (RstDemoWire *self);

/** rst_demo_wire_stall: sends what is pending, and nothing more until the client goes away. */
void rst_demo_wire_stall (RstDemoWire *self);

/**
 * rst_demo_wire_hang_up:
 *
 * Sends what is pending and closes without a word: no TLS goodbye. The client still gets all that
 * was sent before it sees the end, whatever it had sent ahead.
 */
void rst_demo_wire_hang_up (RstDemoWire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoWire, rst_demo_wire_free)

G_END_DECLS

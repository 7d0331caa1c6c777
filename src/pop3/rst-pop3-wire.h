/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "rst-pop3-secrets.h"
#include "rst-pop3-session.h"
#include "rst-pop3-stream.h"

G_BEGIN_DECLS

/* Private to this folder: commands and lines. */

/**
 * RstPop3Wire:
 *
 * Commands out, lines and multi-line answers in, over a #RstPop3Stream. Commands wait in its buffer
 * until something is read. A read that fails, whatever for, closes the connection at once and
 * without a word: the framing is in doubt. One owner at a time.
 *
 * Besides what they name, all reads raise the errors of rst_pop3_stream_fill().
 */
typedef struct _RstPop3Wire RstPop3Wire;

/** RST_POP3_WIRE_MAX_COMMAND: bytes of a command, with its line end. */
#define RST_POP3_WIRE_MAX_COMMAND (16 * 1024)

/**
 * RstPop3WireFunc:
 *
 * Takes a piece of a multi-line answer; returns %FALSE with @error set to give up.
 */
typedef gboolean (*RstPop3WireFunc) (const char *bytes,
                                     gsize length,
                                     gpointer user_data,
                                     GError **error);

/**
 * rst_pop3_wire_new:
 * @stream: (transfer full): to the server
 * @trace: (nullable): see #RstPop3Server
 */
RstPop3Wire *rst_pop3_wire_new (RstPop3Stream *stream,
                                RstPop3TraceFunc trace,
                                gpointer trace_data);

/** rst_pop3_wire_free: closes the socket without a word. */
void rst_pop3_wire_free (RstPop3Wire *self);

/** rst_pop3_wire_get_stream: Returns: (transfer none): what the bytes go through. */
RstPop3Stream *rst_pop3_wire_get_stream (RstPop3Wire *self);

/** rst_pop3_wire_set_lf_mode: the server ends its lines with a bare LF; see #RstPop3Dots. */
void rst_pop3_wire_set_lf_mode (RstPop3Wire *self);

/**
 * rst_pop3_wire_add_secret:
 *
 * Hides @secret in the trace of all that comes from now on: there are servers that quote the
 * password they refuse. What is read stays as it came, since a short password may be part of what
 * has to be understood; an error that quotes it asks rst_pop3_wire_get_secrets().
 */
void rst_pop3_wire_add_secret (RstPop3Wire *self,
                               const char *secret);

/** rst_pop3_wire_get_secrets: Returns: (transfer none): what no error text may show. */
const RstPop3Secrets *rst_pop3_wire_get_secrets (const RstPop3Wire *self);

/**
 * rst_pop3_wire_has_room:
 *
 * Returns: whether another command of %RST_POP3_WIRE_MAX_COMMAND can be sent without waiting.
 */
gboolean rst_pop3_wire_has_room (const RstPop3Wire *self);

/**
 * rst_pop3_wire_send:
 * @command: without its line end
 *
 * Puts a command into the buffer: it goes out with the next read. The one place where CR and LF in
 * an argument are refused.
 *
 * Errors: %G_IO_ERROR_INVALID_ARGUMENT for a line break in it or a command over the limit: nothing
 * was sent. The buffer must have room.
 */
gboolean rst_pop3_wire_send (RstPop3Wire *self,
                             const char *command,
                             GError **error);

/**
 * rst_pop3_wire_send_secret:
 * @command: (nullable): what may be shown
 * @secret: what may not
 *
 * Like rst_pop3_wire_send() for "@command @secret", or for @secret alone, which is hidden from now
 * on unless it is shorter than any answer that holds something. The buffer is wiped once it is
 * sent.
 */
gboolean rst_pop3_wire_send_secret (RstPop3Wire *self,
                                    const char *command,
                                    const char *secret,
                                    GError **error);

/**
 * rst_pop3_wire_read_line:
 * @ends_in_lf: (out) (optional): whether the line ended in a bare LF
 *
 * Reads one line of at most 8 KiB.
 *
 * Returns: (transfer none): the line without its line end, secrets and all, NUL-terminated, until
 * the next call; a NUL inside is %RST_POP3_ERROR_PROTOCOL.
 */
const char *rst_pop3_wire_read_line (RstPop3Wire *self,
                                     gboolean *ends_in_lf,
                                     GCancellable *cancellable,
                                     GError **error);

/**
 * rst_pop3_wire_read_data:
 *
 * Reads a multi-line answer after its status line, in pieces of any length, dots unstuffed and
 * line ends as they came. In the trace it is a number of bytes.
 */
gboolean rst_pop3_wire_read_data (RstPop3Wire *self,
                                  RstPop3WireFunc func,
                                  gpointer user_data,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * rst_pop3_wire_read_lines:
 * @max_lines: more than any honest server sends
 * @func: takes one line at a time, NUL-terminated, without its line end
 *
 * Reads a multi-line answer of lines of at most 8 KiB without NULs, for LIST, UIDL and CAPA.
 *
 * Errors: %RST_POP3_ERROR_PROTOCOL for a NUL, %RST_POP3_ERROR_TOO_LONG for a line or a number of
 * lines over the limit.
 */
gboolean rst_pop3_wire_read_lines (RstPop3Wire *self,
                                   guint max_lines,
                                   RstPop3WireFunc func,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Wire, rst_pop3_wire_free)

G_END_DECLS

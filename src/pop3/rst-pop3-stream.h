/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to this folder: bytes to and from a socket. */

/**
 * RstPop3Stream:
 *
 * A socket, perhaps under TLS, with a buffer for either direction. What is sent goes out whenever
 * something is waited for, and both directions are waited for at once: any number of commands may
 * be under way, and neither side can block the other for good. One owner at a time.
 *
 * A wait ends after the timeout without a single byte. Nor can a server that drips hold anyone for
 * ever: each answer must bring %RST_POP3_STREAM_MIN_PROGRESS bytes, or its end, in any
 * %RST_POP3_STREAM_PATIENCE timeouts of waiting. When waiting fails, whatever for, the socket is
 * closed at once and without a word; after that every wait fails with
 * %G_IO_ERROR_CONNECTION_CLOSED.
 */
typedef struct _RstPop3Stream RstPop3Stream;

/** RST_POP3_STREAM_MAX_UNREAD: bytes that can wait to be read: more than any one line. */
#define RST_POP3_STREAM_MAX_UNREAD (64 * 1024)

/** RST_POP3_STREAM_PATIENCE: timeouts in which an answer must come on by the least there is. */
#define RST_POP3_STREAM_PATIENCE 4

/** RST_POP3_STREAM_MIN_PROGRESS: that least, in bytes: what any line carries in a second. */
#define RST_POP3_STREAM_MIN_PROGRESS 1024

/**
 * rst_pop3_stream_new:
 * @connection: (transfer none): to the server
 * @timeout: see rst_pop3_stream_set_timeout()
 */
RstPop3Stream *rst_pop3_stream_new (GSocketConnection *connection,
                                    guint timeout);

/** rst_pop3_stream_free: closes the socket without a word. */
void rst_pop3_stream_free (RstPop3Stream *self);

/** rst_pop3_stream_get_base: Returns: (transfer none): what bytes go through now. */
GIOStream *rst_pop3_stream_get_base (RstPop3Stream *self);

/**
 * rst_pop3_stream_set_base:
 * @base: (transfer none): TLS over the base so far
 */
void rst_pop3_stream_set_base (RstPop3Stream *self,
                               GIOStream *base);

/** rst_pop3_stream_set_timeout: seconds for each wait from now on, at least 1. */
void rst_pop3_stream_set_timeout (RstPop3Stream *self,
                                  guint timeout);

/** rst_pop3_stream_begin_answer: a new answer is waited for from now on, with new patience. */
void rst_pop3_stream_begin_answer (RstPop3Stream *self);

/** rst_pop3_stream_is_open: Returns: whether it has neither been closed nor failed. */
gboolean rst_pop3_stream_is_open (const RstPop3Stream *self);

/** rst_pop3_stream_close: closes the socket without a word, and wipes what was to be sent. */
void rst_pop3_stream_close (RstPop3Stream *self);

/** rst_pop3_stream_close_politely: closes with TLS's farewell, for after QUIT. */
void rst_pop3_stream_close_politely (RstPop3Stream *self);

/**
 * rst_pop3_stream_set_drops_unsent:
 * @drops_unsent: whether the end of the connection is to take with it what has not reached the
 *   server
 *
 * Without this the system goes on sending for minutes after a socket was closed, even when its
 * program has crashed.
 */
void rst_pop3_stream_set_drops_unsent (RstPop3Stream *self,
                                       gboolean drops_unsent);

/** rst_pop3_stream_get_room: Returns: bytes that can be put into the buffer to be sent. */
gsize rst_pop3_stream_get_room (const RstPop3Stream *self);

/**
 * rst_pop3_stream_put:
 *
 * Puts bytes into the buffer to be sent, which must have room. They go out with the next
 * rst_pop3_stream_fill(), and are wiped then.
 */
void rst_pop3_stream_put (RstPop3Stream *self,
                          const char *bytes,
                          gsize length);

/** rst_pop3_stream_has_sent_all: Returns: whether nothing waits to be sent. */
gboolean rst_pop3_stream_has_sent_all (const RstPop3Stream *self);

/**
 * rst_pop3_stream_get_unread:
 * @length: (out): how many there are
 *
 * Returns: (transfer none): the bytes that have come and are not skipped yet, until the next fill.
 */
char *rst_pop3_stream_get_unread (RstPop3Stream *self,
                                  gsize *length);

/** rst_pop3_stream_skip: the first @length unread bytes are done with. */
void rst_pop3_stream_skip (RstPop3Stream *self,
                           gsize length);

/**
 * rst_pop3_stream_fill:
 *
 * Sends what is to be sent, and waits until more has come than is unread now; there must be fewer
 * unread than %RST_POP3_STREAM_MAX_UNREAD.
 *
 * Errors: %G_IO_ERROR_CANCELLED, %G_IO_ERROR_TIMED_OUT, %G_IO_ERROR_CONNECTION_CLOSED, those of
 * sockets and of TLS.
 */
gboolean rst_pop3_stream_fill (RstPop3Stream *self,
                               GCancellable *cancellable,
                               GError **error);

/**
 * rst_pop3_stream_push:
 *
 * Sends what can be sent at once. Never waits and never fails: whatever is wrong shows in the next
 * rst_pop3_stream_fill().
 */
void rst_pop3_stream_push (RstPop3Stream *self);

/**
 * rst_pop3_stream_poll:
 *
 * Takes in what has come by now. Never waits and never sends.
 *
 * Errors: those of rst_pop3_stream_fill(), but for cancellation and timeout.
 */
gboolean rst_pop3_stream_poll (RstPop3Stream *self,
                               GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Stream, rst_pop3_stream_free)

G_END_DECLS

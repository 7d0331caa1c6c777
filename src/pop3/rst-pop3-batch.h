/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session-private.h"

G_BEGIN_DECLS

/* Private to this folder: one command for each of many messages. */

typedef struct _RstPop3Batch RstPop3Batch;

/**
 * RstPop3BatchFunc:
 *
 * Takes the answer to the command for the message @number and reads what belongs to it. It may set
 * the batch's is_stopped. Returning %FALSE with @error set closes the session.
 */
typedef gboolean (*RstPop3BatchFunc) (RstPop3Batch *batch,
                                      guint32 number,
                                      const RstPop3Reply *reply,
                                      GError **error);

/**
 * RstPop3Batch:
 * @session: what to run it on
 * @verb: the command, with its blank
 * @suffix: what follows the number, with its blank; or ""; as @verb at most 16 bytes
 * @numbers: one command each, in this order
 * @answer: called for each answer, in this order
 * @user_data: for @answer
 * @cancellable: (nullable): ends any wait at once, and the session with it
 * @stop: (nullable): a cancellable that is looked at between answers only
 * @answer_size: bytes to expect of an answer until some have come, 0 = as LIST says
 * @n_sent: how many commands have gone out
 * @n_answered: how many answers have been read
 * @is_stopped: send no more, but read what is owed
 *
 * Where the server allows pipelining (RFC 2449 §6.6), commands go out ahead of the answers, up to a
 * number of bytes of answers to expect that grows as they come; else one at a time.
 */
struct _RstPop3Batch
{
  RstPop3Session *session;
  const char *verb;
  const char *suffix;
  const guint32 *numbers;
  gsize n_numbers;
  RstPop3BatchFunc answer;
  gpointer user_data;
  GCancellable *cancellable;
  GCancellable *stop;
  guint32 answer_size;

  gsize n_sent;
  gsize n_answered;
  gboolean is_stopped;

  /* private */
  guint64 n_expected;
  guint64 n_received;
  gsize n_known;
  gsize n_first_flight;
};

/** rst_pop3_batch_get_announced: Returns: bytes of the message as LIST said, 0 when it did not. */
guint32 rst_pop3_batch_get_announced (const RstPop3Batch *self,
                                      guint32 number);

/** rst_pop3_batch_note_size: to be called by @answer: how many bytes this answer had. */
void rst_pop3_batch_note_size (RstPop3Batch *self,
                               guint64 size);

/**
 * rst_pop3_batch_run:
 *
 * Runs it until every answer that is owed has been read. Being stopped is no error here.
 *
 * Returns: %FALSE when the session is closed.
 */
gboolean rst_pop3_batch_run (RstPop3Batch *self,
                             GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-error.h"
#include "rst-pop3-memory.h"
#include "rst-pop3-reply.h"
#include "rst-pop3-session.h"
#include "rst-pop3-wire.h"

G_BEGIN_DECLS

/* Private to this folder: what the files that make up a session share. */

/**
 * RstPop3Size:
 *
 * What LIST said of one message, to bound how many bytes of answers are under way.
 */
typedef struct
{
  guint32 number;
  guint32 size;
} RstPop3Size;

struct _RstPop3Session
{
  /* owned */
  RstPop3Wire *wire;
  RstPop3Capabilities *capabilities;
  /* what was known at login; NULL before it */
  RstPop3Capabilities *before;
  /* of an earlier session, when it fits this server */
  RstPop3Memory *memory;
  char *greeting;
  /* the answer to QUIT; NULL before it */
  char *farewell;
  char *apop_challenge;
  GArray *sizes;

  /* borrowed by its members: the caller keeps them */
  RstPop3Server server;

  /* state */
  RstPop3Quirks quirks;
  /* what let the user in */
  RstPop3Auth auth;
  gboolean is_encrypted;
  gboolean has_asked_utf8;
  gboolean has_sent_dele;
  gboolean has_seen_top;
  gboolean has_refused_uidl;
  gboolean has_pipelined;
  gboolean is_signed_in;
  gboolean has_flight;
  /* what has failed may have failed because the memory is of no use any more */
  gboolean has_misled;
};

/** rst_pop3_session_get_stream: Returns: (transfer none): what the session runs over. */
RstPop3Stream *rst_pop3_session_get_stream (const RstPop3Session *self);

/**
 * rst_pop3_session_dup_unread:
 *
 * Returns: (transfer full): the first line, or what there is of it, of what has come and was not
 * asked for.
 */
char *rst_pop3_session_dup_unread (const RstPop3Session *self);

/**
 * rst_pop3_session_begin:
 *
 * To be called before a command while no answer is owed. A server that has said something
 * unasked, or has answered what was not even sent, is out of step: the next answer would be taken
 * for another's, so the connection is dropped.
 *
 * Errors: %RST_POP3_ERROR_PROTOCOL, %G_IO_ERROR_CONNECTION_CLOSED.
 */
gboolean rst_pop3_session_begin (RstPop3Session *self,
                                 GError **error);

/**
 * rst_pop3_session_read_reply:
 * @reply: (out): valid until the next read
 *
 * Reads a status line.
 *
 * Returns: %FALSE when none came, and then the session is closed; an `-ERR` is no error here.
 */
gboolean rst_pop3_session_read_reply (RstPop3Session *self,
                                      RstPop3Reply *reply,
                                      GCancellable *cancellable,
                                      GError **error);

/** rst_pop3_session_command: begins, sends one command, and reads its status line. */
gboolean rst_pop3_session_command (RstPop3Session *self,
                                   const char *command,
                                   RstPop3Reply *reply,
                                   GCancellable *cancellable,
                                   GError **error);

/**
 * rst_pop3_session_ask_capabilities:
 *
 * Sends CAPA, and takes what it says in place of what is known so far; after an `-ERR` that stays
 * as it is.
 */
gboolean rst_pop3_session_ask_capabilities (RstPop3Session *self,
                                            GCancellable *cancellable,
                                            GError **error);

/** rst_pop3_session_read_capabilities: the same for a CAPA that has been sent. */
gboolean rst_pop3_session_read_capabilities (RstPop3Session *self,
                                             GCancellable *cancellable,
                                             GError **error);

/** rst_pop3_session_can_pipeline: Returns: whether commands need not wait for answers. */
gboolean rst_pop3_session_can_pipeline (const RstPop3Session *self);

/**
 * rst_pop3_session_is_break:
 *
 * Returns: whether @error is what comes of a server that breaks under pipelining: it loses the
 * connection, the order, or the answer.
 */
gboolean rst_pop3_session_is_break (const GError *error);

/**
 * rst_pop3_session_note_failure:
 * @n_owed: answers that were owed when it failed
 *
 * Remembers that the server breaks under pipelining, if that is what @error looks like and the
 * first commands sent together met with it.
 */
void rst_pop3_session_note_failure (RstPop3Session *self,
                                    gsize n_owed,
                                    const GError *error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-transfer"

#include "config.h"

#include <glib/gi18n-lib.h>

#include "rst-pop3-batch.h"

/* TOP, RETR and DELE of many messages. */

/* Bytes to expect of the answer to TOP n 0, until it is known: a header block on the long side; and
 * of each line of the body. */
#define TOP_SIZE 4096
#define TOP_LINE_SIZE 80

/* Sizes are hints: some servers count other line ends, or before they convert a message. So an
 * answer may have twice what LIST announced and this much more, of a whole message and of its
 * beginning; and no more than memory is good for. */
#define RETR_SLACK (64 * 1024 * 1024)
#define TOP_SLACK (4 * 1024 * 1024)
#define MAX_MESSAGE (1024 * 1024 * 1024)

/* Refusals of TOP at the beginning after which a server without CAPA is held to have no TOP. More
 * would bring those down that hang up after five -ERR. */
#define MAX_FIRST_REFUSALS 2

/* What a DELE counts for in the window. Its answer is short, but all that are under way are waited
 * for when the user stops. */
#define DELE_SIZE 4096

typedef struct
{
  const RstPop3MessageSink *sink;
  gpointer user_data;
  guint32 number;
  guint64 size;
  guint64 max_size;
  guint32 announced;
  gboolean is_top;
  gboolean has_no_top;
} Fetch;

typedef struct
{
  RstPop3ProgressFunc progress;
  gpointer user_data;
  GError *refusal;
} Deletion;

static gboolean
fail_too_long (const Fetch *fetch,
               GError **error)
{
  g_autofree char *announced = g_format_size (fetch->announced);
  g_autofree char *max_size = g_format_size (fetch->max_size);

  g_set_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG,
               fetch->max_size == MAX_MESSAGE
                   ? _ ("The server sent a message without end: it announced %s, and more than %s "
                        "came, which is more than can be opened. The connection was closed.")
                   : _ ("The server sent a message without end: it announced %s, and more than %s "
                        "came. The connection was closed. Load the list again."),
               announced, max_size);
  return FALSE;
}

static gboolean
pass_on_cb (const char *bytes,
            gsize length,
            gpointer user_data,
            GError **error)
{
  Fetch *fetch = user_data;

  fetch->size += length;
  if (fetch->size > fetch->max_size)
    return fail_too_long (fetch, error);
  return fetch->sink->data (fetch->number, bytes, length, fetch->user_data, error);
}

static void
begin_message (const RstPop3Batch *batch,
               Fetch *fetch,
               guint32 number)
{
  guint64 slack = fetch->is_top ? TOP_SLACK : RETR_SLACK;

  fetch->number = number;
  fetch->size = 0;
  fetch->announced = rst_pop3_batch_get_announced (batch, number);
  fetch->max_size = MIN (2 * (guint64)fetch->announced + slack, MAX_MESSAGE);
}

/* Without CAPA the first refusals are all that tells of a server without TOP. */
static void
judge_refusal (RstPop3Batch *batch,
               Fetch *fetch)
{
  gsize n_tried = batch->n_answered + 1;

  if (!fetch->is_top || batch->session->capabilities->is_known || batch->session->has_seen_top ||
      n_tried < MIN (MAX_FIRST_REFUSALS, batch->n_numbers))
    return;
  fetch->has_no_top = TRUE;
  batch->is_stopped = TRUE;
}

static gboolean
fetched (RstPop3Batch *batch,
         guint32 number,
         const RstPop3Reply *reply,
         GError **error)
{
  Fetch *fetch = batch->user_data;
  g_autoptr (GError) refusal = NULL;

  if (reply->is_ok)
    {
      begin_message (batch, fetch, number);
      batch->session->has_seen_top |= fetch->is_top;
      if (!rst_pop3_wire_read_data (batch->session->wire, pass_on_cb, fetch, batch->cancellable,
                                    error))
        return FALSE;
      rst_pop3_batch_note_size (batch, fetch->size);
      return fetch->sink->end (number, NULL, fetch->user_data, error);
    }
  refusal = rst_pop3_reply_new_rejection (reply, _ ("The server would not send the message"));
  judge_refusal (batch, fetch);
  return fetch->sink->end (number, refusal, fetch->user_data, error);
}

static gboolean
fail_no_top (GError **error)
{
  g_set_error_literal (error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED,
                       _ ("The server cannot send headers alone (it has no TOP)."));
  return FALSE;
}

gboolean
rst_pop3_session_top (RstPop3Session *self,
                      const guint32 *numbers,
                      gsize n_numbers,
                      guint n_lines,
                      const RstPop3MessageSink *sink,
                      gpointer user_data,
                      GCancellable *cancellable,
                      GError **error)
{
  Fetch fetch = { .sink = sink, .user_data = user_data, .is_top = TRUE };
  g_autofree char *suffix = g_strdup_printf (" %u", n_lines);
  RstPop3Batch batch = {
    .session = self,
    .verb = "TOP ",
    .suffix = suffix,
    .numbers = numbers,
    .n_numbers = n_numbers,
    .answer = fetched,
    .user_data = &fetch,
    .cancellable = cancellable,
    .answer_size = TOP_SIZE + TOP_LINE_SIZE * MIN (n_lines, G_MAXUINT16),
  };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (numbers != NULL || n_numbers == 0, FALSE);
  g_return_val_if_fail (sink != NULL, FALSE);

  if (self->capabilities->is_known && !self->capabilities->has_top)
    return fail_no_top (error);
  return rst_pop3_batch_run (&batch, error) && (!fetch.has_no_top || fail_no_top (error));
}

gboolean
rst_pop3_session_retr (RstPop3Session *self,
                       const guint32 *numbers,
                       gsize n_numbers,
                       const RstPop3MessageSink *sink,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Fetch fetch = { .sink = sink, .user_data = user_data };
  RstPop3Batch batch = {
    .session = self,
    .verb = "RETR ",
    .suffix = "",
    .numbers = numbers,
    .n_numbers = n_numbers,
    .answer = fetched,
    .user_data = &fetch,
    .cancellable = cancellable,
  };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (numbers != NULL || n_numbers == 0, FALSE);
  g_return_val_if_fail (sink != NULL, FALSE);

  return rst_pop3_batch_run (&batch, error);
}

static gboolean
deleted (RstPop3Batch *batch,
         guint32 number,
         const RstPop3Reply *reply,
         GError **error)
{
  Deletion *deletion = batch->user_data;
  g_autofree char *what = NULL;

  rst_pop3_batch_note_size (batch, DELE_SIZE);
  if (!reply->is_ok)
    {
      batch->is_stopped = TRUE;
      what = g_strdup_printf (_ ("The server would not delete the message number %u"), number);
      if (deletion->refusal == NULL)
        deletion->refusal = rst_pop3_reply_new_rejection (reply, what);
    }
  else if (deletion->progress != NULL)
    deletion->progress (batch->n_answered + 1, batch->n_numbers, deletion->user_data);
  return TRUE;
}

gboolean
rst_pop3_session_dele (RstPop3Session *self,
                       const guint32 *numbers,
                       gsize n_numbers,
                       RstPop3ProgressFunc progress,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  Deletion deletion = { .progress = progress, .user_data = user_data };
  RstPop3Batch batch = {
    .session = self,
    .verb = "DELE ",
    .suffix = "",
    .numbers = numbers,
    .n_numbers = n_numbers,
    .answer = deleted,
    .user_data = &deletion,
    .stop = cancellable,
    .answer_size = DELE_SIZE,
  };
  gboolean is_good;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (numbers != NULL || n_numbers == 0, FALSE);

  /* A QUIT that reaches the server after the program has given it up would delete behind the back
   * of whoever looks meanwhile. */
  rst_pop3_stream_set_drops_unsent (rst_pop3_session_get_stream (self), TRUE);
  is_good = rst_pop3_batch_run (&batch, error);
  self->has_sent_dele |= batch.n_sent > 0;
  if (is_good && deletion.refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&deletion.refusal));
      return FALSE;
    }
  g_clear_error (&deletion.refusal);
  if (is_good && batch.n_answered < n_numbers)
    return !g_cancellable_set_error_if_cancelled (cancellable, error);
  return is_good;
}

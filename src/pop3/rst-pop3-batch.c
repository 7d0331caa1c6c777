/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-batch"

#include "config.h"

#include "rst-pop3-batch.h"

#include <stdlib.h>

/* Neither side can be blocked by what is under way, as the stream reads while it sends, and what is
 * not wanted any more is dealt with by closing. So the window need not be small: it has to hold
 * what the line and the server do in a round trip, and that is found out by letting it grow by
 * what has come, which doubles it with every round trip. It has a limit for the sake of servers
 * that hold their answers in memory, and the first one is what a line of 1 Gbit/s carries in
 * 100 ms. */
#define FIRST_WINDOW (16 * 1024 * 1024)
#define MAX_WINDOW (256 * 1024 * 1024)

/* Answers after which their mean is trusted to be low, and the least that it is taken for: an empty
 * answer costs the server its while, too. */
#define MIN_KNOWN 16
#define MIN_MEAN 256

/* Bytes of a command: a verb, a number, and a count of lines. */
#define MAX_COMMAND 64

static int
compare_numbers (const void *a,
                 const void *b)
{
  const RstPop3Size *size_a = a;
  const RstPop3Size *size_b = b;

  return (size_a->number > size_b->number) - (size_a->number < size_b->number);
}

static const RstPop3Size *
find_row (const RstPop3Batch *self,
          guint32 number)
{
  const RstPop3Size wanted = { number, 0 };
  const GArray *sizes = self->session->sizes;

  if (sizes->len == 0)
    return NULL;
  return bsearch (&wanted, sizes->data, sizes->len, sizeof wanted, compare_numbers);
}

/* Bytes to expect of an answer of which LIST tells. Where it left the message out, nothing is
 * known: then one answer is waited for before the next command. */
static guint32
find_size (const RstPop3Batch *self,
           gsize position)
{
  const RstPop3Size *found = find_row (self, self->numbers[position]);

  return found != NULL ? MIN (found->size, MAX_WINDOW) : MAX_WINDOW;
}

guint32
rst_pop3_batch_get_announced (const RstPop3Batch *self,
                              guint32 number)
{
  const RstPop3Size *found = find_row (self, number);

  return found != NULL ? found->size : 0;
}

/* Bytes to expect of each answer when LIST does not tell. */
static guint64
get_mean (const RstPop3Batch *self)
{
  guint64 mean = self->n_known > 0 ? self->n_received / self->n_known : 0;

  return MAX (mean, self->n_known < MIN_KNOWN ? self->answer_size : MIN_MEAN);
}

static gboolean
fits_window (const RstPop3Batch *self)
{
  guint64 window = MIN (FIRST_WINDOW + self->n_received, MAX_WINDOW);

  if (self->answer_size == 0)
    return self->n_expected + find_size (self, self->n_sent) <= window;
  return (self->n_sent - self->n_answered + 1) * get_mean (self) <= window;
}

static gboolean
has_room (const RstPop3Batch *self)
{
  if (!rst_pop3_wire_has_room (self->session->wire))
    rst_pop3_stream_push (rst_pop3_session_get_stream (self->session));
  return rst_pop3_wire_has_room (self->session->wire);
}

static gboolean
may_send (const RstPop3Batch *self)
{
  if (self->is_stopped || self->n_sent == self->n_numbers)
    return FALSE;
  if (self->n_sent == self->n_answered)
    return TRUE;
  return rst_pop3_session_can_pipeline (self->session) && fits_window (self) && has_room (self);
}

/* What printf() does, in a tenth of its time. */
static void
write_command (const RstPop3Batch *self,
               guint32 number,
               char *command)
{
  char digits[10];
  gsize n_digits = 0;
  char *end;

  do
    digits[n_digits++] = '0' + number % 10;
  while ((number /= 10) > 0);
  end = g_stpcpy (command, self->verb);
  while (n_digits > 0)
    *end++ = digits[--n_digits];
  g_stpcpy (end, self->suffix);
}

/* Commands only go into the buffer here: they leave when it is full or when an answer has to be
 * waited for, many in one packet. */
static gboolean
send_ahead (RstPop3Batch *self,
            GError **error)
{
  while (may_send (self))
    {
      char command[MAX_COMMAND];

      write_command (self, self->numbers[self->n_sent], command);
      if (!rst_pop3_wire_send (self->session->wire, command, error))
        return FALSE;
      if (self->answer_size == 0)
        self->n_expected += find_size (self, self->n_sent);
      self->n_sent++;
    }
  if (self->n_first_flight == 0)
    self->n_first_flight = self->n_sent;
  return TRUE;
}

void
rst_pop3_batch_note_size (RstPop3Batch *self,
                          guint64 size)
{
  self->n_received += size;
  self->n_known++;
}

static gboolean
read_answer (RstPop3Batch *self,
             GError **error)
{
  guint32 number = self->numbers[self->n_answered];
  RstPop3Reply reply;

  if (!rst_pop3_session_read_reply (self->session, &reply, self->cancellable, error))
    return FALSE;
  if (!self->answer (self, number, &reply, error))
    {
      rst_pop3_session_close (self->session);
      return FALSE;
    }
  if (self->answer_size == 0)
    self->n_expected -= find_size (self, self->n_answered);
  self->n_answered++;
  return TRUE;
}

static gboolean
run (RstPop3Batch *self,
     GError **error)
{
  if (!rst_pop3_session_begin (self->session, error))
    return FALSE;
  for (;;)
    {
      if (g_cancellable_is_cancelled (self->stop))
        self->is_stopped = TRUE;
      if (!send_ahead (self, error))
        return FALSE;
      if (self->n_answered == self->n_sent)
        return TRUE;
      if (!read_answer (self, error))
        return FALSE;
      if (self->n_first_flight > 1 && self->n_answered >= self->n_first_flight)
        self->session->has_pipelined = TRUE;
    }
}

gboolean
rst_pop3_batch_run (RstPop3Batch *self,
                    GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (run (self, &local_error))
    return TRUE;
  rst_pop3_session_note_failure (self->session, self->n_sent - self->n_answered, local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

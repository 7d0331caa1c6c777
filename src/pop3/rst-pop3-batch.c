/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-batch"

#include "config.h"

#include "rst-pop3-batch.h"

#include <stdlib.h>

/* Neither side can be blocked by what is under way, as the stream reads while it sends. The limits
 * are for the server's sake, and keep a line of 1 Gbit/s and 100 ms busy: it may hold answers in
 * memory, and a session that is given up has it work in vain. */
#define MAX_EXPECTED (16 * 1024 * 1024)
#define MAX_OWED 4096

static int
compare_numbers (const void *a,
                 const void *b)
{
  const RstPop3Size *size_a = a;
  const RstPop3Size *size_b = b;

  return (size_a->number > size_b->number) - (size_a->number < size_b->number);
}

/* Bytes to expect of an answer. Without LIST, or where it left the message out, nothing is known:
 * then one answer is waited for before the next command. */
static guint32
find_size (const RstPop3Batch *self,
           gsize position)
{
  const RstPop3Size wanted = { self->numbers[position], 0 };
  const GArray *sizes = self->session->sizes;
  const RstPop3Size *found = NULL;

  if (self->fixed_size != 0)
    return self->fixed_size;
  if (sizes->len > 0)
    found = bsearch (&wanted, sizes->data, sizes->len, sizeof wanted, compare_numbers);
  return found != NULL ? MIN (found->size, MAX_EXPECTED) : MAX_EXPECTED;
}

static gboolean
may_send (const RstPop3Batch *self)
{
  gsize n_owed = self->n_sent - self->n_answered;

  if (self->is_stopped || self->n_sent == self->n_numbers)
    return FALSE;
  if (n_owed == 0)
    return TRUE;
  return rst_pop3_session_can_pipeline (self->session) && n_owed < MAX_OWED &&
         rst_pop3_wire_has_room (self->session->wire) &&
         self->n_expected + find_size (self, self->n_sent) <= MAX_EXPECTED;
}

/* Commands only go into the buffer here: they leave when an answer has to be waited for, many in
 * one packet. */
static gboolean
send_ahead (RstPop3Batch *self,
            GError **error)
{
  while (may_send (self))
    {
      g_autofree char *command = g_strdup_printf ("%s %u%s", self->verb,
                                                  self->numbers[self->n_sent], self->suffix);

      if (!rst_pop3_wire_send (self->session->wire, command, error))
        return FALSE;
      self->n_expected += find_size (self, self->n_sent);
      self->n_sent++;
    }
  if (self->n_first_flight == 0)
    self->n_first_flight = self->n_sent;
  return TRUE;
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

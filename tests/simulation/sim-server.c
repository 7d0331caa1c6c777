/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-server.h"

#include <stdio.h>
#include <string.h>

/* The steps have numbers for: what the user does, what the maildrop does, what each session does.
 */
#define PURPOSE_SESSION 16

static void
session_free (gpointer data)
{
  SimSession *self = data;

  g_array_unref (self->rows);
  g_string_free (self->in, TRUE);
  g_string_free (self->out, TRUE);
  g_free (self);
}

void
sim_run_init (SimRun *self,
              guint64 seed,
              gboolean is_verbose)
{
  SimRandom random = sim_random_make (seed, 0);

  memset (self, 0, sizeof *self);
  self->seed = seed;
  self->is_verbose = is_verbose;
  self->world = sim_world_new (&random);
  self->sessions = g_ptr_array_new_with_free_func (session_free);
}

void
sim_run_init_plain (SimRun *self,
                    guint n_messages,
                    gboolean can_pipeline)
{
  memset (self, 0, sizeof *self);
  self->is_plain = self->is_quiet_network = self->keeps_copies = TRUE;
  self->world = sim_world_new_plain (n_messages, can_pipeline);
  self->sessions = g_ptr_array_new_with_free_func (session_free);
}

void
sim_run_clear (SimRun *self)
{
  g_ptr_array_unref (self->sessions);
  sim_world_free (self->world);
}

void
sim_run_next_step (SimRun *self)
{
  self->step++;
  self->n_connects = 0;
  for (guint i = self->sessions->len; i-- > 0;)
    {
      SimSession *session = g_ptr_array_index (self->sessions, i);

      session->has_dele = FALSE;
      if (session->is_ended)
        g_ptr_array_remove_index (self->sessions, i);
    }
}

SimRandom
sim_run_random (const SimRun *self,
                guint purpose)
{
  return sim_random_make (self->seed, self->step * 64 + purpose + 1);
}

SimSession *
sim_run_find_listing (const SimRun *self)
{
  for (guint i = self->sessions->len; i-- > 0;)
    {
      SimSession *session = g_ptr_array_index (self->sessions, i);

      if (session->is_listed)
        return session;
    }
  return NULL;
}

void
sim_run_log (const SimRun *self,
             const char *format,
             ...)
{
  va_list arguments;

  if (!self->is_verbose)
    return;
  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  putchar ('\n');
}

typedef struct
{
  const char *verb;
  guint weight;
  guint max_nth;
} Place;

static void
plan_fault (SimSession *self)
{
  static const Place places[] = {
    { "greeting", 1, 1 },
    { "CAPA", 1, 2 },
    { "USER", 1, 1 },
    { "PASS", 1, 1 },
    { "LIST", 2, 1 },
    { "UIDL", 2, 1 },
    { "TOP", 5, 6 },
    { "RETR", 4, 2 },
    { "DELE", 7, 4 },
    { "RSET", 2, 1 },
    { "QUIT", 10, 1 },
  };
  guint total = 0;
  guint left;
  guint i = 0;

  for (guint j = 0; j < G_N_ELEMENTS (places); j++)
    total += places[j].weight;
  for (left = sim_random_below (&self->random, total); left >= places[i].weight; i++)
    left -= places[i].weight;
  self->verb = places[i].verb;
  self->nth = sim_random_below (&self->random, places[i].max_nth);
  self->fault = 1 + sim_random_below (&self->random, N_SIM_FAULTS - 1);
  self->permille = sim_random_below (&self->random, 1001);
}

static void take_command (SimSession *self,
                          const char *line);
static void cut_output (SimSession *self,
                        gsize n_before);

SimSession *
sim_session_new (SimRun *run)
{
  SimRandom random = sim_run_random (run, PURPOSE_SESSION + MIN (run->n_connects, 40));
  SimSession *self;

  /* Others do not wait until the user has finished. */
  if (run->n_connects++ > 0 && !run->is_plain && sim_random_chance (&random, 25))
    sim_run_log (run, "  meanwhile: %s", sim_world_change (run->world, &random));
  if (!run->is_quiet_network && sim_random_chance (&random, 2))
    {
      sim_run_log (run, "  no connection");
      return NULL;
    }

  self = g_new0 (SimSession, 1);
  self->run = run;
  self->random = random;
  self->rows = g_array_new (FALSE, TRUE, sizeof (SimRow));
  self->in = g_string_new (NULL);
  self->out = g_string_new (NULL);
  self->has_uidl = run->world->has_uidl;
  self->has_top = run->world->has_top;
  self->verb = "";
  if (run->n_connects == 1 || run->cut.is_lasting)
    self->cut = run->cut;
  if (!run->is_quiet_network && sim_random_chance (&self->random, 25))
    plan_fault (self);
  g_ptr_array_add (run->sessions, self);
  sim_run_log (run, "  session%s%s: fault %u at %s %u, %u per mille", self->has_uidl ? " UIDL" : "",
               self->has_top ? " TOP" : "", self->fault, self->verb, self->nth, self->permille);
  take_command (self, "greeting");
  cut_output (self, 0);
  return self;
}

static SimRow *
get_row (SimSession *self,
         guint number)
{
  SimRow *row = NULL;

  if (number >= 1 && number <= self->rows->len)
    row = &g_array_index (self->rows, SimRow, number - 1);
  return row && row->message->is_there && !row->is_marked ? row : NULL;
}

static void
sign_in (SimSession *self)
{
  GPtrArray *messages = self->run->world->messages;

  self->is_signed_in = TRUE;
  for (guint i = 0; i < messages->len; i++)
    {
      SimMessage *message = g_ptr_array_index (messages, i);
      SimRow row = { message, message->uid };

      g_array_append_val (self->rows, row);
    }
}

static void
say_capabilities (SimSession *self,
                  GString *answer)
{
  g_string_append (answer, "+OK\r\nUSER\r\nRESP-CODES\r\n");
  if (self->run->world->can_pipeline)
    g_string_append (answer, "PIPELINING\r\n");
  if (self->has_top)
    g_string_append (answer, "TOP\r\n");
  if (self->has_uidl)
    g_string_append (answer, "UIDL\r\n");
  g_string_append (answer, ".\r\n");
}

static void
say_message (const SimRow *row,
             gboolean is_whole,
             GString *answer)
{
  const SimContent *content = row->message->content;
  g_autofree char *text = NULL;
  const char *next;

  text = g_strconcat (content->header, sim_message_get_status (row->message), "\r\n",
                      is_whole ? content->body : "", NULL);
  g_string_append (answer, "+OK\r\n");
  for (const char *line = text; *line; line = next)
    {
      next = strchr (line, '\n') + 1;
      if (*line == '.')
        g_string_append_c (answer, '.');
      g_string_append_len (answer, line, next - line);
    }
  g_string_append (answer, ".\r\n");
}

static void
say_listing (SimSession *self,
             gboolean has_uids,
             GString *answer)
{
  g_string_append (answer, "+OK\r\n");
  for (guint i = 0; i < self->rows->len; i++)
    {
      SimRow *row = get_row (self, i + 1);

      if (row && has_uids)
        row->is_uid_listed = TRUE;
      else if (row)
        row->is_listed = TRUE;
      if (row)
        g_string_append_printf (answer, has_uids ? "%u uid%u\r\n" : "%u %u\r\n", i + 1,
                                has_uids ? row->uid
                                         : sim_content_get_size (row->message->content));
    }
  g_string_append (answer, ".\r\n");
}

static void
say_count (SimSession *self,
           GString *answer)
{
  guint n = 0;

  for (guint i = 0; i < self->rows->len; i++)
    n += get_row (self, i + 1) != NULL;
  g_string_append_printf (answer, "+OK %u %u\r\n", n, n * 100);
}

/* A server that gives up half way has deleted some (RFC 1939 §6). */
static void
commit (SimSession *self,
        gboolean is_half)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      SimRow *row = &g_array_index (self->rows, SimRow, i);

      if (!row->is_marked)
        continue;
      if (is_half && sim_random_chance (&self->random, 50))
        {
          self->has_half = TRUE;
          continue;
        }
      sim_run_log (self->run, "    deleted: %s", row->message->content->body);
      row->is_committed = TRUE;
      if (row->message->is_there)
        sim_world_remove (self->run->world, row->message);
    }
}

static void
say_marked (SimSession *self,
            SimRow *row,
            GString *answer)
{
  row->is_marked = TRUE;
  g_string_append (answer, "+OK\r\n");
}

static void
do_command (SimSession *self,
            const char *verb,
            guint number,
            gboolean is_half,
            GString *answer)
{
  gboolean is_multi = strcmp (verb, "TOP") == 0 || strcmp (verb, "RETR") == 0;
  SimRow *row = get_row (self, number);

  if (strcmp (verb, "greeting") == 0)
    g_string_append (answer, "+OK ready\r\n");
  else if (strcmp (verb, "CAPA") == 0 && self->run->world->has_capa)
    say_capabilities (self, answer);
  else if (strcmp (verb, "QUIT") == 0)
    {
      commit (self, is_half);
      g_string_append (answer, "+OK bye\r\n");
      self->is_closed = TRUE;
    }
  else if (strcmp (verb, "USER") == 0)
    g_string_append (answer, "+OK\r\n");
  else if (strcmp (verb, "PASS") == 0)
    {
      sign_in (self);
      g_string_append (answer, "+OK\r\n");
    }
  else if (!self->is_signed_in)
    g_string_append (answer, "-ERR not now\r\n");
  else if (strcmp (verb, "STAT") == 0)
    say_count (self, answer);
  else if (strcmp (verb, "LIST") == 0 || (strcmp (verb, "UIDL") == 0 && self->has_uidl))
    say_listing (self, *verb == 'U', answer);
  else if (is_multi && row && (self->has_top || *verb == 'R'))
    say_message (row, *verb == 'R', answer);
  else if (strcmp (verb, "DELE") == 0 && row)
    say_marked (self, row, answer);
  else if (strcmp (verb, "RSET") == 0 || strcmp (verb, "NOOP") == 0)
    {
      for (guint i = 0; *verb == 'R' && i < self->rows->len; i++)
        g_array_index (self->rows, SimRow, i).is_marked = FALSE;
      g_string_append (answer, "+OK\r\n");
    }
  else
    g_string_append (answer, "-ERR no such thing\r\n");
}

/* The answer as the fault leaves it. Returns: whether it came whole: a fault behind the last byte
 * changes nothing, nor does garbage that happens to be what was meant. */
static gboolean
say (SimSession *self,
     SimFault fault,
     GString *answer)
{
  g_autofree char *meant = g_strndup (answer->str, answer->len);
  gsize n_meant = answer->len;
  gsize length = answer->len * self->permille / 1000;

  if (fault == SIM_FAULT_CUT || fault == SIM_FAULT_STALL)
    {
      g_string_truncate (answer, length);
      self->is_closed |= fault == SIM_FAULT_CUT;
      self->is_stalled = fault == SIM_FAULT_STALL;
    }
  else if (fault == SIM_FAULT_REFUSE_YET_DO || fault == SIM_FAULT_REFUSE_YET_DO_HALF)
    g_string_assign (answer, "-ERR something went wrong\r\n");
  self->is_garbled |= fault == SIM_FAULT_GARBAGE;
  for (gsize i = length; fault == SIM_FAULT_GARBAGE && i < answer->len; i++)
    answer->str[i] = (char)sim_random_below (&self->random, 256);
  g_string_append_len (self->out, answer->str, answer->len);
  return answer->len == n_meant && memcmp (answer->str, meant, n_meant) == 0;
}

static void
log_rows (const SimSession *self)
{
  for (guint i = 0; self->run->is_verbose && i < self->rows->len; i++)
    {
      const SimRow *row = &g_array_index (self->rows, SimRow, i);

      sim_run_log (self->run, "      %u uid%u, headers %u, %.*s", i + 1, row->uid,
                   row->message->content->likeness,
                   (int)strcspn (row->message->content->body, "\r"), row->message->content->body);
    }
}

/* What the client can know from now on. */
static void
note_what_was_told (SimSession *self,
                    const char *verb,
                    guint number,
                    const GString *answer)
{
  gboolean is_listing = g_str_has_suffix (answer->str, ".\r\n");

  self->is_listed |= is_listing && strcmp (verb, "LIST") == 0;
  self->is_uid_listed |= is_listing && strcmp (verb, "UIDL") == 0;
  if (number >= 1 && number <= self->rows->len)
    g_array_index (self->rows, SimRow, number - 1).is_seen |=
        g_str_has_prefix (answer->str, "+OK") && (*verb == 'T' || strcmp (verb, "RETR") == 0);
}

static void
take_command (SimSession *self,
              const char *line)
{
  g_autoptr (GString) answer = g_string_new (NULL);
  SimFault fault = SIM_FAULT_NONE;
  char verb[10] = "";
  guint number = 0;

  sscanf (line, "%9s %u", verb, &number);
  self->has_dele |= strcmp (verb, "DELE") == 0;
  self->has_shown = strcmp (verb, "TOP") == 0 || strcmp (verb, "RETR") == 0;
  if (strcmp (verb, self->verb) == 0 && self->nth-- == 0)
    fault = self->fault;
  if (!self->run->world->locks && self->is_signed_in && sim_random_chance (&self->random, 4))
    sim_world_disturb (self->run->world, &self->random);

  if (fault == SIM_FAULT_LOSE || fault == SIM_FAULT_LOSE_AND_STALL)
    {
      self->is_closed = fault == SIM_FAULT_LOSE;
      self->is_stalled = fault == SIM_FAULT_LOSE_AND_STALL;
    }
  else if (fault == SIM_FAULT_REFUSE || ++self->n_commands == self->cut.at_command)
    g_string_append (self->out, "-ERR not today\r\n");
  else
    {
      do_command (self, verb, number, fault == SIM_FAULT_REFUSE_YET_DO_HALF, answer);
      if (say (self, fault, answer))
        note_what_was_told (self, verb, number, answer);
    }
  sim_run_log (self->run, "    %s%s", line, fault ? " (fault)" : "");
  if (strcmp (verb, "LIST") == 0)
    log_rows (self);
}

static void
end_at_cut (SimSession *self)
{
  self->is_closed |= !self->cut.stalls;
  self->is_stalled |= self->cut.stalls;
}

/* Of the bytes that have been said, those behind the cut are lost. */
static void
cut_output (SimSession *self,
            gsize n_before)
{
  self->n_out += self->out->len - n_before;
  if (self->cut.is_on_wire || self->cut.at_out == 0 || self->n_out < self->cut.at_out)
    return;
  self->is_heard = self->n_out == self->cut.at_out;
  g_string_truncate (self->out, self->out->len - (self->n_out - self->cut.at_out));
  self->n_out = self->cut.at_out;
  end_at_cut (self);
}

void
sim_session_feed (SimSession *self,
                  const char *bytes,
                  gsize length)
{
  gboolean is_cut = !self->cut.is_on_wire && self->cut.at_in > 0 &&
                    self->n_in + length >= self->cut.at_in;
  const char *end;

  if (is_cut)
    length = self->cut.at_in - self->n_in;
  self->n_in += length;
  g_string_append_len (self->in, bytes, (gssize)length);
  while (!self->is_closed && !self->is_stalled && (end = strstr (self->in->str, "\r\n")))
    {
      g_autofree char *line = g_strndup (self->in->str, (gsize)(end - self->in->str));
      gsize n_before = self->out->len;

      g_string_erase (self->in, 0, (gssize)strlen (line) + 2);
      take_command (self, line);
      cut_output (self, n_before);
    }
  if (is_cut)
    end_at_cut (self);
}

void
sim_session_end (SimSession *self)
{
  self->is_ended = TRUE;
}

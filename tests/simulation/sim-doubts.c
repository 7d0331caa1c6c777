/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-doubts.h"

#include <sqlite3.h>

#include "sim-judge.h"

/* A message of a delete whose outcome was unknown when it ended.
 * @n_chosen, @n_others: how many rows of its looks the program's list had, chosen and not
 * @before: what the sessions of that delete listed, and what was in the maildrop at its end */
typedef struct
{
  gint64 receipt;
  guint position;
  SimMessage *message;
  guint uid;
  guint n_chosen;
  guint n_others;
  GArray *before;
} Doubt;

/* @was_told: whether the client saw it listed, up to the session that was to delete. */
typedef struct
{
  const SimMessage *message;
  guint uid;
  gboolean was_told;
} Past;

struct _SimDoubts
{
  SimRun *run;
  SimVerdict *verdict;
  char *folder;
  GArray *doubts;
};

static void
doubt_clear (gpointer data)
{
  g_array_unref (((Doubt *)data)->before);
}

SimDoubts *
sim_doubts_new (SimRun *run,
                SimVerdict *verdict,
                const char *folder)
{
  SimDoubts *self = g_new0 (SimDoubts, 1);

  self->run = run;
  self->verdict = verdict;
  self->folder = g_strdup (folder);
  self->doubts = g_array_new (FALSE, FALSE, sizeof (Doubt));
  g_array_set_clear_func (self->doubts, doubt_clear);
  return self;
}

void
sim_doubts_free (SimDoubts *self)
{
  g_free (self->folder);
  g_array_unref (self->doubts);
  g_free (self);
}

static int
load_outcome (SimDoubts *self,
              const Doubt *doubt)
{
  g_autofree char *path =
      g_build_filename (self->folder, "simulation", "receipts.sqlite", NULL);
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;
  int outcome = RST_OUTCOME_UNKNOWN;

  if (sqlite3_open_v2 (path, &database, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
      sqlite3_prepare_v2 (database, "SELECT outcome FROM entry WHERE receipt = ? AND position = ?",
                          -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_int64 (statement, 1, doubt->receipt);
      sqlite3_bind_int64 (statement, 2, doubt->position);
      if (sqlite3_step (statement) == SQLITE_ROW)
        outcome = sqlite3_column_int (statement, 0);
    }
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return outcome;
}

static gboolean
is_visible (const SimSession *session,
            const SimRow *row)
{
  return row->is_listed && (!session->is_uid_listed || row->is_uid_listed);
}

/* Returns: (element-type Past): what a doubt that arises now can be about. */
static GArray *
look_back (SimDoubts *self)
{
  GArray *past = g_array_new (FALSE, FALSE, sizeof (Past));
  gboolean was_told = FALSE;
  const GPtrArray *messages = self->run->world->messages;

  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      const SimSession *session = g_ptr_array_index (self->run->sessions, i);

      was_told |= session->has_dele;
      for (guint j = 0; j < session->rows->len; j++)
        {
          const SimRow *row = &g_array_index (session->rows, SimRow, j);
          Past entry = { row->message, row->uid, was_told };

          if (is_visible (session, row))
            g_array_append_val (past, entry);
        }
    }
  for (guint i = 0; i < messages->len; i++)
    {
      const SimMessage *message = g_ptr_array_index (messages, i);
      Past entry = { message, message->uid, FALSE };

      g_array_append_val (past, entry);
    }
  return past;
}

static gboolean
is_twin (const Doubt *doubt,
         const SimMessage *other)
{
  return other != doubt->message && other->content->likeness == doubt->message->content->likeness;
}

/* Which of two twins went, nothing tells but their UIDs, and those have to be true. */
static gboolean
has_twin (const Doubt *doubt,
          const SimSession *session)
{
  for (guint i = 0; i < doubt->before->len; i++)
    if (is_twin (doubt, g_array_index (doubt->before, Past, i).message))
      return TRUE;
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);

      if (is_visible (session, row) && is_twin (doubt, row->message))
        return TRUE;
    }
  return FALSE;
}

/* Whether the list had others of its looks, be it one that was not there any more, and there are
 * fewer now: without UIDs nothing tells which have gone. */
static gboolean
has_lost_look_alike (const Doubt *doubt,
                     const SimSession *session)
{
  guint n = 0;

  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);

      n += is_visible (session, row) &&
           row->message->content->likeness == doubt->message->content->likeness;
    }
  return doubt->n_others > 0 && n < doubt->n_chosen + doubt->n_others;
}

static gboolean
is_there (const SimMessage *message,
          const SimSession *session)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);

      if (row->message == message && is_visible (session, row))
        return TRUE;
    }
  return FALSE;
}

/* Of two that had one name, and look alike, one is gone: nothing tells which. */
static gboolean
has_lost_namesake (const Doubt *doubt,
                   const SimSession *session)
{
  for (guint i = 0; i < doubt->before->len; i++)
    {
      const Past *past = &g_array_index (doubt->before, Past, i);

      if (past->uid == doubt->uid && is_twin (doubt, past->message) &&
          !is_there (past->message, session))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_uid_known (const Doubt *doubt,
              guint uid)
{
  for (guint i = 0; i < doubt->before->len; i++)
    {
      const Past *past = &g_array_index (doubt->before, Past, i);

      if (past->was_told && past->uid == uid)
        return TRUE;
    }
  return FALSE;
}

/* What one listing tells of a doubt.
 * @has_names: whether UIDs tell, and what is without them is told by its looks
 * @is_listed: the message is there; @is_named: under its UID; @is_seen: its headers came
 * @is_reused: something else has its UID
 * @has_likeness: something else looks like it
 * @is_any_known: one UID of the listing is not new */
typedef struct
{
  gboolean has_names;
  gboolean is_listed;
  gboolean is_named;
  gboolean is_seen;
  gboolean is_reused;
  gboolean has_likeness;
  gboolean is_any_known;
} Evidence;

static Evidence
find_evidence (const Doubt *doubt,
               const SimSession *session)
{
  Evidence self = { session->is_uid_listed && doubt->uid != 0 };

  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);
      gboolean is_it = row->message == doubt->message;

      if (!is_visible (session, row))
        continue;
      self.is_listed |= is_it;
      self.is_named |= is_it && row->uid == doubt->uid;
      self.is_seen |= is_it && row->is_seen;
      self.is_reused |= row->uid == doubt->uid && row->message != doubt->message;
      self.has_likeness |= is_twin (doubt, row->message);
      self.is_any_known |= is_uid_known (doubt, row->uid);
    }
  return self;
}

typedef enum
{
  SETTLED_RIGHTLY,
  SETTLED_UNKNOWABLY,
  SETTLED_WRONGLY
} Settlement;

static Settlement
excuse_if (gboolean is_unknowable)
{
  return is_unknowable ? SETTLED_UNKNOWABLY : SETTLED_WRONGLY;
}

/* "Deleted" is said of what the listing does not have under the name that was known, and "not
 * deleted" of what it has, unless it has vanished since. What has its UID now, a listing does not
 * tell; and where no UID is known any more, or there are none, it does not tell twins apart. */
static Settlement
judge_by (const Doubt *doubt,
          RstOutcome outcome,
          const SimSession *session)
{
  Evidence evidence = find_evidence (doubt, session);

  if (outcome == RST_OUTCOME_NOT_DELETED && evidence.is_listed)
    return SETTLED_RIGHTLY;
  if (outcome == RST_OUTCOME_NOT_DELETED && evidence.has_names)
    return excuse_if (evidence.is_reused || (evidence.has_likeness && !evidence.is_any_known));
  if (outcome == RST_OUTCOME_NOT_DELETED)
    return excuse_if (evidence.has_likeness);
  if (!doubt->message->is_there)
    return SETTLED_RIGHTLY;
  if (evidence.has_names)
    return evidence.is_named
               ? excuse_if (evidence.is_reused || has_lost_namesake (doubt, session))
               : SETTLED_RIGHTLY;
  if (!evidence.is_listed)
    return SETTLED_RIGHTLY;
  return excuse_if (has_twin (doubt, session) || has_lost_look_alike (doubt, session));
}

static gboolean
has_marks (const SimSession *session)
{
  for (guint i = 0; i < session->rows->len; i++)
    if (g_array_index (session->rows, SimRow, i).is_marked)
      return TRUE;
  return FALSE;
}

/* An operation may look more than once, and any look after the delete can settle it: what is found
 * there later is not undone when somebody else deletes it before the next. */
static void
judge_settlement (SimDoubts *self,
                  const Doubt *doubt,
                  RstOutcome outcome)
{
  const GPtrArray *sessions = self->run->sessions;
  Settlement best = SETTLED_WRONGLY;

  for (guint i = sessions->len; i-- > 0 && !has_marks (g_ptr_array_index (sessions, i));)
    {
      const SimSession *session = g_ptr_array_index (sessions, i);

      if (session->is_listed)
        best = MIN (best, judge_by (doubt, outcome, session));
    }
  sim_run_log (self->run, "  settled: uid%u, headers %u: %s", doubt->uid,
               doubt->message->content->likeness,
               outcome == RST_OUTCOME_DELETED ? "deleted" : "not deleted");
  if (best == SETTLED_UNKNOWABLY)
    sim_judge_note (self->run, &self->verdict->n_unknowable, "settled by a twin, unknowably");
  else if (best == SETTLED_WRONGLY)
    sim_judge_note (self->run, &self->verdict->n_false_claims, "settled wrongly");
}

/* What nobody has seen may be it, if it is not known by its name for something else. One that the
 * list had no name for is told by its looks alone. */
static gboolean
may_be_hidden (const Doubt *doubt,
               const SimSession *session)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);
      gboolean has_name = doubt->uid != 0 && session->is_uid_listed && row->is_uid_listed;

      if (row->is_listed && !row->is_seen &&
          (!has_name || row->uid == doubt->uid || !is_uid_known (doubt, row->uid)))
        return TRUE;
    }
  return FALSE;
}

void
sim_doubts_judge (SimDoubts *self,
                  gboolean is_listed)
{
  const SimSession *listing = sim_run_find_listing (self->run);

  for (guint i = self->doubts->len; i-- > 0;)
    {
      const Doubt *doubt = &g_array_index (self->doubts, Doubt, i);
      int outcome = load_outcome (self, doubt);

      if (outcome == RST_OUTCOME_UNKNOWN &&
          (!is_listed || (listing && may_be_hidden (doubt, listing))))
        continue;
      if (outcome == RST_OUTCOME_UNKNOWN)
        sim_judge_note (self->run, &self->verdict->n_unsettled, "still unknown after a listing");
      else
        judge_settlement (self, doubt, outcome);
      g_array_remove_index (self->doubts, i);
    }
}

/* Which message of which session a target was, as far as it was there at all; @is_marked: that it
 * was to delete. */
static SimMessage *
find_message (SimDoubts *self,
              const SimTarget *target,
              gboolean is_marked)
{
  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      SimSession *session = g_ptr_array_index (self->run->sessions, i);

      for (guint j = 0; j < session->rows->len; j++)
        {
          SimRow *row = &g_array_index (session->rows, SimRow, j);

          if ((is_marked ? row->is_marked : row->is_listed) &&
              row->message->content == target->content &&
              (target->uid == 0 || row->uid == target->uid))
            return row->message;
        }
    }
  return NULL;
}

static gboolean
broke_under_a_command (const SimSession *session)
{
  const SimCut *cut = &session->cut;

  return cut->at_in > 0 && (cut->is_on_wire ? session->n_wire_in : session->n_in) >= cut->at_in;
}

/* Whether the client can have asked for a delete, so that its outcome is open: the server has read
 * a DELE, though it may have lost it, or the connection broke at an exact place, perhaps under one,
 * or when all that it waits for had been shown. */
static gboolean
has_reason (const SimRun *run)
{
  for (guint i = 0; i < run->sessions->len; i++)
    {
      const SimSession *session = g_ptr_array_index (run->sessions, i);

      if (session->has_dele || broke_under_a_command (session) ||
          (session->is_heard && session->has_shown))
        return TRUE;
    }
  return FALSE;
}

static void
count_look_alikes (Doubt *doubt,
                   const GArray *targets,
                   const GPtrArray *others)
{
  guint likeness = doubt->message->content->likeness;

  for (guint i = 0; i < targets->len; i++)
    doubt->n_chosen += g_array_index (targets, SimTarget, i).content->likeness == likeness;
  for (guint i = 0; i < others->len; i++)
    doubt->n_others += ((const SimContent *)g_ptr_array_index (others, i))->likeness == likeness;
}

void
sim_doubts_add (SimDoubts *self,
                const RstReceipt *receipt,
                const GArray *targets,
                const GPtrArray *others)
{
  g_autoptr (GArray) before = look_back (self);

  if (!has_reason (self->run))
    sim_judge_note (self->run, &self->verdict->n_false_claims, "unknown without a reason");
  for (guint i = 0; i < receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (receipt->entries, i);
      const SimTarget *target = &g_array_index (targets, SimTarget, i);
      Doubt doubt = { receipt->id, i, find_message (self, target, TRUE), target->uid };

      /* What was not asked for is not deleted, unless somebody else did it. */
      if (!doubt.message)
        doubt.message = find_message (self, target, FALSE);
      if (!doubt.message)
        continue;
      count_look_alikes (&doubt, targets, others);
      doubt.before = g_array_ref (before);
      if (entry->outcome == RST_OUTCOME_UNKNOWN)
        {
          g_array_append_val (self->doubts, doubt);
          continue;
        }
      judge_settlement (self, &doubt, entry->outcome);
      doubt_clear (&doubt);
    }
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-doubts.h"

#include <sqlite3.h>

#include "sim-judge.h"

/* A message of a delete whose outcome was unknown when it ended. */
typedef struct
{
  gint64 receipt;
  guint position;
  SimMessage *message;
  guint uid;
} Doubt;

struct _SimDoubts
{
  SimRun *run;
  SimVerdict *verdict;
  char *folder;
  GArray *doubts;
};

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

/* Which of two twins went, nothing tells but their UIDs, and those have to be true. */
static gboolean
has_twin (SimDoubts *self,
          const Doubt *doubt)
{
  GPtrArray *all = self->run->world->all;

  for (guint i = 0; i < all->len; i++)
    {
      const SimMessage *other = g_ptr_array_index (all, i);

      if (other != doubt->message && other->content->likeness == doubt->message->content->likeness)
        return TRUE;
    }
  return FALSE;
}

/* What one listing tells of a doubt. */
typedef struct
{
  gboolean is_there;
  gboolean is_reused;
  gboolean has_likeness;
} Evidence;

static Evidence
find_evidence (const Doubt *doubt,
               const SimSession *session)
{
  Evidence self = { 0 };

  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);

      if (!row->is_listed || (session->is_uid_listed && !row->is_uid_listed))
        continue;
      self.is_reused |= doubt->uid != 0 && row->uid == doubt->uid && row->message != doubt->message;
      self.is_there |= row->message == doubt->message && row->message->is_there &&
                       (row->is_seen || (doubt->uid != 0 && row->is_uid_listed)) &&
                       (doubt->uid == 0 || row->uid == doubt->uid);
      self.has_likeness |= row->message->content->likeness == doubt->message->content->likeness;
    }
  return self;
}

typedef enum
{
  SETTLED_RIGHTLY,
  SETTLED_UNKNOWABLY,
  SETTLED_WRONGLY
} Settlement;

/* "Deleted" is said of what the listing does not have under the name that was known, and "not
 * deleted" of what it has. What has its UID now, a listing does not tell. */
static Settlement
judge_by (SimDoubts *self,
          const Doubt *doubt,
          RstOutcome outcome,
          const SimSession *session)
{
  Evidence evidence = find_evidence (doubt, session);

  if (outcome == RST_OUTCOME_DELETED && evidence.is_there)
    return has_twin (self, doubt) ? SETTLED_UNKNOWABLY : SETTLED_WRONGLY;
  if (outcome == RST_OUTCOME_NOT_DELETED && !evidence.has_likeness)
    return evidence.is_reused ? SETTLED_UNKNOWABLY : SETTLED_WRONGLY;
  return SETTLED_RIGHTLY;
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
        best = MIN (best, judge_by (self, doubt, outcome, session));
    }
  sim_run_log (self->run, "  settled: uid%u, headers %u: %s", doubt->uid,
               doubt->message->content->likeness,
               outcome == RST_OUTCOME_DELETED ? "deleted" : "not deleted");
  if (best == SETTLED_UNKNOWABLY)
    sim_judge_note (self->run, &self->verdict->n_unknowable, "settled by a twin, unknowably");
  else if (best == SETTLED_WRONGLY)
    sim_judge_note (self->run, &self->verdict->n_false_claims, "settled wrongly");
}

void
sim_doubts_judge (SimDoubts *self,
                  gboolean is_listed)
{
  for (guint i = self->doubts->len; i-- > 0;)
    {
      const Doubt *doubt = &g_array_index (self->doubts, Doubt, i);
      int outcome = load_outcome (self, doubt);

      if (outcome == RST_OUTCOME_UNKNOWN && !is_listed)
        continue;
      if (outcome == RST_OUTCOME_UNKNOWN)
        sim_judge_note (self->run, &self->verdict->n_unsettled, "still unknown after a listing");
      else
        judge_settlement (self, doubt, outcome);
      g_array_remove_index (self->doubts, i);
    }
}

/* Which message of which session a target was, as far as it was there at all. */
static SimMessage *
find_message (SimDoubts *self,
              const SimTarget *target)
{
  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      SimSession *session = g_ptr_array_index (self->run->sessions, i);

      for (guint j = 0; j < session->rows->len; j++)
        {
          SimRow *row = &g_array_index (session->rows, SimRow, j);

          if (row->is_marked && row->message->content == target->content &&
              (target->uid == 0 || row->uid == target->uid))
            return row->message;
        }
    }
  return NULL;
}

void
sim_doubts_add (SimDoubts *self,
                const RstReceipt *receipt,
                const GArray *targets)
{
  for (guint i = 0; i < receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (receipt->entries, i);
      const SimTarget *target = &g_array_index (targets, SimTarget, i);
      Doubt doubt = { receipt->id, i, find_message (self, target), target->uid };

      if (!doubt.message)
        continue;
      if (entry->outcome == RST_OUTCOME_UNKNOWN)
        g_array_append_val (self->doubts, doubt);
      else
        judge_settlement (self, &doubt, entry->outcome);
    }
}

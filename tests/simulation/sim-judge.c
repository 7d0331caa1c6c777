/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-judge.h"

#include <string.h>

void
sim_judge_note (const SimRun *run,
                guint64 *counter,
                const char *what)
{
  (*counter)++;
  sim_run_log (run, "  *** %s", what);
}

static gboolean
has_names (const SimTarget *target,
           const SimSession *session)
{
  return session->is_uid_listed && target->uid != 0;
}

/* Whether a message has the headers of another row's, and is another. */
static gboolean
is_twin_of (const SimRow *other,
            const SimRow *row)
{
  return other->message->content != row->message->content &&
         other->message->content->likeness == row->message->content->likeness;
}

/* Whether a row has the headers of the chosen message, and its UID, or, where UIDs are missing, its
 * number. */
static gboolean
has_its_name (const SimTarget *target,
              const SimSession *session,
              guint position)
{
  const SimRow *row = &g_array_index (session->rows, SimRow, position);

  if (row->message->content->likeness != target->content->likeness)
    return FALSE;
  return has_names (target, session) ? row->is_uid_listed && row->uid == target->uid
                                     : target->number == position + 1;
}

/* Whether all that a session listed under a UID, and that have the same headers, are byte-equal. */
static gboolean
is_one_message (const SimSession *session,
                const SimRow *row)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *other = &g_array_index (session->rows, SimRow, i);

      if (other->is_uid_listed && other->uid == row->uid && is_twin_of (other, row))
        return FALSE;
    }
  return TRUE;
}

/* Whether the client has left a twin of what it deleted, though it is under the same UID or, where
 * UIDs are missing, though the client has seen it: then it has chosen, and nothing told it which.
 * What is marked is not left: a server that does half of a QUIT does not choose for the client. */
static gboolean
has_left_a_twin (const SimTarget *target,
                 const SimSession *session,
                 const SimRow *row)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *other = &g_array_index (session->rows, SimRow, i);

      if (!other->is_marked && is_twin_of (other, row) &&
          (has_names (target, session) ? other->is_uid_listed && other->uid == row->uid
                                       : other->is_seen))
        return TRUE;
    }
  return FALSE;
}

/* What no client can know before it deletes: a message with the same header block under the name
 * that the chosen one had, where there was nothing to choose. But a body that is known tells. */
static gboolean
may_delete_twin (const SimTarget *target,
                 const SimSession *session,
                 guint position)
{
  return !target->has_body && has_its_name (target, session, position) &&
         !has_left_a_twin (target, session, &g_array_index (session->rows, SimRow, position));
}

/* The same before it reads, which may go by a number that has not changed, too. */
static gboolean
may_read_twin (const SimTarget *target,
               const SimSession *session,
               guint position)
{
  return has_its_name (target, session, position) &&
         (target->number == position + 1 ||
          is_one_message (session, &g_array_index (session->rows, SimRow, position)));
}

/* Whether nothing that a session shows under the name of the chosen message has its headers. */
static gboolean
has_name_failed (const SimTarget *target,
                 const SimSession *session)
{
  for (guint i = 0; i < session->rows->len; i++)
    if (has_its_name (target, session, i))
      return FALSE;
  return TRUE;
}

/* Whether the names lie, and the client has seen only one message of such headers in a session: the
 * looks are all there is to go by. */
static gboolean
is_only_one_of_its_looks (const SimTarget *target,
                          const SimSession *session,
                          guint position)
{
  const SimRow *row = &g_array_index (session->rows, SimRow, position);

  if (row->message->content->likeness != target->content->likeness ||
      !has_name_failed (target, session))
    return FALSE;
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *other = &g_array_index (session->rows, SimRow, i);

      if (i != position && other->is_listed && other->is_seen &&
          other->message->content->likeness == row->message->content->likeness)
        return FALSE;
    }
  return TRUE;
}

/* How a message that was deleted may answer to one that was chosen. */
typedef enum
{
  MATCH_EXACT,
  MATCH_NAME,
  MATCH_EQUAL,
  MATCH_TWIN,
  N_MATCHES
} Match;

static gboolean
is_match (const SimTarget *target,
          const SimSession *session,
          guint position,
          Match match)
{
  const SimRow *row = &g_array_index (session->rows, SimRow, position);
  gboolean has_uid = has_names (target, session);

  if (match == MATCH_TWIN)
    return may_delete_twin (target, session, position);
  if (row->message->content != target->content)
    return FALSE;
  if (match == MATCH_EXACT && target->number != position + 1)
    return FALSE;
  return match == MATCH_EQUAL ||
         (has_uid ? row->uid == target->uid : target->number == position + 1);
}

typedef struct
{
  const GArray *targets;
  gboolean *is_taken;
  GHashTable *answered;
  guint n_unanswered;
  guint n_twins;
  gboolean has_half;
} Matching;

static void
match_session (Matching *self,
               const SimSession *session,
               Match match)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *row = &g_array_index (session->rows, SimRow, i);

      if (!row->is_committed || g_hash_table_contains (self->answered, row))
        continue;
      for (guint j = 0; j < self->targets->len; j++)
        if (!self->is_taken[j] &&
            is_match (&g_array_index (self->targets, SimTarget, j), session, i, match))
          {
            self->is_taken[j] = TRUE;
            self->n_twins += match == MATCH_TWIN;
            g_hash_table_add (self->answered, (gpointer)row);
            break;
          }
    }
}

/* Each message that a session of this step deleted must be one that was asked for. */
static Matching
match_commits (const SimRun *run,
               const GArray *targets,
               const Match *order)
{
  g_autofree gboolean *is_taken = g_new0 (gboolean, targets->len + 1);
  g_autoptr (GHashTable) answered = g_hash_table_new (NULL, NULL);
  Matching self = { targets, is_taken, answered };

  for (guint i = 0; i < run->sessions->len; i++)
    {
      const SimSession *session = g_ptr_array_index (run->sessions, i);

      self.has_half |= session->has_half;
      for (guint j = 0; j < session->rows->len; j++)
        self.n_unanswered += g_array_index (session->rows, SimRow, j).is_committed;
    }
  for (guint i = 0; i < N_MATCHES; i++)
    for (guint j = 0; j < run->sessions->len; j++)
      match_session (&self, g_ptr_array_index (run->sessions, j), order[i]);
  self.n_unanswered -= g_hash_table_size (answered);
  self.answered = NULL;
  self.is_taken = NULL;
  return self;
}

/* Returns: how many messages were deleted, after which all is forgiven. */
static guint
take_commits (const SimRun *run)
{
  guint n = 0;

  for (guint i = 0; i < run->sessions->len; i++)
    {
      const SimSession *session = g_ptr_array_index (run->sessions, i);

      for (guint j = 0; j < session->rows->len; j++)
        {
          SimRow *row = &g_array_index (session->rows, SimRow, j);

          n += row->is_committed;
          row->is_committed = FALSE;
        }
    }
  return n;
}

/* Twins and copies can answer for each other in more than one way: the best one counts. */
static void
judge_commits (const SimRun *run,
               const GArray *targets,
               gboolean *has_half,
               SimVerdict *verdict)
{
  static const Match equal_first[] = { MATCH_EXACT, MATCH_NAME, MATCH_EQUAL, MATCH_TWIN };
  static const Match twins_first[] = { MATCH_EXACT, MATCH_TWIN, MATCH_NAME, MATCH_EQUAL };
  Matching best = match_commits (run, targets, equal_first);

  if (best.n_unanswered > 0)
    {
      Matching other = match_commits (run, targets, twins_first);

      if (other.n_unanswered < best.n_unanswered)
        best = other;
    }
  *has_half = best.has_half;
  for (guint i = 0; i < best.n_unanswered; i++)
    sim_judge_note (run, &verdict->n_wrong_deletes, "wrong delete");
  for (guint i = 0; i < best.n_twins; i++)
    sim_judge_note (run, &verdict->n_unknowable, "deleted a twin, unknowably");
}

void
sim_judge_delete (const SimRun *run,
                  const GArray *targets,
                  SimClaim claim,
                  SimVerdict *verdict)
{
  gboolean has_half;
  guint n_committed;

  judge_commits (run, targets, &has_half, verdict);
  n_committed = take_commits (run);
  for (guint i = 0; run->is_verbose && i < targets->len; i++)
    {
      const SimTarget *target = &g_array_index (targets, SimTarget, i);

      sim_run_log (run, "  chosen: %u uid%u, headers %u, %.*s", target->number, target->uid,
                   target->content->likeness, (int)strcspn (target->content->body, "\r"),
                   target->content->body);
    }
  verdict->n_deletes++;
  verdict->n_deleted += n_committed;
  if (claim == SIM_CLAIM_DELETED && n_committed != targets->len)
    sim_judge_note (run, &verdict->n_false_claims, "said deleted, and was not");
  if (claim == SIM_CLAIM_NOTHING_DELETED && n_committed > 0)
    sim_judge_note (run, &verdict->n_false_claims, "said nothing deleted, and was");
  if (n_committed > 0 && n_committed < targets->len && !has_half)
    sim_judge_note (run, &verdict->n_partial_commits, "deleted a part");
}

void
sim_judge_calm (const SimRun *run,
                SimVerdict *verdict)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (SimTarget));
  gboolean has_half;

  judge_commits (run, nothing, &has_half, verdict);
  take_commits (run);
}

/* Whether, without UIDs, a twin has come to the number at which an earlier session of the step had
 * the chosen message: a reload within a reading goes by the number that it has found. */
static gboolean
has_come_in_its_place (const SimRun *run,
                       const SimTarget *target,
                       guint nth,
                       guint position)
{
  const SimSession *session = g_ptr_array_index (run->sessions, nth);

  if (has_names (target, session) ||
      g_array_index (session->rows, SimRow, position).message->content->likeness !=
          target->content->likeness)
    return FALSE;
  for (guint i = 0; i < nth; i++)
    {
      const SimSession *earlier = g_ptr_array_index (run->sessions, i);

      if (earlier->is_listed && position < earlier->rows->len &&
          g_array_index (earlier->rows, SimRow, position).message->content == target->content)
        return TRUE;
    }
  return FALSE;
}

static gboolean
may_be_twin (const SimRun *run,
             const SimTarget *target,
             const char *bytes,
             gsize length)
{
  for (guint i = 0; !target->has_body && i < run->sessions->len; i++)
    {
      const SimSession *session = g_ptr_array_index (run->sessions, i);

      for (guint j = 0; j < session->rows->len; j++)
        if ((may_read_twin (target, session, j) ||
             is_only_one_of_its_looks (target, session, j) ||
             has_come_in_its_place (run, target, i, j)) &&
            sim_content_is_equal (g_array_index (session->rows, SimRow, j).message->content, bytes,
                                  length))
          return TRUE;
    }
  return FALSE;
}

void
sim_judge_body (const SimRun *run,
                const SimTarget *target,
                const char *bytes,
                gsize length,
                SimVerdict *verdict)
{
  verdict->n_read++;
  if (sim_content_is_equal (target->content, bytes, length))
    return;
  if (may_be_twin (run, target, bytes, length))
    sim_judge_note (run, &verdict->n_unknowable, "showed a twin, unknowably");
  else
    sim_judge_note (run, &verdict->n_wrong_bodies, "wrong body");
}

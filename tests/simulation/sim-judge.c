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

/* Whether all that a session has under a UID, and that have the same headers, are byte-equal. */
static gboolean
is_one_message (const SimSession *session,
                const SimRow *row)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *other = &g_array_index (session->rows, SimRow, i);

      if (other->uid == row->uid && other->message->content != row->message->content &&
          other->message->content->likeness == row->message->content->likeness)
        return FALSE;
    }
  return TRUE;
}

/* Whether a session has nothing under the name that was known, and only one message of such
 * headers: all names have changed, and the looks are all there is to go by. */
static gboolean
is_only_one_of_its_looks (const SimSession *session,
                          const SimRow *row,
                          guint uid)
{
  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *other = &g_array_index (session->rows, SimRow, i);

      if (other->uid == uid || (other != row && other->message->content->likeness ==
                                                    row->message->content->likeness))
        return FALSE;
    }
  return TRUE;
}

/* What no client can know: a message with the same header block, under the UID that the chosen one
 * had and nothing else has, or, where UIDs are missing or tell nothing, at its number. */
static gboolean
is_unknowable (const SimTarget *target,
               const SimSession *session,
               guint position)
{
  const SimRow *row = &g_array_index (session->rows, SimRow, position);

  if (row->message->content->likeness != target->content->likeness)
    return FALSE;
  if (session->has_uidl && target->uid != 0 && row->uid != target->uid)
    return is_only_one_of_its_looks (session, row, target->uid);
  return target->number == position + 1 ||
         (session->has_uidl && target->uid != 0 && is_one_message (session, row));
}

/* Which of the targets a message that was deleted is: first those by content and name, then those
 * by content. */
enum
{
  PASS_EXACT,
  PASS_EQUAL,
  PASS_TWINS,
  N_PASSES
};

static gboolean
take_target (const GArray *targets,
             gboolean *is_taken,
             const SimSession *session,
             guint position,
             guint pass)
{
  const SimRow *row = &g_array_index (session->rows, SimRow, position);

  for (guint i = 0; i < targets->len; i++)
    {
      const SimTarget *target = &g_array_index (targets, SimTarget, i);

      if (is_taken[i])
        continue;
      if (pass == PASS_TWINS ? !is_unknowable (target, session, position)
                             : row->message->content != target->content)
        continue;
      if (pass == PASS_EXACT && (session->has_uidl && target->uid != 0
                                     ? row->uid != target->uid
                                     : position + 1 != target->number))
        continue;
      is_taken[i] = TRUE;
      return TRUE;
    }
  return FALSE;
}

typedef struct
{
  guint n_committed;
  gboolean has_half;
} Truth;

/* Each message that a session of this step deleted must be one that was asked for. */
static Truth
match_commits (const SimRun *run,
               const GArray *targets,
               SimVerdict *verdict)
{
  g_autofree gboolean *is_taken = g_new0 (gboolean, targets->len + 1);
  Truth truth = { 0 };

  for (guint pass = 0; pass < N_PASSES; pass++)
    for (guint i = 0; i < run->sessions->len; i++)
      {
        SimSession *session = g_ptr_array_index (run->sessions, i);

        truth.has_half |= session->has_half;
        for (guint j = 0; j < session->rows->len; j++)
          {
            SimRow *row = &g_array_index (session->rows, SimRow, j);

            if (!row->is_committed)
              continue;
            truth.n_committed += pass == 0;
            if (take_target (targets, is_taken, session, j, pass))
              {
                row->is_committed = FALSE;
                if (pass == PASS_TWINS)
                  sim_judge_note (run, &verdict->n_unknowable, "deleted a twin, unknowably");
              }
            else if (pass == PASS_TWINS)
              {
                row->is_committed = FALSE;
                sim_judge_note (run, &verdict->n_wrong_deletes, "wrong delete");
              }
          }
      }
  return truth;
}

void
sim_judge_delete (const SimRun *run,
                  const GArray *targets,
                  SimClaim claim,
                  SimVerdict *verdict)
{
  Truth truth = match_commits (run, targets, verdict);

  for (guint i = 0; run->is_verbose && i < targets->len; i++)
    {
      const SimTarget *target = &g_array_index (targets, SimTarget, i);

      sim_run_log (run, "  chosen: %u uid%u, headers %u, %.*s", target->number, target->uid,
                   target->content->likeness, (int)strcspn (target->content->body, "\r"),
                   target->content->body);
    }
  verdict->n_deletes++;
  verdict->n_deleted += truth.n_committed;
  if (claim == SIM_CLAIM_DELETED && truth.n_committed != targets->len)
    sim_judge_note (run, &verdict->n_false_claims, "said deleted, and was not");
  if (claim == SIM_CLAIM_NOTHING_DELETED && truth.n_committed > 0)
    sim_judge_note (run, &verdict->n_false_claims, "said nothing deleted, and was");
  if (truth.n_committed > 0 && truth.n_committed < targets->len && !truth.has_half)
    sim_judge_note (run, &verdict->n_partial_commits, "deleted a part");
}

void
sim_judge_calm (const SimRun *run,
                SimVerdict *verdict)
{
  g_autoptr (GArray) nothing = g_array_new (FALSE, FALSE, sizeof (SimTarget));

  match_commits (run, nothing, verdict);
}

static gboolean
may_be_twin (const SimRun *run,
             const SimTarget *target,
             const char *bytes,
             gsize length)
{
  for (guint i = 0; i < run->sessions->len; i++)
    {
      const SimSession *session = g_ptr_array_index (run->sessions, i);

      for (guint j = 0; j < session->rows->len; j++)
        if (is_unknowable (target, session, j) &&
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

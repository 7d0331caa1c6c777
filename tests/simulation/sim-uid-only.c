/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "sim-judge.h"
#include "sim-poplib.h"

/* What most clients do: a message is its UID, and nothing is looked at before it is deleted. Where
 * the server has no UIDs, a message is its number. */

typedef struct
{
  guint uid;
  guint number;
  const SimContent *content;
} Entry;

typedef struct
{
  SimRun *run;
  SimVerdict *verdict;
  GArray *entries;
} UidOnly;

static gpointer
uid_only_start (SimRun *run,
                SimVerdict *verdict)
{
  UidOnly *self = g_new0 (UidOnly, 1);

  self->run = run;
  self->verdict = verdict;
  self->entries = g_array_new (FALSE, TRUE, sizeof (Entry));
  return self;
}

static void
uid_only_stop (gpointer data)
{
  UidOnly *self = data;

  g_array_unref (self->entries);
  g_free (self);
}

static guint
uid_only_count (gpointer data)
{
  UidOnly *self = data;

  return self->entries->len;
}

/* Returns: (transfer full) (nullable): the listing, each with its UID where there are any. */
static GArray *
list (SimSession *session)
{
  g_auto (GStrv) lines = sim_poplib_long (session, session->has_uidl ? "UIDL" : "LIST");
  GArray *entries = g_array_new (FALSE, TRUE, sizeof (Entry));

  for (guint i = 0; lines && lines[i]; i++)
    {
      Entry entry = { 0 };

      if (sscanf (lines[i], "%u uid%u", &entry.number, &entry.uid) < 1)
        continue;
      g_array_append_val (entries, entry);
    }
  if (lines == NULL)
    g_clear_pointer (&entries, g_array_unref);
  return entries;
}

static const Entry *
find (const GArray *entries,
      guint uid,
      guint number)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = &g_array_index (entries, Entry, i);

      if (uid != 0 ? entry->uid == uid : entry->number == number)
        return entry;
    }
  return NULL;
}

static void
uid_only_refresh (gpointer data,
                  SimRandom *random)
{
  UidOnly *self = data;
  SimSession *session = sim_poplib_connect (self->run);
  g_autoptr (GArray) entries = session ? list (session) : NULL;
  gboolean is_good = entries != NULL;

  for (guint i = 0; is_good && i < entries->len; i++)
    {
      Entry *entry = &g_array_index (entries, Entry, i);
      const Entry *known = entry->uid != 0 ? find (self->entries, entry->uid, 0) : NULL;
      g_auto (GStrv) lines = NULL;

      if (known)
        {
          entry->content = known->content;
          continue;
        }
      lines = session->has_top ? sim_poplib_long (session, "TOP %u 0", entry->number)
                               : sim_poplib_long (session, "RETR %u", entry->number);
      is_good = lines != NULL;
      if (is_good && entry->number >= 1 && entry->number <= session->rows->len)
        entry->content = g_array_index (session->rows, SimRow, entry->number - 1).message->content;
    }
  if (session)
    sim_poplib_quit (session);
  if (is_good)
    {
      g_array_set_size (self->entries, 0);
      g_array_append_vals (self->entries, entries->data, entries->len);
    }
  sim_judge_calm (self->run, self->verdict);
}

static void
uid_only_read (gpointer data,
               guint row,
               SimRandom *random)
{
  UidOnly *self = data;
  const Entry *entry = &g_array_index (self->entries, Entry, row);
  SimTarget target = { entry->content, entry->uid, entry->number, FALSE };
  SimSession *session = sim_poplib_connect (self->run);
  g_autoptr (GArray) entries = session ? list (session) : NULL;
  const Entry *found = entries ? find (entries, entry->uid, entry->number) : NULL;
  g_auto (GStrv) lines = found ? sim_poplib_long (session, "RETR %u", found->number) : NULL;

  self->verdict->n_reads++;
  if (session)
    sim_poplib_quit (session);
  if (lines && target.content)
    {
      g_autofree char *joined = g_strjoinv ("\r\n", lines);
      g_autofree char *text = g_strconcat (joined, "\r\n", NULL);

      sim_judge_body (self->run, &target, text, strlen (text), self->verdict);
    }
  sim_judge_calm (self->run, self->verdict);
}

static gboolean
delete_in (SimSession *session,
           const GArray *targets)
{
  g_autoptr (GArray) entries = list (session);
  gboolean is_good = entries != NULL;

  for (guint i = 0; is_good && i < targets->len; i++)
    {
      const SimTarget *target = &g_array_index (targets, SimTarget, i);
      const Entry *found = find (entries, target->uid, target->number);

      is_good = found != NULL && sim_poplib_short (session, "DELE %u", found->number);
    }
  return is_good;
}

static void
uid_only_delete (gpointer data,
                 const guint *rows,
                 guint n,
                 SimRandom *random)
{
  UidOnly *self = data;
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (SimTarget));
  SimSession *session = NULL;
  gboolean is_good = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const Entry *entry = &g_array_index (self->entries, Entry, rows[i]);
      SimTarget target = { entry->content, entry->uid, entry->number, FALSE };

      if (target.content)
        g_array_append_val (targets, target);
    }
  session = sim_poplib_connect (self->run);
  if (session)
    {
      is_good = delete_in (session, targets);
      is_good = sim_poplib_quit (session) && is_good;
    }
  sim_judge_delete (self->run, targets, is_good ? SIM_CLAIM_DELETED : SIM_CLAIM_NOTHING_DELETED,
                    self->verdict);
}

/* The list is kept. */
static void
uid_only_restart (gpointer data)
{
}

const SimClient SIM_UID_ONLY = { "by UID only", uid_only_start, uid_only_stop,
                                 uid_only_count, uid_only_refresh, uid_only_read,
                                 uid_only_delete, uid_only_restart };

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sim-meanings.h"

#include <stdio.h>
#include <string.h>

#include "mail/rst-body-digest.h"
#include "sim-judge.h"

struct _SimMeanings
{
  SimRun *run;
  SimVerdict *verdict;

  /* RstMessageItem to SimMeaning. */
  GHashTable *meanings;

  /* The list when it was last looked at: other names the program has forgotten. */
  GPtrArray *rows;
};

SimMeanings *
sim_meanings_new (SimRun *run,
                  SimVerdict *verdict)
{
  SimMeanings *self = g_new0 (SimMeanings, 1);

  self->run = run;
  self->verdict = verdict;
  self->meanings = g_hash_table_new_full (NULL, NULL, g_object_unref, g_free);
  self->rows = g_ptr_array_new_with_free_func (g_object_unref);
  return self;
}

void
sim_meanings_free (SimMeanings *self)
{
  g_hash_table_unref (self->meanings);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static const RstIdentity *
identity_of (RstMessageItem *item)
{
  return rst_message_item_get_header (item)->identity;
}

static guint
uid_of (const RstIdentity *identity)
{
  guint uid = 0;

  if (identity->uid)
    sscanf (identity->uid, "uid%u", &uid);
  return uid;
}

static gboolean
has_headers_of (const RstIdentity *identity,
                const SimContent *content)
{
  g_autofree char *block = g_strconcat (content->header, "\r\n", NULL);
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (block, strlen (block));

  return identity->digest && rst_header_digest_match_retr (identity->digest, digest);
}

static gboolean
has_body_of (const RstIdentity *identity,
             const SimContent *content)
{
  g_autofree char *text = NULL;
  guint8 digest[RST_BODY_DIGEST_SIZE];

  if (!identity->body || !content)
    return FALSE;
  text = g_strconcat (content->header, "\r\n", content->body, NULL);
  rst_body_digest_new (text, strlen (text), digest);
  return memcmp (digest, identity->body, sizeof digest) == 0;
}

static gboolean
is_garbled (SimMeanings *self)
{
  for (guint i = 0; i < self->run->sessions->len; i++)
    if (((SimSession *)g_ptr_array_index (self->run->sessions, i))->is_garbled)
      return TRUE;
  return FALSE;
}

/* A row that is new was listed by a session of this step; the newest that fits it is the one. */
static const SimContent *
find_meaning (SimMeanings *self,
              const RstIdentity *identity)
{
  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      SimSession *session = g_ptr_array_index (self->run->sessions, i);
      SimRow *row;

      if (!session->is_listed || identity->number > session->rows->len)
        continue;
      row = &g_array_index (session->rows, SimRow, identity->number - 1);
      if (row->is_listed && row->is_seen && (!identity->uid || row->uid == uid_of (identity)) &&
          has_headers_of (identity, row->message->content))
        return row->message->content;
    }
  return NULL;
}

static void
set_meaning (SimMeanings *self,
             RstMessageItem *item,
             const SimContent *content)
{
  const RstIdentity *identity = identity_of (item);
  SimMeaning meaning = { content, uid_of (identity), identity->number,
                         has_body_of (identity, content), uid_of (identity) };

  g_hash_table_insert (self->meanings, g_object_ref (item), g_memdup2 (&meaning, sizeof meaning));
}

const SimMeaning *
sim_meanings_get (SimMeanings *self,
                  RstMessageItem *item)
{
  return g_hash_table_lookup (self->meanings, item);
}

void
sim_meanings_set_content (SimMeanings *self,
                          RstMessageItem *item,
                          const SimContent *content)
{
  SimMeaning *meaning = g_hash_table_lookup (self->meanings, item);

  if (!meaning || meaning->content != content)
    set_meaning (self, item, content);
  else
    meaning->has_body = has_body_of (identity_of (item), content);
}

gboolean
sim_meanings_is_listing (RstIndex *index,
                         const SimSession *session)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (index);
  guint n = 0;

  for (guint i = 0; i < session->rows->len; i++)
    {
      SimRow *row = &g_array_index (session->rows, SimRow, i);
      const RstIdentity *identity;

      if (!row->is_listed)
        continue;
      if (n >= items->len)
        return FALSE;
      identity = identity_of (g_ptr_array_index (items, n++));
      if (identity->number != i + 1)
        return FALSE;
      if (session->is_uid_listed && row->is_uid_listed && uid_of (identity) != row->uid)
        return FALSE;
      if (identity->size != sim_content_get_size (row->message->content))
        return FALSE;
    }
  return n == items->len;
}

/* The newest listing that the index is. */
static const SimSession *
find_shown_listing (SimMeanings *self,
                    RstIndex *index)
{
  for (guint i = self->run->sessions->len; i-- > 0;)
    {
      const SimSession *session = g_ptr_array_index (self->run->sessions, i);

      if (session->is_listed && sim_meanings_is_listing (index, session))
        return session;
    }
  return NULL;
}

gboolean
sim_meanings_is_any_listing (SimMeanings *self,
                             RstIndex *index)
{
  return find_shown_listing (self, index) != NULL;
}

/* A listing against the names that were known before it.
 * @is_known: whether it has any of them
 * @is_lying: whether something else has one of them now */
typedef struct
{
  const SimSession *session;
  gboolean is_known;
  gboolean is_lying;
} Listing;

static Listing
look_at_listing (SimMeanings *self,
                 RstIndex *index)
{
  Listing listing = { find_shown_listing (self, index) };

  if (!listing.session || !listing.session->is_uid_listed)
    return listing;
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SimMeaning *meaning = sim_meanings_get (self, g_ptr_array_index (self->rows, i));

      for (guint j = 0; meaning && j < listing.session->rows->len; j++)
        {
          const SimRow *row = &g_array_index (listing.session->rows, SimRow, j);

          /* What vanished between LIST and UIDL has no name. */
          if (!row->is_uid_listed || meaning->shown_uid == 0 || row->uid != meaning->shown_uid)
            continue;
          listing.is_known = TRUE;
          listing.is_lying |= meaning->content &&
                              row->message->content->likeness != meaning->content->likeness;
        }
    }
  return listing;
}

/* Whether nothing else in a listing looks like @row. */
static gboolean
is_alone (const SimSession *session,
          const SimRow *row)
{
  guint n = 0;

  for (guint i = 0; i < session->rows->len; i++)
    {
      const SimRow *other = &g_array_index (session->rows, SimRow, i);

      n += other->is_uid_listed &&
           other->message->content->likeness == row->message->content->likeness;
    }
  return n == 1;
}

/* A twin that has come under the name of a message, at its place, is what the row is about from
 * then on: nothing tells. Nor does anything when no name is known any more, or one is found to lie
 * and the twin is alone, and messages are known again by their looks. But where the body of the row
 * is known, it is that which is shown. */
static gboolean
may_be_twin (const SimMeaning *meaning,
             const RstIdentity *identity,
             const SimRow *row,
             const Listing *listing)
{
  guint uid = uid_of (identity);

  if (meaning->has_body)
    return FALSE;
  if (uid == meaning->uid && identity->number == meaning->number)
    return TRUE;
  return meaning->uid != 0 && uid != meaning->uid &&
         (!listing->is_known || (listing->is_lying && is_alone (listing->session, row)));
}

static gboolean
was_listed (SimMeanings *self,
            const RstIdentity *identity,
            const SimContent *content)
{
  for (guint i = 0; i < self->run->sessions->len; i++)
    {
      const SimSession *session = g_ptr_array_index (self->run->sessions, i);
      const SimRow *row;

      if (!session->is_listed || identity->number > session->rows->len)
        continue;
      row = &g_array_index (session->rows, SimRow, identity->number - 1);
      if (row->uid == uid_of (identity) && row->message->content == content)
        return TRUE;
    }
  return FALSE;
}

/* Returns: whether the row is under the name of its message. */
static gboolean
judge_link (SimMeanings *self,
            RstMessageItem *item,
            SimMeaning *meaning,
            const Listing *listing)
{
  const RstIdentity *identity = identity_of (item);
  guint uid = uid_of (identity);
  gboolean has_other_uid = uid != 0 && meaning->uid != 0 && uid != meaning->uid;
  gboolean is_alike;
  const SimRow *row;

  if (!meaning->content || identity->number > listing->session->rows->len)
    return TRUE;
  row = &g_array_index (listing->session->rows, SimRow, identity->number - 1);
  if ((uid != 0 && row->uid != uid) || row->message->content == meaning->content)
    return TRUE;
  is_alike = row->message->content->likeness == meaning->content->likeness;
  if (is_alike && may_be_twin (meaning, identity, row, listing))
    {
      sim_judge_note (self->run, &self->verdict->n_unknowable,
                      "took a twin for the message, unknowably");
      meaning->content = row->message->content;
      return TRUE;
    }
  /* What has kept its UID is under its name, whatever the server has there now; and so is what was
   * there in an earlier session of the step. */
  if (!has_other_uid || was_listed (self, identity, meaning->content))
    return TRUE;
  if (uid != meaning->shown_uid && (!is_alike || (listing->is_known && !listing->is_lying)))
    {
      sim_run_log (self->run, "  uid%u, headers %u, then uid%u, headers %u", meaning->uid,
                   meaning->content->likeness, uid, row->message->content->likeness);
      sim_judge_note (self->run, &self->verdict->n_wrong_indexes,
                      "a row was linked to another message");
    }
  meaning->shown_uid = uid;
  return FALSE;
}

/* Returns: whether the name that the row has now is that of what it is about. */
static gboolean
learn_meaning (SimMeanings *self,
               RstMessageItem *item,
               const Listing *listing)
{
  SimMeaning *meaning = g_hash_table_lookup (self->meanings, item);
  const SimContent *content = NULL;

  if (meaning)
    return !listing->session || judge_link (self, item, meaning, listing);
  if (rst_message_item_get_state (item) != RST_HEADER_LOADED)
    return FALSE;

  content = find_meaning (self, identity_of (item));
  if (content || is_garbled (self))
    set_meaning (self, item, content);
  else
    sim_judge_note (self->run, &self->verdict->n_wrong_indexes, "a row from nowhere");
  return FALSE;
}

void
sim_meanings_learn (SimMeanings *self,
                    RstIndex *index)
{
  g_autoptr (GPtrArray) items = rst_index_dup_items (index);
  const Listing listing = look_at_listing (self, index);

  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);

      if (learn_meaning (self, item, &listing))
        set_meaning (self, item, sim_meanings_get (self, item)->content);
    }
  g_ptr_array_unref (self->rows);
  self->rows = g_steal_pointer (&items);
}

void
sim_meanings_restart (SimMeanings *self,
                      const GPtrArray *before,
                      const GPtrArray *after)
{
  for (guint i = 0; i < MAX (before->len, after->len); i++)
    {
      RstMessageItem *old = i < before->len ? g_ptr_array_index (before, i) : NULL;
      RstMessageItem *item = i < after->len ? g_ptr_array_index (after, i) : NULL;
      const SimMeaning *meaning = old ? sim_meanings_get (self, old) : NULL;

      sim_run_log (self->run, "  %u uid%u, then %u uid%u", old ? identity_of (old)->number : 0,
                   old ? uid_of (identity_of (old)) : 0, item ? identity_of (item)->number : 0,
                   item ? uid_of (identity_of (item)) : 0);
      if (!old || !item || identity_of (old)->number != identity_of (item)->number ||
          uid_of (identity_of (old)) != uid_of (identity_of (item)))
        {
          sim_judge_note (self->run, &self->verdict->n_wrong_indexes, "the store lost the index");
          return;
        }
      if (meaning)
        g_hash_table_insert (self->meanings, g_object_ref (item),
                             g_memdup2 (meaning, sizeof *meaning));
    }
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < after->len; i++)
    g_ptr_array_add (self->rows, g_object_ref (g_ptr_array_index (after, i)));
}

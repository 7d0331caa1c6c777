/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-settle"

#include "config.h"

#include "rst-settle.h"

#include "fetcher/rst-digest-key.h"

#define NOWHERE G_MAXUINT

static gboolean
is_same (const RstIdentity *a,
         const RstIdentity *b)
{
  if (g_strcmp0 (a->uid, b->uid) != 0 || (!a->uid && a->number != b->number))
    return FALSE;

  return a->digest && b->digest ? rst_header_digest_match (a->digest, b->digest)
                                : a->digest == b->digest;
}

/* What the first listing after a delete that was cut off says of it. */
typedef struct
{
  GPtrArray *before;
  const RstSnapshot *snapshot;
  gboolean *is_kept;
  GHashTable *uids;
  /* by Look: how many messages were lost, how many were to be deleted that were not found, and of
   * how many that are new nobody knows the body */
  GHashTable *losses;
  GHashTable *missing;
  GHashTable *bodiless;
  /* how many new ones hide their headers: all, by UID, and without one */
  guint n_unseen;
  GHashTable *unseen;
  guint n_nameless;
  /* whether a UID that the index or the receipt knows is listed, so that they tell */
  gboolean names_hold;
  /* the rows that are linked to nothing in the index; and those of them without a UID */
  GPtrArray *news;
  GPtrArray *nameless;
} Settlement;

/* Messages that look alike and, where UIDs tell, have one UID; and, where bodies tell, one body. */
typedef struct
{
  const char *uid;
  const RstHeaderDigest *digest;
  const guint8 *body;
} Look;

static guint
hash_look (gconstpointer key)
{
  const Look *look = key;

  return rst_digest_looks_hash (look->digest) ^ (look->uid ? g_str_hash (look->uid) : 0);
}

static gboolean
equal_looks (gconstpointer a,
             gconstpointer b)
{
  const Look *left = a;
  const Look *right = b;

  return g_strcmp0 (left->uid, right->uid) == 0 &&
         rst_digest_looks_equal (left->digest, right->digest) &&
         (left->body && right->body
              ? memcmp (left->body, right->body, RST_BODY_DIGEST_SIZE) == 0
              : left->body == right->body);
}

static Look
look_of (const Settlement *self,
         const RstIdentity *identity)
{
  return (Look){ self->snapshot->uids_hold ? identity->uid : NULL, identity->digest, NULL };
}

static int
get_count (GHashTable *table,
           Look look)
{
  return GPOINTER_TO_INT (g_hash_table_lookup (table, &look));
}

static void
count (GHashTable *table,
       Look look,
       int n)
{
  g_hash_table_insert (table, g_memdup2 (&look, sizeof look),
                       GINT_TO_POINTER (get_count (table, look) + n));
}

/* Under its looks, and under its body if that is known. */
static void
count_message (GHashTable *table,
               Look look,
               const guint8 *body,
               int n)
{
  count (table, look, n);
  look.body = body;
  if (body)
    count (table, look, n);
}

static const RstIdentity *
identity_at (GPtrArray *headers,
             guint position)
{
  return ((RstHeader *)g_ptr_array_index (headers, position))->identity;
}

static void
count_unseen (Settlement *self,
              char *uid)
{
  self->n_unseen++;
  if (uid)
    g_hash_table_insert (
        self->unseen, uid,
        GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (self->unseen, uid)) + 1));
  else
    self->n_nameless++;
}

/* Each of them may be a message like this one. */
static int
get_n_unseen (const Settlement *self,
              Look look)
{
  guint n = self->n_unseen;

  if (look.uid)
    n = GPOINTER_TO_UINT (g_hash_table_lookup (self->unseen, look.uid)) + self->n_nameless;

  return (int)n;
}

/* Messages that look alike are not found again one by one; but they can be counted. */
static void
count_losses (Settlement *self)
{
  GPtrArray *headers = self->snapshot->headers;

  for (guint i = 0; i < self->before->len; i++)
    {
      const RstIdentity *identity = identity_at (self->before, i);

      if (!self->is_kept[i] && identity->digest)
        count_message (self->losses, look_of (self, identity), identity->body, 1);
    }
  for (guint i = 0; i < headers->len; i++)
    {
      const RstIdentity *identity = identity_at (headers, i);

      if (identity->uid)
        g_hash_table_add (self->uids, identity->uid);
      if (g_array_index (self->snapshot->origins, guint, i) != RST_SNAPSHOT_NEW)
        continue;
      g_ptr_array_add (self->news, g_ptr_array_index (headers, i));
      if (!identity->uid)
        g_ptr_array_add (self->nameless, g_ptr_array_index (headers, i));
      if (!identity->digest)
        {
          count_unseen (self, identity->uid);
          continue;
        }
      count_message (self->losses, look_of (self, identity), identity->body, -1);
      if (!identity->body)
        count (self->bodiless, look_of (self, identity), 1);
    }
}

static gboolean
has_uid (const RstIdentity *identity,
         const char *uid)
{
  return identity->uid && g_strcmp0 (identity->uid, uid) == 0;
}

/* Headers that have not been seen may be any. */
static gboolean
may_look_like (const RstIdentity *a,
               const RstIdentity *b)
{
  return !a->digest || !b->digest || rst_header_digest_match (a->digest, b->digest);
}

/* What those rows of a listing say of a message that no UID tells apart. @is_named: whether only
 * those count that have no UID, and so may have lost the message's own. */
static RstOutcome
judge_looks (GPtrArray *rows,
             const RstIdentity *identity,
             gboolean is_named)
{
  RstOutcome outcome = RST_OUTCOME_DELETED;

  for (guint i = 0; i < rows->len; i++)
    {
      const RstIdentity *listed = identity_at (rows, i);

      if ((is_named && listed->uid) || !may_look_like (identity, listed))
        continue;
      if (!is_named && identity->digest && listed->digest)
        return RST_OUTCOME_NOT_DELETED;
      outcome = RST_OUTCOME_UNKNOWN;
    }

  return outcome;
}

/* Where the index no longer knows a message, what the listing shows is all there is to go by. */
static RstOutcome
judge_listing (const Settlement *self,
               const RstIdentity *identity)
{
  gboolean is_named = identity->uid && self->names_hold;

  for (guint i = 0; i < self->snapshot->headers->len; i++)
    {
      const RstIdentity *listed = identity_at (self->snapshot->headers, i);

      if (!has_uid (listed, identity->uid))
        continue;
      if (may_look_like (identity, listed))
        return RST_OUTCOME_NOT_DELETED;
      is_named = FALSE;
    }

  return judge_looks (self->snapshot->headers, identity, is_named);
}

/* Of several that nothing else tells apart, the one that stood where the receipt says. */
static guint
find_before (const Settlement *self,
             const RstIdentity *identity)
{
  guint found = NOWHERE;

  for (guint i = 0; i < self->before->len; i++)
    if (is_same (identity, identity_at (self->before, i)))
      {
        if (identity_at (self->before, i)->number == identity->number)
          return i;
        found = MIN (found, i);
      }

  return found;
}

/* A message of the index that was not found again, and is settled with those that look like it. */
typedef struct
{
  RstReceiptEntry *entry;
  const RstIdentity *identity;
} Left;

/* Returns: whether the message is settled by itself. */
static gboolean
settle_alone (Settlement *self,
              Left *left)
{
  RstReceiptEntry *entry = left->entry;
  guint found = find_before (self, entry->header->identity);
  gboolean is_named;

  if (found == NOWHERE)
    {
      entry->outcome = judge_listing (self, entry->header->identity);
      return TRUE;
    }
  if (self->is_kept[found])
    {
      entry->outcome = RST_OUTCOME_NOT_DELETED;
      return TRUE;
    }

  left->identity = identity_at (self->before, found);
  is_named = left->identity->uid && self->snapshot->uids_hold &&
             !g_hash_table_contains (self->uids, left->identity->uid);
  if (is_named || !left->identity->digest)
    {
      entry->outcome =
          judge_looks (is_named ? self->nameless : self->news, left->identity, is_named);
      return TRUE;
    }

  entry->outcome = RST_OUTCOME_DELETED;
  count_message (self->missing, look_of (self, left->identity), left->identity->body, 1);
  return FALSE;
}

static gboolean
lists_any (const Settlement *self,
           const RstReceipt *receipt)
{
  for (guint i = 0; i < receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = g_ptr_array_index (receipt->entries, i);
      const char *uid = entry->header->identity->uid;

      if (uid && g_hash_table_contains (self->uids, uid))
        return TRUE;
    }

  return FALSE;
}

void
rst_settle_receipt (RstReceipt *receipt,
                    GPtrArray *before,
                    const RstSnapshot *snapshot)
{
  g_autofree gboolean *is_kept = g_new0 (gboolean, before->len);
  g_autoptr (GHashTable) uids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) unseen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) news = g_ptr_array_new ();
  g_autoptr (GPtrArray) nameless = g_ptr_array_new ();
  g_autoptr (GHashTable) losses = NULL;
  g_autoptr (GHashTable) missing = NULL;
  g_autoptr (GHashTable) bodiless = NULL;
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (Left));
  Settlement self = { before, snapshot, is_kept, uids };

  self.unseen = unseen;
  self.news = news;
  self.nameless = nameless;
  self.losses = losses = g_hash_table_new_full (hash_look, equal_looks, g_free, NULL);
  self.missing = missing = g_hash_table_new_full (hash_look, equal_looks, g_free, NULL);
  self.bodiless = bodiless = g_hash_table_new_full (hash_look, equal_looks, g_free, NULL);
  for (guint i = 0; i < snapshot->origins->len; i++)
    {
      guint origin = g_array_index (snapshot->origins, guint, i);

      if (origin != RST_SNAPSHOT_NEW)
        is_kept[origin] = TRUE;
    }
  count_losses (&self);
  self.names_hold = snapshot->uids_hold || lists_any (&self, receipt);

  for (guint i = 0; i < receipt->entries->len; i++)
    {
      Left one = { g_ptr_array_index (receipt->entries, i), NULL };

      if (one.entry->outcome != RST_OUTCOME_UNKNOWN)
        continue;
      if (!settle_alone (&self, &one))
        g_array_append_val (left, one);
      one.entry->is_settled = one.entry->outcome != RST_OUTCOME_UNKNOWN;
    }
  for (guint i = 0; i < left->len; i++)
    {
      const Left *one = &g_array_index (left, Left, i);
      Look look = look_of (&self, one->identity);

      if (get_count (bodiless, look) == 0)
        look.body = one->identity->body;
      if (get_count (losses, look) < get_count (missing, look))
        one->entry->outcome = RST_OUTCOME_NOT_DELETED;
      else if (get_count (losses, look) - get_n_unseen (&self, look) < get_count (missing, look))
        one->entry->outcome = RST_OUTCOME_UNKNOWN;
      one->entry->is_settled = one->entry->outcome != RST_OUTCOME_UNKNOWN;
    }
}

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
  /* how many more hide their headers now: all, and by UID */
  int n_unseen;
  GHashTable *unseen;
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
              char *uid,
              int n)
{
  self->n_unseen += n;
  if (uid)
    g_hash_table_insert (
        self->unseen, uid,
        GINT_TO_POINTER (GPOINTER_TO_INT (g_hash_table_lookup (self->unseen, uid)) + n));
}

/* Each of them may be a message like this one. */
static int
get_n_unseen (const Settlement *self,
              Look look)
{
  int n = look.uid ? GPOINTER_TO_INT (g_hash_table_lookup (self->unseen, look.uid))
                   : self->n_unseen;

  return MAX (n, 0);
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
      else if (!self->is_kept[i])
        count_unseen (self, identity->uid, -1);
    }
  for (guint i = 0; i < headers->len; i++)
    {
      const RstIdentity *identity = identity_at (headers, i);

      if (identity->uid)
        g_hash_table_add (self->uids, identity->uid);
      if (g_array_index (self->snapshot->origins, guint, i) != RST_SNAPSHOT_NEW)
        continue;
      if (!identity->digest)
        {
          count_unseen (self, identity->uid, 1);
          continue;
        }
      count_message (self->losses, look_of (self, identity), identity->body, -1);
      if (!identity->body)
        count (self->bodiless, look_of (self, identity), 1);
    }
}

/* Where the index no longer knows a message, what the listing shows is all there is to go by. */
static gboolean
is_listed (const Settlement *self,
           const RstIdentity *identity)
{
  for (guint i = 0; i < self->snapshot->headers->len; i++)
    {
      const RstIdentity *listed = identity_at (self->snapshot->headers, i);

      if (identity->uid && listed->uid
              ? g_str_equal (identity->uid, listed->uid)
              : identity->digest && listed->digest &&
                    rst_header_digest_match (identity->digest, listed->digest))
        return TRUE;
    }

  return FALSE;
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
  const RstIdentity *identity = left->entry->header->identity;
  guint found = find_before (self, identity);

  if (found == NOWHERE)
    {
      left->entry->outcome =
          is_listed (self, identity) ? RST_OUTCOME_NOT_DELETED : RST_OUTCOME_DELETED;
      return TRUE;
    }

  left->identity = identity = identity_at (self->before, found);
  left->entry->outcome = self->is_kept[found] ? RST_OUTCOME_NOT_DELETED : RST_OUTCOME_DELETED;
  if (self->is_kept[found] || !identity->digest ||
      (self->snapshot->uids_hold && identity->uid &&
       !g_hash_table_contains (self->uids, identity->uid)))
    return TRUE;

  count_message (self->missing, look_of (self, identity), identity->body, 1);
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
  g_autoptr (GHashTable) losses = NULL;
  g_autoptr (GHashTable) missing = NULL;
  g_autoptr (GHashTable) bodiless = NULL;
  g_autoptr (GArray) left = g_array_new (FALSE, FALSE, sizeof (Left));
  Settlement self = { before, snapshot, is_kept, uids };

  self.unseen = unseen;
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

  for (guint i = 0; i < receipt->entries->len; i++)
    {
      Left one = { g_ptr_array_index (receipt->entries, i), NULL };

      if (one.entry->outcome != RST_OUTCOME_UNKNOWN)
        continue;
      one.entry->is_settled = TRUE;
      if (!settle_alone (&self, &one))
        g_array_append_val (left, one);
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

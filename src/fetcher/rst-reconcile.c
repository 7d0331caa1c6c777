/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-reconcile"

#include "config.h"

#include "rst-reconcile.h"

#include "rst-digest-key.h"

/* The work is a list of groups: entries and rows that may belong together because they share a UID,
 * or a digest. A group of one and one is a pair; what a UID leaves undecided is grouped again by
 * digest. Hash tables keep all of it linear, for mailboxes of a hundred thousand messages. */

typedef struct
{
  GArray *entries;
  GArray *rows;
} Group;

typedef struct
{
  RstIdentity *const *entries;
  const RstPop3Listing *listing;
  RstHeaderDigest *const *digests;
  RstReconciliation *result;
  gboolean *is_wanted;
  gboolean *is_ambiguous;
  gboolean uids_lie;
  gboolean uids_fail;
  GHashTable *known_uids;
  GHashTable *strangers;
  gboolean wants_known_uids;
} Reconciler;

static Group *
group_new (void)
{
  Group *self = g_new0 (Group, 1);

  self->entries = g_array_new (FALSE, FALSE, sizeof (guint));
  self->rows = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

static void
group_free (gpointer data)
{
  Group *self = data;

  g_array_unref (self->entries);
  g_array_unref (self->rows);
  g_free (self);
}

static Group *
group_of (GHashTable *groups,
          gconstpointer key)
{
  Group *group = g_hash_table_lookup (groups, key);

  if (!group)
    {
      group = group_new ();
      g_hash_table_insert (groups, (gpointer)key, group);
    }

  return group;
}

static RstHeaderDigest *
digest_of_row (const Reconciler *self,
               guint row)
{
  return self->digests ? self->digests[row] : NULL;
}

static gboolean
has_known_uid (const Reconciler *self,
               guint row)
{
  const char *uid = rst_pop3_listing_get_row (self->listing, row)->uid;

  return uid && g_hash_table_contains (self->known_uids, uid);
}

static void
pair (Reconciler *self,
      guint entry,
      guint row)
{
  self->result->entry_rows[entry] = row;
  self->result->row_entries[row] = entry;
}

/* Whether all of a group stand where they stood, and so are the same as far as anybody can tell.
 * Where the UIDs have failed, a number that is the same is an accident. */
static gboolean
is_unmoved (const Reconciler *self,
            const Group *group,
            GHashTable *rows)
{
  if (self->uids_fail || group->entries->len != group->rows->len)
    return FALSE;
  for (guint i = 0; i < group->entries->len; i++)
    {
      const RstIdentity *entry = self->entries[g_array_index (group->entries, guint, i)];

      if (!g_hash_table_contains (rows, GUINT_TO_POINTER (entry->number)))
        return FALSE;
    }
  return TRUE;
}

/* Messages that look alike are linked only where none of them has moved, come or gone. To link them
 * by their order would be a guess: under a row that the user has chosen would stand another message
 * of the same looks. */
static void
pair_look_alikes (Reconciler *self,
                  const Group *group)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);
  gboolean is_ambiguous = group->entries->len > 1 || group->rows->len > 1;

  for (guint i = 0; i < group->rows->len; i++)
    {
      guint row = g_array_index (group->rows, guint, i);

      self->is_ambiguous[row] |= is_ambiguous;
      g_hash_table_insert (
          rows, GUINT_TO_POINTER (rst_pop3_listing_get_row (self->listing, row)->number),
          GUINT_TO_POINTER (row));
    }
  if (group->rows->len == 0 || (is_ambiguous && !is_unmoved (self, group, rows)))
    return;

  for (guint i = 0; i < group->entries->len; i++)
    {
      guint entry = g_array_index (group->entries, guint, i);
      guint row = g_array_index (group->rows, guint, 0);

      if (is_ambiguous)
        row = GPOINTER_TO_UINT (
            g_hash_table_lookup (rows, GUINT_TO_POINTER (self->entries[entry]->number)));
      if (!self->wants_known_uids || has_known_uid (self, row))
        pair (self, entry, row);
    }
}

static void
pair_by_key (Reconciler *self,
             const Group *candidates,
             gboolean is_stable)
{
  g_autoptr (GHashTable) groups = NULL;
  GHashTableIter iter;
  gpointer group;

  groups = g_hash_table_new_full (is_stable ? rst_digest_key_hash : rst_digest_looks_hash,
                                  is_stable ? rst_digest_key_equal : rst_digest_looks_equal, NULL,
                                  group_free);
  for (guint i = 0; i < candidates->entries->len; i++)
    {
      guint entry = g_array_index (candidates->entries, guint, i);
      RstHeaderDigest *digest = self->entries[entry]->digest;

      if (digest && self->result->entry_rows[entry] == RST_RECONCILE_NONE)
        g_array_append_val (
            group_of (groups, is_stable ? (gpointer)digest->stable : digest)->entries, entry);
    }
  for (guint i = 0; i < candidates->rows->len; i++)
    {
      guint row = g_array_index (candidates->rows, guint, i);
      RstHeaderDigest *digest = digest_of_row (self, row);

      if (digest && self->result->row_entries[row] == RST_RECONCILE_NONE)
        g_array_append_val (group_of (groups, is_stable ? (gpointer)digest->stable : digest)->rows,
                            row);
    }

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    pair_look_alikes (self, group);
}

/* Whether a row whose headers nobody could see may be one of the messages that are looked for:
 * what looks like that one may be its twin. */
static gboolean
hides_any (const Reconciler *self,
           const Group *group)
{
  guint n_unseen = 0;

  for (guint i = 0; i < group->rows->len; i++)
    n_unseen += !digest_of_row (self, g_array_index (group->rows, guint, i));
  for (guint i = 0; i < group->entries->len && n_unseen > 0; i++)
    n_unseen -= !self->entries[g_array_index (group->entries, guint, i)]->digest;

  return n_unseen > 0;
}

/* Tells the members of a group apart by their headers; what is not known of them yet is asked for.
 */
static void
pair_by_digest (Reconciler *self,
                const Group *group)
{
  for (guint i = 0; i < group->rows->len; i++)
    {
      guint row = g_array_index (group->rows, guint, i);

      if (group->entries->len > 0 && !digest_of_row (self, row))
        self->is_wanted[row] = TRUE;
    }
  if (hides_any (self, group))
    return;

  pair_by_key (self, group, TRUE);
  pair_by_key (self, group, FALSE);
}

static void
pair_by_uid (Reconciler *self,
             const Group *group)
{
  guint entry;
  guint row;
  RstHeaderDigest *digest;

  if (group->entries->len == 0 || group->rows->len == 0)
    return;

  if (group->entries->len > 1 || group->rows->len > 1)
    {
      pair_by_digest (self, group);
      return;
    }

  entry = g_array_index (group->entries, guint, 0);
  row = g_array_index (group->rows, guint, 0);
  digest = digest_of_row (self, row);
  if (digest && self->entries[entry]->digest &&
      !rst_header_digest_match (self->entries[entry]->digest, digest))
    self->uids_lie = TRUE;
  else
    pair (self, entry, row);
}

/* What is not linked yet. */
static Group *
left_over (const Reconciler *self)
{
  Group *group = group_new ();

  for (guint i = 0; i < self->result->n_entries; i++)
    if (self->result->entry_rows[i] == RST_RECONCILE_NONE)
      g_array_append_val (group->entries, i);
  for (guint i = 0; i < self->result->n_rows; i++)
    if (self->result->row_entries[i] == RST_RECONCILE_NONE)
      g_array_append_val (group->rows, i);

  return group;
}

/* Returns: (transfer full): the UIDs of the index. */
static GHashTable *
list_known_uids (const Reconciler *self)
{
  GHashTable *uids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < self->result->n_entries; i++)
    if (self->entries[i]->uid)
      g_hash_table_add (uids, self->entries[i]->uid);

  return uids;
}

static gboolean
is_stranger (const Reconciler *self,
             guint row)
{
  const char *uid = rst_pop3_listing_get_row (self->listing, row)->uid;

  return uid && self->strangers && g_hash_table_contains (self->strangers, uid);
}

static gboolean
knows_any_uid (const Reconciler *self)
{
  for (guint i = 0; i < self->result->n_rows; i++)
    if (has_known_uid (self, i) || is_stranger (self, i))
      return TRUE;

  return FALSE;
}

/* What looks like a message that is linked already might be mistaken for it. */
static void
remove_look_alikes (Reconciler *self,
                    GArray *rows)
{
  g_autoptr (GHashTable) looks =
      g_hash_table_new (rst_digest_looks_hash, rst_digest_looks_equal);
  guint n = 0;

  for (guint i = 0; i < self->result->n_entries; i++)
    if (self->entries[i]->digest && self->result->entry_rows[i] != RST_RECONCILE_NONE)
      g_hash_table_add (looks, self->entries[i]->digest);
  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);
      RstHeaderDigest *digest = digest_of_row (self, row);

      if (!digest || !g_hash_table_contains (looks, digest))
        g_array_index (rows, guint, n++) = row;
    }
  g_array_set_size (rows, n);
}

/* Links by digest across UIDs only where the UIDs as a whole have failed, or where known ones have
 * changed places: elsewhere a message that left and came back under a new UID is another message,
 * however much it looks like the old one. */
static void
relink (Reconciler *self)
{
  g_autoptr (GHashTable) known_uids = list_known_uids (self);
  Group *group = left_over (self);
  gboolean nothing_linked = group->entries->len == self->result->n_entries &&
                            group->rows->len == self->result->n_rows;

  self->known_uids = known_uids;
  self->uids_fail = rst_pop3_listing_has_uids (self->listing);
  self->wants_known_uids = self->result->uids_hold = knows_any_uid (self);
  if (self->uids_lie)
    remove_look_alikes (self, group->rows);
  if (self->uids_lie || (nothing_linked && !self->wants_known_uids))
    pair_by_digest (self, group);
  group_free (group);
}

static void
reconcile_with_uids (Reconciler *self)
{
  g_autoptr (GHashTable) groups = NULL;
  Group *nameless = group_new ();
  GHashTableIter iter;
  gpointer group;

  groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  for (guint i = 0; i < self->result->n_entries; i++)
    {
      const char *uid = self->entries[i]->uid;

      g_array_append_val ((uid ? group_of (groups, uid) : nameless)->entries, i);
    }
  for (guint i = 0; i < self->result->n_rows; i++)
    {
      const char *uid = rst_pop3_listing_get_row (self->listing, i)->uid;

      g_array_append_val ((uid ? group_of (groups, uid) : nameless)->rows, i);
    }

  g_hash_table_iter_init (&iter, groups);
  while (g_hash_table_iter_next (&iter, NULL, &group))
    pair_by_uid (self, group);
  pair_by_digest (self, nameless);
  group_free (nameless);

  relink (self);
}

static void
reconcile_by_number (Reconciler *self)
{
  g_autoptr (GHashTable) rows = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->result->n_rows; i++)
    g_hash_table_insert (rows,
                         GUINT_TO_POINTER (rst_pop3_listing_get_row (self->listing, i)->number),
                         GUINT_TO_POINTER (i));
  for (guint i = 0; i < self->result->n_entries; i++)
    {
      gpointer row;

      if (g_hash_table_lookup_extended (rows, GUINT_TO_POINTER (self->entries[i]->number), NULL,
                                        &row) &&
          self->result->row_entries[GPOINTER_TO_UINT (row)] == RST_RECONCILE_NONE)
        pair (self, i, GPOINTER_TO_UINT (row));
    }
}

static void
write_report (Reconciler *self)
{
  RstReconciliation *result = self->result;
  RstSyncReport *report = &result->report;

  for (guint i = 0; i < result->n_entries; i++)
    {
      guint row = result->entry_rows[i];

      if (row == RST_RECONCILE_NONE)
        report->n_gone++;
      else if (rst_pop3_listing_get_row (self->listing, row)->number == self->entries[i]->number)
        report->n_kept++;
      else
        report->n_moved++;
    }
  for (guint i = 0; i < result->n_rows; i++)
    {
      if (result->row_entries[i] == RST_RECONCILE_NONE)
        report->n_new++;
      if (self->is_ambiguous[i])
        report->n_ambiguous++;
      if (self->is_wanted[i])
        g_array_append_val (result->wanted, i);
    }
}

static void
fill_with_none (guint *array,
                guint n)
{
  for (guint i = 0; i < n; i++)
    array[i] = RST_RECONCILE_NONE;
}

RstReconciliation *
rst_reconcile (RstIdentity *const *entries,
               guint n_entries,
               const RstPop3Listing *listing,
               RstHeaderDigest *const *digests,
               GHashTable *strangers,
               RstReconcileFlags flags)
{
  RstReconciliation *result = g_new0 (RstReconciliation, 1);
  g_autofree gboolean *is_wanted = NULL;
  g_autofree gboolean *is_ambiguous = NULL;
  Reconciler self = {
    .entries = entries,
    .listing = listing,
    .digests = digests,
    .strangers = strangers,
    .result = result,
  };

  result->n_entries = n_entries;
  result->n_rows = rst_pop3_listing_get_n_rows (listing);
  result->entry_rows = g_new (guint, n_entries);
  result->row_entries = g_new (guint, result->n_rows);
  fill_with_none (result->entry_rows, n_entries);
  fill_with_none (result->row_entries, result->n_rows);
  result->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self.is_wanted = is_wanted = g_new0 (gboolean, result->n_rows);
  self.is_ambiguous = is_ambiguous = g_new0 (gboolean, result->n_rows);

  if (flags & RST_RECONCILE_NUMBERS_HOLD)
    reconcile_by_number (&self);
  else
    reconcile_with_uids (&self);
  write_report (&self);

  return result;
}

void
rst_reconciliation_free (RstReconciliation *self)
{
  g_free (self->entry_rows);
  g_free (self->row_entries);
  g_array_unref (self->wanted);
  g_free (self);
}

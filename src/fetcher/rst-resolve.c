/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-resolve"

#include "config.h"

#include "rst-resolve.h"

#include "rst-digest-key.h"

/* A server may list one UID many times; the groups are those that differ in their headers. */
typedef struct
{
  GArray *rows;
  GHashTable *groups;
} Uid;

typedef struct
{
  const RstPop3Listing *listing;
  GPtrArray *groups;
  GHashTable *uids;
  GHashTable *rows_by_number;
  GHashTable *groups_without_uid;
} Resolver;

static void
uid_free (gpointer data)
{
  Uid *self = data;

  g_array_unref (self->rows);
  g_clear_pointer (&self->groups, g_hash_table_unref);
  g_free (self);
}

static void
group_free (gpointer data)
{
  RstGroup *self = data;

  g_clear_pointer (&self->identity, rst_identity_unref);
  g_array_unref (self->members);
  g_array_unref (self->candidates);
  g_array_unref (self->numbers);
  g_free (self);
}

static RstGroup *
group_new (RstIdentity *identity,
           GArray *candidates)
{
  RstGroup *self = g_new0 (RstGroup, 1);

  self->identity = rst_identity_ref (identity);
  self->members = g_array_new (FALSE, FALSE, sizeof (guint));
  self->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->candidates =
      candidates ? g_array_ref (candidates) : g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

static void
index_listing (Resolver *self)
{
  for (guint i = 0; i < rst_pop3_listing_get_n_rows (self->listing); i++)
    {
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (self->listing, i);
      Uid *uid;

      g_hash_table_insert (self->rows_by_number, GUINT_TO_POINTER (row->number),
                           GUINT_TO_POINTER (i));
      if (!row->uid)
        continue;

      uid = g_hash_table_lookup (self->uids, row->uid);
      if (!uid)
        {
          uid = g_new0 (Uid, 1);
          uid->rows = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (self->uids, (gpointer)row->uid, uid);
        }
      g_array_append_val (uid->rows, i);
    }
}

static RstGroup *
add_group (Resolver *self,
           RstIdentity *identity,
           GArray *candidates)
{
  RstGroup *group = group_new (identity, candidates);

  g_ptr_array_add (self->groups, group);
  return group;
}

static RstGroup *
find_shared_group (GHashTable *groups,
                   const RstIdentity *identity)
{
  return groups && identity->digest ? g_hash_table_lookup (groups, identity->digest->stable) : NULL;
}

static void
resolve_by_uid (Resolver *self,
                RstIdentity *identity,
                guint position)
{
  Uid *uid = g_hash_table_lookup (self->uids, identity->uid);
  RstGroup *group = find_shared_group (uid ? uid->groups : NULL, identity);

  if (!group)
    group = add_group (self, identity, uid ? uid->rows : NULL);
  g_array_append_val (group->members, position);

  if (uid && identity->digest)
    {
      if (!uid->groups)
        uid->groups = g_hash_table_new (rst_digest_key_hash, rst_digest_key_equal);
      g_hash_table_insert (uid->groups, group->identity->digest->stable, group);
    }
}

/* Neither its UID nor its headers tell it from another one: it is not even looked for. */
static void
resolve_by_nothing (Resolver *self,
                    RstIdentity *identity,
                    guint position)
{
  g_array_append_val (add_group (self, identity, NULL)->members, position);
}

static void
resolve_by_number (Resolver *self,
                   RstIdentity *identity,
                   guint position)
{
  RstGroup *group = find_shared_group (self->groups_without_uid, identity);

  if (!group)
    {
      group = add_group (self, identity, NULL);
      group->needs_all = TRUE;
      g_hash_table_insert (self->groups_without_uid, identity->digest->stable, group);
    }
  g_array_append_val (group->members, position);
}

/* A number that the listing lacks makes the others worthless: some number has changed, and nothing
 * says which. */
static void
find_places (Resolver *self,
             RstGroup *group)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < group->numbers->len; i++)
    {
      gpointer number = GUINT_TO_POINTER (g_array_index (group->numbers, guint32, i));
      gpointer row;
      guint value;

      if (!g_hash_table_add (seen, number))
        continue;

      if (!g_hash_table_lookup_extended (self->rows_by_number, number, NULL, &row))
        {
          g_array_set_size (group->candidates, 0);
          return;
        }
      value = GPOINTER_TO_UINT (row);
      g_array_append_val (group->candidates, value);
    }
}

static void
add_to_table (GHashTable *table,
              const guint8 *key,
              RstGroup *group)
{
  GPtrArray *groups = g_hash_table_lookup (table, key);

  if (!groups)
    {
      groups = g_ptr_array_new ();
      g_hash_table_insert (table, (gpointer)key, groups);
    }
  g_ptr_array_add (groups, group);
}

static void
note_look_alike (GHashTable *table,
                 const guint8 *key,
                 const RstIdentity *identity)
{
  GPtrArray *groups = g_hash_table_lookup (table, key);

  for (guint i = 0; groups && i < groups->len; i++)
    {
      RstGroup *group = g_ptr_array_index (groups, i);
      gboolean may_be_meant =
          group->needs_all || g_strcmp0 (group->identity->uid, identity->uid) == 0;

      if (may_be_meant && rst_header_digest_match (group->identity->digest, identity->digest))
        g_array_append_val (group->numbers, identity->number);
    }
}

/* Notes where the messages of the index stand that look like a member of a group that needs to
 * know. */
static void
find_look_alikes (Resolver *self,
                  GPtrArray *index)
{
  g_autoptr (GHashTable) by_stable = NULL;
  g_autoptr (GHashTable) by_common = NULL;

  by_stable = g_hash_table_new_full (rst_digest_key_hash, rst_digest_key_equal, NULL,
                                     (GDestroyNotify)g_ptr_array_unref);
  by_common = g_hash_table_new_full (rst_digest_key_hash, rst_digest_key_equal, NULL,
                                     (GDestroyNotify)g_ptr_array_unref);
  for (guint i = 0; i < self->groups->len; i++)
    {
      RstGroup *group = g_ptr_array_index (self->groups, i);

      if (!group->identity->digest)
        continue;
      add_to_table (by_stable, group->identity->digest->stable, group);
      add_to_table (by_common, group->identity->digest->common, group);
    }
  if (g_hash_table_size (by_stable) == 0)
    return;

  for (guint i = 0; i < index->len; i++)
    {
      const RstIdentity *identity = ((RstHeader *)g_ptr_array_index (index, i))->identity;

      if (!identity->digest)
        continue;
      note_look_alike (by_stable, identity->digest->stable, identity);
      note_look_alike (by_common, identity->digest->common, identity);
    }
}

static void
note_members (RstGroup *group,
              GPtrArray *headers)
{
  for (guint i = 0; i < group->members->len; i++)
    {
      RstHeader *header = g_ptr_array_index (headers, g_array_index (group->members, guint, i));

      g_array_append_val (group->numbers, header->identity->number);
    }
}

GPtrArray *
rst_resolve_groups (GPtrArray *headers,
                    GPtrArray *index,
                    const RstPop3Listing *listing)
{
  Resolver self = { .listing = listing };

  self.groups = g_ptr_array_new_with_free_func (group_free);
  self.uids = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, uid_free);
  self.rows_by_number = g_hash_table_new (NULL, NULL);
  self.groups_without_uid = g_hash_table_new (rst_digest_key_hash, rst_digest_key_equal);

  index_listing (&self);
  for (guint i = 0; i < headers->len; i++)
    {
      RstIdentity *identity = ((RstHeader *)g_ptr_array_index (headers, i))->identity;

      if (identity->uid && rst_pop3_listing_has_uids (listing))
        resolve_by_uid (&self, identity, i);
      else if (identity->digest)
        resolve_by_number (&self, identity, i);
      else
        resolve_by_nothing (&self, identity, i);
    }
  find_look_alikes (&self, index);
  for (guint i = 0; i < self.groups->len; i++)
    {
      RstGroup *group = g_ptr_array_index (self.groups, i);

      note_members (group, headers);
      if (group->needs_all)
        find_places (&self, group);
    }

  g_hash_table_unref (self.uids);
  g_hash_table_unref (self.rows_by_number);
  g_hash_table_unref (self.groups_without_uid);

  return self.groups;
}

GArray *
rst_group_find_matches (const RstGroup *self,
                        RstHeaderDigest *const *digests,
                        gboolean is_from_retr)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean (*match) (const RstHeaderDigest *, const RstHeaderDigest *);

  match = is_from_retr ? rst_header_digest_match_retr : rst_header_digest_match;
  if (!self->identity->digest)
    return matches;

  for (guint i = 0; i < self->candidates->len; i++)
    {
      guint row = g_array_index (self->candidates, guint, i);

      if (digests[row] && match (self->identity->digest, digests[row]))
        g_array_append_val (matches, row);
    }
  if (self->needs_all && matches->len != self->candidates->len)
    g_array_set_size (matches, 0);

  return matches;
}

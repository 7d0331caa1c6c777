/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-verify"

#include "config.h"

#include "rst-verify.h"

#include "mail/rst-body-digest.h"
#include "mail/rst-header-block.h"
#include "rst-header-loader.h"
#include "rst-resolve.h"
#include "rst-strangers.h"

#define NO_OWNER G_MAXUINT

typedef struct
{
  guint8 bytes[32];
  gboolean is_known;
} Body;

typedef struct
{
  RstFetcher *fetcher;
  RstPop3Session *session;
  const RstPop3Listing *listing;
  GPtrArray *headers;
  RstVerifyPurpose purpose;
  GCancellable *cancellable;
  guint *rows;

  GPtrArray *groups;
  RstIdentity **found;
  guint *owners;
  GArray *positions;
} Verify;

static gboolean
needs_proof (const Verify *self,
             const RstGroup *group)
{
  return self->purpose == RST_VERIFY_TO_DELETE || group->candidates->len > 1;
}

static gboolean
take_header (guint position,
             RstIdentity *identity,
             RstEnvelope *envelope,
             gpointer user_data,
             GError **error)
{
  Verify *self = user_data;
  guint row = g_array_index (self->positions, guint, position);

  g_clear_pointer (&self->found[row], rst_identity_unref);
  self->found[row] = identity;
  rst_fetcher_report (self->fetcher, RST_PHASE_VERIFYING, position + 1, self->positions->len);
  return TRUE;
}

static gboolean
fetch_candidates (Verify *self,
                  GError **error)
{
  g_autofree const RstPop3ListingRow **rows = NULL;
  g_autofree gboolean *is_chosen = g_new0 (gboolean, rst_pop3_listing_get_n_rows (self->listing));

  for (guint i = 0; i < self->groups->len; i++)
    {
      RstGroup *group = g_ptr_array_index (self->groups, i);

      for (guint j = 0; needs_proof (self, group) && j < group->candidates->len; j++)
        {
          guint row = g_array_index (group->candidates, guint, j);

          if (!is_chosen[row])
            g_array_append_val (self->positions, row);
          is_chosen[row] = TRUE;
        }
    }

  if (self->positions->len > 0)
    rst_fetcher_report (self->fetcher, RST_PHASE_VERIFYING, 0, self->positions->len);
  rows = g_new (const RstPop3ListingRow *, self->positions->len);
  for (guint i = 0; i < self->positions->len; i++)
    rows[i] = rst_pop3_listing_get_row (self->listing, g_array_index (self->positions, guint, i));

  return rst_header_loader_run (self->fetcher, self->session, rows, self->positions->len,
                                RST_HEADER_TO_COMPARE, take_header, self, self->cancellable, error);
}

/* Bodies are compared by digest, one message in memory at a time. */
typedef struct
{
  const RstGroup *group;
  Body *bodies;
  guint n_done;
  GByteArray *bytes;
} Comparison;

static gboolean
comparison_data (guint32 number,
                 const char *bytes,
                 gsize length,
                 gpointer user_data,
                 GError **error)
{
  Comparison *self = user_data;

  g_byte_array_append (self->bytes, (const guint8 *)bytes, length);
  return TRUE;
}

static gboolean
comparison_end (guint32 number,
                const GError *refusal,
                gpointer user_data,
                GError **error)
{
  Comparison *self = user_data;
  const char *bytes = (const char *)self->bytes->data;
  g_autoptr (RstHeaderDigest) digest = NULL;
  Body *body = &self->bodies[self->n_done++];

  digest = rst_header_digest_new (bytes, rst_header_block_find_end (bytes, self->bytes->len));
  body->is_known = !refusal && rst_header_digest_match_retr (self->group->identity->digest, digest);
  if (body->is_known)
    rst_body_digest_new (bytes, self->bytes->len, body->bytes);
  g_byte_array_set_size (self->bytes, 0);

  return TRUE;
}

static const RstPop3MessageSink comparison_sink = { comparison_data, comparison_end };

static gboolean
fetch_bodies (Verify *self,
              const RstGroup *group,
              GArray *matches,
              Body *bodies,
              GError **error)
{
  g_autofree guint32 *numbers = g_new (guint32, matches->len);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Comparison comparison = { .group = group, .bodies = bodies, .bytes = bytes };

  for (guint i = 0; i < matches->len; i++)
    numbers[i] =
        rst_pop3_listing_get_row (self->listing, g_array_index (matches, guint, i))->number;

  return rst_pop3_session_retr (self->session, numbers, matches->len, &comparison_sink, &comparison,
                                self->cancellable, error);
}

static gboolean
bodies_are_equal (const Body *bodies,
                  guint n)
{
  for (guint i = 0; i < n; i++)
    if (!bodies[i].is_known ||
        memcmp (bodies[i].bytes, bodies[0].bytes, sizeof bodies[0].bytes) != 0)
      return FALSE;

  return TRUE;
}

static RstIdentity *
identity_of (const Verify *self,
             guint member)
{
  return ((RstHeader *)g_ptr_array_index (self->headers, member))->identity;
}

static guint32
number_of (const Verify *self,
           guint row)
{
  return rst_pop3_listing_get_row (self->listing, row)->number;
}

/* Stands for every body where none has to be told from another. */
static const Body any = { { 0 }, TRUE };

/* What @bodies (NULL: any will do) allow. */
static gboolean
may_have (const RstIdentity *identity,
          const Body *bodies,
          guint match)
{
  return !bodies ||
         (identity->body && bodies[match].is_known &&
          memcmp (bodies[match].bytes, identity->body, RST_BODY_DIGEST_SIZE) == 0);
}

static guint
hash_body (gconstpointer key)
{
  guint hash;

  memcpy (&hash, key, sizeof hash);
  return hash;
}

static gboolean
equal_bodies (gconstpointer a,
              gconstpointer b)
{
  return memcmp (a, b, sizeof ((Body *)NULL)->bytes) == 0;
}

/* The members that stand where they stood. */
static void
assign_unmoved (Verify *self,
                const RstGroup *group,
                GArray *matches,
                const Body *bodies,
                gboolean *is_taken)
{
  g_autoptr (GHashTable) by_number = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < matches->len; i++)
    g_hash_table_insert (by_number,
                         GUINT_TO_POINTER (number_of (self, g_array_index (matches, guint, i))),
                         GUINT_TO_POINTER (i + 1));

  for (guint i = 0; i < group->members->len; i++)
    {
      guint member = g_array_index (group->members, guint, i);
      const RstIdentity *identity = identity_of (self, member);
      guint place = GPOINTER_TO_UINT (
          g_hash_table_lookup (by_number, GUINT_TO_POINTER (identity->number)));

      if (self->rows[member] != RST_VERIFY_MISSING || place == 0 || is_taken[place - 1] ||
          !may_have (identity, bodies, place - 1))
        continue;
      is_taken[place - 1] = TRUE;
      self->rows[member] = g_array_index (matches, guint, place - 1);
    }
}

/* The rows that are left, in order: all of them under one name, or each under that of its body. A
 * hostile server can make thousands that look alike: each is looked at once. */
static GHashTable *
queue_matches (GArray *matches,
               const Body *bodies,
               const gboolean *is_taken)
{
  GHashTable *queues =
      g_hash_table_new_full (hash_body, equal_bodies, NULL, (GDestroyNotify)g_queue_free);

  for (guint i = 0; i < matches->len; i++)
    {
      const Body *body = bodies ? &bodies[i] : &any;
      GQueue *queue = g_hash_table_lookup (queues, body->bytes);

      if (is_taken[i] || !body->is_known)
        continue;
      if (!queue)
        {
          queue = g_queue_new ();
          g_hash_table_insert (queues, (gpointer)body->bytes, queue);
        }
      g_queue_push_tail (queue, GUINT_TO_POINTER (g_array_index (matches, guint, i)));
    }

  return queues;
}

/* Gives every member a row of its own that @bodies allow; the one at its last known number
 * first. */
static void
assign (Verify *self,
        const RstGroup *group,
        GArray *matches,
        const Body *bodies)
{
  g_autofree gboolean *is_taken = g_new0 (gboolean, matches->len);
  g_autoptr (GHashTable) queues = NULL;

  assign_unmoved (self, group, matches, bodies, is_taken);
  queues = queue_matches (matches, bodies, is_taken);
  for (guint i = 0; i < group->members->len; i++)
    {
      guint member = g_array_index (group->members, guint, i);
      const RstIdentity *identity = identity_of (self, member);
      GQueue *queue;

      if (self->rows[member] != RST_VERIFY_MISSING || (bodies && !identity->body))
        continue;
      queue = g_hash_table_lookup (queues, bodies ? identity->body : any.bytes);
      if (queue && !g_queue_is_empty (queue))
        self->rows[member] = GPOINTER_TO_UINT (g_queue_pop_head (queue));
    }
}

/* Whether all that look alike stand where they stood when they were listed last. */
static gboolean
numbers_are_unchanged (const Verify *self,
                       const RstGroup *group,
                       GArray *matches)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < group->numbers->len; i++)
    g_hash_table_add (numbers, GUINT_TO_POINTER (g_array_index (group->numbers, guint32, i)));
  if (g_hash_table_size (numbers) != matches->len)
    return FALSE;

  for (guint i = 0; i < matches->len; i++)
    if (!g_hash_table_contains (
            numbers, GUINT_TO_POINTER (number_of (self, g_array_index (matches, guint, i)))))
      return FALSE;

  return TRUE;
}

static guint
count_look_alikes (const RstGroup *group)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < group->numbers->len; i++)
    g_hash_table_add (numbers, GUINT_TO_POINTER (g_array_index (group->numbers, guint32, i)));

  return g_hash_table_size (numbers);
}

/* A candidate whose headers the server would not send may be any of those that look alike. */
static gboolean
are_all_seen (const Verify *self,
              const RstGroup *group)
{
  for (guint i = 0; needs_proof (self, group) && i < group->candidates->len; i++)
    {
      const RstIdentity *found = self->found[g_array_index (group->candidates, guint, i)];

      if (!found || !found->digest)
        return FALSE;
    }

  return TRUE;
}

/* When one of several that look alike is gone or has moved, nothing but its body says which of them
 * is left. */
static gboolean
decide_group (Verify *self,
              const RstGroup *group,
              GArray *matches,
              GError **error)
{
  g_autofree Body *bodies = NULL;
  guint n_look_alikes;
  gboolean is_complete;
  gboolean is_settled;

  if (group->members->len > matches->len)
    return TRUE;

  n_look_alikes = count_look_alikes (group);
  is_complete = n_look_alikes <= matches->len && are_all_seen (self, group);
  is_settled = n_look_alikes == 1 || numbers_are_unchanged (self, group, matches);
  if (is_complete && is_settled && group->members->len == matches->len)
    {
      assign (self, group, matches, NULL);
      return TRUE;
    }

  bodies = g_new0 (Body, matches->len);
  if (!fetch_bodies (self, group, matches, bodies, error))
    return FALSE;

  if (is_complete && bodies_are_equal (bodies, matches->len))
    assign (self, group, matches, NULL);
  else
    {
      assign (self, group, matches, bodies);
      if (self->purpose == RST_VERIFY_TO_READ && numbers_are_unchanged (self, group, matches))
        assign (self, group, matches, NULL);
    }

  return TRUE;
}

/* A row that two groups lay claim to proves neither. */
static void
claim (Verify *self,
       GPtrArray *matches_of_groups)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      GArray *matches = g_ptr_array_index (matches_of_groups, i);

      for (guint j = 0; j < matches->len; j++)
        {
          guint *owner = &self->owners[g_array_index (matches, guint, j)];

          if (*owner == NO_OWNER)
            *owner = i;
          else if (*owner != i)
            {
              g_array_set_size (g_ptr_array_index (matches_of_groups, *owner), 0);
              g_array_set_size (matches, 0);
            }
        }
    }
}

static GPtrArray *
find_matches (Verify *self)
{
  g_autofree RstHeaderDigest **digests = NULL;
  guint n_rows = rst_pop3_listing_get_n_rows (self->listing);
  GPtrArray *matches = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  gboolean is_from_retr = !rst_header_loader_can_top (self->fetcher, self->session);

  digests = g_new0 (RstHeaderDigest *, n_rows);
  for (guint i = 0; i < n_rows; i++)
    digests[i] = self->found[i] ? self->found[i]->digest : NULL;

  for (guint i = 0; i < self->groups->len; i++)
    {
      RstGroup *group = g_ptr_array_index (self->groups, i);

      g_ptr_array_add (matches, needs_proof (self, group)
                                    ? rst_group_find_matches (group, digests, is_from_retr)
                                    : g_array_ref (group->candidates));
    }

  return matches;
}

static gboolean
verify_groups (Verify *self,
               GError **error)
{
  g_autoptr (GPtrArray) matches = NULL;

  if (!fetch_candidates (self, error))
    return FALSE;

  matches = find_matches (self);
  for (guint i = 0; i < self->groups->len; i++)
    {
      RstGroup *group = g_ptr_array_index (self->groups, i);

      if (group->candidates->len > 0 && ((GArray *)g_ptr_array_index (matches, i))->len == 0)
        self->fetcher->has_seen_mismatch = TRUE;
    }
  claim (self, matches);
  for (guint i = 0; i < self->groups->len; i++)
    if (!decide_group (self, g_ptr_array_index (self->groups, i), g_ptr_array_index (matches, i),
                       error))
      return FALSE;

  return TRUE;
}

/* Whether each message of the index is listed where it was. What is new does not count. */
static gboolean
is_listed_as_it_was (GPtrArray *index,
                     const RstPop3Listing *listing)
{
  gboolean has_uids = rst_pop3_listing_has_uids (listing);

  if (index->len > rst_pop3_listing_get_n_rows (listing))
    return FALSE;

  for (guint i = 0; i < index->len; i++)
    {
      const RstIdentity *identity = ((RstHeader *)g_ptr_array_index (index, i))->identity;
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, i);

      if (row->number != identity->number ||
          (has_uids && identity->uid && g_strcmp0 (row->uid, identity->uid) != 0))
        return FALSE;
    }

  return TRUE;
}

gboolean
rst_verify (RstFetcher *fetcher,
            RstPop3Session *session,
            const RstPop3Listing *listing,
            GPtrArray *headers,
            GPtrArray *index,
            RstVerifyPurpose purpose,
            guint *rows,
            GCancellable *cancellable,
            GError **error)
{
  guint n_rows = rst_pop3_listing_get_n_rows (listing);
  gboolean is_asked;
  Verify self = { fetcher, session, listing, headers, purpose, cancellable, rows };

  for (guint i = 0; i < headers->len; i++)
    rows[i] = RST_VERIFY_MISSING;

  fetcher->has_seen_change = !is_listed_as_it_was (index, listing);
  rst_strangers_note (fetcher->strangers, index, listing);
  self.groups = rst_resolve_groups (headers, index, listing);
  self.found = g_new0 (RstIdentity *, n_rows);
  self.owners = g_new (guint, n_rows);
  for (guint i = 0; i < n_rows; i++)
    self.owners[i] = NO_OWNER;
  self.positions = g_array_new (FALSE, FALSE, sizeof (guint));

  is_asked = verify_groups (&self, error);

  for (guint i = 0; i < n_rows; i++)
    g_clear_pointer (&self.found[i], rst_identity_unref);
  g_free (self.found);
  g_free (self.owners);
  g_array_unref (self.positions);
  g_ptr_array_unref (self.groups);

  return is_asked;
}

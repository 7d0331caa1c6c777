/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher-headers"

#include "config.h"

#include "rst-fetcher-private.h"

#include <glib/gi18n-lib.h>

#include "rst-header-loader.h"
#include "rst-reconcile.h"
#include "rst-strangers.h"

/* How many messages stand for all where the server has no UIDs. */
#define N_SAMPLES 6

/* Headers are handed on in batches: a row on its own would cost more to show than to fetch. */
#define BATCH_SIZE 100
#define BATCH_INTERVAL (100 * 1000)

typedef struct
{
  RstFetcher *fetcher;
  RstPop3Session *session;
  GCancellable *cancellable;

  GPtrArray *index;
  GArray *wanted;
  RstLoadFlags flags;

  RstIdentity **identities;
  /* Stands for a message that is known to be gone: nothing can be linked with it. */
  RstIdentity *nobody;
  const RstPop3Listing *listing;
  guint n_rows;
  RstReconciliation *reconciliation;
  RstHeader **fetched;
  GPtrArray *batch;
  gint64 batch_time;
  guint n_loaded;
  guint n_to_load;
  RstSnapshot *snapshot;
} Load;

static void
load_clear (Load *self)
{
  for (guint i = 0; self->fetched && i < self->n_rows; i++)
    g_clear_pointer (&self->fetched[i], rst_header_unref);
  g_clear_pointer (&self->fetched, g_free);
  g_clear_pointer (&self->identities, g_free);
  g_clear_pointer (&self->nobody, rst_identity_unref);
  g_clear_pointer (&self->reconciliation, rst_reconciliation_free);
  g_clear_pointer (&self->batch, g_ptr_array_unref);
  g_clear_pointer (&self->snapshot, rst_snapshot_free);
  self->n_loaded = 0;
  self->n_to_load = 0;
}

static void
flush_batch (Load *self)
{
  RstFetcher *fetcher = self->fetcher;

  if (self->batch->len > 0 && fetcher->observer && fetcher->observer->headers)
    fetcher->observer->headers (self->batch, fetcher->observer_data);
  g_ptr_array_set_size (self->batch, 0);
  self->batch_time = g_get_monotonic_time ();
}

/* Fetching is told what rows of the listing it is about by their positions. */
typedef struct
{
  Load *load;
  const guint *positions;
  gboolean is_streamed;
} Fetch;

static gboolean
take_header (guint position,
             RstIdentity *identity,
             RstEnvelope *envelope,
             gpointer user_data,
             GError **error)
{
  Fetch *fetch = user_data;
  Load *load = fetch->load;
  guint row = fetch->positions[position];
  RstHeader *header =
      rst_header_new (identity, envelope, envelope ? RST_HEADER_LOADED : RST_HEADER_UNREADABLE);

  g_clear_pointer (&load->fetched[row], rst_header_unref);
  load->fetched[row] = header;
  load->n_loaded++;
  rst_fetcher_report (load->fetcher, RST_PHASE_LOADING_HEADERS, load->n_loaded, load->n_to_load);

  if (fetch->is_streamed)
    {
      g_ptr_array_add (load->batch, rst_header_ref (header));
      if (load->batch->len >= BATCH_SIZE ||
          g_get_monotonic_time () - load->batch_time >= BATCH_INTERVAL)
        flush_batch (load);
    }

  return TRUE;
}

static gboolean
fetch_rows (Load *self,
            GArray *positions,
            gboolean is_streamed,
            GError **error)
{
  g_autofree const RstPop3ListingRow **rows = g_new (const RstPop3ListingRow *, positions->len);
  Fetch fetch = { self, (const guint *)positions->data, is_streamed };

  for (guint i = 0; i < positions->len; i++)
    rows[i] = rst_pop3_listing_get_row (self->listing, g_array_index (positions, guint, i));

  self->n_to_load += positions->len;
  if (positions->len > 0)
    rst_fetcher_report (self->fetcher, RST_PHASE_LOADING_HEADERS, self->n_loaded, self->n_to_load);
  return rst_header_loader_run (self->fetcher, self->session, rows, positions->len,
                                RST_HEADER_TO_SHOW, take_header, &fetch, self->cancellable, error);
}

static void
reconcile (Load *self,
           RstReconcileFlags flags)
{
  guint n_rows = rst_pop3_listing_get_n_rows (self->listing);
  g_autofree RstHeaderDigest **digests = g_new0 (RstHeaderDigest *, n_rows);

  for (guint i = 0; i < n_rows; i++)
    digests[i] = self->fetched[i] ? self->fetched[i]->identity->digest : NULL;

  g_clear_pointer (&self->reconciliation, rst_reconciliation_free);
  self->reconciliation = rst_reconcile (self->identities, self->index->len, self->listing, digests,
                                        self->fetcher->strangers, flags);
}

static void
begin (Load *self,
       RstPop3Session *session)
{
  load_clear (self);
  self->session = session;
  self->listing = self->fetcher->listing;
  self->n_rows = rst_pop3_listing_get_n_rows (self->listing);
  self->fetched = g_new0 (RstHeader *, self->n_rows);
  self->batch = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  self->batch_time = g_get_monotonic_time ();
  self->nobody = rst_identity_new (NULL, 0, 0, NULL);
  self->identities = g_new (RstIdentity *, self->index->len);
  for (guint i = 0; i < self->index->len; i++)
    {
      RstIdentity *identity = ((RstHeader *)g_ptr_array_index (self->index, i))->identity;

      self->identities[i] =
          rst_fetcher_is_replaced (self->fetcher, identity) ? self->nobody : identity;
    }
}

static gboolean
needs_headers_to_settle (const Load *self)
{
  return (self->flags & RST_LOAD_TO_SETTLE) != 0 &&
         ((self->flags & RST_LOAD_DISTRUST) != 0 || !rst_pop3_listing_has_uids (self->listing));
}

/* Rows below this one are older than the fetch limit reaches. Behind it could lie what was to be
 * deleted; but nobody wants to download everything to know. */
static guint
first_row_within_limit (const Load *self)
{
  guint limit = self->fetcher->account->fetch_limit;
  guint n_rows = rst_pop3_listing_get_n_rows (self->listing);

  if (needs_headers_to_settle (self) && rst_header_loader_can_top (self->fetcher, self->session))
    return 0;
  return limit > 0 && n_rows > limit ? n_rows - limit : 0;
}

static gboolean
is_linked_to_loaded (const Load *self,
                     guint row)
{
  guint entry = self->reconciliation->row_entries[row];

  return entry != RST_RECONCILE_NONE && self->identities[entry]->digest;
}

static gboolean
has_been_seen (const Load *self,
               guint row)
{
  return self->fetched[row] && self->fetched[row]->identity->digest;
}

/* Fetches the headers of all that is, or is to be, loaded, and recognises them by nothing but their
 * digests. What the samples have shown is not asked for again: it may have vanished since. */
static gboolean
reconcile_by_headers (Load *self,
                      GError **error)
{
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint));
  guint first = first_row_within_limit (self);
  gboolean has_uids = rst_pop3_listing_has_uids (self->listing);

  reconcile (self, has_uids ? RST_RECONCILE_DEFAULT : RST_RECONCILE_NUMBERS_HOLD);
  for (guint i = rst_pop3_listing_get_n_rows (self->listing); i-- > 0;)
    if ((i >= first || is_linked_to_loaded (self, i)) && !has_been_seen (self, i))
      g_array_append_val (positions, i);

  if (!fetch_rows (self, positions, FALSE, error))
    return FALSE;

  reconcile (self, RST_RECONCILE_DEFAULT);
  return TRUE;
}

/* The newest message that is known, the oldest, and some in between: what moved anywhere shows in
 * the newest. */
static GArray *
choose_samples (const Load *self)
{
  GArray *samples = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) linked = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;

  for (guint i = rst_pop3_listing_get_n_rows (self->listing); i-- > 0;)
    if (is_linked_to_loaded (self, i))
      g_array_append_val (linked, i);

  n = MIN (linked->len, N_SAMPLES);
  for (guint i = 0; i < n; i++)
    {
      guint position = n == 1 ? 0 : (guint)((guint64)i * (linked->len - 1) / (n - 1));

      g_array_append_val (samples, g_array_index (linked, guint, position));
    }

  /* Without TOP each sample is a download. */
  if (!rst_header_loader_can_top (self->fetcher, self->session) && samples->len > 1)
    g_array_set_size (samples, 1);

  return samples;
}

static gboolean
has_other_body (const RstIdentity *known,
                const RstIdentity *fetched)
{
  return known->body && fetched->body &&
         memcmp (known->body, fetched->body, RST_BODY_DIGEST_SIZE) != 0;
}

/* Where a whole message had to be fetched, its body has a say. */
static gboolean
is_still (const RstIdentity *known,
          const RstIdentity *fetched)
{
  if (!fetched->digest || !rst_header_digest_match_retr (known->digest, fetched->digest))
    return FALSE;

  return !has_other_body (known, fetched);
}

/* Looks whether a few messages stand where the reconciliation at hand says.
 * The ancestor of this program looked at the last one only. */
static gboolean
samples_hold (Load *self,
              gboolean *hold,
              GError **error)
{
  g_autoptr (GArray) samples = choose_samples (self);

  *hold = TRUE;
  if (!fetch_rows (self, samples, FALSE, error))
    return FALSE;

  for (guint i = 0; i < samples->len; i++)
    {
      guint row = g_array_index (samples, guint, i);
      guint entry = self->reconciliation->row_entries[row];

      if (!is_still (self->identities[entry], self->fetched[row]->identity))
        *hold = FALSE;
    }

  return TRUE;
}

static gboolean
numbers_hold (Load *self,
              gboolean *hold,
              GError **error)
{
  reconcile (self, RST_RECONCILE_NUMBERS_HOLD);
  if (self->reconciliation->report.n_gone > 0)
    {
      *hold = FALSE;
      return TRUE;
    }

  return samples_hold (self, hold, error);
}

static gboolean
decide (Load *self,
        GError **error)
{
  gboolean hold = FALSE;

  if (self->index->len > 0 &&
      ((self->flags & RST_LOAD_DISTRUST) != 0 || needs_headers_to_settle (self)))
    return reconcile_by_headers (self, error);

  if (rst_pop3_listing_has_uids (self->listing) || self->index->len == 0)
    {
      reconcile (self, RST_RECONCILE_DEFAULT);
      if (self->reconciliation->wanted->len == 0)
        return TRUE;

      if (!fetch_rows (self, self->reconciliation->wanted, FALSE, error))
        return FALSE;

      reconcile (self, RST_RECONCILE_DEFAULT);
      return TRUE;
    }

  if (!numbers_hold (self, &hold, error))
    return FALSE;

  return hold || reconcile_by_headers (self, error);
}

/* Which rows are still to be loaded, newest first: new ones within the limit, placeholders within
 * it that an earlier Stop left, and what was asked for. */
static GArray *
choose_rows_to_load (Load *self)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n_rows = rst_pop3_listing_get_n_rows (self->listing);
  guint first = first_row_within_limit (self);
  g_autofree gboolean *is_wanted = g_new0 (gboolean, n_rows);

  for (guint i = 0; self->wanted && i < self->wanted->len; i++)
    {
      guint row = self->reconciliation->entry_rows[g_array_index (self->wanted, guint, i)];

      if (row != RST_RECONCILE_NONE)
        is_wanted[row] = TRUE;
    }

  for (guint i = n_rows; i-- > 0;)
    {
      guint entry = self->reconciliation->row_entries[i];
      RstHeader *known =
          entry == RST_RECONCILE_NONE ? NULL : g_ptr_array_index (self->index, entry);

      if (!self->fetched[i] && (is_wanted[i] || i >= first) &&
          !(known && known->state != RST_HEADER_PLACEHOLDER))
        g_array_append_val (positions, i);
    }

  return positions;
}

/* What is known of a message, brought up to date with what has just been seen of it. */
static RstHeader *
merge_header (const RstPop3ListingRow *row,
              RstHeader *known,
              RstHeader *fetched)
{
  RstIdentity *identity;

  if (fetched &&
      (!known || fetched->state == RST_HEADER_LOADED || known->state != RST_HEADER_LOADED))
    {
      if (known && known->identity->body && !fetched->identity->body)
        return rst_header_new_with_identity (
            fetched, rst_identity_new_with_body (fetched->identity, known->identity->body));
      return rst_header_ref (fetched);
    }

  if (!known)
    return rst_header_new (rst_identity_new (row->uid, row->number, row->size, NULL), NULL,
                           RST_HEADER_PLACEHOLDER);

  identity = known->identity;
  if (identity->number == row->number && identity->size == row->size &&
      g_strcmp0 (identity->uid, row->uid) == 0)
    return rst_header_ref (known);

  return rst_header_new_with_identity (
      known, rst_identity_new_renumbered (identity, row->uid, row->number, row->size));
}

/* A message of the same looks, whose body says that it is another one. */
static void
count_as_new (RstSyncReport *report,
              gboolean was_kept)
{
  report->n_kept -= was_kept;
  report->n_moved -= !was_kept;
  report->n_gone++;
  report->n_new++;
}

static RstSnapshot *
make_snapshot (Load *self)
{
  RstSnapshot *snapshot = rst_snapshot_new ();

  for (guint i = 0; i < self->reconciliation->n_rows; i++)
    {
      guint entry = self->reconciliation->row_entries[i];
      RstHeader *known =
          entry == RST_RECONCILE_NONE ? NULL : g_ptr_array_index (self->index, entry);
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (self->listing, i);
      RstHeader *header = NULL;
      guint origin;

      if (known && self->fetched[i] &&
          has_other_body (known->identity, self->fetched[i]->identity))
        {
          count_as_new (&self->reconciliation->report, known->identity->number == row->number);
          known = NULL;
        }
      header = merge_header (row, known, self->fetched[i]);
      origin = known ? entry : RST_SNAPSHOT_NEW;

      g_ptr_array_add (snapshot->headers, header);
      g_array_append_val (snapshot->origins, origin);
      if (header->state == RST_HEADER_PLACEHOLDER)
        self->reconciliation->report.n_not_loaded++;
    }

  snapshot->report = self->reconciliation->report;
  snapshot->has_uids = rst_pop3_listing_has_uids (self->listing);
  snapshot->uids_hold = self->reconciliation->uids_hold;

  return snapshot;
}

static gboolean
load_operation (RstFetcher *fetcher,
                RstPop3Session *session,
                gpointer data,
                GCancellable *cancellable,
                GError **error)
{
  Load *self = data;
  g_autoptr (GArray) positions = NULL;
  g_autoptr (GError) local_error = NULL;

  begin (self, session);
  if (!decide (self, error))
    {
      rst_strangers_note (fetcher->strangers, self->index, self->listing);
      return FALSE;
    }

  positions = choose_rows_to_load (self);
  fetch_rows (self, positions, TRUE, &local_error);
  flush_batch (self);

  /* The listing is the truth whatever happened later; but nothing is gained by half an answer when
   * the user has first to agree to a download. */
  if (local_error && (local_error->domain == RST_SYNC_ERROR || self->n_loaded == 0))
    {
      rst_strangers_note (fetcher->strangers, self->index, self->listing);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  self->snapshot = make_snapshot (self);
  self->snapshot->interruption = g_steal_pointer (&local_error);
  return TRUE;
}

RstSnapshot *
rst_fetcher_load_headers (RstFetcher *self,
                          GPtrArray *index,
                          GArray *wanted,
                          RstLoadFlags flags,
                          GCancellable *cancellable,
                          GError **error)
{
  RstSnapshot *snapshot = NULL;
  Load load = {
    .fetcher = self, .cancellable = cancellable, .index = index, .wanted = wanted, .flags = flags
  };

  if (rst_fetcher_run (self, RST_SESSION_FRESH, load_operation, &load, cancellable, error))
    {
      snapshot = g_steal_pointer (&load.snapshot);
      g_ptr_array_set_size (self->replaced, 0);
      g_hash_table_remove_all (self->strangers);
    }
  load_clear (&load);

  return snapshot;
}

static gboolean
check_operation (RstFetcher *fetcher,
                 RstPop3Session *session,
                 gpointer data,
                 GCancellable *cancellable,
                 GError **error)
{
  Load *self = data;
  gboolean hold = TRUE;

  begin (self, session);
  rst_strangers_note (fetcher->strangers, self->index, self->listing);
  if (rst_pop3_listing_has_uids (self->listing))
    {
      reconcile (self, RST_RECONCILE_DEFAULT);
      if (rst_header_loader_can_top (fetcher, session) && !samples_hold (self, &hold, error))
        return FALSE;
    }
  else if (!numbers_hold (self, &hold, error))
    return FALSE;

  if (hold && rst_sync_report_is_in_sync (&self->reconciliation->report))
    return TRUE;

  fetcher->has_seen_mismatch = !hold;
  g_set_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX,
               _ ("The list of messages no longer agrees with the server: somebody else has "
                  "changed the mailbox."));
  return FALSE;
}

gboolean
rst_fetcher_check_sync (RstFetcher *self,
                        GPtrArray *index,
                        RstSyncReport *report,
                        GCancellable *cancellable,
                        GError **error)
{
  Load load = { .fetcher = self, .cancellable = cancellable, .index = index };
  gboolean is_in_sync =
      rst_fetcher_run (self, RST_SESSION_FRESH, check_operation, &load, cancellable, error);

  if (load.reconciliation)
    *report = load.reconciliation->report;
  load_clear (&load);

  return is_in_sync;
}

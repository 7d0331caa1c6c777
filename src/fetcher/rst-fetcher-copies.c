/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher-copies"

#include "config.h"

#include "rst-fetcher-private.h"

#include <glib/gi18n-lib.h>

/* The download of what is about to be deleted, in the session that deletes it. */
typedef struct
{
  RstFetcher *fetcher;
  RstReceipt *receipt;
  gboolean is_verified;

  /* Positions in the receipt; the one whose message comes now. */
  GArray *positions;
  guint current;
  GByteArray *bytes;
  guint64 n_octets;
  guint64 n_octets_total;
} Copying;

static RstReceiptEntry *
entry_at (const Copying *self,
          guint position)
{
  return g_ptr_array_index (self->receipt->entries, position);
}

static gboolean
copy_data (guint32 number,
           const char *bytes,
           gsize length,
           gpointer user_data,
           GError **error)
{
  Copying *self = user_data;

  g_byte_array_append (self->bytes, (const guint8 *)bytes, length);
  self->n_octets += length;
  rst_fetcher_report (self->fetcher, RST_PHASE_DOWNLOADING, self->n_octets,
                      MAX (self->n_octets, self->n_octets_total));

  return TRUE;
}

static gboolean
copy_end (guint32 number,
          const GError *refusal,
          gpointer user_data,
          GError **error)
{
  Copying *self = user_data;
  RstFetcher *fetcher = self->fetcher;
  guint position = g_array_index (self->positions, guint, self->current++);
  RstReceiptEntry *entry = entry_at (self, position);
  g_autoptr (GBytes) message = NULL;

  if (refusal)
    {
      g_propagate_error (error, g_error_copy (refusal));
      return FALSE;
    }

  if (self->is_verified &&
      !rst_fetcher_is_the_one (entry->header, (const char *)self->bytes->data, self->bytes->len))
    {
      fetcher->has_seen_mismatch = TRUE;
      entry->is_missing = TRUE;
      rst_receipt_set_sync_error (self->receipt, error);
      return FALSE;
    }

  message = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  self->bytes = g_byte_array_new ();
  return fetcher->observer->copy (self->receipt, position, message, fetcher->observer_data, error);
}

static const RstPop3MessageSink copy_sink = { copy_data, copy_end };

/* Of a second run only what the first one did not bring. */
static guint32 *
find_wanted (Copying *self,
             const guint *rows)
{
  guint32 *numbers = g_new (guint32, self->receipt->entries->len);

  for (guint i = 0; i < self->receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = entry_at (self, i);
      const RstPop3ListingRow *row;

      if (!entry->wants_copy || entry->copy != 0)
        continue;
      row = rst_pop3_listing_get_row (self->fetcher->listing, rows[i]);
      numbers[self->positions->len] = row->number;
      self->n_octets_total += row->size;
      g_array_append_val (self->positions, i);
    }

  return numbers;
}

/* A Stop is the user's own, and a message that has become another one is no failure to copy it. */
static void
set_error (Copying *self,
           GError *cause,
           GError **error)
{
  if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
      !g_error_matches (cause, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE))
    {
      self->receipt->lacks_copy = TRUE;
      g_prefix_error (&cause, "%s ", _ ("Nothing was deleted: no copy could be kept."));
    }
  g_propagate_error (error, cause);
}

gboolean
rst_fetcher_keep_copies (RstFetcher *self,
                         RstPop3Session *session,
                         RstReceipt *receipt,
                         const guint *rows,
                         gboolean is_verified,
                         GCancellable *cancellable,
                         GError **error)
{
  Copying copying = { self, receipt, is_verified };
  g_autofree guint32 *numbers = NULL;
  GError *local_error = NULL;
  gboolean is_done;

  receipt->lacks_copy = FALSE;
  if (!self->observer || !self->observer->copy)
    return TRUE;

  copying.positions = g_array_new (FALSE, FALSE, sizeof (guint));
  copying.bytes = g_byte_array_new ();
  numbers = find_wanted (&copying, rows);
  is_done = copying.positions->len == 0 ||
            rst_pop3_session_retr (session, numbers, copying.positions->len, &copy_sink, &copying,
                                   cancellable, &local_error);
  if (!is_done)
    set_error (&copying, local_error, error);
  g_array_unref (copying.positions);
  g_byte_array_unref (copying.bytes);

  return is_done;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher-copies"

#include "config.h"

#include "rst-fetcher-private.h"

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-error.h"

/* The download of what is about to be deleted, in the session that deletes it.
 * @is_lacking: one of the copies could not be made, and going without is a way out */
typedef struct
{
  RstFetcher *fetcher;
  RstReceipt *receipt;
  gboolean is_verified;
  gboolean is_lacking;

  /* Positions in the receipt; the one whose message comes now. */
  GArray *positions;
  guint current;
  GByteArray *bytes;
  guint64 n_octets;
  guint64 n_octets_total;
} Copying;

static gboolean
is_to_be_copied (const Copying *self,
                 const RstReceiptEntry *entry)
{
  const RstFetcherObserver *observer = self->fetcher->observer;

  /* Of a second run only what the first one did not bring. */
  return observer && observer->copy && entry->wants_copy && entry->copy == 0;
}

/* The header block of a message says nothing of what stands below it now. */
static gboolean
is_to_be_compared (const Copying *self,
                   const RstReceiptEntry *entry,
                   const RstPop3ListingRow *row)
{
  return self->is_verified && entry->header->identity->body &&
         row->size <= RST_FETCHER_COMPARED_SIZE;
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
  RstReceiptEntry *entry = rst_receipt_get_entry (self->receipt, position);
  g_autoptr (GBytes) message = NULL;

  if (refusal)
    {
      /* Who goes without a copy is content with the headers, too. */
      self->is_lacking = entry->wants_copy;
      if (entry->wants_copy)
        g_propagate_error (error, g_error_copy (refusal));
      return !entry->wants_copy;
    }

  if (self->is_verified &&
      !rst_fetcher_recognizes (fetcher, entry->header, (const char *)self->bytes->data,
                               self->bytes->len, TRUE))
    {
      entry->is_missing = TRUE;
      rst_receipt_set_sync_error (self->receipt, error);
      return FALSE;
    }

  message = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  self->bytes = g_byte_array_new ();
  self->is_lacking =
      is_to_be_copied (self, entry) &&
      !fetcher->observer->copy (self->receipt, position, message, fetcher->observer_data, error);
  return !self->is_lacking;
}

static const RstPop3MessageSink copy_sink = { copy_data, copy_end };

static guint32 *
find_wanted (Copying *self,
             const guint *rows)
{
  guint32 *numbers = g_new (guint32, self->receipt->entries->len);

  for (guint i = 0; i < self->receipt->entries->len; i++)
    {
      const RstReceiptEntry *entry = rst_receipt_get_entry (self->receipt, i);
      const RstPop3ListingRow *row =
          rst_pop3_listing_get_row (self->fetcher->listing, rows[i]);

      if (!is_to_be_copied (self, entry) && !is_to_be_compared (self, entry, row))
        continue;
      numbers[self->positions->len] = row->number;
      self->n_octets_total += row->size;
      g_array_append_val (self->positions, i);
    }

  return numbers;
}

/* A Stop is the user's own, a message that has become another one is no failure to copy it, and a
 * connection that was lost is no reason to go without. */
static void
set_error (Copying *self,
           GError *cause,
           GError **error)
{
  gboolean is_too_long = g_error_matches (cause, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG);

  self->receipt->lacks_copy = self->is_lacking || is_too_long;
  if (self->receipt->lacks_copy)
    g_prefix_error (&cause, "%s ", _ ("Nothing was deleted: no copy could be kept."));
  else if (!g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
           !g_error_matches (cause, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE))
    g_prefix_error (&cause, "%s ", _ ("Nothing was deleted."));
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

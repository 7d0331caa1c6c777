/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher-messages"

#include "config.h"

#include "rst-fetcher-private.h"

#include "mail/rst-header-block.h"
#include "rst-verify.h"

typedef struct
{
  RstFetcher *fetcher;
  GPtrArray *headers;
  GPtrArray *index;
  RstMessageFunc func;
  gpointer user_data;

  guint *rows;
  guint position;
  GByteArray *bytes;
  guint64 n_octets;
  guint64 n_octets_total;
} Download;

static gboolean
is_the_one (const RstHeader *header,
            const char *bytes,
            gsize length)
{
  g_autoptr (RstHeaderDigest) digest = NULL;

  /* Without a digest the message was never seen: its UID is all that there is to go by. */
  if (!header->identity->digest)
    return header->identity->uid != NULL;

  digest = rst_header_digest_new (bytes, rst_header_block_find_end (bytes, length));
  return rst_header_digest_match_retr (header->identity->digest, digest);
}

static gboolean
download_data (guint32 number,
               const char *bytes,
               gsize length,
               gpointer user_data,
               GError **error)
{
  Download *self = user_data;

  g_byte_array_append (self->bytes, (const guint8 *)bytes, length);
  self->n_octets += length;
  rst_fetcher_report (self->fetcher, RST_PHASE_DOWNLOADING, self->n_octets,
                      MAX (self->n_octets, self->n_octets_total));

  return TRUE;
}

static gboolean
download_end (guint32 number,
              const GError *refusal,
              gpointer user_data,
              GError **error)
{
  Download *self = user_data;
  RstHeader *header = g_ptr_array_index (self->headers, self->position);
  g_autoptr (GBytes) message = NULL;

  if (refusal)
    {
      g_propagate_error (error, g_error_copy (refusal));
      return FALSE;
    }
  if (!is_the_one (header, (const char *)self->bytes->data, self->bytes->len))
    {
      self->fetcher->has_seen_mismatch = TRUE;
      rst_sync_error_set_moved (error);
      return FALSE;
    }

  message = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  self->bytes = g_byte_array_new ();
  return self->func (self->position++, message, self->user_data, error);
}

static const RstPop3MessageSink download_sink = { download_data, download_end };

static gboolean
download_operation (RstFetcher *fetcher,
                    RstPop3Session *session,
                    gpointer data,
                    GCancellable *cancellable,
                    GError **error)
{
  Download *self = data;
  const RstPop3Listing *listing = fetcher->listing;
  g_autofree guint32 *numbers = g_new (guint32, self->headers->len);

  if (!listing || !rst_verify (fetcher, session, listing, self->headers, self->index,
                               RST_VERIFY_TO_READ, self->rows, cancellable, error))
    return FALSE;

  self->n_octets_total = 0;
  for (guint i = 0; i < self->headers->len; i++)
    {
      const RstPop3ListingRow *row;

      if (self->rows[i] == RST_VERIFY_MISSING)
        {
          rst_sync_error_set_moved (error);
          return FALSE;
        }
      row = rst_pop3_listing_get_row (listing, self->rows[i]);
      numbers[i] = row->number;
      self->n_octets_total += row->size;
    }

  /* A second run goes on after the last message that was handed on. */
  g_byte_array_set_size (self->bytes, 0);
  return rst_pop3_session_retr (session, numbers + self->position,
                                self->headers->len - self->position, &download_sink, self,
                                cancellable, error);
}

gboolean
rst_fetcher_load_messages (RstFetcher *self,
                           GPtrArray *headers,
                           GPtrArray *index,
                           RstMessageFunc func,
                           gpointer user_data,
                           GCancellable *cancellable,
                           GError **error)
{
  Download download = { self, headers, index, func, user_data };
  gboolean is_done;

  download.rows = g_new (guint, headers->len);
  download.bytes = g_byte_array_new ();
  is_done =
      rst_fetcher_run (self, RST_SESSION_ANY, download_operation, &download, cancellable, error);
  g_byte_array_unref (download.bytes);
  g_free (download.rows);

  return is_done;
}

static gboolean
keep_message (guint position,
              GBytes *message,
              gpointer user_data,
              GError **error)
{
  GBytes **kept = user_data;

  *kept = g_bytes_ref (message);
  return TRUE;
}

GBytes *
rst_fetcher_load_message (RstFetcher *self,
                          RstHeader *header,
                          GPtrArray *index,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) message = NULL;

  g_ptr_array_add (headers, header);
  if (!rst_fetcher_load_messages (self, headers, index, keep_message, &message, cancellable, error))
    return NULL;

  return g_steal_pointer (&message);
}

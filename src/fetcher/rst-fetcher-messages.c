/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher-messages"

#include "config.h"

#include "rst-fetcher-private.h"

#include <string.h>

#include "mail/rst-header-block.h"
#include "pop3/rst-pop3-error.h"
#include "rst-header-loader.h"
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

  /* The beginning alone: lines of the body to ask for; 0 downloads everything. */
  guint n_lines;
  gboolean is_top;
  gboolean is_cut;
  GError *refusal;
} Download;

static gboolean
has_headers_of (const RstIdentity *identity,
                const char *bytes,
                gsize length)
{
  g_autoptr (RstHeaderDigest) digest = NULL;

  /* Without a digest the message was never seen: its UID is all that there is to go by. */
  if (!identity->digest)
    return identity->uid != NULL;

  digest = rst_header_digest_new (bytes, rst_header_block_find_end (bytes, length));
  return rst_header_digest_match_retr (identity->digest, digest);
}

gboolean
rst_fetcher_recognizes (RstFetcher *self,
                        const RstHeader *header,
                        const char *bytes,
                        gsize length,
                        gboolean is_whole)
{
  RstIdentity *identity = header->identity;
  guint8 body[RST_BODY_DIGEST_SIZE];

  if (has_headers_of (identity, bytes, length))
    {
      if (!is_whole || !identity->body)
        return TRUE;
      rst_body_digest_new (bytes, length, body);
      if (memcmp (body, identity->body, sizeof body) == 0)
        return TRUE;
      g_ptr_array_add (self->replaced, rst_identity_ref (identity));
    }

  self->has_seen_mismatch = TRUE;
  return FALSE;
}

gboolean
rst_fetcher_is_replaced (const RstFetcher *self,
                         const RstIdentity *identity)
{
  for (guint i = 0; identity->body && i < self->replaced->len; i++)
    {
      const RstIdentity *replaced = g_ptr_array_index (self->replaced, i);

      if (memcmp (replaced->body, identity->body, RST_BODY_DIGEST_SIZE) == 0 &&
          g_strcmp0 (replaced->uid, identity->uid) == 0 &&
          (identity->uid || replaced->number == identity->number))
        return TRUE;
    }

  return FALSE;
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
                      self->is_top ? 0 : MAX (self->n_octets, self->n_octets_total));

  return TRUE;
}

/* Sizes are hints: only with fewer lines than were asked for and no fewer octets than announced
 * is the beginning all there is. */
static gboolean
goes_on (const Download *self)
{
  const char *bytes = (const char *)self->bytes->data;
  const char *end = bytes + self->bytes->len;
  const char *line = bytes + rst_header_block_find_end (bytes, self->bytes->len);
  guint n_lines = 0;

  while (line < end && (line = memchr (line, '\n', end - line)))
    {
      n_lines++;
      line++;
    }

  return n_lines >= self->n_lines || self->bytes->len < self->n_octets_total;
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

  /* Whether this one message cannot be shown or the server has no TOP is known when the batch has
   * ended. */
  if (refusal && self->is_top)
    {
      self->refusal = g_error_copy (refusal);
      return TRUE;
    }
  if (refusal)
    {
      g_propagate_error (error, g_error_copy (refusal));
      return FALSE;
    }
  if (!rst_fetcher_recognizes (self->fetcher, header, (const char *)self->bytes->data,
                               self->bytes->len, !self->is_top))
    {
      rst_sync_error_set_moved (error);
      return FALSE;
    }

  self->is_cut = self->is_top && goes_on (self);
  message = g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  self->bytes = g_byte_array_new ();
  return self->func (self->position++, message, self->user_data, error);
}

static const RstPop3MessageSink download_sink = { download_data, download_end };

/* A server without CAPA says by its -ERR that it has no TOP: then the session is as good as new. */
static gboolean
top (Download *self,
     RstPop3Session *session,
     guint32 number,
     GCancellable *cancellable,
     GError **error)
{
  g_autoptr (GError) local_error = NULL;
  gboolean is_answered;

  self->is_top = TRUE;
  is_answered = rst_pop3_session_top (session, &number, 1, self->n_lines, &download_sink, self,
                                      cancellable, &local_error);
  self->is_top = FALSE;
  self->fetcher->lacks_top |=
      g_error_matches (local_error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED);
  if (is_answered && !self->refusal)
    return TRUE;

  g_propagate_error (error, is_answered ? g_steal_pointer (&self->refusal)
                                        : g_steal_pointer (&local_error));
  g_clear_error (&self->refusal);
  return FALSE;
}

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
  if (self->n_lines > 0 && rst_header_loader_can_top (fetcher, session))
    {
      g_autoptr (GError) local_error = NULL;

      if (top (self, session, numbers[0], cancellable, &local_error))
        return TRUE;
      if (!fetcher->lacks_top)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
    }
  return rst_pop3_session_retr (session, numbers + self->position,
                                self->headers->len - self->position, &download_sink, self,
                                cancellable, error);
}

static gboolean
run_download (Download *self,
              GCancellable *cancellable,
              GError **error)
{
  gboolean is_done;

  self->rows = g_new (guint, self->headers->len);
  self->bytes = g_byte_array_new ();
  is_done = rst_fetcher_run (self->fetcher, RST_SESSION_ANY, download_operation, self, cancellable,
                             error);
  g_byte_array_unref (self->bytes);
  g_free (self->rows);

  return is_done;
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

  return run_download (&download, cancellable, error);
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

static GBytes *
load_one (RstFetcher *self,
          RstHeader *header,
          GPtrArray *index,
          guint n_lines,
          gboolean *is_cut,
          GCancellable *cancellable,
          GError **error)
{
  g_autoptr (GPtrArray) headers = g_ptr_array_new ();
  g_autoptr (GBytes) message = NULL;
  Download download = { self, headers, index, keep_message, &message, .n_lines = n_lines };

  g_ptr_array_add (headers, header);
  if (!run_download (&download, cancellable, error))
    return NULL;

  *is_cut = download.is_cut;
  return g_steal_pointer (&message);
}

GBytes *
rst_fetcher_load_message (RstFetcher *self,
                          RstHeader *header,
                          GPtrArray *index,
                          GCancellable *cancellable,
                          GError **error)
{
  gboolean is_cut;

  return load_one (self, header, index, 0, &is_cut, cancellable, error);
}

GBytes *
rst_fetcher_load_beginning (RstFetcher *self,
                            RstHeader *header,
                            GPtrArray *index,
                            guint n_lines,
                            gboolean *is_cut,
                            GCancellable *cancellable,
                            GError **error)
{
  g_return_val_if_fail (n_lines > 0, NULL);

  return load_one (self, header, index, n_lines, is_cut, cancellable, error);
}

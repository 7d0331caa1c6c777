/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-header-loader"

#include "config.h"

#include "rst-header-loader.h"

#include <glib/gi18n-lib.h>

#include "mail/rst-body-digest.h"
#include "mail/rst-header-block.h"
#include "pop3/rst-pop3-error.h"

#define MAX_HEADER_BLOCK (1024 * 1024)

/* Bodies that come along are only remembered up to this size: they are held in memory while they
 * arrive. */
#define MAX_BODY (64 * 1024 * 1024)

typedef struct
{
  RstFetcher *fetcher;
  const RstPop3ListingRow *const *rows;
  guint n_rows;
  guint n_done;
  RstHeaderUse use;
  RstHeaderFunc func;
  gpointer user_data;
  GByteArray *bytes;
  gsize limit;
  gboolean is_too_long;
  gboolean is_whole;
} Loader;

static gboolean
loader_data (guint32 number,
             const char *bytes,
             gsize length,
             gpointer user_data,
             GError **error)
{
  Loader *self = user_data;

  if (self->is_too_long || self->bytes->len + length > self->limit)
    self->is_too_long = TRUE;
  else
    g_byte_array_append (self->bytes, (const guint8 *)bytes, length);

  return TRUE;
}

static void
read_headers (Loader *self,
              RstIdentity *identity,
              RstEnvelope **envelope)
{
  const char *bytes = (const char *)self->bytes->data;
  gsize length = rst_header_block_find_end (bytes, self->bytes->len);

  if (length > MAX_HEADER_BLOCK || (self->is_too_long && length == self->bytes->len))
    return;

  identity->digest = rst_header_digest_new (bytes, length);
  if (self->is_whole && !self->is_too_long)
    {
      identity->body = g_malloc (RST_BODY_DIGEST_SIZE);
      rst_body_digest_new (bytes, self->bytes->len, identity->body);
    }
  if (self->use == RST_HEADER_TO_SHOW)
    *envelope =
        rst_envelope_new_from_headers (bytes, length, self->fetcher->account->fetch_encoding);
}

static gboolean
loader_end (guint32 number,
            const GError *refusal,
            gpointer user_data,
            GError **error)
{
  Loader *self = user_data;
  const RstPop3ListingRow *row = self->rows[self->n_done];
  RstIdentity *identity = rst_identity_new (row->uid, row->number, row->size, NULL);
  RstEnvelope *envelope = NULL;

  if (!refusal)
    read_headers (self, identity, &envelope);

  g_byte_array_set_size (self->bytes, 0);
  self->is_too_long = FALSE;
  return self->func (self->n_done++, identity, envelope, self->user_data, error);
}

static const RstPop3MessageSink loader_sink = { loader_data, loader_end };

gboolean
rst_header_loader_can_top (RstFetcher *fetcher,
                           RstPop3Session *session)
{
  const RstPop3Capabilities *capabilities = rst_pop3_session_get_capabilities (session);

  return fetcher->account->has_top && !fetcher->lacks_top &&
         (!capabilities->is_known || capabilities->has_top);
}

static gboolean
refuse_download (RstFetcher *fetcher,
                 const RstPop3ListingRow *const *rows,
                 guint n_rows,
                 GError **error)
{
  g_autofree char *size = NULL;

  fetcher->cost_n_messages = n_rows;
  fetcher->cost_size = 0;
  for (guint i = 0; i < n_rows; i++)
    fetcher->cost_size += rows[i]->size;

  size = g_format_size (fetcher->cost_size);
  g_set_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_TOP_NOT_SUPPORTED,
               ngettext ("The server cannot send headers alone (it has no TOP command): looking at "
                         "%u message means "
                         "downloading it whole, %s. Nothing was changed.",
                         "The server cannot send headers alone (it has no TOP command): looking at "
                         "%u messages means "
                         "downloading them whole, %s. Nothing was changed.",
                         n_rows),
               n_rows, size);

  return FALSE;
}

gboolean
rst_header_loader_run (RstFetcher *fetcher,
                       RstPop3Session *session,
                       const RstPop3ListingRow *const *rows,
                       guint n_rows,
                       RstHeaderUse use,
                       RstHeaderFunc func,
                       gpointer user_data,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autofree guint32 *numbers = g_new (guint32, n_rows);
  Loader loader = { .fetcher = fetcher,
                    .rows = rows,
                    .n_rows = n_rows,
                    .use = use,
                    .func = func,
                    .user_data = user_data,
                    .bytes = bytes };

  if (n_rows == 0)
    return TRUE;

  for (guint i = 0; i < n_rows; i++)
    numbers[i] = rows[i]->number;

  if (rst_header_loader_can_top (fetcher, session))
    {
      g_autoptr (GError) local_error = NULL;

      loader.limit = MAX_HEADER_BLOCK + 64 * 1024;
      if (rst_pop3_session_top (session, numbers, n_rows, 0, &loader_sink, &loader, cancellable,
                                &local_error))
        return TRUE;

      /* A server without CAPA says by its -ERR that it has no TOP: then everything is asked for
       * anew. */
      fetcher->lacks_top =
          g_error_matches (local_error, RST_POP3_ERROR, RST_POP3_ERROR_UNSUPPORTED);
      if (!fetcher->lacks_top)
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return FALSE;
        }
      loader.n_done = 0;
    }

  if (!fetcher->allow_download)
    return refuse_download (fetcher, rows, n_rows, error);

  loader.limit = MAX_BODY;
  loader.is_whole = TRUE;
  return rst_pop3_session_retr (session, numbers, n_rows, &loader_sink, &loader, cancellable,
                                error);
}

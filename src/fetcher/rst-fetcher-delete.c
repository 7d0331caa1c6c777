/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-fetcher-delete"

#include "config.h"

#include "rst-fetcher-private.h"

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-error.h"
#include "rst-verify.h"

typedef struct
{
  RstFetcher *fetcher;
  RstReceipt *receipt;
  GPtrArray *headers;
  GPtrArray *index;
  gboolean is_dry_run;
  gboolean is_verified;
  guint *rows;
} Delete;

static gboolean
all_are_found (Delete *self,
               GError **error)
{
  guint n_missing = 0;

  for (guint i = 0; i < self->headers->len; i++)
    {
      rst_receipt_get_entry (self->receipt, i)->is_missing = self->rows[i] == RST_VERIFY_MISSING;
      n_missing += rst_receipt_get_entry (self->receipt, i)->is_missing;
    }
  if (n_missing > 0)
    rst_receipt_set_sync_error (self->receipt, error);

  return n_missing == 0;
}

static void
set_server_text (Delete *self,
                 const char *text)
{
  g_free (self->receipt->server_text);
  self->receipt->server_text = g_strdup (text);
}

/* From here on only the server's answer to QUIT is proof of anything. */
static void
set_unknown (Delete *self,
             const GError *cause,
             GError **error)
{
  rst_receipt_set_outcome (self->receipt, RST_OUTCOME_UNKNOWN);
  set_server_text (self, cause->message);
  g_set_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_OUTCOME_UNKNOWN,
               /* Translators: %s is the reason, a sentence. */
               _ ("The connection was lost before the server confirmed the deletion: the messages "
                  "may be deleted, or not. "
                  "The next look at the server will tell. (%s)"),
               cause->message);
}

/* Takes back what was marked. If the server does not confirm that, the connection is dropped
 * without QUIT, and only the next listing can say what it made of it. */
static void
take_back (Delete *self,
           RstPop3Session *session,
           const GError *cause,
           GError **error)
{
  if (!rst_pop3_session_is_open (session) || !rst_pop3_session_rset (session, NULL, NULL))
    {
      rst_pop3_session_close (session);
      set_unknown (self, cause, error);
      return;
    }

  rst_receipt_set_outcome (self->receipt, RST_OUTCOME_NOT_DELETED);
  set_server_text (self, cause->message);
  if (g_error_matches (cause, RST_POP3_ERROR, RST_POP3_ERROR_REJECTED))
    g_set_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE,
                 _ ("Nothing was deleted: the server refused. %s"), cause->message);
  else
    g_set_error (error, cause->domain, cause->code, _ ("Nothing was deleted. %s"), cause->message);
}

static void
report_deleted (gsize n_done,
                gsize n_total,
                gpointer user_data)
{
  Delete *self = user_data;

  rst_fetcher_report (self->fetcher, RST_PHASE_DELETING, n_done, n_total);
}

static gboolean
delete_and_commit (Delete *self,
                   RstPop3Session *session,
                   const RstPop3Listing *listing,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree guint32 *numbers = g_new (guint32, self->headers->len);
  g_autoptr (GError) local_error = NULL;

  for (guint i = 0; i < self->headers->len; i++)
    numbers[i] = rst_pop3_listing_get_row (listing, self->rows[i])->number;

  rst_fetcher_report (self->fetcher, RST_PHASE_DELETING, 0, self->headers->len);
  if (!rst_pop3_session_dele (session, numbers, self->headers->len, report_deleted, self,
                              cancellable, &local_error))
    {
      take_back (self, session, local_error, error);
      return FALSE;
    }

  if (!rst_pop3_session_quit (session, NULL, &local_error))
    {
      set_unknown (self, local_error, error);
      return FALSE;
    }

  rst_receipt_set_outcome (self->receipt, RST_OUTCOME_DELETED);
  set_server_text (self, rst_pop3_session_get_farewell (session));
  return TRUE;
}

/* The receipt says "unknown" on disk before the first DELE goes out: a crash must not leave it
 * saying that nothing happened. */
static gboolean
announce (Delete *self,
          GError **error)
{
  RstFetcher *fetcher = self->fetcher;

  if (!fetcher->observer || !fetcher->observer->commit)
    return TRUE;

  rst_receipt_set_outcome (self->receipt, RST_OUTCOME_UNKNOWN);
  if (fetcher->observer->commit (self->receipt, fetcher->observer_data, error))
    return TRUE;

  rst_receipt_set_outcome (self->receipt, RST_OUTCOME_NOT_DELETED);
  g_prefix_error (error, "%s ", _ ("Nothing was deleted: the receipt could not be written."));
  return FALSE;
}

/* Without verification a message is taken at its word: its UID, or its last known number. */
static void
find_unverified (Delete *self,
                 const RstPop3Listing *listing)
{
  g_autoptr (GHashTable) uids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < rst_pop3_listing_get_n_rows (listing); i++)
    {
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, i);

      g_hash_table_insert (numbers, GUINT_TO_POINTER (row->number), GUINT_TO_POINTER (i));
      if (row->uid)
        g_hash_table_insert (uids, (gpointer)row->uid, GUINT_TO_POINTER (i));
    }

  for (guint i = 0; i < self->headers->len; i++)
    {
      const RstIdentity *identity = rst_receipt_get_entry (self->receipt, i)->header->identity;
      gboolean by_uid = identity->uid && rst_pop3_listing_has_uids (listing);
      gpointer row;

      self->rows[i] = RST_VERIFY_MISSING;
      if (by_uid ? g_hash_table_lookup_extended (uids, identity->uid, NULL, &row)
                 : g_hash_table_lookup_extended (numbers, GUINT_TO_POINTER (identity->number), NULL,
                                                 &row))
        self->rows[i] = GPOINTER_TO_UINT (row);
    }
}

static gboolean
delete_operation (RstFetcher *fetcher,
                  RstPop3Session *session,
                  gpointer data,
                  GCancellable *cancellable,
                  GError **error)
{
  Delete *self = data;
  const RstPop3Listing *listing = fetcher->listing;

  self->receipt->lacks_copy = FALSE;
  if (!self->is_verified)
    find_unverified (self, listing);
  else if (!rst_verify (fetcher, session, listing, self->headers, self->index, RST_VERIFY_TO_DELETE,
                        self->rows, cancellable, error))
    return FALSE;

  if (!all_are_found (self, error))
    return FALSE;
  if (self->is_dry_run)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  return rst_fetcher_keep_copies (fetcher, session, self->receipt, self->rows, self->is_verified,
                                  cancellable, error) &&
         !g_cancellable_set_error_if_cancelled (cancellable, error) && announce (self, error) &&
         delete_and_commit (self, session, listing, cancellable, error);
}

static gboolean
run_delete (Delete *self,
            GCancellable *cancellable,
            GError **error)
{
  gboolean is_done;

  self->headers = g_ptr_array_new ();
  for (guint i = 0; i < self->receipt->entries->len; i++)
    g_ptr_array_add (self->headers, rst_receipt_get_entry (self->receipt, i)->header);
  self->rows = g_new (guint, self->headers->len);

  /* A kept session does not see what has changed, and whoever deletes wants to know. Only where the
   * server wants a pause between sign-ins must it do: its numbers are as true as when it began. */
  is_done = rst_fetcher_run (self->fetcher,
                             self->fetcher->login_delay > 0 ? RST_SESSION_ANY : RST_SESSION_FRESH,
                             delete_operation, self, cancellable, error);

  g_free (self->rows);
  g_ptr_array_unref (self->headers);
  return is_done;
}

gboolean
rst_fetcher_delete_verified (RstFetcher *self,
                             RstReceipt *receipt,
                             GPtrArray *index,
                             gboolean is_dry_run,
                             GCancellable *cancellable,
                             GError **error)
{
  Delete delete = { .fetcher = self,
                    .receipt = receipt,
                    .index = index,
                    .is_dry_run = is_dry_run,
                    .is_verified = TRUE };

  return run_delete (&delete, cancellable, error);
}

gboolean
rst_fetcher_delete_unverified (RstFetcher *self,
                               RstReceipt *receipt,
                               GCancellable *cancellable,
                               GError **error)
{
  Delete delete = { .fetcher = self, .receipt = receipt };

  return run_delete (&delete, cancellable, error);
}

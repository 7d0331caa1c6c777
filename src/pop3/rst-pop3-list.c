/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-list"

#include "config.h"

#include "rst-pop3-list.h"

#include <glib/gi18n-lib.h>

/* What is in the maildrop: LIST and UIDL, together where the server takes them together. */

/* Lines of an answer that may be blank, or about messages that the other answer does not name. */
#define MAX_LINES (RST_POP3_LISTING_MAX_ROWS + 1000)

static gboolean
add_size_cb (const char *line,
             gsize length,
             gpointer user_data,
             GError **error)
{
  return rst_pop3_listing_add_size_line (user_data, line, error);
}

static gboolean
add_uid_cb (const char *line,
            gsize length,
            gpointer user_data,
            GError **error)
{
  return rst_pop3_listing_add_uid_line (user_data, line, error);
}

static gboolean
read_rows (RstPop3Session *session,
           RstPop3Listing *listing,
           RstPop3WireFunc func,
           GCancellable *cancellable,
           GError **error)
{
  gboolean is_good;

  rst_pop3_listing_set_secrets (listing, rst_pop3_wire_get_secrets (session->wire));
  is_good = rst_pop3_wire_read_lines (session->wire, MAX_LINES, func, listing, cancellable, error);
  rst_pop3_listing_set_secrets (listing, NULL);
  return is_good;
}

static gboolean
pass_over_cb (const char *line,
              gsize length,
              gpointer user_data,
              GError **error)
{
  return TRUE;
}

gboolean
rst_pop3_list_read_sizes (RstPop3Session *session,
                          RstPop3Listing *listing,
                          GError **refusal,
                          GCancellable *cancellable,
                          GError **error)
{
  RstPop3Reply reply;

  if (!rst_pop3_session_read_reply (session, &reply, cancellable, error))
    return FALSE;
  if (reply.is_ok)
    return read_rows (session, listing, add_size_cb, cancellable, error);
  *refusal = rst_pop3_reply_new_refusal (&reply, _ ("The server would not list the messages"));
  return TRUE;
}

/* An -ERR from a server whose CAPA lists UIDL does not mean that there is none: to take it so would
 * throw away all that is known of the messages. */
static GError *
new_uid_refusal (const RstPop3Reply *reply)
{
  g_autofree char *words = rst_pop3_reply_dup_words (reply);

  return g_error_new (RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER,
                      _ ("The server has unique-ids (UIDL) but would not list them now: %s. Try "
                         "again in a few minutes."),
                      words);
}

/* Returns: whether the server said that it has UIDL: before login, after it, or in an earlier
 * session. */
static gboolean
has_promised_uids (const RstPop3Session *session)
{
  return session->capabilities->is_known && session->capabilities->has_uidl;
}

gboolean
rst_pop3_list_pass_over (RstPop3Session *session,
                         GCancellable *cancellable,
                         GError **error)
{
  return rst_pop3_wire_read_lines (session->wire, MAX_LINES, pass_over_cb, NULL, cancellable,
                                   error);
}

gboolean
rst_pop3_list_read_uids (RstPop3Session *session,
                         RstPop3Listing *listing,
                         GError **refusal,
                         GCancellable *cancellable,
                         GError **error)
{
  RstPop3Reply reply;

  if (!rst_pop3_session_read_reply (session, &reply, cancellable, error))
    return FALSE;
  if (reply.is_ok && *refusal != NULL)
    return rst_pop3_list_pass_over (session, cancellable, error);
  if (reply.is_ok)
    {
      rst_pop3_listing_begin_uids (listing);
      return read_rows (session, listing, add_uid_cb, cancellable, error);
    }
  if (*refusal != NULL)
    return TRUE;
  if (has_promised_uids (session) || rst_pop3_reply_is_try_later (&reply))
    *refusal = new_uid_refusal (&reply);
  else
    session->has_refused_uidl = TRUE;
  return TRUE;
}

static gboolean
read_in_one_flight (RstPop3Session *self,
                    RstPop3Listing *listing,
                    GError **refusal,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (!rst_pop3_session_begin (self, error) || !rst_pop3_wire_send (self->wire, "LIST", error) ||
      !rst_pop3_wire_send (self->wire, "UIDL", error))
    return FALSE;
  if (rst_pop3_list_read_sizes (self, listing, refusal, cancellable, &local_error) &&
      rst_pop3_list_read_uids (self, listing, refusal, cancellable, &local_error))
    return TRUE;
  rst_pop3_session_note_failure (self, 2, local_error);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
read_one_by_one (RstPop3Session *self,
                 RstPop3Listing *listing,
                 gboolean wants_uids,
                 GError **refusal,
                 GCancellable *cancellable,
                 GError **error)
{
  if (!rst_pop3_session_begin (self, error) || !rst_pop3_wire_send (self->wire, "LIST", error) ||
      !rst_pop3_list_read_sizes (self, listing, refusal, cancellable, error))
    return FALSE;
  if (!wants_uids || *refusal != NULL)
    return TRUE;
  return rst_pop3_session_begin (self, error) && rst_pop3_wire_send (self->wire, "UIDL", error) &&
         rst_pop3_list_read_uids (self, listing, refusal, cancellable, error);
}

void
rst_pop3_list_remember (RstPop3Session *session,
                        const RstPop3Listing *listing)
{
  guint n_rows = rst_pop3_listing_get_n_rows (listing);

  g_array_set_size (session->sizes, 0);
  for (guint i = 0; i < n_rows; i++)
    {
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, i);
      RstPop3Size size = { row->number, (guint32)MIN (row->size, G_MAXUINT32) };

      g_array_append_val (session->sizes, size);
    }
}

RstPop3Listing *
rst_pop3_session_list (RstPop3Session *self,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();
  g_autoptr (GError) refusal = NULL;
  gboolean wants_uids;
  gboolean is_good;

  g_return_val_if_fail (self != NULL, NULL);

  wants_uids = !self->has_refused_uidl;
  if (self->capabilities->is_known)
    wants_uids = self->capabilities->has_uidl;
  if (wants_uids && rst_pop3_session_can_pipeline (self))
    is_good = read_in_one_flight (self, listing, &refusal, cancellable, error);
  else
    is_good = read_one_by_one (self, listing, wants_uids, &refusal, cancellable, error);
  if (!is_good)
    return NULL;
  if (refusal != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  rst_pop3_list_remember (self, listing);
  return g_steal_pointer (&listing);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-server-report"

#include "config.h"

#include "rst-server-report.h"

RstServerReport *
rst_server_report_new (RstPop3Certificate *certificate,
                       const RstPop3Session *session,
                       const RstPop3Listing *listing)
{
  RstServerReport *self = g_atomic_rc_box_new0 (RstServerReport);

  self->certificate = certificate ? rst_pop3_certificate_ref (certificate) : NULL;
  if (!session || !listing)
    return self;

  self->is_signed_in = TRUE;
  self->time = g_get_monotonic_time ();
  self->greeting = g_strdup (rst_pop3_session_get_greeting (session));
  self->protection = rst_pop3_session_dup_protection (session);
  self->capabilities = rst_pop3_capabilities_copy (rst_pop3_session_get_capabilities (session));
  self->has_uidl = rst_pop3_listing_has_uids (listing);
  self->n_messages = rst_pop3_listing_get_n_rows (listing);
  for (guint i = 0; i < self->n_messages; i++)
    self->size += rst_pop3_listing_get_row (listing, i)->size;

  return self;
}

RstServerReport *
rst_server_report_ref (RstServerReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
server_report_clear (gpointer data)
{
  RstServerReport *self = data;

  g_free (self->greeting);
  g_free (self->protection);
  g_clear_pointer (&self->certificate, rst_pop3_certificate_unref);
  g_clear_pointer (&self->capabilities, rst_pop3_capabilities_free);
}

void
rst_server_report_unref (RstServerReport *self)
{
  g_atomic_rc_box_release_full (self, server_report_clear);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-flight"

#include "config.h"

#include "flight.h"

char *
flight_dup_memory (Client *self,
                   const char *facts)
{
  const char *names[] = { "tls", "starttls", "none" };

  return g_strdup_printf ("pop3-memory 2\n"
                          "server 127.0.0.1 %u %s Dovecot (Debian) ready.\n"
                          "%s"
                          "before TOP\nbefore UIDL\nbefore USER\nbefore PIPELINING\n"
                          "after TOP\nafter UIDL\nafter USER\nafter PIPELINING\n",
                          self->where.port, names[self->where.security], facts);
}

void
flight_open (Client *self,
             const char *memory)
{
  g_autoptr (GError) error = NULL;

  if (self->where.port == 0)
    client_start (self);
  g_clear_pointer (&self->session, rst_pop3_session_free);
  self->where.memory = memory;
  g_string_truncate (self->trace, 0);
  self->session = rst_pop3_session_open (&self->where, NULL, &error);
  g_assert_no_error (error);
  self->where.memory = NULL;
}

void
flight_open_with_memory (Client *self,
                         const char *facts)
{
  g_autofree char *memory = NULL;

  client_start (self);
  memory = flight_dup_memory (self, facts);
  flight_open (self, memory);
}

gboolean
flight_sign_in (Client *self,
                RstPop3Listing **listing,
                GError **error)
{
  return rst_pop3_session_sign_in (self->session, "me", "secret", listing, NULL, error);
}

void
flight_assert_signs_in (Client *self,
                        const char *uid)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  flight_sign_in (self, &listing, &error);
  g_assert_no_error (error);
  g_assert_nonnull (listing);
  g_assert_cmpuint (rst_pop3_listing_get_n_rows (listing), ==, 1);
  g_assert_cmpuint (rst_pop3_listing_get_row (listing, 0)->size, ==, 10);
  g_assert_cmpstr (rst_pop3_listing_get_row (listing, 0)->uid, ==, uid);
  g_assert_true (rst_pop3_session_is_signed_in (self->session));
  g_assert_false (rst_pop3_session_used_memory (self->session));
}

void
flight_assert_fails (Client *self,
                     GQuark domain,
                     int code)
{
  g_autoptr (RstPop3Listing) listing = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (flight_sign_in (self, &listing, &error));
  g_assert_error (error, domain, code);
  g_assert_null (listing);
}

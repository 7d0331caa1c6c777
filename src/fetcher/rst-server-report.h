/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pop3/rst-pop3-session.h"

G_BEGIN_DECLS

/**
 * RstServerReport:
 * @certificate: (nullable): what the server showed, taken or refused
 * @is_signed_in: whether it got that far; if not, the fields that follow are 0
 * @time: when that was, by g_get_monotonic_time(), where it was signed in
 * @greeting: the server's words, valid UTF-8 of one line, untrusted
 * @protection: (nullable): how the connection is encrypted: "TLS 1.3, AES_256_GCM"
 * @capabilities: what it says that it can do
 * @has_uidl: whether its messages have unique ids
 * @n_messages: how many messages lie there
 * @size: their octets in all, as the server says
 *
 * What the last attempt to sign in found, for whoever sets up an account. Immutable, shared by
 * reference between threads.
 */
typedef struct
{
  RstPop3Certificate *certificate;
  gboolean is_signed_in;
  gint64 time;
  char *greeting;
  char *protection;
  RstPop3Capabilities *capabilities;
  gboolean has_uidl;
  guint n_messages;
  guint64 size;
} RstServerReport;

/**
 * rst_server_report_new:
 * @certificate: (nullable): what the server showed
 * @session: (nullable): signed in
 * @listing: (nullable): of its maildrop
 */
RstServerReport *rst_server_report_new (RstPop3Certificate *certificate,
                                        const RstPop3Session *session,
                                        const RstPop3Listing *listing);
RstServerReport *rst_server_report_ref (RstServerReport *self);
void rst_server_report_unref (RstServerReport *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstServerReport, rst_server_report_unref)

G_END_DECLS

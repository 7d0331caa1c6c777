/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstPop3Capabilities:
 * @is_known: FALSE when the server has no CAPA: then every other field is a default and says
 *   nothing
 * @has_top: TOP is listed
 * @has_uidl: UIDL is listed
 * @has_user: USER (and PASS) is listed
 * @has_stls: STLS is listed (RFC 2595)
 * @has_pipelining: PIPELINING is listed (RFC 2449 §6.6)
 * @has_resp_codes: RESP-CODES or AUTH-RESP-CODE is listed
 * @has_utf8: UTF8 is listed (RFC 6856)
 * @has_utf8_user: it is listed with USER: after it, user and password may be UTF-8
 * @login_delay: seconds to leave between two logins, 0 = none given
 * @expire_days: days that the server keeps a message, -1 = NEVER or not said
 * @sasl: (nullable): the SASL mechanisms as sent, blank-separated
 * @implementation: (nullable): the server's name for itself
 *
 * What CAPA said (RFC 2449 §5), unknown lines passed over.
 */
typedef struct
{
  gboolean is_known;
  gboolean has_top;
  gboolean has_uidl;
  gboolean has_user;
  gboolean has_stls;
  gboolean has_pipelining;
  gboolean has_resp_codes;
  gboolean has_utf8;
  gboolean has_utf8_user;
  guint login_delay;
  int expire_days;
  char *sasl;
  char *implementation;
} RstPop3Capabilities;

RstPop3Capabilities *rst_pop3_capabilities_new (void);
RstPop3Capabilities *rst_pop3_capabilities_copy (const RstPop3Capabilities *self);
void rst_pop3_capabilities_free (RstPop3Capabilities *self);

/**
 * rst_pop3_capabilities_add_line:
 * @line: one line of the reply to CAPA, without its line end; untrusted
 *
 * Takes in one capability; names are compared without case, blanks are tolerated. This function
 * can't fail.
 */
void rst_pop3_capabilities_add_line (RstPop3Capabilities *self,
                                     const char *line);

/**
 * rst_pop3_capabilities_append:
 * @prefix: put before each line
 *
 * Writes down what rst_pop3_capabilities_add_line() takes in, a line each. What the server says of
 * itself (IMPLEMENTATION) is left out.
 */
void rst_pop3_capabilities_append (const RstPop3Capabilities *self,
                                   const char *prefix,
                                   GString *text);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Capabilities, rst_pop3_capabilities_free)

G_END_DECLS

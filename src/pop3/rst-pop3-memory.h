/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-pop3-session.h"

G_BEGIN_DECLS

/* Private to this folder: what one session leaves for the next one, so that it need not ask. */

/**
 * RstPop3Memory:
 * @before: (nullable): capabilities before login
 * @after: (nullable): capabilities after login
 * @has_flight: login and all that follows it were sent at once, and all was answered
 * @auth: what let the user in; %RST_POP3_AUTH_AUTOMATIC when that is what is chosen anyway
 *
 * What is known of a server. There is nothing secret in it.
 */
typedef struct
{
  RstPop3Capabilities *before;
  RstPop3Capabilities *after;
  gboolean has_flight;
  RstPop3Auth auth;
} RstPop3Memory;

/**
 * rst_pop3_memory_parse:
 * @text: what rst_pop3_memory_format() returned, or anything else
 * @greeting: the greeting of now
 *
 * Returns: (transfer full) (nullable): the memory, complete; %NULL when it is none, or that of
 * another server, of another way to it, or of a server that greets in other words.
 */
RstPop3Memory *rst_pop3_memory_parse (const char *text,
                                      const RstPop3Server *server,
                                      const char *greeting);

/** rst_pop3_memory_format: Returns: (transfer full): @self as text, which is all but @server's. */
char *rst_pop3_memory_format (const RstPop3Memory *self,
                              const RstPop3Server *server,
                              const char *greeting);

void rst_pop3_memory_free (RstPop3Memory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Memory, rst_pop3_memory_free)

G_END_DECLS

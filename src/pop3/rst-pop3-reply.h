/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-pop3-secrets.h"

G_BEGIN_DECLS

/* Private to this folder: the status line that begins every answer (RFC 1939 §3). */

/**
 * RstPop3Reply:
 * @is_ok: `+OK`, else `-ERR`
 * @code: the response code (RFC 2449 §8) in upper case without its brackets, "" when there is none
 * @text: (transfer none): what follows, as sent: untrusted, and only valid until the next read
 * @secrets: (transfer none) (nullable): what is not to be shown of it
 */
typedef struct
{
  gboolean is_ok;
  char code[32];
  const char *text;
  const RstPop3Secrets *secrets;
} RstPop3Reply;

/**
 * rst_pop3_reply_parse:
 * @line: a line without its line end, kept by the caller while @self is in use
 * @secrets: (nullable): kept likewise
 *
 * Returns: %FALSE when the line is no status line at all: `+OK` or `-ERR`, followed by a blank or
 * nothing.
 */
gboolean rst_pop3_reply_parse (RstPop3Reply *self,
                               const char *line,
                               const RstPop3Secrets *secrets);

/**
 * rst_pop3_reply_is_try_later:
 *
 * Returns: whether it is a refusal that says nothing against the password: [IN-USE], [LOGIN-DELAY]
 * (RFC 2449 §8.1) or [SYS/TEMP] (RFC 3206 §4).
 */
gboolean rst_pop3_reply_is_try_later (const RstPop3Reply *self);

/**
 * rst_pop3_reply_dup_words:
 *
 * Returns: (transfer full): the server's words in quotation marks, fit for an error message, or
 * words that say that it gave no reason.
 */
char *rst_pop3_reply_dup_words (const RstPop3Reply *self);

/**
 * rst_pop3_reply_new_rejection:
 * @what: what was refused, a translated sentence without its full stop
 *
 * Returns: (transfer full): %RST_POP3_ERROR_REJECTED with @what and the server's words.
 */
GError *rst_pop3_reply_new_rejection (const RstPop3Reply *self,
                                      const char *what);

/**
 * rst_pop3_reply_new_refusal:
 *
 * Returns: (transfer full): %RST_POP3_ERROR_TRY_LATER where the response code says so, else a
 * rejection.
 */
GError *rst_pop3_reply_new_refusal (const RstPop3Reply *self,
                                    const char *what);

/**
 * rst_pop3_dup_printable:
 * @bytes: untrusted
 * @max_length: bytes of the result at most
 *
 * Returns: (transfer full): valid UTF-8 without anything that moves a cursor or changes the
 * direction of writing: such characters, and bytes that are not UTF-8, become U+FFFD, tabs blanks.
 */
char *rst_pop3_dup_printable (const char *bytes,
                              gsize max_length);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "rst-pop3-secrets.h"

G_BEGIN_DECLS

/** RST_POP3_LISTING_MAX_ROWS: more messages than any maildrop has. */
#define RST_POP3_LISTING_MAX_ROWS (2 * 1000 * 1000)

/**
 * RstPop3ListingRow:
 * @number: the message number, valid in the session that listed it and nowhere else
 * @size: octets as LIST said; a hint, often wrong
 * @uid: (nullable): the unique-id as UIDL said, %NULL without UIDL or when UIDL left the message
 *   out
 */
typedef struct
{
  guint32 number;
  guint64 size;
  const char *uid;
} RstPop3ListingRow;

/**
 * RstPop3Listing:
 *
 * What LIST and UIDL said in one session (RFC 1939 §5, §7): rows in ascending order of number, no
 * number twice, holes allowed. Owned by one thread at a time.
 */
typedef struct _RstPop3Listing RstPop3Listing;

RstPop3Listing *rst_pop3_listing_new (void);
void rst_pop3_listing_free (RstPop3Listing *self);

/**
 * rst_pop3_listing_set_secrets:
 * @secrets: (nullable): what no error is to show of a line, kept by the caller until the next call
 */
void rst_pop3_listing_set_secrets (RstPop3Listing *self,
                                   const RstPop3Secrets *secrets);

/**
 * rst_pop3_listing_add_size_line:
 * @line: one line of the reply to LIST, without its line end; untrusted
 *
 * Strict on the number, tolerant on blanks, blank lines and a stray "+OK " in front.
 *
 * Returns: %FALSE with @error set when the line is not a listing line, the number is 0 or repeated,
 * or the count passes %RST_POP3_LISTING_MAX_ROWS. Errors: %RST_POP3_ERROR_PROTOCOL,
 * %RST_POP3_ERROR_TOO_LONG.
 */
gboolean rst_pop3_listing_add_size_line (RstPop3Listing *self,
                                         const char *line,
                                         GError **error);

/**
 * rst_pop3_listing_begin_uids:
 *
 * To be called after all the size lines, when the server has answered UIDL with `+OK`: from then
 * on rst_pop3_listing_has_uids() is %TRUE, in an empty maildrop too.
 */
void rst_pop3_listing_begin_uids (RstPop3Listing *self);

/**
 * rst_pop3_listing_add_uid_line:
 * @line: one line of the reply to UIDL, without its line end; untrusted
 *
 * To be called after all the size lines; a number that LIST did not name, and a line without a
 * unique-id, are passed over. A unique-id is 1 to 70 bytes of 0x21-0x7E (RFC 1939 §7); other and
 * longer ones are taken as opaque up to 512 bytes.
 *
 * Errors: %RST_POP3_ERROR_PROTOCOL, %RST_POP3_ERROR_TOO_LONG.
 */
gboolean rst_pop3_listing_add_uid_line (RstPop3Listing *self,
                                        const char *line,
                                        GError **error);

/** rst_pop3_listing_get_n_rows: Returns: how many messages the maildrop has. */
guint rst_pop3_listing_get_n_rows (const RstPop3Listing *self);

/**
 * rst_pop3_listing_get_row:
 *
 * Returns: (transfer none): the row at @position, 0 the lowest number.
 */
const RstPop3ListingRow *rst_pop3_listing_get_row (const RstPop3Listing *self,
                                                   guint position);

/** rst_pop3_listing_has_uids: Returns: whether UIDL was answered in this session. */
gboolean rst_pop3_listing_has_uids (const RstPop3Listing *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstPop3Listing, rst_pop3_listing_free)

G_END_DECLS

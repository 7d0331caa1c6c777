/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pop3/rst-pop3-session.h"
#include "rst-fetcher-private.h"

G_BEGIN_DECLS

#define RST_VERIFY_MISSING G_MAXUINT

/**
 * RstVerifyPurpose:
 * @RST_VERIFY_TO_DELETE: every message is proved by its headers here and now; of several that look
 *   alike, those that are not meant are told apart by their bodies, or nothing is found
 * @RST_VERIFY_TO_READ: a message that can stand in one place only is taken to be there, as RETR
 *   brings its own proof; of several that look alike, the one at the number last known is taken
 *   when none of them has moved
 */
typedef enum
{
  RST_VERIFY_TO_DELETE,
  RST_VERIFY_TO_READ,
} RstVerifyPurpose;

/**
 * rst_verify:
 * @headers: (element-type RstHeader): what the user pointed at
 * @index: (element-type RstHeader): all that is known
 * @rows: (out caller-allocates) (array): for each of @headers its row in @listing, or
 *   %RST_VERIFY_MISSING
 *
 * Finds messages in the session at hand and compares them with their identities. No row is given to
 * two messages.
 *
 * Returns: %FALSE only when the server could not be asked; a message that is not found is no error
 * here.
 */
gboolean rst_verify (RstFetcher *fetcher,
                     RstPop3Session *session,
                     const RstPop3Listing *listing,
                     GPtrArray *headers,
                     GPtrArray *index,
                     RstVerifyPurpose purpose,
                     guint *rows,
                     GCancellable *cancellable,
                     GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstSyncError:
 * @RST_SYNC_ERROR_INDEX: the index and the server disagree: the message asked for is not there, or
 *   another one stands in its place. Nothing was shown and nothing changed; reload.
 * @RST_SYNC_ERROR_DELETE: a message to be deleted is missing or does not match. No DELE was sent;
 *   reload.
 * @RST_SYNC_ERROR_TOP_NOT_SUPPORTED: without TOP, headers cost a whole download, and the user has
 *   not agreed to that (yet). Nothing changed; the same call with the download allowed does it.
 * @RST_SYNC_ERROR_OUTCOME_UNKNOWN: the connection was lost after the first DELE and before the
 *   answer to QUIT: all of the messages may be deleted, or none. The receipt says so, and the next
 *   listing settles it.
 *
 * What a user action can meet when the server's maildrop is not what the index says.
 */
typedef enum
{
  RST_SYNC_ERROR_INDEX,
  RST_SYNC_ERROR_DELETE,
  RST_SYNC_ERROR_TOP_NOT_SUPPORTED,
  RST_SYNC_ERROR_OUTCOME_UNKNOWN,
} RstSyncError;

#define RST_SYNC_ERROR (rst_sync_error_quark ())

GQuark rst_sync_error_quark (void);

/** rst_sync_error_set_moved: sets %RST_SYNC_ERROR_INDEX for a message that is not where it was. */
void rst_sync_error_set_moved (GError **error);

/** rst_sync_error_calls_for_reload: Returns: whether @error (nullable) says that index and server
 * disagree. */
gboolean rst_sync_error_calls_for_reload (const GError *error);

G_END_DECLS

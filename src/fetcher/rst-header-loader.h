/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "pop3/rst-pop3-session.h"
#include "rst-fetcher-private.h"

G_BEGIN_DECLS

/**
 * RstHeaderUse:
 * @RST_HEADER_TO_SHOW: digest and envelope
 * @RST_HEADER_TO_COMPARE: the digest alone, which costs half
 */
typedef enum
{
  RST_HEADER_TO_SHOW,
  RST_HEADER_TO_COMPARE,
} RstHeaderUse;

/**
 * RstHeaderFunc:
 * @position: which of the rows asked for
 * @identity: (transfer full): what it is in this session; without digest when the server refused it
 * @envelope: (transfer full) (nullable): what a list shows of it, where that was asked for
 *
 * Returning %FALSE with @error set stops the loading.
 */
typedef gboolean (*RstHeaderFunc) (guint position,
                                   RstIdentity *identity,
                                   RstEnvelope *envelope,
                                   gpointer user_data,
                                   GError **error);

/**
 * rst_header_loader_run:
 * @rows: (array length=n_rows): rows of this session's listing, in the order wanted
 *
 * Loads headers through TOP, or through RETR when there is no TOP and the download is allowed (the
 * bodies' digests come with it). A header block over 1 MiB is as unreadable as one that the server
 * refuses. Errors: %RST_SYNC_ERROR_TOP_NOT_SUPPORTED.
 */
gboolean rst_header_loader_run (RstFetcher *fetcher,
                                RstPop3Session *session,
                                const RstPop3ListingRow *const *rows,
                                guint n_rows,
                                RstHeaderUse use,
                                RstHeaderFunc func,
                                gpointer user_data,
                                GCancellable *cancellable,
                                GError **error);

/** rst_header_loader_can_top: Returns: whether the server is known to have TOP, or may have it. */
gboolean rst_header_loader_can_top (RstFetcher *fetcher,
                                    RstPop3Session *session);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "account/rst-account.h"
#include "rst-deleted-item.h"

G_BEGIN_DECLS

/* What was deleted from an account, read from its receipts, whatever a mailbox of it is doing at
 * the time. */

/**
 * rst_deleted_load:
 *
 * Blocking; any thread. An account that has never deleted anything has no receipts, and gets none.
 *
 * Returns: (transfer full) (element-type RstDeletedItem): oldest first. Errors: RST_STORE_ERROR.
 */
GPtrArray *rst_deleted_load (const RstAccount *account,
                             GError **error);

G_END_DECLS

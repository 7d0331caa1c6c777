/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-operation.h"

G_BEGIN_DECLS

/* The copies that a delete keeps; on its worker. */

/**
 * rst_operation_prepare_copies:
 *
 * Notes in the operation's receipt which messages a copy is wanted of, and makes those at once that
 * the store has. On an error the receipt says that the copies are what is lacking.
 */
gboolean rst_operation_prepare_copies (RstOperation *self,
                                       RstEngine *engine,
                                       GError **error);

/** rst_operation_keep_copy: takes the copy of the receipt's message at @position. */
gboolean rst_operation_keep_copy (RstOperation *self,
                                  RstReceipt *receipt,
                                  guint position,
                                  GBytes *message,
                                  GError **error);

/** rst_operation_release_copies: lets the copies go of what is certain to be on the server still.
 */
void rst_operation_release_copies (RstOperation *self,
                                   RstEngine *engine);

/** rst_operation_prune_copies: lets those go that are too old or too many. */
void rst_operation_prune_copies (RstOperation *self,
                                 RstEngine *engine);

G_END_DECLS

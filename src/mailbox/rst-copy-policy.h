/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "fetcher/rst-identity.h"

G_BEGIN_DECLS

/**
 * RstKeepCopies:
 * @RST_KEEP_COPIES_ALWAYS: of every message that is deleted
 * @RST_KEEP_COPIES_SMALL: of those up to a size, and of those that were read
 * @RST_KEEP_COPIES_NEVER: of none
 *
 * Of which messages a copy is kept before they are deleted. The numbers are those of the settings.
 */
typedef enum
{
  RST_KEEP_COPIES_ALWAYS,
  RST_KEEP_COPIES_SMALL,
  RST_KEEP_COPIES_NEVER,
} RstKeepCopies;

/**
 * RstCopyPolicy:
 * @keep: of which messages
 * @max_size: octets, for %RST_KEEP_COPIES_SMALL
 * @max_total: octets of all copies of an account; the oldest go first
 * @days: how long a copy is kept
 * @is_chosen: whether these are the user's settings; only by them is a copy removed that was kept
 *   once, as it does not come back
 */
typedef struct
{
  RstKeepCopies keep;
  guint64 max_size;
  guint64 max_total;
  guint days;
  gboolean is_chosen;
} RstCopyPolicy;

/** rst_copy_policy_init: what the settings say when nobody has changed them. */
void rst_copy_policy_init (RstCopyPolicy *self);

/** rst_copy_policy_init_from_settings: @settings: of io.github.restante.Restante */
void rst_copy_policy_init_from_settings (RstCopyPolicy *self,
                                         GSettings *settings);

/** rst_copy_policy_init_for_user: what the user's settings say, if the program is installed so that
 * they can be found; else as rst_copy_policy_init(). */
void rst_copy_policy_init_for_user (RstCopyPolicy *self);

/**
 * rst_copy_policy_describe:
 * @n_messages: that are going to be deleted
 * @n_without: of those, how many rst_copy_policy_wants() no copy of
 *
 * Returns: (transfer full): what is kept of them, in a sentence.
 */
char *rst_copy_policy_describe (const RstCopyPolicy *self,
                                guint n_messages,
                                guint n_without);

/** rst_copy_policy_wants: Returns: whether a copy of this message is to be kept. Pure. */
gboolean rst_copy_policy_wants (const RstCopyPolicy *self,
                                const RstIdentity *identity);

G_END_DECLS

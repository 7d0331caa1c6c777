/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mailbox/rst-mailbox.h"

G_BEGIN_DECLS

#define RST_TYPE_BACKGROUND_CHECK (rst_background_check_get_type ())

/**
 * RstBackgroundCheck:
 *
 * Looks for new mail at intervals while nobody asks for it. It never asks the user anything, leaves
 * a mailbox alone that is busy, a network that costs and one that is not there, and keeps away from
 * a server that asks for it: the time between two looks is at least the server's LOGIN-DELAY, and
 * doubles up to an hour as long as it says that the maildrop is in use. Main thread only.
 *
 * Signals: "arrived" (GPtrArray *items): messages (element-type RstMessageItem) that were not there
 * at the look before; never empty. "checked" (const GError *error): a look has ended; @error is
 * %NULL when it reached the server.
 */
G_DECLARE_FINAL_TYPE (RstBackgroundCheck, rst_background_check, RST, BACKGROUND_CHECK, GObject)

/**
 * rst_background_check_new:
 * @mailbox: of an account
 * @monitor: (nullable): what is known of the network; %NULL for the system's
 *
 * Returns: (transfer full): one that rests until it is given an interval.
 */
RstBackgroundCheck *rst_background_check_new (RstMailbox *mailbox,
                                              GNetworkMonitor *monitor);

/** rst_background_check_get_mailbox: Returns: (transfer none): the mailbox that it looks at. */
RstMailbox *rst_background_check_get_mailbox (RstBackgroundCheck *self);

/**
 * rst_background_check_set_interval:
 * @milliseconds: between two looks; 0 = never
 */
void rst_background_check_set_interval (RstBackgroundCheck *self,
                                        guint64 milliseconds);

/** rst_background_check_hurry: does not wait for the interval the first time. */
void rst_background_check_hurry (RstBackgroundCheck *self);

/** rst_background_check_get_delay: Returns: milliseconds that it has decided to wait before the
 * next look; 0 when it rests. */
guint64 rst_background_check_get_delay (RstBackgroundCheck *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-discovery.h"

G_BEGIN_DECLS

/**
 * rst_discovery_probe:
 * @candidates: (element-type RstFoundServer): the best first
 * @servers: (element-type RstFoundServer): takes those that count, in the same order
 * @failed: (element-type RstFoundServer): takes those that answered and do not count, in the same
 *   order; those behind which there is nothing are forgotten
 * @timeout: seconds, for each wait
 *
 * Tries all at once, each on a thread of its own, and takes them out of @candidates. Once one has
 * answered well, the others get a moment and no more.
 */
void rst_discovery_probe (GPtrArray *candidates,
                          GPtrArray *servers,
                          GPtrArray *failed,
                          guint timeout,
                          GCancellable *cancellable);

/**
 * rst_discovery_look_up:
 * @service: "pop3s" or "pop3"
 * @is_declined: (out): whether the domain says that it does not offer the service
 *
 * Blocking. Returns: (transfer full) (nullable): the service's targets by priority and weight (RFC
 * 2782); %NULL when there are none, or the domain cannot be asked.
 */
GList *rst_discovery_look_up (const char *service,
                              const char *domain,
                              gboolean *is_declined,
                              GCancellable *cancellable);

G_END_DECLS

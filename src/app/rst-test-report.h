/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fetcher/rst-server-report.h"

G_BEGIN_DECLS

/**
 * rst_test_report_dup_text:
 * @way: (nullable): how it signed in
 *
 * Returns: (transfer full): what a test found out about a server, in words, a line each.
 */
char *rst_test_report_dup_text (const RstServerReport *report,
                                const char *way);

G_END_DECLS

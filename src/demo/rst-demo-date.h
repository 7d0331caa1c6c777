/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_demo_format_date:
 * @time: in UTC
 *
 * Returns: (transfer full): the value of a Date field (RFC 5322 §3.3), in English whatever the
 * user's language is.
 */
char *rst_demo_format_date (GDateTime *time);

G_END_DECLS

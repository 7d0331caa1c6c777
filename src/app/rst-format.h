/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_format_date:
 * @date: seconds since 1970, 0 when unknown
 * @now: what "today" is measured from
 *
 * Returns: (transfer full): a date as short as it can be, in local time: "09:12" today, "Mon" in
 * the last six days, "12 Nov" this year, else "2024-11-12"; empty when unknown.
 */
char *rst_format_date (gint64 date,
                       GDateTime *now);

/**
 * rst_format_full_date:
 *
 * Returns: (transfer full): weekday, date and time in local time; empty when unknown.
 */
char *rst_format_full_date (gint64 date);

/** rst_format_count: Returns: (transfer full): "4,012", grouped as the locale does. */
char *rst_format_count (guint64 count);

/**
 * rst_format_address:
 * @from: the From field decoded: "Ada Lovelace <ada@example.org>"
 *
 * Returns: (transfer full): the address alone, in lower case; empty when there is none.
 */
char *rst_format_address (const char *from);

G_END_DECLS

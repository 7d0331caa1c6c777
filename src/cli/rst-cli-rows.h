/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * rst_cli_rows_parse:
 * @arguments: (array zero-terminated=1): "3", or "3-7", or "3,5"
 *
 * Returns: (transfer full) (element-type guint): the rows in the order given, none twice. Errors:
 * %G_OPTION_ERROR_BAD_VALUE for what is no row or range, for an empty list, and for more than a
 * million rows.
 */
GArray *rst_cli_rows_parse (char *const *arguments,
                            GError **error);

G_END_DECLS

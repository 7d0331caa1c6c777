/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RstSettingsRow:
 * @widget: that shows the setting @key in its @property
 */
typedef struct
{
  const char *key;
  gpointer widget;
  const char *property;
} RstSettingsRow;

/** rst_settings_bind_rows: binds each both ways, for as long as both are there. */
void rst_settings_bind_rows (GSettings *settings,
                             const RstSettingsRow *rows,
                             gsize n_rows);

/**
 * rst_settings_bind_choice:
 * @key: of an enumeration
 * @row: its nth item stands for the nth value in the order of the schema
 *
 * Binds both ways, for as long as both are there.
 */
void rst_settings_bind_choice (GSettings *settings,
                               const char *key,
                               AdwComboRow *row);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-settings-rows"

#include "config.h"

#include "rst-settings-rows.h"

void
rst_settings_bind_rows (GSettings *settings,
                        const RstSettingsRow *rows,
                        gsize n_rows)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  for (gsize i = 0; i < n_rows; i++)
    g_settings_bind (
        settings, rows[i].key, rows[i].widget, rows[i].property, G_SETTINGS_BIND_DEFAULT);
}

/* Returns: (transfer full): the names of the values. */
static char **
dup_names (GSettings *settings,
           const char *name)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) names = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  key = g_settings_schema_get_key (schema, name);
  range = g_settings_schema_key_get_range (key);
  g_variant_get (range, "(sv)", NULL, &names);
  return g_variant_dup_strv (names, NULL);
}

static gboolean
to_position (GValue *value,
             GVariant *variant,
             gpointer user_data)
{
  const char *const *names = user_data;
  const char *name = g_variant_get_string (variant, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (names[i], name))
      {
        g_value_set_uint (value, i);
        return TRUE;
      }
  return FALSE;
}

static GVariant *
to_name (const GValue *value,
         const GVariantType *expected_type,
         gpointer user_data)
{
  char **names = user_data;
  guint position = g_value_get_uint (value);

  return position < g_strv_length (names) ? g_variant_new_string (names[position]) : NULL;
}

void
rst_settings_bind_choice (GSettings *settings,
                          const char *key,
                          AdwComboRow *row)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (ADW_IS_COMBO_ROW (row));

  g_settings_bind_with_mapping (settings,
                                key,
                                row,
                                "selected",
                                G_SETTINGS_BIND_DEFAULT,
                                to_position,
                                to_name,
                                dup_names (settings, key),
                                (GDestroyNotify)g_strfreev);
}

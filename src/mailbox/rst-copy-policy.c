/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-copy-policy"

#include "config.h"

#include "rst-copy-policy.h"

#include <glib/gi18n-lib.h>

#define SCHEMA "io.github.restante.Restante"

#define MEGABYTE 1000000

void
rst_copy_policy_init (RstCopyPolicy *self)
{
  *self = (RstCopyPolicy){
    .keep = RST_KEEP_COPIES_SMALL,
    .max_size = MEGABYTE,
    .max_total = (guint64)1000 * MEGABYTE,
    .days = 30,
  };
}

void
rst_copy_policy_init_from_settings (RstCopyPolicy *self,
                                    GSettings *settings)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  *self = (RstCopyPolicy){
    .keep = (RstKeepCopies)g_settings_get_enum (settings, "kept-copies"),
    .max_size = (guint64)g_settings_get_uint (settings, "kept-copies-size") * MEGABYTE,
    .max_total = (guint64)g_settings_get_uint (settings, "kept-copies-total") * MEGABYTE,
    .days = g_settings_get_uint (settings, "kept-copies-days"),
    .is_chosen = TRUE,
  };
}

void
rst_copy_policy_init_for_user (RstCopyPolicy *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettings) settings = NULL;

  rst_copy_policy_init (self);
  if (source)
    schema = g_settings_schema_source_lookup (source, SCHEMA, TRUE);
  if (!schema || !g_settings_schema_has_key (schema, "kept-copies"))
    return;

  settings = g_settings_new_full (schema, NULL, NULL);
  rst_copy_policy_init_from_settings (self, settings);
}

gboolean
rst_copy_policy_wants (const RstCopyPolicy *self,
                       const RstIdentity *identity)
{
  switch (self->keep)
    {
    case RST_KEEP_COPIES_ALWAYS:
      return TRUE;

    case RST_KEEP_COPIES_SMALL:
      return identity->size <= self->max_size || identity->body != NULL;

    case RST_KEEP_COPIES_NEVER:
    default:
      return FALSE;
    }
}

char *
rst_copy_policy_describe (const RstCopyPolicy *self,
                          guint n_messages,
                          guint n_without)
{
  if (self->keep == RST_KEEP_COPIES_NEVER)
    return g_strdup (_ ("No copy is kept."));
  if (n_without == n_messages)
    return g_strdup (ngettext ("No copy is kept of it: it is too big.",
                               "No copy is kept of them: they are too big.", n_messages));
  if (n_without > 0)
    return g_strdup_printf (ngettext ("No copy is kept of %u of them: it is too big.",
                                      "No copy is kept of %u of them: they are too big.",
                                      n_without),
                            n_without);

  return g_strdup_printf (ngettext ("A copy is kept on this computer for up to %u day.",
                                    "A copy is kept on this computer for up to %u days.",
                                    self->days),
                          self->days);
}

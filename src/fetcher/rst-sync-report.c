/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-sync-report"

#include "config.h"

#include "rst-sync-report.h"

#include <glib/gi18n-lib.h>

gboolean
rst_sync_report_is_in_sync (const RstSyncReport *self)
{
  return self->n_gone == 0 && self->n_moved == 0;
}

static void
add_part (GString *text,
          char *part)
{
  if (text->len > 0)
    g_string_append (text, ", ");
  g_string_append (text, part);
  g_free (part);
}

char *
rst_sync_report_to_string (const RstSyncReport *self)
{
  GString *text = g_string_new (NULL);
  gboolean is_quiet = rst_sync_report_is_in_sync (self) && self->n_new == 0;

  /* Translators: these parts are joined by commas: "3 gone, 1 new, 7 moved". */
  if (self->n_gone > 0 || is_quiet)
    add_part (text, g_strdup_printf (ngettext ("%u gone", "%u gone", self->n_gone), self->n_gone));
  if (self->n_new > 0 || is_quiet)
    add_part (text, g_strdup_printf (ngettext ("%u new", "%u new", self->n_new), self->n_new));
  if (self->n_moved > 0)
    add_part (text,
              g_strdup_printf (ngettext ("%u moved", "%u moved", self->n_moved), self->n_moved));
  if (self->n_ambiguous > 0)
    add_part (text, g_strdup_printf (ngettext ("%u ambiguous", "%u ambiguous", self->n_ambiguous),
                                     self->n_ambiguous));

  return g_string_free (text, FALSE);
}

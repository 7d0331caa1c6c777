/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-sync-error"

#include "config.h"

#include "rst-sync-error.h"

#include <glib/gi18n-lib.h>

G_DEFINE_QUARK (rst_sync_error, rst_sync_error)

void
rst_sync_error_set_moved (GError **error)
{
  g_set_error (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX,
               _ ("The message is no longer where it was: somebody else has changed the mailbox. "
                  "Nothing else was opened in its place."));
}

gboolean
rst_sync_error_calls_for_reload (const GError *error)
{
  return g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_INDEX) ||
         g_error_matches (error, RST_SYNC_ERROR, RST_SYNC_ERROR_DELETE);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-rows"

#include "config.h"

#include "rst-cli-rows.h"

#include <glib/gi18n.h>

#define MAX_ROWS 1000000

static gboolean
parse_row (const char *text,
           guint *row,
           GError **error)
{
  guint64 number = 0;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT32 - 1, &number, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is not a row of the list."), text);
      return FALSE;
    }

  *row = (guint)number;
  return TRUE;
}

static gboolean
add_range (GArray *rows,
           GHashTable *seen,
           const char *text,
           GError **error)
{
  g_auto (GStrv) ends = g_strsplit (text, "-", 2);
  guint first = 0;
  guint last = 0;

  if (!parse_row (ends[0] ? ends[0] : "", &first, error) ||
      !parse_row (ends[0] && ends[1] ? ends[1] : ends[0], &last, error))
    return FALSE;

  if (last < first || last - first >= MAX_ROWS - rows->len)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("“%s” is not a range of rows."), text);
      return FALSE;
    }

  for (guint row = first; row <= last; row++)
    if (g_hash_table_add (seen, GUINT_TO_POINTER (row)))
      g_array_append_val (rows, row);

  return TRUE;
}

GArray *
rst_cli_rows_parse (char *const *arguments,
                    GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; arguments[i]; i++)
    {
      g_auto (GStrv) parts = g_strsplit (arguments[i], ",", -1);

      for (guint j = 0; parts[j]; j++)
        if (!add_range (rows, seen, parts[j], error))
          return NULL;
    }

  if (rows->len == 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   _ ("No rows of the list were given."));
      return NULL;
    }

  return g_steal_pointer (&rows);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-strangers"

#include "config.h"

#include "rst-strangers.h"

#include "rst-header.h"

GHashTable *
rst_strangers_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

static const char *
uid_at (GPtrArray *index,
        guint position)
{
  return ((RstHeader *)g_ptr_array_index (index, position))->identity->uid;
}

/* Most listings are the index: that is seen without a table. */
static gboolean
is_index (GPtrArray *index,
          const RstPop3Listing *listing)
{
  if (index->len != rst_pop3_listing_get_n_rows (listing))
    return FALSE;
  for (guint i = 0; i < index->len; i++)
    if (g_strcmp0 (uid_at (index, i), rst_pop3_listing_get_row (listing, i)->uid) != 0)
      return FALSE;

  return TRUE;
}

void
rst_strangers_note (GHashTable *strangers,
                    GPtrArray *index,
                    const RstPop3Listing *listing)
{
  g_autoptr (GHashTable) known = NULL;
  g_autoptr (GPtrArray) others = NULL;

  if (!rst_pop3_listing_has_uids (listing) || is_index (index, listing))
    return;

  known = g_hash_table_new (g_str_hash, g_str_equal);
  others = g_ptr_array_new ();
  for (guint i = 0; i < index->len; i++)
    if (uid_at (index, i))
      g_hash_table_add (known, (gpointer)uid_at (index, i));
  for (guint i = 0; i < rst_pop3_listing_get_n_rows (listing); i++)
    {
      const char *uid = rst_pop3_listing_get_row (listing, i)->uid;

      if (uid && !g_hash_table_contains (known, uid))
        g_ptr_array_add (others, (gpointer)uid);
    }

  /* Where no UID is known, all may have been changed: then they tell nothing. */
  if (others->len == rst_pop3_listing_get_n_rows (listing))
    return;
  for (guint i = 0; i < others->len; i++)
    g_hash_table_add (strangers, g_strdup (g_ptr_array_index (others, i)));
}

char *
rst_strangers_to_text (GHashTable *strangers)
{
  GString *text;
  GHashTableIter iter;
  gpointer uid;

  if (g_hash_table_size (strangers) == 0)
    return NULL;

  text = g_string_new (NULL);
  g_hash_table_iter_init (&iter, strangers);
  while (g_hash_table_iter_next (&iter, &uid, NULL))
    {
      /* Some UIDs are no UTF-8. */
      g_autofree char *line = g_strescape (uid, NULL);

      g_string_append_printf (text, "%s\n", line);
    }

  return g_string_free (text, FALSE);
}

void
rst_strangers_add_text (GHashTable *strangers,
                        const char *text)
{
  g_auto (GStrv) uids = g_strsplit (text ? text : "", "\n", -1);

  for (guint i = 0; uids[i]; i++)
    if (*uids[i])
      g_hash_table_add (strangers, g_strcompress (uids[i]));
}

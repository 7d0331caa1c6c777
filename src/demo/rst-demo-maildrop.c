/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-maildrop"

#include "config.h"

#include "rst-demo-maildrop.h"

#include <string.h>

/* Digits of SHA-256 that make a unique-id: 64 bits are unique enough for any demo, and short enough
 * to be read in a trace. */
#define UID_DIGITS 16

struct _RstDemoMaildrop
{
  GPtrArray *entries;
  GHashTable *uids; /* unique-id made from a content -> how often it was asked for */
};

RstDemoEntry *
rst_demo_entry_ref (RstDemoEntry *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rst_demo_entry_unref (RstDemoEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_bytes_unref (self->content);
  g_ref_string_release (self->uid);
  g_free (self);
}

RstDemoMaildrop *
rst_demo_maildrop_new (void)
{
  RstDemoMaildrop *self = g_new0 (RstDemoMaildrop, 1);

  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_demo_entry_unref);
  self->uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
rst_demo_maildrop_free (RstDemoMaildrop *self)
{
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->uids);
  g_free (self);
}

static GBytes *
with_crlf (GBytes *message)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  const char *end = text + length;
  g_autoptr (GByteArray) result = g_byte_array_sized_new (length + length / 32 + 2);
  const char *line = text;

  while (line < end)
    {
      const char *feed = memchr (line, '\n', end - line);
      const char *stop = feed != NULL ? feed : end;

      if (feed != NULL && feed > line && feed[-1] == '\r')
        stop--;
      g_byte_array_append (result, (const guint8 *)line, stop - line);
      g_byte_array_append (result, (const guint8 *)"\r\n", 2);
      line = feed != NULL ? feed + 1 : end;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&result));
}

static char *
make_uid (RstDemoMaildrop *self,
          GBytes *content)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, content);
  guint n_before;

  digest[UID_DIGITS] = '\0';
  n_before = GPOINTER_TO_UINT (g_hash_table_lookup (self->uids, digest));
  g_hash_table_insert (self->uids, g_strdup (digest), GUINT_TO_POINTER (n_before + 1));
  if (n_before > 0)
    {
      g_autofree char *numbered = g_strdup_printf ("%s-%u", digest, n_before + 1);

      return g_ref_string_new (numbered);
    }
  return g_ref_string_new (digest);
}

void
rst_demo_maildrop_add (RstDemoMaildrop *self,
                       GBytes *message,
                       const char *uid)
{
  RstDemoEntry *entry = g_new0 (RstDemoEntry, 1);

  g_atomic_ref_count_init (&entry->ref_count);
  entry->content = with_crlf (message);
  entry->uid = uid != NULL ? g_ref_string_new (uid) : make_uid (self, entry->content);
  g_ptr_array_add (self->entries, entry);
}

guint
rst_demo_maildrop_get_n_entries (RstDemoMaildrop *self)
{
  return self->entries->len;
}

RstDemoEntry *
rst_demo_maildrop_get (RstDemoMaildrop *self,
                       guint position)
{
  return position < self->entries->len ? g_ptr_array_index (self->entries, position) : NULL;
}

void
rst_demo_maildrop_move (RstDemoMaildrop *self,
                        guint from,
                        guint to)
{
  gpointer entry;

  if (from >= self->entries->len || to >= self->entries->len)
    return;
  entry = g_ptr_array_steal_index (self->entries, from);
  g_ptr_array_insert (self->entries, (int)to, entry);
}

void
rst_demo_maildrop_replace (RstDemoMaildrop *self,
                           guint position,
                           GBytes *message)
{
  RstDemoEntry *entry = rst_demo_maildrop_get (self, position);

  if (entry == NULL)
    return;
  g_bytes_unref (entry->content);
  entry->content = with_crlf (message);
}

void
rst_demo_maildrop_set_uid (RstDemoMaildrop *self,
                           guint position,
                           const char *uid)
{
  RstDemoEntry *entry = rst_demo_maildrop_get (self, position);

  if (entry == NULL)
    return;
  g_ref_string_release (entry->uid);
  entry->uid = g_ref_string_new (uid);
}

void
rst_demo_maildrop_remove (RstDemoMaildrop *self,
                          guint position)
{
  RstDemoEntry *entry = rst_demo_maildrop_get (self, position);

  if (entry == NULL)
    return;
  entry->is_gone = TRUE;
  g_ptr_array_remove_index (self->entries, position);
}

void
rst_demo_maildrop_sweep (RstDemoMaildrop *self)
{
  guint n_kept = 0;

  for (guint i = 0; i < self->entries->len; i++)
    {
      RstDemoEntry *entry = g_ptr_array_index (self->entries, i);

      if (entry->is_gone)
        rst_demo_entry_unref (entry);
      else
        self->entries->pdata[n_kept++] = entry;
    }
  /* The free function must not see the slots that were moved out of or given up. */
  g_ptr_array_set_free_func (self->entries, NULL);
  g_ptr_array_set_size (self->entries, (int)n_kept);
  g_ptr_array_set_free_func (self->entries, (GDestroyNotify)rst_demo_entry_unref);
}

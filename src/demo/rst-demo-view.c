/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-view"

#include "config.h"

#include "rst-demo-view.h"

struct _RstDemoView
{
  GArray *slots;
};

static void
clear_slot (gpointer data)
{
  RstDemoSlot *slot = data;

  g_clear_pointer (&slot->entry, rst_demo_entry_unref);
  g_clear_pointer (&slot->uid, g_ref_string_release);
}

static char *
make_uid (RstDemoMaildrop *maildrop,
          guint position,
          const RstDemoFaults *faults)
{
  gboolean is_shared = rst_demo_faults_has (faults, RST_DEMO_FAULT_DUPLICATE_UIDS);
  RstDemoEntry *entry = rst_demo_maildrop_get (maildrop, is_shared ? position & ~1U : position);
  g_autofree char *uid = NULL;

  if (rst_demo_faults_has (faults, RST_DEMO_FAULT_CONTENT_UIDS))
    uid = g_compute_checksum_for_bytes (G_CHECKSUM_MD5, entry->content);
  if (rst_demo_faults_has (faults, RST_DEMO_FAULT_NEW_UIDS))
    {
      const char *tag = rst_demo_faults_get_text (faults, RST_DEMO_FAULT_NEW_UIDS);
      g_autofree char *tagged = g_strconcat (tag, "-", uid != NULL ? uid : entry->uid, NULL);

      return g_ref_string_new (tagged);
    }
  return uid != NULL ? g_ref_string_new (uid) : g_ref_string_acquire (entry->uid);
}

RstDemoView *
rst_demo_view_new (RstDemoMaildrop *maildrop,
                   const RstDemoFaults *faults,
                   gboolean shows_read)
{
  gboolean is_reversed = rst_demo_faults_has (faults, RST_DEMO_FAULT_NEWEST_FIRST);
  gboolean has_holes = rst_demo_faults_has (faults, RST_DEMO_FAULT_HOLES);
  RstDemoView *self = g_new0 (RstDemoView, 1);
  guint n_entries = rst_demo_maildrop_get_n_entries (maildrop);

  self->slots = g_array_sized_new (FALSE, TRUE, sizeof (RstDemoSlot), n_entries);
  g_array_set_clear_func (self->slots, clear_slot);
  for (guint i = 0; i < n_entries; i++)
    {
      guint position = is_reversed ? n_entries - 1 - i : i;
      RstDemoEntry *entry = rst_demo_maildrop_get (maildrop, position);
      RstDemoSlot slot = { NULL, NULL, 0, FALSE, FALSE };

      if (entry->is_read && !shows_read)
        continue;
      if (has_holes && self->slots->len % 3 == 2)
        g_array_append_val (self->slots, slot);
      slot.entry = rst_demo_entry_ref (entry);
      slot.uid = make_uid (maildrop, position, faults);
      slot.size = g_bytes_get_size (entry->content);
      g_array_append_val (self->slots, slot);
    }
  return self;
}

void
rst_demo_view_free (RstDemoView *self)
{
  g_array_unref (self->slots);
  g_free (self);
}

guint
rst_demo_view_get_n_slots (const RstDemoView *self)
{
  return self->slots->len;
}

RstDemoSlot *
rst_demo_view_get_slot (const RstDemoView *self,
                        guint number)
{
  RstDemoSlot *slot;

  if (number < 1 || number > self->slots->len)
    return NULL;
  slot = &g_array_index (self->slots, RstDemoSlot, number - 1);
  return slot->entry != NULL ? slot : NULL;
}

void
rst_demo_view_reset (RstDemoView *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    g_array_index (self->slots, RstDemoSlot, i).is_deleted = FALSE;
}

void
rst_demo_view_commit (RstDemoView *self,
                      RstDemoMaildrop *maildrop,
                      RstDemoCommit commit)
{
  guint n_marked = 0;

  for (guint i = 0; i < self->slots->len; i++)
    {
      RstDemoSlot *slot = &g_array_index (self->slots, RstDemoSlot, i);

      if (slot->entry == NULL)
        continue;
      slot->entry->is_read |= slot->is_read;
      if (!slot->is_deleted)
        continue;
      if (commit == RST_DEMO_COMMIT_ALL || (commit == RST_DEMO_COMMIT_HALF && n_marked % 2 == 0))
        slot->entry->is_gone = TRUE;
      n_marked++;
    }
  rst_demo_maildrop_sweep (maildrop);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-listing"

#include "config.h"

#include "rst-demo-session-private.h"

typedef void (*WriteRowFunc) (RstDemoSession *self,
                              guint number,
                              const RstDemoSlot *slot);

static gboolean
is_listed (const RstDemoSlot *slot)
{
  return slot != NULL && !slot->is_deleted;
}

static guint64
get_shown_size (RstDemoSession *self,
                const RstDemoSlot *slot)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_SIZES_WRONG))
    return slot->size / 2 + 100 * self->serial + self->n_listings;
  return rst_demo_session_has (self, RST_DEMO_FAULT_SIZES_ZERO) ? 0 : slot->size;
}

static void
write_size_row (RstDemoSession *self,
                guint number,
                const RstDemoSlot *slot)
{
  guint64 size = get_shown_size (self, slot);

  rst_demo_wire_printf (self->wire, "%u %" G_GUINT64_FORMAT "\r\n", number, size);
}

static void
write_uid_row (RstDemoSession *self,
               guint number,
               const RstDemoSlot *slot)
{
  rst_demo_wire_printf (self->wire, "%u %s\r\n", number, slot->uid);
}

static void
write_rows (RstDemoSession *self,
            const char *argument,
            WriteRowFunc write_row)
{
  guint n_slots = rst_demo_view_get_n_slots (self->view);
  gboolean has_prefix = rst_demo_session_has (self, RST_DEMO_FAULT_OK_PREFIX);
  guint number;

  if (*argument != '\0')
    {
      RstDemoSlot *slot = rst_demo_session_find (self, argument, &number);

      if (slot == NULL)
        return;
      rst_demo_wire_write (self->wire, "+OK ", 4);
      write_row (self, number, slot);
      return;
    }
  rst_demo_session_ok (self, "The list follows");
  for (number = 1; number <= n_slots; number++)
    {
      RstDemoSlot *slot = rst_demo_view_get_slot (self->view, number);

      if (!is_listed (slot))
        continue;
      if (has_prefix)
        rst_demo_wire_write (self->wire, "+OK ", 4);
      write_row (self, number, slot);
    }
  rst_demo_wire_write (self->wire, ".\r\n", 3);
}

void
rst_demo_session_stat (RstDemoSession *self,
                       const char *argument)
{
  guint n_slots = rst_demo_view_get_n_slots (self->view);
  guint n_messages = 0;
  guint64 size = 0;

  if (rst_demo_session_has (self, RST_DEMO_FAULT_STAT_NEGATIVE))
    {
      rst_demo_wire_printf (self->wire, "+OK -1 -4096\r\n");
      return;
    }
  for (guint number = 1; number <= n_slots; number++)
    {
      RstDemoSlot *slot = rst_demo_view_get_slot (self->view, number);

      if (!is_listed (slot))
        continue;
      n_messages++;
      size += get_shown_size (self, slot);
    }
  if (rst_demo_session_has (self, RST_DEMO_FAULT_STAT_WRONG))
    n_messages += 7;
  rst_demo_wire_printf (self->wire, "+OK %u %" G_GUINT64_FORMAT "\r\n", n_messages, size);
}

void
rst_demo_session_list (RstDemoSession *self,
                       const char *argument)
{
  self->n_listings++;
  write_rows (self, argument, write_size_row);
}

void
rst_demo_session_uidl (RstDemoSession *self,
                       const char *argument)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_NO_UIDL))
    rst_demo_session_err (self, "Unknown command");
  else if (rst_demo_session_has (self, RST_DEMO_FAULT_UIDL_ERROR))
    rst_demo_session_err (self, "The unique-ids cannot be read at the moment");
  else
    write_rows (self, argument, write_uid_row);
}

void
rst_demo_session_dele (RstDemoSession *self,
                       const char *argument)
{
  guint number;
  RstDemoSlot *slot = rst_demo_session_find (self, argument, &number);
  g_autoptr (GBytes) content = NULL;

  if (slot == NULL)
    return;
  if (rst_demo_faults_has_number (self->faults, RST_DEMO_FAULT_CLOSE_ON_DELE, number))
    {
      rst_demo_session_hang_up (self);
      return;
    }
  content = rst_demo_state_ref_content (self->state, slot->entry);
  if (content == NULL)
    rst_demo_session_err (self, "The message is gone");
  else if (rst_demo_faults_has_number (self->faults, RST_DEMO_FAULT_ERR_ON_DELE, number))
    rst_demo_session_err (self, "The message cannot be deleted");
  else
    {
      slot->is_deleted = TRUE;
      rst_demo_session_ok (self, "Marked as deleted");
    }
}

void
rst_demo_session_rset (RstDemoSession *self,
                       const char *argument)
{
  if (rst_demo_session_has (self, RST_DEMO_FAULT_RSET_ERROR))
    {
      rst_demo_session_err (self, "The marks cannot be undone");
      return;
    }
  rst_demo_view_reset (self->view);
  rst_demo_session_ok (self, "Nothing is marked any more");
}

void
rst_demo_session_noop (RstDemoSession *self,
                       const char *argument)
{
  rst_demo_session_ok (self, "Still here");
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-record"

#include "config.h"

#include "rst-record.h"

RstRecord *
rst_record_new (RstHeader *header,
                gint64 id,
                gint64 position,
                gboolean is_read)
{
  RstRecord *self = g_atomic_rc_box_new0 (RstRecord);

  self->header = rst_header_ref (header);
  self->id = id;
  self->position = position;
  self->is_read = is_read;

  return self;
}

RstRecord *
rst_record_ref (RstRecord *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rst_record_clear (gpointer data)
{
  RstRecord *self = data;

  rst_header_unref (self->header);
}

void
rst_record_unref (RstRecord *self)
{
  g_atomic_rc_box_release_full (self, rst_record_clear);
}

GPtrArray *
rst_record_array_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rst_record_unref);
}

GPtrArray *
rst_record_array_dup_headers (GPtrArray *records)
{
  GPtrArray *headers = g_ptr_array_new_full (records->len, (GDestroyNotify)rst_header_unref);

  for (guint i = 0; i < records->len; i++)
    {
      RstRecord *record = g_ptr_array_index (records, i);

      g_ptr_array_add (headers, rst_header_ref (record->header));
    }

  return headers;
}

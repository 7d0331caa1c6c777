/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-snapshot"

#include "config.h"

#include "rst-snapshot.h"

RstSnapshot *
rst_snapshot_new (void)
{
  RstSnapshot *self = g_new0 (RstSnapshot, 1);

  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  self->origins = g_array_new (FALSE, FALSE, sizeof (guint));

  return self;
}

void
rst_snapshot_free (RstSnapshot *self)
{
  g_ptr_array_unref (self->headers);
  g_array_unref (self->origins);
  g_clear_error (&self->interruption);
  g_free (self);
}

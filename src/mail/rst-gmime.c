/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-gmime"

#include "config.h"

#include "rst-gmime.h"

void
rst_gmime_init (void)
{
  static gsize is_initialized = 0;

  if (g_once_init_enter (&is_initialized))
    {
      g_mime_init ();
      g_once_init_leave (&is_initialized, 1);
    }
}

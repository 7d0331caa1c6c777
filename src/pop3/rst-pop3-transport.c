/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-transport"

#include "config.h"

#include "rst-pop3-transport.h"

static const RstPop3Transport *current;

void
rst_pop3_transport_set (const RstPop3Transport *transport)
{
  g_atomic_pointer_set (&current, transport);
}

const RstPop3Transport *
rst_pop3_transport_get (void)
{
  return g_atomic_pointer_get (&current);
}

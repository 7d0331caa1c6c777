/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include "mail/rst-mbox.h"

/* What was split can be written again, and is then read as the same single message. */
static void
check_message (GBytes *message)
{
  g_autoptr (GBytes) entry = rst_mbox_format (message, NULL, 0);
  g_autoptr (GPtrArray) again = rst_mbox_split (entry);

  g_assert_cmpuint (again->len, ==, 1);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) mbox = g_bytes_new (data, size);
  g_autoptr (GPtrArray) messages = rst_mbox_split (mbox);
  gsize n_bytes = 0;

  for (guint i = 0; i < messages->len; i++)
    {
      GBytes *message = g_ptr_array_index (messages, i);

      n_bytes += g_bytes_get_size (message);
      check_message (message);
    }
  g_assert_cmpuint (n_bytes, <=, size);

  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include "mail/rst-mbox-scanner.h"
#include "mail/rst-mbox.h"

/* What was split can be written again, and is then read as the same single message. */
static void
check_message (GBytes *message)
{
  g_autoptr (GBytes) entry = rst_mbox_format (message, NULL, 0);
  g_autoptr (GPtrArray) again = rst_mbox_split (entry);

  g_assert_cmpuint (again->len, ==, 1);
}

typedef struct
{
  GBytes *mbox;
  GPtrArray *messages;
  guint n_found;
} Check;

static void
entry_cb (const RstMboxEntry *place,
          const char *header,
          gsize header_length,
          gpointer user_data)
{
  Check *check = user_data;
  gsize start = (gsize)place->message;
  g_autoptr (GBytes) entry =
      g_bytes_new_from_bytes (check->mbox, start, (gsize)place->end - start);
  g_autoptr (GBytes) message = rst_mbox_extract (entry);

  g_assert_cmpuint (check->n_found, <, check->messages->len);
  g_assert_true (g_bytes_equal (message, g_ptr_array_index (check->messages, check->n_found)));
  check->n_found++;
}

/* A file that is read in pieces has the same messages as one that is read at once. */
static void
check_scanner (GBytes *mbox,
               GPtrArray *messages,
               gsize piece)
{
  Check check = { mbox, messages, 0 };
  g_autoptr (RstMboxScanner) scanner = rst_mbox_scanner_new (FALSE, entry_cb, &check);
  gsize size = 0;
  const char *bytes = g_bytes_get_data (mbox, &size);

  for (gsize at = 0; at < size; at += piece)
    rst_mbox_scanner_push (scanner, bytes + at, MIN (piece, size - at));
  rst_mbox_scanner_finish (scanner);
  g_assert_cmpuint (check.n_found, ==, messages->len);
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
  check_scanner (mbox, messages, MAX (size, 1));
  check_scanner (mbox, messages, 7);

  return 0;
}

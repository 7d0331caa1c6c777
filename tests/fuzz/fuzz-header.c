/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

#include "mail/rst-envelope.h"
#include "mail/rst-header-block.h"
#include "mail/rst-header-digest.h"

/* A header block, its digest, and what a list shows of it. */

static void
check_fields (const char *block, gsize length)
{
  RstHeaderField field;
  gsize position = 0;
  gsize n_bytes = 0;

  while (rst_header_block_next (block, length, &position, &field))
    {
      g_autofree char *value = rst_header_field_unfold (&field, NULL);

      g_assert_true (field.raw >= block &&
                     field.raw + field.raw_length <= block + length);
      g_assert_true (field.value + field.value_length ==
                     field.raw + field.raw_length);
      n_bytes += field.raw_length;
    }
  g_assert_cmpuint (n_bytes, <=, length);
}

static void
check_digest (const char *block,
              gsize length)
{
  g_autoptr (RstHeaderDigest) digest = rst_header_digest_new (block, length);
  g_autoptr (RstHeaderDigest) damaged = rst_header_digest_from_bytes (block, length);
  g_autoptr (GBytes) stored = rst_header_digest_to_bytes (digest);
  g_autoptr (RstHeaderDigest) again = NULL;
  gsize n_stored = 0;
  const void *bytes = g_bytes_get_data (stored, &n_stored);

  again = rst_header_digest_from_bytes (bytes, n_stored);
  g_assert_nonnull (again);
  g_assert_true (rst_header_digest_match (digest, again));
  g_assert_true (rst_header_digest_match_retr (digest, again));
  if (damaged != NULL)
    g_assert_cmpint (rst_header_digest_match (digest, damaged), ==,
                     rst_header_digest_match (damaged, digest));
}

static void
check_envelope (const char *block, gsize length)
{
  g_autoptr (RstEnvelope) envelope =
      rst_envelope_new_from_headers (block, length, NULL);

  rst_fuzz_check_line (envelope->from);
  rst_fuzz_check_line (envelope->from_name);
  rst_fuzz_check_line (envelope->to);
  rst_fuzz_check_line (envelope->subject);
  for (guint i = 0; i < RST_ENVELOPE_N_KEYS; i++)
    g_assert_nonnull (rst_envelope_get_key (envelope, (RstEnvelopeKey)i));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *message = g_malloc (size + 1);
  gsize length;

  memcpy (message, data, size);
  message[size] = '\0';
  length = rst_header_block_find_end (message, size);
  g_assert_cmpuint (length, <=, size);
  check_fields (message, length);
  check_digest (message, length);
  check_envelope (message, length);
  return 0;
}

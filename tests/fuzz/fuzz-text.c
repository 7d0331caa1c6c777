/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

#include "mail/rst-text.h"

/* Text in the charset that its first line names, and in the one that its second
 * line does. */

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *bytes = g_malloc (size + 1);
  g_autofree char *text = g_strndup ((const char *)data, MIN (size, 200));
  g_auto (GStrv) lines = g_strsplit (text, "\n", 3);
  const char *declared =
      lines[0] != NULL && *lines[0] != '\0' ? lines[0] : NULL;
  const char *fallback = declared != NULL && lines[1] != NULL ? lines[1] : NULL;
  gsize begin = MIN (size, (declared != NULL ? strlen (declared) + 1 : 0) +
                               (fallback != NULL ? strlen (fallback) + 1 : 0));
  g_autofree char *body =
      rst_text_decode (bytes + begin, size - begin, declared, fallback);
  g_autofree char *line =
      rst_text_decode_header (bytes + begin, size - begin, declared);
  g_autofree char *address = NULL;

  g_assert_true (g_utf8_validate (body, -1, NULL));
  g_assert_null (strchr (body, '\r'));
  rst_fuzz_check_line (line);
  address = rst_text_clean_address (g_strdup (body));
  rst_fuzz_check_line (address);
  body = rst_text_clean (g_steal_pointer (&body));
  rst_fuzz_check_text (body);
  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include "pop3/rst-pop3-capabilities.h"
#include "pop3/rst-pop3-listing.h"

/* Lines of LIST, after an empty one those of UIDL, and all of them as lines of
 * CAPA. */

static void
check_rows (const RstPop3Listing *listing)
{
  guint32 last = 0;

  for (guint i = 0; i < rst_pop3_listing_get_n_rows (listing); i++)
    {
      const RstPop3ListingRow *row = rst_pop3_listing_get_row (listing, i);

      g_assert_cmpuint (row->number, >, last);
      g_assert_true (row->uid == NULL || *row->uid != '\0');
      last = row->number;
    }
}

static void
check_listing (char **lines)
{
  g_autoptr (RstPop3Listing) listing = rst_pop3_listing_new ();
  g_autoptr (GError) error = NULL;
  gboolean is_uidl = FALSE;

  for (guint i = 0; lines[i] != NULL && error == NULL; i++)
    if (!is_uidl && *lines[i] == '\0')
      {
        is_uidl = TRUE;
        rst_pop3_listing_begin_uids (listing);
      }
    else if (is_uidl)
      rst_pop3_listing_add_uid_line (listing, lines[i], &error);
    else
      rst_pop3_listing_add_size_line (listing, lines[i], &error);
  if (error != NULL)
    rst_fuzz_check_line (error->message);
  check_rows (listing);
}

/* What is written down is read again as the same. */
static void
check_capabilities (char **lines)
{
  g_autoptr (RstPop3Capabilities) first = rst_pop3_capabilities_new ();
  g_autoptr (RstPop3Capabilities) second = rst_pop3_capabilities_new ();
  GString *once = g_string_new (NULL);
  GString *twice = g_string_new (NULL);
  g_auto (GStrv) written = NULL;

  for (guint i = 0; lines[i] != NULL; i++)
    rst_pop3_capabilities_add_line (first, lines[i]);
  rst_pop3_capabilities_append (first, "", once);
  g_assert_true (g_utf8_validate (once->str, -1, NULL));
  written = g_strsplit (once->str, "\n", -1);
  for (guint i = 0; written[i] != NULL; i++)
    rst_pop3_capabilities_add_line (second, written[i]);
  rst_pop3_capabilities_append (second, "", twice);
  g_assert_cmpstr (once->str, ==, twice->str);
  g_string_free (once, TRUE);
  g_string_free (twice, TRUE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  check_listing (lines);
  check_capabilities (lines);
  return 0;
}

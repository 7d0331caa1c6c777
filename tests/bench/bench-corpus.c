/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "bench-corpus"

#include "config.h"

#include <glib/gstdio.h>
#include <math.h>
#include <stdlib.h>

#include "demo/rst-demo-synthetic.h"

/* Writes made-up messages, one a file, as a Maildir has them: bench-corpus FOLDER FIRST LAST.
 * Message N is the same each time. Its header block has 2.5 to 4 KB; its text has half the time
 * less than 8 KB, 17 KB on average and 512 KB at most, as mail has. What is there already is left
 * alone. */

#define MEDIAN_SIZE 8192
#define MAX_SIZE (512 * 1024)

/* The spread of the natural logarithm of sizes. */
#define SIGMA 1.2

static const char *const lines[] = {
  "The parcel was weighed twice, and twice it weighed the same.\n",
  "Counter four is closed until the clerk has found the stamp.\n",
  "\n",
  ".A line may begin with a dot, and POP3 doubles it.\n",
  "Whoever waits for a letter reads every envelope first.\n",
  "From here on the road is private; the postman may pass.\n",
  "Seventeen pigeonholes, three of them empty, none of them free.\n",
};

/* Twelve uniform numbers make a normal one, near enough. */
static gsize
pick_size (guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (number);
  double normal = -6;

  for (guint i = 0; i < 12; i++)
    normal += g_rand_double (random);
  return (gsize)MIN (MEDIAN_SIZE * exp (SIGMA * normal), MAX_SIZE);
}

/* Above the others, where the last server put it. */
static const char received_spf[] =
    "Received-SPF: pass (mx1.example.org: domain of bounces@example.net designates 192.0.2.17 as\n"
    "\tpermitted sender) client-ip=192.0.2.17; envelope-from=bounces@example.net;\n"
    "\thelo=relay1.example.net; receiver=demo@example.org\n";

/* With LF, as mail servers store it. */
static char *
make_message (guint number)
{
  g_autoptr (GBytes) bytes = rst_demo_synthetic_new (number - 1);
  gsize size;
  const char *wire = g_bytes_get_data (bytes, &size);
  GString *text = g_string_new_len (wire, (gssize)size);
  gsize wanted;

  g_string_replace (text, "\r\n", "\n", 0);
  g_string_prepend (text, received_spf);
  wanted = text->len + pick_size (number);
  for (guint i = number; text->len < wanted; i++)
    g_string_append (text, lines[i % G_N_ELEMENTS (lines)]);
  return g_string_free (text, FALSE);
}

int
main (int argc,
      char *argv[])
{
  g_autoptr (GError) error = NULL;
  guint last;

  if (argc != 4)
    g_error ("bench-corpus FOLDER FIRST LAST");

  last = (guint)g_ascii_strtoull (argv[3], NULL, 10);
  for (guint i = (guint)g_ascii_strtoull (argv[2], NULL, 10); i <= last; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%06u", argv[1], i);
      g_autofree char *text = NULL;

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        continue;
      text = make_message (i);
      if (!g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_NONE, 0644, &error))
        g_error ("%s", error->message);
    }
  return EXIT_SUCCESS;
}

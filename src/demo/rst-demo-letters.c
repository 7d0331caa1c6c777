/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-letters"

#include "config.h"

#include "rst-demo-letters.h"

#include <glib/gi18n-lib.h>

#include "rst-demo-date.h"

typedef struct
{
  const char *from;
  const char *subject;
  const char *text;
} Letter;

/* They go on from the letters of the demo mailbox. */
static const Letter letters[] = {
  { "Nadia Brightwater <nadia@brightwater.example.net>",
    "Arrived in Trieste",
    "Dear Robin,\n"
    "\n"
    "the night train was four hours late and nobody minded, because the man with the\n"
    "accordion got on at Udine. I shall stay until the wind changes. Write to me poste\n"
    "restante, as always; the clerk at counter two already knows my name.\n"
    "\n"
    "Nadia\n" },
  { "Counter Two <counter2@post.example.org>",
    "About your parcel",
    "We have opened it, since it asked us to. It is a cat. It has taken the chair by\n"
    "the window and answers to Tuesday.\n"
    "\n"
    "You may collect it at any time. It may not come.\n"
    "\n"
    "Counter two\n" },
  { "Tomas Lindqvist <tomas@lindqvist.example.com>",
    "Re: The lighthouse keeper's logbook",
    "We were all wrong about page 41. I have had it under the big lamp, and where we\n"
    "read \"saw a whale\" it says \"sang a while\".\n"
    "\n"
    "Now read the entry again from the beginning.\n"
    "\n"
    "Tomas\n" },
  { "Aunt Rosalind <rosalind@orchard.example.net>",
    "Before I forget",
    "Two quinces, not three, whatever your cousin says.\n"
    "\n"
    "And come before the first frost. The ladder needs a second pair of hands.\n" },
  { "Yusuf Demir <yusuf@demir.example.org>",
    "Found: one subject",
    "It came back, as I said it would: I was holding the wheel with both hands.\n"
    "\n"
    "It was this: there is always one letter more than you think. Ask at the counter.\n"
    "\n"
    "Yusuf\n" },
};

static GBytes *
write_letter (guint n_before)
{
  const Letter *letter = &letters[n_before % G_N_ELEMENTS (letters)];
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = rst_demo_format_date (now);
  g_autofree char *id = g_uuid_string_random ();
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "From: %s\n"
                          "To: Robin Marlowe <demo@example.org>\n"
                          "Subject: %s\n"
                          "Date: %s\n"
                          "Message-ID: <%s@post.example.org>\n"
                          "MIME-Version: 1.0\n"
                          "Content-Type: text/plain; charset=utf-8\n"
                          "\n"
                          "%s",
                          letter->from,
                          letter->subject,
                          date,
                          id,
                          letter->text);
  return g_string_free_to_bytes (text);
}

char *
rst_demo_letters_simulate (RstDemoMaildrop *maildrop,
                           guint n_before)
{
  guint n_entries = rst_demo_maildrop_get_n_entries (maildrop);
  /* Two from the middle, while there is a middle: the first and the last message stay. */
  guint n_deleted = n_entries > 3 ? 2 : n_entries > 2 ? 1
                                                      : 0;
  const char *subject = letters[n_before % G_N_ELEMENTS (letters)].subject;
  g_autoptr (GBytes) letter = write_letter (n_before);
  guint first = n_entries / 3;
  guint second = 2 * n_entries / 3;

  if (n_deleted == 2)
    rst_demo_maildrop_remove (maildrop, second);
  if (n_deleted > 0)
    rst_demo_maildrop_remove (maildrop, first);
  rst_demo_maildrop_add (maildrop, letter, NULL);

  if (n_deleted == 2)
    return g_strdup_printf (_ ("Another client deleted messages %u and %u of %u, "
                               "and a new one came in: “%s”"),
                            first + 1,
                            second + 1,
                            n_entries,
                            subject);
  if (n_deleted == 1)
    return g_strdup_printf (_ ("Another client deleted message %u of %u, "
                               "and a new one came in: “%s”"),
                            first + 1,
                            n_entries,
                            subject);
  return g_strdup_printf (_ ("A new message came in: “%s”"), subject);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-mbox.h"

#define BYTES(literal) literal, sizeof (literal) - 1

#define FROM "From a@x.org Mon Nov  2 10:00:00 2026\n"
#define FROM_CRLF "From a@x.org Mon Nov  2 10:00:00 2026\r\n"

typedef struct
{
  const char *name;
  const char *mbox;
  gsize length;
  const char *messages[4];
} SplitCase;

static const SplitCase split_cases[] = {
  { "empty", BYTES (""), { NULL } },
  { "one", BYTES (FROM "A: b\n\nbody\n\n"), { "A: b\n\nbody\n" } },
  { "two", BYTES (FROM "A: 1\n\nx\n\n" FROM "A: 2\n\ny\n\n"), { "A: 1\n\nx\n", "A: 2\n\ny\n" } },
  { "no-blank-line-at-end", BYTES (FROM "A: 1\n\nx\n"), { "A: 1\n\nx\n" } },
  { "no-line-end-at-end", BYTES (FROM "A: 1\n\nx"), { "A: 1\n\nx" } },
  { "more-blank-lines-at-end", BYTES (FROM "A: 1\n\nx\n\n\n\n"), { "A: 1\n\nx\n\n\n" } },
  { "without-body", BYTES (FROM "A: 1\n\n" FROM "A: 2\n\n"), { "A: 1\n", "A: 2\n" } },
  { "without-anything", BYTES (FROM "\n" FROM "\n"), { "", "" } },
  { "cut-after-separator", BYTES (FROM), { "" } },
  { "quoted", BYTES (FROM "A: 1\n\n>From x\n>>From y\n> From z\n>Fromage\n\n"), { "A: 1\n\nFrom x\n>From y\n> From z\n>Fromage\n" } },
  { "quoted-first-line", BYTES (FROM ">From x\nA: 1\n\n"), { "From x\nA: 1\n" } },
  { "quoted-at-end", BYTES (FROM "A: 1\n\n>From "), { "A: 1\n\nFrom " } },
  { "from-within-paragraph", BYTES (FROM "A: 1\n\nx\nFrom y at 10:00\n\n"), { "A: 1\n\nx\nFrom y at 10:00\n" } },
  { "from-as-text", BYTES (FROM "A: 1\n\nx\n\nFrom now on\n\n"), { "A: 1\n\nx\n\nFrom now on\n" } },
  { "from-without-blank", BYTES (FROM "A: 1\n\nFrom:10:00\n\n"), { "A: 1\n\nFrom:10:00\n" } },
  { "mozilla", BYTES ("From - Mon Nov  2 10:00:00 2026\nA: 1\n\n"), { "A: 1\n" } },
  { "date-with-zone", BYTES ("From a Mon, 2 Nov 2026 10:00:00 +0100\nA: 1\n\n"), { "A: 1\n" } },
  { "sender-with-blanks", BYTES ("From a at x.org  Mon Nov  2 10:00:00 2026\nA: 1\n\n"), { "A: 1\n" } },
  { "blank-lines-first", BYTES ("\n\n" FROM "A: 1\n\n"), { "A: 1\n" } },
  { "text-first", BYTES ("This is not mail.\n\n" FROM "A: 1\n\n"), { "A: 1\n" } },
  { "not-an-mbox", BYTES ("A: 1\n\nx\n"), { NULL } },
  { "crlf", BYTES (FROM_CRLF "A: 1\r\n\r\n>From x\r\n\r\n" FROM_CRLF "A: 2\r\n\r\ny\r\n\r\n"), { "A: 1\r\n\r\nFrom x\r\n", "A: 2\r\n\r\ny\r\n" } },
  { "bare-cr-is-no-line", BYTES (FROM "A: 1\n\r" FROM "x\n\n"), { "A: 1\n\r" FROM "x\n" } },
};

static void
test_split (gconstpointer data)
{
  const SplitCase *test = data;
  g_autoptr (GBytes) mbox = g_bytes_new (test->mbox, test->length);
  g_autoptr (GPtrArray) messages = rst_mbox_split (mbox);
  guint n_messages = 0;

  while (test->messages[n_messages] != NULL)
    n_messages++;

  g_assert_cmpuint (messages->len, ==, n_messages);
  for (guint i = 0; i < n_messages; i++)
    {
      gsize size;
      const char *bytes = g_bytes_get_data (g_ptr_array_index (messages, i), &size);

      g_assert_cmpmem (bytes, size, test->messages[i], strlen (test->messages[i]));
    }
}

typedef struct
{
  const char *name;
  const char *message;
  gsize length;
  const char *sender;
  gint64 date;
  const char *entry;
} FormatCase;

static const FormatCase format_cases[] = {
  { "plain", BYTES ("A: b\n\nx\n"), "a@x.org", 1793613600, FROM "A: b\n\nx\n\n" },
  { "crlf", BYTES ("A: b\r\n\r\nx\r\n"), "a@x.org", 1793613600, FROM "A: b\n\nx\n\n" },
  { "no-line-end", BYTES ("A: b\n\nx"), "a@x.org", 1793613600, FROM "A: b\n\nx\n\n" },
  { "bare-cr", BYTES ("A: b\r\r\n\r\nx\ry\r"), "a@x.org", 1793613600, FROM "A: b\r\n\nx\ry\r\n\n" },
  { "quotes", BYTES ("A: b\n\nFrom x\n>From y\n> From z\nFrom\n"), "a@x.org", 1793613600, FROM "A: b\n\n>From x\n>>From y\n> From z\nFrom\n\n" },
  { "quotes-at-end", BYTES ("A: b\n\nFrom "), "a@x.org", 1793613600, FROM "A: b\n\n>From \n\n" },
  { "no-sender", BYTES ("A: b\n"), NULL, 0, "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nA: b\n\n" },
  { "empty-sender", BYTES ("A: b\n"), "", 0, "From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nA: b\n\n" },
  { "hostile-sender", BYTES ("A: b\n"), "a\nFrom b c", 0, "From a-From-b-c Thu Jan  1 00:00:00 1970\nA: b\n\n" },
  { "impossible-date", BYTES ("A: b\n"), "a", G_MAXINT64, "From a Thu Jan  1 00:00:00 1970\nA: b\n\n" },
  { "empty", BYTES (""), "a", 0, "From a Thu Jan  1 00:00:00 1970\n\n" },
};

static void
test_format (gconstpointer data)
{
  const FormatCase *test = data;
  g_autoptr (GBytes) message = g_bytes_new (test->message, test->length);
  g_autoptr (GBytes) entry = rst_mbox_format (message, test->sender, test->date);
  gsize size;
  const char *bytes = g_bytes_get_data (entry, &size);

  g_assert_cmpmem (bytes, size, test->entry, strlen (test->entry));
}

static char *
make_random_message (gsize *length)
{
  static const char *const pieces[] = {
    "From ", ">", "\n", "\n\n", "From a Mon Nov  2 10:00:00 2026\n",
    "x", "\xFF", "A: b\n", " ", "\r"
  };
  GString *message = g_string_new (NULL);
  int n_pieces = g_test_rand_int_range (0, 20);

  for (int i = 0; i < n_pieces; i++)
    {
      const char *piece = pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))];

      if (g_test_rand_int_range (0, 30) == 0)
        g_string_append_c (message, '\0');
      /* CRLF alone does not survive: it becomes LF. */
      if (*piece != '\n' || message->len == 0 || message->str[message->len - 1] != '\r')
        g_string_append (message, piece);
    }

  *length = message->len;

  return g_string_free (message, FALSE);
}

static void
assert_read_again (GBytes *read,
                   GBytes *original)
{
  gsize original_size, size;
  const char *original_bytes = g_bytes_get_data (original, &original_size);
  const char *bytes = g_bytes_get_data (read, &size);

  if (original_size > 0 && original_bytes[original_size - 1] != '\n')
    {
      g_assert_cmpint (bytes[size - 1], ==, '\n');
      size--;
    }
  g_assert_cmpmem (bytes, size, original_bytes, original_size);
}

/* What is saved is what is read again, byte for byte; a message gets its last line end at most. */
static void
test_round_trip (void)
{
  for (guint run = 0; run < 2000; run++)
    {
      GBytes *originals[4];
      guint n_messages = (guint)g_test_rand_int_range (1, G_N_ELEMENTS (originals) + 1);
      g_autoptr (GString) file = g_string_new (NULL);
      g_autoptr (GBytes) mbox = NULL;
      g_autoptr (GPtrArray) messages = NULL;

      for (guint i = 0; i < n_messages; i++)
        {
          g_autoptr (GBytes) entry = NULL;
          gsize length;
          char *message = make_random_message (&length);
          const char *bytes;

          originals[i] = g_bytes_new_take (message, length);
          entry = rst_mbox_format (originals[i], "a@x.org", 1793613600);
          bytes = g_bytes_get_data (entry, &length);
          g_string_append_len (file, bytes, (gssize)length);
        }

      mbox = g_bytes_new (file->str, file->len);
      messages = rst_mbox_split (mbox);
      g_assert_cmpuint (messages->len, ==, n_messages);
      for (guint i = 0; i < n_messages; i++)
        {
          assert_read_again (g_ptr_array_index (messages, i), originals[i]);
          g_bytes_unref (originals[i]);
        }
    }
}

static void
test_random_file (void)
{
  for (guint run = 0; run < 2000; run++)
    {
      gsize length;
      char *bytes = make_random_message (&length);
      g_autoptr (GBytes) mbox = g_bytes_new_take (bytes, length);
      g_autoptr (GPtrArray) messages = rst_mbox_split (mbox);

      g_assert_cmpuint (messages->len, <=, 20);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (split_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mbox/split/%s", split_cases[i].name);

      g_test_add_data_func (path, &split_cases[i], test_split);
    }
  for (guint i = 0; i < G_N_ELEMENTS (format_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/mbox/format/%s", format_cases[i].name);

      g_test_add_data_func (path, &format_cases[i], test_format);
    }
  g_test_add_func ("/mbox/round-trip", test_round_trip);
  g_test_add_func ("/mbox/random-file", test_random_file);

  return g_test_run ();
}

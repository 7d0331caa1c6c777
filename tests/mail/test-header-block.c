/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-header-block.h"

#define BYTES(literal) literal, sizeof (literal) - 1

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  gsize end;
} EndCase;

static const EndCase end_cases[] = {
  { "empty", BYTES (""), 0 },
  { "crlf", BYTES ("A: b\r\n\r\nbody\r\n"), 6 },
  { "lf", BYTES ("A: b\n\nbody\n"), 5 },
  { "no-blank-line", BYTES ("A: b\r\nC: d\r\n"), 12 },
  { "no-line-end", BYTES ("A: b\r\nC: d"), 10 },
  { "body-only", BYTES ("\r\nbody\r\n"), 0 },
  { "two-blank-lines", BYTES ("A: b\r\n\r\n\r\n"), 6 },
  { "bare-cr-is-no-line", BYTES ("A: b\r\rC: d\r\n\r\n"), 12 },
  { "cr-cr-lf-is-no-blank-line", BYTES ("A: b\r\n\r\r\nC: d\r\n\r\n"), 15 },
  { "blanks-are-no-blank-line", BYTES ("A: b\r\n \r\nC: d\r\n\r\n"), 15 },
  { "cut-in-the-blank-line", BYTES ("A: b\r\n\r"), 6 },
  { "nul", BYTES ("A: \0\r\n\r\nbody"), 6 },
  { "first-blank-line-counts", BYTES ("A: b\n\nC: d\n\n"), 5 },
};

static void
test_find_end (gconstpointer data)
{
  const EndCase *test = data;

  g_assert_cmpuint (rst_header_block_find_end (test->bytes, test->length), ==, test->end);
}

typedef struct
{
  const char *name;
  const char *block;
  gsize length;
  /* "name=unfolded value|", NULs as '0' */
  const char *fields;
} FieldsCase;

static const FieldsCase fields_cases[] = {
  { "empty", BYTES (""), "" },
  { "simple", BYTES ("From: a\r\nTo: b\r\n"), "From=a|To=b|" },
  { "lf", BYTES ("From: a\nTo: b\n"), "From=a|To=b|" },
  { "no-end", BYTES ("From: a\r\nTo: b"), "From=a|To=b|" },
  { "folded", BYTES ("To: a,\r\n b,\r\n\tc\r\nX: y\r\n"), "To=a, b,\tc|X=y|" },
  { "folded-at-once", BYTES ("Message-ID:\r\n <a@b>\r\n"), "Message-ID=<a@b>|" },
  { "folded-blank-line", BYTES ("A: b\r\n \r\n c\r\n"), "A=b  c|" },
  { "empty-value", BYTES ("Subject:\r\nTo: b\r\n"), "Subject=|To=b|" },
  { "empty-last", BYTES ("To: b\r\nSubject:"), "To=b|Subject=|" },
  { "colon-in-value", BYTES ("Subject: Re: it\r\n"), "Subject=Re: it|" },
  { "blank-before-colon", BYTES ("Subject \t: x\r\n"), "Subject=x|" },
  { "blanks-around", BYTES ("Subject: \t x \t\r\n"), "Subject=x|" },
  { "no-colon", BYTES ("From alice Mon Jan\r\nTo: b\r\n"), "=From alice Mon Jan|To=b|" },
  { "blank-in-name", BYTES ("From alice 10:20:30\r\n"), "=From alice 10:20:30|" },
  { "no-name", BYTES (": x\r\n"), "=: x|" },
  { "8-bit-name", BYTES ("S\xC3\xBCjet: x\r\n"), "=S\xC3\xBCjet: x|" },
  { "starts-folded", BYTES (" a\r\n b\r\nTo: c\r\n"), "=a b|To=c|" },
  { "bare-cr", BYTES ("A: b\rC: d\r\n"), "A=b\rC: d|" },
  { "bare-cr-before-end", BYTES ("A: b\r\r\n\tc\r\n"), "A=b\r\tc|" },
  { "nul", BYTES ("A: b\0c\r\n"), "A=b0c|" },
  { "nul-in-name", BYTES ("A\0B: c\r\n"), "=A0B: c|" },
  { "stops-at-blank-line", BYTES ("A: b\r\n\r\nC: d\r\n"), "A=b|" },
};

static void
test_fields (gconstpointer data)
{
  const FieldsCase *test = data;
  g_autoptr (GString) fields = g_string_new (NULL);
  RstHeaderField field;
  gsize position = 0;
  gsize raw_total = 0;

  while (rst_header_block_next (test->block, test->length, &position, &field))
    {
      gsize length;
      g_autofree char *value = rst_header_field_unfold (&field, &length);

      g_assert_true (field.raw == test->block + raw_total);
      g_assert_true (field.value + field.value_length == field.raw + field.raw_length);
      raw_total += field.raw_length;

      g_string_append_len (fields, field.name, field.name_length);
      g_string_append_c (fields, '=');
      for (gsize i = 0; i < length; i++)
        g_string_append_c (fields, value[i] != '\0' ? value[i] : '0');
      g_string_append_c (fields, '|');
      g_assert_cmpint (value[length], ==, '\0');
    }

  g_assert_cmpstr (fields->str, ==, test->fields);
  g_assert_cmpuint (position, ==, raw_total);
}

static void
test_field_is (void)
{
  static const char block[] = "sUBJECT: x\r\n";
  RstHeaderField field;
  gsize position = 0;

  g_assert_true (rst_header_block_next (BYTES (block), &position, &field));
  g_assert_true (rst_header_field_is (&field, "Subject"));
  g_assert_false (rst_header_field_is (&field, "Subjec"));
  g_assert_false (rst_header_field_is (&field, "Subjects"));
  g_assert_false (rst_header_block_next (BYTES (block), &position, &field));
}

/* Whatever comes: the fields cover the block up to its end, without a gap. */
static void
test_random (void)
{
  static const char alphabet[] = "ab:  \t\r\n\r\n\n\0\xFF";

  for (guint run = 0; run < 20000; run++)
    {
      char block[48];
      gsize length = (gsize)g_test_rand_int_range (0, sizeof block);
      g_autofree char *heap = NULL;
      RstHeaderField field;
      gsize position = 0;

      for (gsize i = 0; i < length; i++)
        block[i] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];

      /* On the heap, where a sanitizer sees each byte beyond the end. */
      heap = g_memdup2 (block, length);
      while (rst_header_block_next (heap, length, &position, &field))
        g_free (rst_header_field_unfold (&field, NULL));

      g_assert_cmpuint (position, ==, rst_header_block_find_end (heap, length));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (end_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/header-block/end/%s", end_cases[i].name);

      g_test_add_data_func (path, &end_cases[i], test_find_end);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fields_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/header-block/fields/%s", fields_cases[i].name);

      g_test_add_data_func (path, &fields_cases[i], test_fields);
    }
  g_test_add_func ("/header-block/field-is", test_field_is);
  g_test_add_func ("/header-block/random", test_random);

  return g_test_run ();
}

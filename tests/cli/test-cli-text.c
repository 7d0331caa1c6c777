/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-cli-text"

#include "config.h"

#include "cli/rst-cli-text.h"

#define REPLACEMENT "\xef\xbf\xbd"

typedef struct
{
  const char *name;
  const char *text;
  guint width;
  const char *cut;
  const char *padded;
  const char *padded_left;
} Width;

static const Width widths[] = {
  { "empty", "", 3, "", "   ", "   " },
  { "shorter", "ab", 4, "ab", "ab  ", "  ab" },
  { "as-long", "abcd", 4, "abcd", "abcd", "abcd" },
  { "longer", "abcdef", 4, "abcd", "abcd", "abcd" },
  { "no-width", "abc", 0, "", "", "" },
  { "two-bytes", "äöü", 4, "äöü", "äöü ", " äöü" },
  { "wide", "日本", 5, "日本", "日本 ", " 日本" },
  { "wide-at-the-edge", "日本", 3, "日", "日 ", " 日" },
  { "accent-of-its-own", "e\u0301e\u0301e", 2, "e\u0301e\u0301", "e\u0301e\u0301",
    "e\u0301e\u0301" },
  { "no-break-space", "2.3\u00a0kB", 8, "2.3\u00a0kB", "2.3\u00a0kB  ", "  2.3\u00a0kB" },
  { "escape", "a\033[2Jb", 9, "a" REPLACEMENT "[2Jb", "a" REPLACEMENT "[2Jb   ",
    "   a" REPLACEMENT "[2Jb" },
  { "line-end", "a\r\nb\tc", 9, "a" REPLACEMENT REPLACEMENT "b" REPLACEMENT "c",
    "a" REPLACEMENT REPLACEMENT "b" REPLACEMENT "c   ",
    "   a" REPLACEMENT REPLACEMENT "b" REPLACEMENT "c" },
  { "c1", "a\302\23331mb", 9, "a" REPLACEMENT "31mb", "a" REPLACEMENT "31mb   ",
    "   a" REPLACEMENT "31mb" },
};

static void
test_width (gconstpointer data)
{
  const Width *row = data;
  g_autofree char *cut = rst_cli_text_cut (row->text, row->width);
  g_autofree char *padded = rst_cli_text_pad (row->text, row->width);
  g_autofree char *padded_left = rst_cli_text_pad_left (row->text, row->width);

  g_assert_cmpstr (cut, ==, row->cut);
  g_assert_cmpstr (padded, ==, row->padded);
  g_assert_cmpstr (padded_left, ==, row->padded_left);
}

typedef struct
{
  const char *name;
  const char *text;
  const char *escaped;
  const char *json;
} Escape;

static const Escape escapes[] = {
  { "nothing", NULL, NULL, "null" },
  { "empty", "", "", "\"\"" },
  { "plain", "a b", "a b", "\"a b\"" },
  { "other-letters", "Ā日\U0001f4ee", "Ā日\U0001f4ee", "\"Ā日\U0001f4ee\"" },
  { "quotes", "say \"\\o/\"", "say \"\\o/\"", "\"say \\\"\\\\o/\\\"\"" },
  { "layout", "a\tb\nc", "a\tb\nc", "\"a\\u0009b\\u000ac\"" },
  { "return", "a\rb", "a" REPLACEMENT "b", "\"a\\u000db\"" },
  { "escape", "\033]0;x\007", REPLACEMENT "]0;x" REPLACEMENT, "\"\\u001b]0;x\\u0007\"" },
  { "delete", "a\x7f", "a" REPLACEMENT, "\"a\\u007f\"" },
  { "c1", "\302\2332J\302\205", REPLACEMENT "2J" REPLACEMENT, "\"\\u009b2J\\u0085\"" },
};

static void
test_escape (gconstpointer data)
{
  const Escape *row = data;
  g_autofree char *escaped = row->text ? rst_cli_text_escape (row->text) : NULL;
  g_autoptr (GString) json = g_string_new (NULL);

  rst_cli_text_append_json (json, row->text);
  g_assert_cmpstr (escaped, ==, row->escaped);
  g_assert_cmpstr (json->str, ==, row->json);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      g_autofree char *path = g_strconcat ("/cli-text/width/", widths[i].name, NULL);

      g_test_add_data_func (path, &widths[i], test_width);
    }
  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      g_autofree char *path = g_strconcat ("/cli-text/escape/", escapes[i].name, NULL);

      g_test_add_data_func (path, &escapes[i], test_escape);
    }

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-file-name.h"

typedef struct
{
  const char *name;
  const char *file_name;
  const char *content_type;
  const char *safe;
} NameCase;

static const NameCase name_cases[] = {
  { "plain", "report.pdf", "application/pdf", "report.pdf" },
  { "blanks", " my  report .pdf ", "application/pdf", "my report .pdf" },
  { "letters", "Отчёт 日本 🎉.pdf", "application/pdf", "Отчёт 日本 🎉.pdf" },
  { "none", NULL, "application/pdf", "attachment.pdf" },
  { "empty", "", "image/jpeg", "attachment.jpg" },
  { "none-of-unknown-type", NULL, "application/x-none", "attachment" },
  { "none-of-hostile-type", NULL, "../../x", "attachment" },
  { "path", "/etc/passwd", "text/plain", "passwd" },
  { "path-up", "../../../x.txt", "text/plain", "x.txt" },
  { "path-of-windows", "..\\..\\x.txt", "text/plain", "x.txt" },
  { "path-mixed", "a/b\\c/d.txt", "text/plain", "d.txt" },
  { "path-ends", "a/b/", "text/plain", "attachment.txt" },
  { "dot", ".", "text/plain", "attachment.txt" },
  { "dots", "..", "text/plain", "attachment.txt" },
  { "hidden", ".bashrc", "text/plain", "bashrc" },
  { "hidden-twice", ". ..profile", "text/plain", "profile" },
  { "dots-at-end", "x.exe. . .", "text/plain", "x.exe" },
  { "controls",
    "a\x01\x1B"
    "b\x7F.txt",
    "text/plain", "a\uFFFD\uFFFDb\uFFFD.txt" },
  { "line-ends", "a\r\nb\tc.txt", "text/plain", "a b c.txt" },
  { "override", "photo\u202Egpj.exe", "text/plain", "photo\uFFFDgpj.exe" },
  { "isolates", "a\u2066b\u2069c", "text/plain", "a\uFFFDb\uFFFDc" },
  { "marks", "\u200Fa\u200E\u061Cb", "text/plain", "ab" },
  { "zero-width", "a\u200B\uFEFF\u00ADb", "text/plain", "ab" },
  { "wide-blanks", "a\u3000\u00A0b\u2028c", "text/plain", "a b c" },
  { "blanks-before-extension", "invoice.pdf                                        .exe",
    "text/plain", "invoice.pdf .exe" },
  { "letters-like-blanks", "invoice.pdf\u3164\u2800\u3164\u2800.exe", "text/plain",
    "invoice.pdf .exe" },
  { "double-extension", "invoice.pdf.exe", "text/plain", "invoice.pdf.exe" },
  { "tags", "a\U000E0041\U000E007Fb.txt", "text/plain", "ab.txt" },
  { "annotations", "a\uFFF9b\uFFFBc\u180E.txt", "text/plain", "abc.txt" },
  { "stream-of-windows", "report.pdf:evil.exe", "text/plain", "report.pdf_evil.exe" },
  { "device-of-windows", "\\\\.\\C:\\x.txt", "text/plain", "x.txt" },
  { "home", "~/.ssh/authorized_keys", "text/plain", "authorized_keys" },
  { "only-controls", "\u202E\u200B\x01", "image/png", "attachment.png" },
  { "only-extension", ".exe", "text/plain", "exe" },
  { "reserved", "a<b>c:d\"e|f?g*h", "text/plain", "a_b_c_d_e_f_g_h" },
  { "invalid-utf-8",
    "a\xFF"
    "b",
    "text/plain", "a\uFFFDb" },
};

static void
test_name (gconstpointer data)
{
  const NameCase *test = data;
  g_autofree char *safe = rst_file_name_make_safe (test->file_name, test->content_type);

  g_assert_cmpstr (safe, ==, test->safe);
}

static char *
repeat (const char *piece,
        guint n,
        const char *end)
{
  GString *name = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append (name, piece);
  g_string_append (name, end);

  return g_string_free (name, FALSE);
}

static void
assert_short (const char *piece,
              const char *extension,
              gsize n_characters)
{
  g_autofree char *name = repeat (piece, 1000, extension);
  g_autofree char *safe = rst_file_name_make_safe (name, "text/plain");

  g_assert_true (g_utf8_validate (safe, -1, NULL));
  g_assert_true (g_str_has_suffix (safe, extension));
  g_assert_cmpuint (g_utf8_strlen (safe, -1), ==, n_characters);
  g_assert_cmpuint (strlen (safe), <=, 240);
}

static void
test_long (void)
{
  assert_short ("a", ".pdf", 120);
  assert_short ("ж", ".pdf", 120);
  /* Three and four bytes each: file systems count those. */
  assert_short ("日", ".pdf", 82);
  assert_short ("🎉", ".jpeg", 63);
}

static void
test_long_extension (void)
{
  g_autofree char *name = repeat ("a", 10, ".this is a sentence, and no extension at all");
  g_autofree char *long_name = repeat ("a.", 1000, "");
  g_autofree char *safe = rst_file_name_make_safe (name, "text/plain");
  g_autofree char *long_safe = rst_file_name_make_safe (long_name, "text/plain");

  g_assert_cmpstr (safe, ==, name);
  g_assert_cmpuint (strlen (long_safe), ==, 120);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/file-name/%s", name_cases[i].name);

      g_test_add_data_func (path, &name_cases[i], test_name);
    }
  g_test_add_func ("/file-name/long", test_long);
  g_test_add_func ("/file-name/long-extension", test_long_extension);

  return g_test_run ();
}

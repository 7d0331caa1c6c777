/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-document-builder.h"

static const RstRun plain = { 0 };
static const RstRun bold = { .flags = RST_RUN_BOLD };

static void
add (RstDocumentBuilder *builder,
     const char *text,
     const RstRun *look)
{
  rst_document_builder_add (builder, text, strlen (text), look);
}

typedef struct
{
  const char *name;
  const char *bytes;
  const char *text;
} TextCase;

static const TextCase text_cases[] = {
  { "plain", "a\n\tb", "a\n\tb" },
  { "other-letters", "Привет 世界 🎉", "Привет 世界 🎉" },
  { "controls", "a\001b\rc\033d\177e", "a�b�c�d�e" },
  { "c1-controls", "a\302\205b", "a�b" },
  { "object", "a\357\277\274b", "a�b" },
  { "no-utf-8", "a\377\320b", "a��b" },
  { "cut-character", "a\320", "a�" },
  { "surrogate", "\355\240\200", "���" },
};

static void
test_text (gconstpointer data)
{
  const TextCase *test = data;
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;

  add (builder, test->bytes, &plain);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, test->text);
  g_assert_cmpuint (rst_document_get_length (document), ==, strlen (test->text));
  g_assert_false (rst_document_get_is_cut (document));
}

static void
test_empty (void)
{
  g_autoptr (RstDocument) document = rst_document_builder_end (rst_document_builder_new (0, 0));
  gsize n_runs;

  g_assert_cmpstr (rst_document_get_text (document), ==, "");
  rst_document_get_runs (document, &n_runs);
  g_assert_cmpuint (n_runs, ==, 0);
  g_assert_cmpuint (rst_document_get_links (document)->len, ==, 0);
  g_assert_cmpuint (rst_document_get_images (document)->len, ==, 0);
  g_assert_cmpuint (rst_document_get_folds (document)->len, ==, 0);
}

static void
test_runs (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;
  const RstRun *runs;
  gsize n_runs;

  add (builder, "a", &plain);
  add (builder, "", &bold);
  add (builder, "b", &plain);
  add (builder, "cd", &bold);
  add (builder, "e", &(RstRun){ .flags = RST_RUN_BOLD, .quote = 1 });
  document = rst_document_builder_end (builder);

  runs = rst_document_get_runs (document, &n_runs);
  g_assert_cmpuint (n_runs, ==, 3);
  g_assert_cmpuint (runs[0].start, ==, 0);
  g_assert_cmpuint (runs[1].start, ==, 2);
  g_assert_cmpuint (runs[1].flags, ==, RST_RUN_BOLD);
  g_assert_cmpuint (runs[2].start, ==, 4);
  g_assert_cmpuint (runs[2].quote, ==, 1);
}

static void
test_max_length (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (4, 0);
  g_autoptr (RstDocument) document = NULL;

  add (builder, "aж", &plain);
  g_assert_false (rst_document_builder_is_full (builder));
  add (builder, "жb", &plain);
  g_assert_true (rst_document_builder_is_full (builder));
  add (builder, "c", &plain);
  rst_document_builder_add_image (builder, NULL, NULL, &plain);
  rst_document_builder_begin_fold (builder, "never", FALSE);
  add (builder, "d", &plain);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, "aж");
  g_assert_true (rst_document_get_is_cut (document));
  g_assert_cmpuint (rst_document_get_images (document)->len, ==, 0);
  g_assert_cmpuint (rst_document_get_folds (document)->len, ==, 0);
}

static void
test_exact_length (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (4, 0);
  g_autoptr (RstDocument) document = NULL;

  add (builder, "abcd", &plain);
  add (builder, "", &bold);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, "abcd");
  g_assert_false (rst_document_get_is_cut (document));
}

static void
test_max_runs (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 3);
  g_autoptr (RstDocument) document = NULL;
  const RstRun *runs;
  gsize n_runs;

  for (guint i = 0; i < 100; i++)
    {
      add (builder, "a", &bold);
      add (builder, "b", &plain);
    }
  document = rst_document_builder_end (builder);

  g_assert_cmpuint (rst_document_get_length (document), ==, 200);
  g_assert_false (rst_document_get_is_cut (document));
  runs = rst_document_get_runs (document, &n_runs);
  g_assert_cmpuint (n_runs, ==, 4);
  g_assert_cmpuint (runs[2].flags, ==, RST_RUN_BOLD);
  g_assert_cmpuint (runs[3].start, ==, 3);
  g_assert_cmpuint (runs[3].flags, ==, RST_RUN_PLAIN);
}

static void
test_links (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;
  RstDocumentLink *link;

  g_assert_cmpuint (rst_document_builder_add_link (builder, "https://a.example/", NULL), ==, 1);
  g_assert_cmpuint (rst_document_builder_add_link (builder, "mailto:\377", "b.example"), ==, 2);
  rst_document_builder_claim_host (builder, 1, "c.example");
  document = rst_document_builder_end (builder);

  link = g_ptr_array_index (rst_document_get_links (document), 0);
  g_assert_cmpstr (link->target, ==, "https://a.example/");
  g_assert_cmpstr (link->claimed_host, ==, "c.example");
  link = g_ptr_array_index (rst_document_get_links (document), 1);
  g_assert_cmpstr (link->target, ==, "mailto:�");
  g_assert_cmpstr (link->claimed_host, ==, "b.example");
}

static void
test_images (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;
  g_autoptr (GBytes) content = g_bytes_new_static ("png", 3);
  RstDocumentImage *image;

  add (builder, "ж", &plain);
  rst_document_builder_add_image (builder, "logo", content, &plain);
  rst_document_builder_add_image (builder, NULL, NULL, &bold);
  rst_document_builder_add_remote_images (builder, 2);
  rst_document_builder_add_remote_images (builder, 1);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, "ж\357\277\274\357\277\274");
  g_assert_cmpuint (rst_document_get_n_remote_images (document), ==, 3);
  image = g_ptr_array_index (rst_document_get_images (document), 0);
  g_assert_cmpuint (image->start, ==, 2);
  g_assert_cmpstr (image->alt, ==, "logo");
  g_assert_true (image->content == content);
  image = g_ptr_array_index (rst_document_get_images (document), 1);
  g_assert_cmpuint (image->start, ==, 5);
  g_assert_null (image->content);
}

static void
assert_fold (RstDocument *document,
             guint index,
             gsize start,
             gsize end,
             const char *title)
{
  const RstFold *fold = g_ptr_array_index (rst_document_get_folds (document), index);

  g_assert_cmpuint (fold->start, ==, start);
  g_assert_cmpuint (fold->end, ==, end);
  g_assert_cmpstr (fold->title, ==, title);
}

/* Lines are ended around folds, empty folds are dropped, and one that is left open is closed. */
static void
test_folds (void)
{
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;

  add (builder, "a", &plain);
  rst_document_builder_begin_fold (builder, "outer", TRUE);
  add (builder, "b\n", &plain);
  rst_document_builder_begin_fold (builder, "empty", FALSE);
  rst_document_builder_end_fold (builder);
  rst_document_builder_begin_fold (builder, "inner", FALSE);
  add (builder, "c", &plain);
  rst_document_builder_end_fold (builder);
  add (builder, "d", &plain);
  rst_document_builder_add_fold (builder, 4, 7, TRUE);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, "a\nb\nc\nd\n");
  g_assert_cmpuint (rst_document_get_folds (document)->len, ==, 3);
  assert_fold (document, 0, 2, 8, "outer");
  assert_fold (document, 1, 4, 7, NULL);
  assert_fold (document, 2, 4, 6, "inner");
}

static void
test_free_unfinished (void)
{
  g_autoptr (RstDocumentBuilder) builder = rst_document_builder_new (0, 0);

  rst_document_builder_begin_fold (builder, NULL, TRUE);
  add (builder, "a", &bold);
  g_assert_cmpuint (rst_document_builder_get_length (builder), ==, 1);
  g_assert_false (rst_document_builder_ends_line (builder));
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/document/text/%s", text_cases[i].name);

      g_test_add_data_func (path, &text_cases[i], test_text);
    }
  g_test_add_func ("/document/empty", test_empty);
  g_test_add_func ("/document/runs", test_runs);
  g_test_add_func ("/document/max-length", test_max_length);
  g_test_add_func ("/document/exact-length", test_exact_length);
  g_test_add_func ("/document/max-runs", test_max_runs);
  g_test_add_func ("/document/links", test_links);
  g_test_add_func ("/document/images", test_images);
  g_test_add_func ("/document/folds", test_folds);
  g_test_add_func ("/document/free-unfinished", test_free_unfinished);

  return g_test_run ();
}

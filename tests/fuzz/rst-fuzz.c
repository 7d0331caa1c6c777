/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

int LLVMFuzzerInitialize (int *argc,
                          char ***argv);

/* A failed precondition is a fault, as a crash is. */
int
LLVMFuzzerInitialize (int *argc,
                      char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  return 0;
}

char *
rst_fuzz_dup_text (const uint8_t *data,
                   size_t size)
{
  return g_utf8_make_valid ((const char *)data, (gssize)size);
}

void
rst_fuzz_check_text (const char *text)
{
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_true (*p == '\n' || *p == '\t' || !g_unichar_iscntrl (g_utf8_get_char (p)));
}

void
rst_fuzz_check_line (const char *text)
{
  rst_fuzz_check_text (text);
  g_assert_null (strpbrk (text, "\n\t"));
}

static gboolean
begins_character (const RstDocument *document,
                  gsize position)
{
  return ((guchar)rst_document_get_text (document)[position] & 0xC0) != 0x80;
}

static void
check_runs (const RstDocument *document)
{
  gsize length = rst_document_get_length (document);
  guint n_links = rst_document_get_links (document)->len;
  gsize n_runs;
  const RstRun *runs = rst_document_get_runs (document, &n_runs);

  g_assert_true ((n_runs == 0) == (length == 0));
  for (gsize i = 0; i < n_runs; i++)
    {
      g_assert_true (i == 0 ? runs[i].start == 0 : runs[i].start > runs[i - 1].start);
      g_assert_cmpuint (runs[i].start, <, length);
      g_assert_true (begins_character (document, runs[i].start));
      g_assert_cmpuint (runs[i].heading, <=, 6);
      g_assert_cmpuint (runs[i].link, <=, n_links);
    }
}

static void
check_links (const RstDocument *document)
{
  GPtrArray *links = rst_document_get_links (document);

  for (guint i = 0; i < links->len; i++)
    {
      const RstDocumentLink *link = g_ptr_array_index (links, i);

      g_assert_true (g_utf8_validate (link->target, -1, NULL));
      g_assert_nonnull (strchr (link->target, ':'));
      g_assert_true (link->claimed_host == NULL || g_utf8_validate (link->claimed_host, -1, NULL));
    }
}

/* Each image has its U+FFFC, and there is none without an image. */
static void
check_images (const RstDocument *document)
{
  const char *text = rst_document_get_text (document);
  GPtrArray *images = rst_document_get_images (document);
  const char *place = text;

  for (guint i = 0; i < images->len; i++)
    {
      const RstDocumentImage *image = g_ptr_array_index (images, i);

      place = strstr (place, "\357\277\274");
      g_assert_true (place == text + image->start);
      g_assert_true (image->alt == NULL || g_utf8_validate (image->alt, -1, NULL));
      place++;
    }

  g_assert_null (strstr (place, "\357\277\274"));
}

static void
check_folds (const RstDocument *document)
{
  const char *text = rst_document_get_text (document);
  gsize length = rst_document_get_length (document);
  GPtrArray *folds = rst_document_get_folds (document);

  for (guint i = 0; i < folds->len; i++)
    {
      const RstFold *fold = g_ptr_array_index (folds, i);

      g_assert_cmpuint (fold->start, <, fold->end);
      g_assert_cmpuint (fold->end, <=, length);
      g_assert_true (fold->start == 0 || text[fold->start - 1] == '\n');
      g_assert_true (fold->end == length || text[fold->end - 1] == '\n');

      for (guint j = i; j > 0; j--)
        {
          const RstFold *outer = g_ptr_array_index (folds, j - 1);

          g_assert_cmpuint (outer->start, <=, fold->start);
          g_assert_true (outer->end <= fold->start || outer->end >= fold->end);
        }
    }
}

void
rst_fuzz_check_document (const RstDocument *document)
{
  const char *text = rst_document_get_text (document);

  g_assert_cmpuint (strlen (text), ==, rst_document_get_length (document));
  rst_fuzz_check_text (text);
  check_runs (document);
  check_links (document);
  check_images (document);
  check_folds (document);
}

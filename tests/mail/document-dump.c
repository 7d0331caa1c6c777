/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "document-dump.h"

#include <string.h>

static void
append_look (GString *out,
             const RstRun *run)
{
  static const char flags[] = "biusmpSNM";
  gsize start = out->len;

  for (guint i = 0; i < strlen (flags); i++)
    if ((run->flags & (1u << i)) != 0)
      g_string_append_printf (out, ",%c", flags[i]);
  if (run->heading > 0)
    g_string_append_printf (out, ",h%d", run->heading);
  if (run->quote > 0)
    g_string_append_printf (out, ",q%d", run->quote);
  if (run->indent > 0)
    g_string_append_printf (out, ",n%d", run->indent);
  if (run->link > 0)
    g_string_append_printf (out, ",l%u", run->link);
  if (out->len > start)
    {
      out->str[start] = '{';
      g_string_append_c (out, ':');
    }
}

static void
append_text (GString *out,
             const RstDocument *document)
{
  const char *text = rst_document_get_text (document);
  gsize n_runs;
  const RstRun *runs = rst_document_get_runs (document, &n_runs);

  for (gsize i = 0; i < n_runs; i++)
    {
      gsize end = i + 1 < n_runs ? runs[i + 1].start : rst_document_get_length (document);
      gsize start = out->len;
      gboolean has_look;

      append_look (out, &runs[i]);
      has_look = out->len > start;
      g_string_append_len (out, text + runs[i].start, (gssize)(end - runs[i].start));
      if (has_look)
        g_string_append_c (out, '}');
    }
}

char *
document_dump (const RstDocument *document)
{
  GString *out = g_string_new (NULL);
  GPtrArray *links = rst_document_get_links (document);
  GPtrArray *images = rst_document_get_images (document);
  GPtrArray *folds = rst_document_get_folds (document);

  append_text (out, document);
  for (guint i = 0; i < links->len; i++)
    {
      const RstDocumentLink *link = g_ptr_array_index (links, i);

      g_string_append_printf (out, "|%s", link->target);
      if (link->claimed_host != NULL)
        g_string_append_printf (out, " not %s", link->claimed_host);
    }
  for (guint i = 0; i < images->len; i++)
    {
      const RstDocumentImage *image = g_ptr_array_index (images, i);

      g_string_append_printf (out, "|image %s", image->alt != NULL ? image->alt : "-");
      if (image->content != NULL)
        g_string_append_printf (out, " %" G_GSIZE_FORMAT, g_bytes_get_size (image->content));
    }
  for (guint i = 0; i < folds->len; i++)
    {
      const RstFold *fold = g_ptr_array_index (folds, i);

      g_string_append_printf (out,
                              "|%s %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT,
                              fold->is_folded ? "folded" : "fold",
                              fold->start,
                              fold->end);
    }
  if (rst_document_get_n_remote_images (document) > 0)
    g_string_append_printf (out, "|remote %u", rst_document_get_n_remote_images (document));
  if (rst_document_get_is_cut (document))
    g_string_append (out, "|cut");

  return g_string_free (out, FALSE);
}

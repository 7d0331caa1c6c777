/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mime-text"

#include "config.h"

#include "rst-mime-text.h"

#include "rst-flowed.h"
#include "rst-html-source.h"
#include "rst-text.h"

gboolean
rst_mime_part_is_markup (const RstMimePart *self)
{
  return rst_mime_part_is_type (self, "text/html") ||
         rst_mime_part_is_type (self, "text/enriched") ||
         rst_mime_part_is_type (self, "text/richtext");
}

char *
rst_mime_part_decode_text (const RstMimePart *self,
                           GBytes *message,
                           const char *fallback)
{
  g_autoptr (GBytes) content = rst_mime_part_dup_content (self, message);
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  gboolean is_markup = rst_mime_part_is_markup (self);
  g_autofree char *named = NULL;
  g_autofree char *text = NULL;

  if (self->charset == NULL && is_markup)
    named = rst_html_source_dup_charset (bytes, size);

  text = rst_text_decode (bytes, size, self->charset != NULL ? self->charset : named, fallback);
  if (self->is_flowed && !is_markup)
    return rst_flowed_unwrap (text, self->deletes_space);

  return g_steal_pointer (&text);
}

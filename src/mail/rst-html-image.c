/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-image"

#include "config.h"

#include "rst-html-image.h"

#include <string.h>

#include "rst-html-style.h"

/* Bytes of one image within the page. */
#define MAX_DATA (16 * 1024 * 1024)

static gboolean
begins_with (const char *text,
             const char *prefix)
{
  return g_ascii_strncasecmp (text, prefix, strlen (prefix)) == 0;
}

static gboolean
is_tiny (const xmlChar **attributes,
         const char *name)
{
  const char *value = rst_html_find_attribute (attributes, name);

  return value != NULL && g_ascii_isdigit (*value) && strchr (value, '%') == NULL &&
         g_ascii_strtod (value, NULL) <= 1.0;
}

/* An image of one point shows nothing; it tells the sender that the message was read. */
static gboolean
is_tracker (const xmlChar **attributes)
{
  return is_tiny (attributes, "width") && is_tiny (attributes, "height");
}

/* "data:image/png;base64,…" (RFC 2397). Drawings may refer to other files, and are not taken. */
static GBytes *
decode_data (const char *url,
             gsize length)
{
  const char *comma = memchr (url, ',', length);
  gsize header_length = comma != NULL ? (gsize)(comma - url) : 0;
  g_autofree char *header = g_ascii_strdown (url, (gssize)header_length);
  g_autofree char *raw = NULL;
  guchar *bytes;
  gsize n_bytes;

  if (comma == NULL || length > 2 * (gsize)MAX_DATA || !begins_with (header, "data:image/") ||
      begins_with (header, "data:image/svg"))
    return NULL;

  raw = g_uri_unescape_segment (comma + 1, url + length, NULL);
  if (raw == NULL || !g_str_has_suffix (header, ";base64"))
    return NULL;

  bytes = g_base64_decode (raw, &n_bytes);

  return g_bytes_new_take (bytes, n_bytes);
}

/* A long one was taken out of the page, and its number stands there instead. */
static GBytes *
dup_data (RstHtmlSink *sink,
          const char *source)
{
  g_autoptr (GBytes) content = NULL;

  if (begins_with (source, "data:#") && sink->data_urls != NULL)
    {
      guint64 index = g_ascii_strtoull (source + strlen ("data:#"), NULL, 10);
      gsize length;
      const char *url;

      if (index >= sink->data_urls->len)
        return NULL;
      url = g_bytes_get_data (g_ptr_array_index (sink->data_urls, index), &length);
      content = length <= 2 * sink->image_room ? decode_data (url, length) : NULL;
    }
  else
    content = decode_data (source, strlen (source));

  if (content == NULL || g_bytes_get_size (content) == 0 ||
      g_bytes_get_size (content) > sink->image_room)
    return NULL;

  sink->image_room -= g_bytes_get_size (content);

  return g_steal_pointer (&content);
}

static GBytes *
dup_part (const RstHtmlSink *sink,
          const char *source)
{
  g_autofree char *id = g_uri_unescape_string (source + strlen ("cid:"), NULL);

  if (sink->find_content == NULL)
    return NULL;

  return sink->find_content (id != NULL ? id : source + strlen ("cid:"), sink->user_data);
}

void
rst_html_add_image (RstHtmlSink *sink,
                    const xmlChar **attributes,
                    gboolean is_shown)
{
  const char *attribute = rst_html_find_attribute (attributes, "src");
  const char *alt = rst_html_find_attribute (attributes, "alt");
  g_autofree char *source = g_strstrip (g_strdup (attribute != NULL ? attribute : ""));
  g_autoptr (GBytes) content = NULL;
  gboolean is_within = begins_with (source, "cid:") || begins_with (source, "data:");

  if (sink->builder != NULL && !is_within && *source != '\0')
    rst_document_builder_add_remote_images (sink->builder, 1);
  if (!is_shown || (sink->builder != NULL && is_tracker (attributes)))
    return;

  if (sink->builder != NULL && begins_with (source, "cid:"))
    content = dup_part (sink, source);
  else if (sink->builder != NULL && begins_with (source, "data:"))
    content = dup_data (sink, source);

  if (content != NULL)
    rst_text_flow_add_image (sink->flow, alt, content);
  else if (alt != NULL)
    rst_text_flow_add (sink->flow, alt, strlen (alt));
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-html-source"

#include "config.h"

#include "rst-html-source.h"

#include <string.h>

#include "rst-html-element.h"
#include "rst-text.h"

/* Bytes of one tag. libxml2 compares each attribute with all those before it. */
#define MAX_TAG 4096

/* Attributes that stay of a longer tag, and bytes of each. */
#define MAX_ATTRIBUTES 24
#define MAX_ATTRIBUTE 1024

/* libxml2 counts in ints. */
#define MAX_HTML (G_MAXINT / 4)

/* Where browsers look for a page's charset (HTML §13.2.3.2). */
#define MAX_PROLOGUE 1024

static gboolean
begins_tag (const char *p,
            const char *end)
{
  return end - p >= 2 && *p == '<' && (g_ascii_isalpha (p[1]) || p[1] == '/');
}

/* Comments, declarations and processing instructions. */
static gboolean
begins_remark (const char *p,
               const char *end)
{
  return end - p >= 2 && *p == '<' && (p[1] == '!' || p[1] == '?');
}

/* Returns the end of the piece of source at @p: a remark, a tag, or the text up to the next "<". A
 * remark or tag that is not closed reaches to @end, as in a browser. */
static const char *
find_piece_end (const char *p,
                const char *end)
{
  const char *close;

  if (rst_text_begins_with (p, end, "<!--"))
    {
      close = memmem (p, (gsize)(end - p), "-->", 3);
      return close != NULL ? close + 3 : end;
    }
  if (begins_tag (p, end) || begins_remark (p, end))
    {
      close = memchr (p, '>', (gsize)(end - p));
      return close != NULL ? close + 1 : end;
    }

  close = memchr (p + 1, '<', (gsize)(end - p - 1));

  return close != NULL ? close : end;
}

static char *
dup_tag_name (const char *tag,
              const char *end)
{
  const char *name = tag + 1;
  gsize length = 0;

  while (name + length < end && (g_ascii_isalnum (name[length]) || name[length] == '/'))
    length++;

  return g_strndup (name, length);
}

/* Returns where the text of a program or style sheet ends, @p for any other tag. */
static const char *
skip_code (const char *tag_name,
           const char *p,
           const char *end)
{
  g_autofree char *close = g_strconcat ("</", tag_name, NULL);

  if (g_ascii_strcasecmp (tag_name, "script") != 0 && g_ascii_strcasecmp (tag_name, "style") != 0)
    return p;

  while (p < end && !rst_text_begins_with (p, end, close))
    {
      const char *next = memchr (p + 1, '<', (gsize)(end - p - 1));

      p = next != NULL ? next : end;
    }

  return p;
}

typedef struct
{
  const char *start;
  const char *name_end;
  const char *value;
  const char *value_end;
  const char *end;
} Attribute;

/* Returns where the next attribute may begin, NULL at the end of the tag. */
static const char *
read_attribute (const char *p,
                const char *end,
                Attribute *attribute)
{
  while (p < end && (g_ascii_isspace (*p) || *p == '/' || *p == '='))
    p++;
  if (p == end || *p == '>')
    return NULL;

  attribute->start = p;
  while (p < end && !g_ascii_isspace (*p) && strchr ("/=>", *p) == NULL)
    p++;
  attribute->name_end = attribute->end = p;
  attribute->value = attribute->value_end = p;
  while (p < end && g_ascii_isspace (*p))
    p++;
  if (p == end || *p != '=')
    return attribute->name_end;

  for (p++; p < end && g_ascii_isspace (*p);)
    p++;
  if (p < end && (*p == '"' || *p == '\''))
    {
      const char *quote = memchr (p + 1, *p, (gsize)(end - p - 1));

      attribute->value = p + 1;
      attribute->value_end = quote != NULL ? quote : end;
      attribute->end = quote != NULL ? quote + 1 : end;
      return attribute->end;
    }

  attribute->value = p;
  while (p < end && !g_ascii_isspace (*p) && *p != '>')
    p++;
  attribute->value_end = attribute->end = p;

  return p;
}

/* Takes the image out of its tag, and leaves what else is short. */
static void
append_attributes (GString *out,
                   const char *p,
                   const char *end,
                   GPtrArray *data_urls)
{
  Attribute attribute;

  for (guint i = 0; i < MAX_ATTRIBUTES; i++)
    {
      gsize length;

      p = read_attribute (p, end, &attribute);
      if (p == NULL)
        return;

      length = (gsize)(attribute.value_end - attribute.value);
      if (rst_text_begins_with (attribute.start, attribute.name_end, "src") &&
          rst_text_begins_with (attribute.value, attribute.value_end, "data:"))
        {
          g_string_append_printf (out, " src=\"data:#%u\"", data_urls->len);
          g_ptr_array_add (data_urls, g_bytes_new_static (attribute.value, length));
        }
      else if (attribute.end - attribute.start <= MAX_ATTRIBUTE && attribute.end < end)
        {
          g_string_append_c (out, ' ');
          g_string_append_len (out, attribute.start, attribute.end - attribute.start);
        }
    }
}

GString *
rst_html_source_tidy (const char *html,
                      gsize length,
                      GPtrArray *data_urls)
{
  GString *out = g_string_sized_new (length + 8);
  const char *end = html + MIN (length, MAX_HTML);

  g_string_append (out, "<body>");
  while (html < end)
    {
      const char *piece_end = find_piece_end (html, end);

      if (begins_tag (html, end))
        {
          g_autofree char *name = dup_tag_name (html, piece_end);

          if (piece_end - html > MAX_TAG)
            {
              g_string_append_printf (out, "<%s", name);
              if (data_urls != NULL)
                append_attributes (out, html + 1 + strlen (name), piece_end, data_urls);
              g_string_append_c (out, '>');
            }
          else
            g_string_append_len (out, html, piece_end - html);
          piece_end = skip_code (name, piece_end, end);
        }
      else if (!begins_remark (html, end))
        g_string_append_len (out, html, piece_end - html);

      html = piece_end;
    }

  return out;
}

char *
rst_html_source_dup_charset (const char *html,
                             gsize length)
{
  static const char charset[] = "charset=";
  const char *end = length > 0 ? html + MIN (length, MAX_PROLOGUE) : html;

  for (const char *p = html; p < end; p = find_piece_end (p, end))
    {
      const char *tag_end = find_piece_end (p, end);

      if (!rst_text_begins_with (p, end, "<meta"))
        continue;

      for (const char *name = p; name < tag_end; name++)
        if (rst_text_begins_with (name, tag_end, charset))
          {
            gsize name_length = 0;

            name += sizeof charset - 1;
            while (name < tag_end && (*name == '"' || *name == '\'' || *name == ' '))
              name++;
            while (name + name_length < tag_end && strchr ("\"'>;/ ", name[name_length]) == NULL)
              name_length++;

            return g_strndup (name, name_length);
          }
    }

  return NULL;
}

static void
append_line_end (GString *out,
                 const char *tag_name)
{
  RstHtmlKind kind = rst_html_find_kind (*tag_name == '/' ? tag_name + 1 : tag_name);

  if (kind == RST_HTML_INLINE && g_ascii_strcasecmp (tag_name, "br") != 0)
    return;
  if (kind != RST_HTML_LINK && out->str[out->len - 1] != '\n')
    g_string_append_c (out, '\n');
}

GString *
rst_html_source_strip (const GString *tidy)
{
  GString *out = g_string_new ("<body><pre>\n");
  const char *html = tidy->str;
  const char *end = html + tidy->len;

  while (html < end)
    {
      const char *piece_end = find_piece_end (html, end);

      if (begins_tag (html, end))
        {
          g_autofree char *name = dup_tag_name (html, piece_end);

          append_line_end (out, name);
        }
      else if (*html == '<')
        {
          g_string_append (out, "&lt;");
          g_string_append_len (out, html + 1, piece_end - html - 1);
        }
      else
        g_string_append_len (out, html, piece_end - html);

      html = piece_end;
    }

  return out;
}

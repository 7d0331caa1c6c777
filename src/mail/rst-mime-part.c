/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mime-part"

#include "config.h"

#include "rst-mime-part.h"

#include <string.h>

#include "rst-encoded-words.h"
#include "rst-header-block.h"
#include "rst-mime-source.h"

/* Multiparts within one another. Mail has five; GMime goes on to a thousand. */
#define MAX_DEPTH 100

/* Types that are the text of a message, where it is not said to be a file. */
static const char *const body_types[] = {
  "text/plain",
  "text/html",
  "text/enriched",
  "text/richtext",
  "text/markdown",
  "text/x-patch",
  "text/x-diff",
  "text/x-amp-html",
  "text/watch-html",
};

typedef struct
{
  gssize shift;
  gsize size;
  const char *fallback_charset;
} Builder;

static RstMimePart *
rst_mime_part_new (void)
{
  RstMimePart *self = g_new0 (RstMimePart, 1);

  self->children = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_mime_part_free);

  return self;
}

void
rst_mime_part_free (RstMimePart *self)
{
  g_ptr_array_unref (self->children);
  g_free (self->type);
  g_free (self->charset);
  g_free (self->name);
  g_free (self->content_id);
  g_free (self->content_location);
  g_free (self->smime_type);
  g_free (self->preamble);
  g_free (self);
}

static char *
dup_raw_field (GMimeObject *object,
               const char *name,
               const char *fallback_charset)
{
  GMimeHeaderList *list = g_mime_object_get_header_list (object);
  GMimeHeader *header = g_mime_header_list_get_header (list, name);
  const char *raw = header != NULL ? g_mime_header_get_raw_value (header) : NULL;
  g_autofree char *value = NULL;
  RstHeaderField field = { 0 };
  gsize length;

  if (raw == NULL)
    return NULL;

  field.value = raw;
  field.value_length = strlen (raw);
  value = rst_header_field_unfold (&field, &length);

  return rst_encoded_words_to_utf8 (value, length, fallback_charset);
}

/* The file name of RFC 2183, or else the older one of the type. Fields are brought to UTF-8 before
 * GMime parses them again: many name their charset wrongly. */
static char *
dup_name (GMimeObject *object,
          const char *fallback_charset)
{
  g_autofree char *disposition = dup_raw_field (object, "Content-Disposition", fallback_charset);
  g_autofree char *type = dup_raw_field (object, "Content-Type", fallback_charset);
  char *name = NULL;

  if (disposition != NULL)
    {
      GMimeContentDisposition *parsed = g_mime_content_disposition_parse (NULL, disposition);

      name = g_strdup (g_mime_content_disposition_get_parameter (parsed, "filename"));
      g_object_unref (parsed);
    }

  if (name == NULL && type != NULL)
    {
      GMimeContentType *parsed = g_mime_content_type_parse (NULL, type);

      name = g_strdup (g_mime_content_type_get_parameter (parsed, "name"));
      g_object_unref (parsed);
    }

  return name;
}

/* RFC 2046 §5.1.5: the parts of a digest are messages unless they say otherwise. RFC 2045 §5.2:
 * what can't be read as a type is plain text. */
static char *
dup_type (GMimeObject *object,
          const RstMimePart *parent)
{
  const char *field = g_mime_object_get_header (object, "Content-Type");
  g_autofree char *name = NULL;

  if (field == NULL && parent != NULL && rst_mime_part_is_type (parent, "multipart/digest"))
    return g_strdup ("message/rfc822");
  if (field == NULL || strchr (field, '/') == NULL)
    return g_strdup ("text/plain");

  name = g_mime_content_type_get_mime_type (g_mime_object_get_content_type (object));

  return rst_mime_source_unmask (name);
}

static gboolean
has_parameter (GMimeObject *object,
               const char *name,
               const char *value)
{
  const char *have = g_mime_object_get_content_type_parameter (object, name);

  return have != NULL && g_ascii_strcasecmp (have, value) == 0;
}

/* Where the content lies is all that is kept of GMime's view of it. */
static void
locate_content (RstMimePart *self,
                GMimePart *part,
                const Builder *builder)
{
  GMimeDataWrapper *content = g_mime_part_get_content (part);
  GMimeStream *stream;
  gint64 start, end;

  self->encoding = g_mime_part_get_content_encoding (part);
  if (content == NULL)
    return;

  stream = g_mime_data_wrapper_get_stream (content);
  start = stream->bound_start + builder->shift;
  end = stream->bound_end + builder->shift;
  if (start < 0 || end < start || end > (gint64)builder->size)
    return;

  self->start = (gsize)start;
  self->length = (gsize)(end - start);
}

static RstMimePart *build (GMimeObject *object,
                           const RstMimePart *parent,
                           guint depth,
                           const Builder *builder);

static void
add_children (RstMimePart *self,
              GMimeMultipart *multipart,
              guint depth,
              const Builder *builder)
{
  int n_children = g_mime_multipart_get_count (multipart);

  for (int i = 0; i < n_children; i++)
    {
      GMimeObject *child = g_mime_multipart_get_part (multipart, i);

      g_ptr_array_add (self->children, build (child, self, depth + 1, builder));
    }

  if (!multipart->write_end_boundary)
    self->damage |= RST_MIME_UNCLOSED;
  if (n_children == 0)
    self->damage |= RST_MIME_NO_PARTS;
  if (n_children == 0)
    self->preamble = g_strdup (g_mime_multipart_get_prologue (multipart));
}

/* A message within the message whose type is written so oddly that it was not masked. Where its
 * bytes are can't be told, but its parts can be read. */
static void
add_message (RstMimePart *self,
             GMimeMessagePart *part,
             guint depth,
             const Builder *builder)
{
  GMimeMessage *message = g_mime_message_part_get_message (part);
  GMimeObject *content = message != NULL ? g_mime_message_get_mime_part (message) : NULL;

  g_free (self->type);
  self->type = g_strdup ("multipart/mixed");
  if (content != NULL)
    g_ptr_array_add (self->children, build (content, self, depth + 1, builder));
}

static void
check_encoding (RstMimePart *self,
                GMimeObject *object)
{
  const char *field = g_mime_object_get_header (object, "Content-Transfer-Encoding");

  if (field != NULL && *field != '\0' &&
      g_mime_content_encoding_from_string (field) == GMIME_CONTENT_ENCODING_DEFAULT)
    self->damage |= RST_MIME_UNKNOWN_ENCODING;
}

static RstMimePart *
build (GMimeObject *object,
       const RstMimePart *parent,
       guint depth,
       const Builder *builder)
{
  RstMimePart *self = rst_mime_part_new ();
  GMimeContentDisposition *disposition = g_mime_object_get_content_disposition (object);

  self->type = dup_type (object, parent);
  self->charset = g_strdup (g_mime_object_get_content_type_parameter (object, "charset"));
  self->name = dup_name (object, builder->fallback_charset);
  self->content_id = g_strdup (g_mime_object_get_content_id (object));
  self->content_location = dup_raw_field (object, "Content-Location", builder->fallback_charset);
  self->smime_type = g_strdup (g_mime_object_get_content_type_parameter (object, "smime-type"));
  self->is_attachment = disposition != NULL &&
                        g_mime_content_disposition_is_attachment (disposition);
  self->is_flowed = has_parameter (object, "format", "flowed");
  self->deletes_space = has_parameter (object, "delsp", "yes");

  check_encoding (self, object);

  if (GMIME_IS_PART (object))
    locate_content (self, GMIME_PART (object), builder);
  else if (depth == MAX_DEPTH)
    self->damage |= RST_MIME_TOO_DEEP;
  else if (GMIME_IS_MULTIPART (object))
    add_children (self, GMIME_MULTIPART (object), depth, builder);
  else if (GMIME_IS_MESSAGE_PART (object))
    add_message (self, GMIME_MESSAGE_PART (object), depth, builder);

  return self;
}

/* What GMime sees no message in is one text. */
static RstMimePart *
new_plain (GBytes *message)
{
  RstMimePart *self = rst_mime_part_new ();
  gsize size;
  const char *bytes = g_bytes_get_data (message, &size);

  self->type = g_strdup ("text/plain");
  self->start = rst_header_block_find_end (bytes, size);
  self->length = size - self->start;

  return self;
}

static gboolean
is_body_type (const RstMimePart *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (body_types); i++)
    if (rst_mime_part_is_type (self, body_types[i]))
      return !self->is_attachment;

  return FALSE;
}

/* A text with a name is a file, but for the first, which some mailers name. */
static void
mark_bodies (RstMimePart *self,
             gboolean is_alternative,
             gboolean *has_leaf)
{
  gboolean has_alternatives = rst_mime_part_is_type (self, "multipart/alternative");
  gboolean is_one = is_alternative && rst_mime_part_is_type (self, "multipart/related");

  for (guint i = 0; i < self->children->len; i++)
    mark_bodies (g_ptr_array_index (self->children, i), has_alternatives || is_one, has_leaf);

  if (rst_mime_part_is_type (self, "multipart/"))
    return;

  self->is_body = is_body_type (self) && (is_alternative || self->name == NULL || !*has_leaf);
  *has_leaf = TRUE;
}

static RstMimePart *
parse (GBytes *message,
       const char *fallback_charset)
{
  Builder builder = { .size = g_bytes_get_size (message), .fallback_charset = fallback_charset };
  g_autoptr (GByteArray) source = rst_mime_source_new (message, &builder.shift);
  g_autoptr (GObject) stream = NULL;
  g_autoptr (GObject) parser = NULL;
  g_autoptr (GObject) parsed = NULL;

  rst_gmime_init ();
  stream = G_OBJECT (g_mime_stream_mem_new_with_byte_array (source));
  g_mime_stream_mem_set_owner (GMIME_STREAM_MEM (stream), FALSE);
  parser = G_OBJECT (g_mime_parser_new_with_stream (GMIME_STREAM (stream)));
  g_mime_parser_set_persist_stream (GMIME_PARSER (parser), TRUE);
  parsed = G_OBJECT (g_mime_parser_construct_message (GMIME_PARSER (parser), NULL));
  if (parsed == NULL || g_mime_message_get_mime_part (GMIME_MESSAGE (parsed)) == NULL)
    return new_plain (message);

  return build (g_mime_message_get_mime_part (GMIME_MESSAGE (parsed)), NULL, 0, &builder);
}

RstMimePart *
rst_mime_part_new_from_message (GBytes *message,
                                const char *fallback_charset)
{
  RstMimePart *self = parse (message, fallback_charset);
  gboolean has_leaf = FALSE;

  mark_bodies (self, FALSE, &has_leaf);

  return self;
}

gboolean
rst_mime_part_is_type (const RstMimePart *self,
                       const char *type)
{
  if (g_str_has_suffix (type, "/"))
    return g_str_has_prefix (self->type, type);

  return strcmp (self->type, type) == 0;
}

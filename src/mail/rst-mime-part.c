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

/* Bytes that are decoded at a time. */
#define DECODE_PIECE 16384

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
  self->is_attachment = disposition != NULL &&
                        g_mime_content_disposition_is_attachment (disposition);
  self->is_flowed = has_parameter (object, "format", "flowed");
  self->deletes_space = has_parameter (object, "delsp", "yes");

  if (GMIME_IS_PART (object))
    locate_content (self, GMIME_PART (object), builder);
  else if (GMIME_IS_MULTIPART (object) && depth < MAX_DEPTH)
    add_children (self, GMIME_MULTIPART (object), depth, builder);
  else if (GMIME_IS_MESSAGE_PART (object) && depth < MAX_DEPTH)
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

RstMimePart *
rst_mime_part_new_from_message (GBytes *message,
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

gboolean
rst_mime_part_is_type (const RstMimePart *self,
                       const char *type)
{
  if (g_str_has_suffix (type, "/"))
    return g_str_has_prefix (self->type, type);

  return strcmp (self->type, type) == 0;
}

static gboolean
is_encoded (const RstMimePart *self)
{
  return self->encoding == GMIME_CONTENT_ENCODING_BASE64 ||
         self->encoding == GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE ||
         self->encoding == GMIME_CONTENT_ENCODING_UUENCODE;
}

/* Uuencoded files begin behind a line that names them, and GMime's decoder knows LF only. */
static char *
prepare_uuencoded (const char *bytes,
                   gsize *length)
{
  static const char begin[] = "begin ";
  const char *end = bytes + *length;
  char *lines;
  gsize n = 0;

  while (bytes < end && ((gsize)(end - bytes) < sizeof begin - 1 ||
                         memcmp (bytes, begin, sizeof begin - 1) != 0))
    {
      const char *newline = memchr (bytes, '\n', (gsize)(end - bytes));

      bytes = newline != NULL ? newline + 1 : end;
    }
  while (bytes < end && *bytes != '\n')
    bytes++;

  lines = g_malloc ((gsize)(end - bytes) + 1);
  for (; bytes < end; bytes++)
    if (*bytes != '\r')
      lines[n++] = *bytes;
  *length = n;

  return lines;
}

/* Decodes piece by piece, to @decoded unless only the length is asked for. */
static gsize
decode (const RstMimePart *self,
        GBytes *message,
        GByteArray *decoded)
{
  const char *bytes = (const char *)g_bytes_get_data (message, NULL) + self->start;
  gsize left = self->length;
  g_autofree char *uuencoded = NULL;
  GMimeEncoding encoding;
  gsize total = 0;
  gboolean is_last = FALSE;

  g_mime_encoding_init_decode (&encoding, self->encoding);
  if (self->encoding == GMIME_CONTENT_ENCODING_UUENCODE)
    {
      bytes = uuencoded = prepare_uuencoded (bytes, &left);
      encoding.state |= GMIME_UUDECODE_STATE_BEGIN;
    }

  while (!is_last)
    {
      char piece[DECODE_PIECE + 8];
      gsize length = MIN (left, DECODE_PIECE);
      gsize n;

      is_last = left == 0;
      if (!is_last)
        n = g_mime_encoding_step (&encoding, bytes, length, piece);
      else if (self->encoding == GMIME_CONTENT_ENCODING_BASE64)
        /* What was cut off in the middle of a group gives the bytes that it holds. */
        n = g_mime_encoding_step (&encoding, "=", 1, piece);
      else
        n = 0;

      if (decoded != NULL)
        g_byte_array_append (decoded, (const guint8 *)piece, (guint)n);
      total += n;
      bytes += length;
      left -= length;
    }

  return total;
}

GBytes *
rst_mime_part_dup_content (const RstMimePart *self,
                           GBytes *message)
{
  GByteArray *decoded;

  if (!is_encoded (self))
    return g_bytes_new_from_bytes (message, self->start, self->length);

  decoded = g_byte_array_sized_new ((guint)self->length);
  decode (self, message, decoded);

  return g_byte_array_free_to_bytes (decoded);
}

gsize
rst_mime_part_measure (const RstMimePart *self,
                       GBytes *message)
{
  return is_encoded (self) ? decode (self, message, NULL) : self->length;
}

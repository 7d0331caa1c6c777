/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message"

#include "config.h"

#include "rst-message.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-file-name.h"
#include "rst-header-block.h"
#include "rst-html-document.h"
#include "rst-inline-images.h"
#include "rst-message-private.h"
#include "rst-mime-text.h"
#include "rst-text.h"

#define MAX_PROBLEMS 20

/* Of a message within the message, to find its subject. */
#define MAX_HEADERS ((gsize)1 << 20)

/* Of HTML that is read for its images. */
#define MAX_HTML ((gsize)4 << 20)
#define MAX_HTML_RUNS 100000

/* Nothing of GMime is kept: a message is its bytes, and where in them its parts lie. So it can be
 * read by all threads at once, and an attachment is decoded when it is asked for. */
struct _RstMessage
{
  GBytes *bytes;
  char *fallback_charset;
  RstEnvelope *envelope;
  RstMimePart *root;
  char *text;             /* made when it is first asked for */
  GPtrArray *attachments; /* RstAttachment */
  GPtrArray *parts;       /* RstMimePart of @root: of each attachment, in the same order */
  GPtrArray *problems;    /* utf8 */
  gboolean has_html;
  guint n_remote_images;
};

static void
attachment_free (gpointer data)
{
  RstAttachment *attachment = data;

  g_free (attachment->name);
  g_free (attachment->content_type);
  g_free (attachment);
}

/* A message within the message is named after its subject. */
static char *
dup_message_name (const RstMessage *self,
                  const RstMimePart *part)
{
  g_autoptr (GBytes) content = rst_mime_part_dup_beginning (part, self->bytes, MAX_HEADERS);
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  g_autoptr (RstEnvelope) envelope = NULL;

  envelope = rst_envelope_new_from_headers (bytes,
                                            rst_header_block_find_end (bytes, size),
                                            self->fallback_charset);
  if (*envelope->subject == '\0')
    return g_strdup ("message.eml");

  return g_strconcat (g_strdelimit (envelope->subject, "/\\", '_'), ".eml", NULL);
}

static const RstAttachment *
add_attachment (RstMessage *self,
                RstMimePart *part)
{
  RstAttachment *attachment = g_new0 (RstAttachment, 1);
  g_autofree char *name = g_strdup (part->name);

  if (name == NULL && rst_mime_part_is_type (part, "message/rfc822"))
    name = dup_message_name (self, part);

  attachment->name = rst_file_name_make_safe (name, part->type);
  attachment->content_type = g_utf8_make_valid (part->type, -1);
  attachment->size = rst_mime_part_measure (part, self->bytes);
  g_ptr_array_add (self->attachments, attachment);
  g_ptr_array_add (self->parts, part);

  return attachment;
}

static void
add_problem (RstMessage *self,
             char *problem)
{
  gboolean is_told = self->problems->len == MAX_PROBLEMS;

  for (guint i = 0; i < self->problems->len && !is_told; i++)
    is_told = g_str_equal (g_ptr_array_index (self->problems, i), problem);

  if (is_told)
    g_free (problem);
  else
    g_ptr_array_add (self->problems, problem);
}

static void
find_problems (RstMessage *self,
               const RstMimePart *part)
{
  if (part->damage & RST_MIME_UNCLOSED && part == self->root && part->children->len > 0)
    add_problem (self, g_strdup (_ ("The message ends before its last part does.")));
  if (part->damage & RST_MIME_NO_PARTS)
    add_problem (self, g_strdup (_ ("The message should have several parts, which can’t be told "
                                    "apart.")));
  if (part->damage & RST_MIME_TOO_DEEP)
    add_problem (self, g_strdup (_ ("Parts of the message lie too deep within one another to be "
                                    "read.")));
  if (part->damage & RST_MIME_UNKNOWN_ENCODING)
    add_problem (self, g_strdup (_ ("A part of the message is encoded in an unknown way.")));
}

static void
find_damage (RstMessage *self,
             const RstMimePart *part,
             const char *name)
{
  if (self->problems->len == MAX_PROBLEMS || !rst_mime_part_is_damaged (part, self->bytes))
    return;

  if (name != NULL)
    add_problem (self,
                 g_strdup_printf (_ ("The attachment “%s” is damaged or cut off."), name));
  else
    add_problem (self, g_strdup (_ ("A text of the message is damaged or cut off.")));
}

static void
read_part (RstMessage *self,
           RstMimePart *part)
{
  find_problems (self, part);
  for (guint i = 0; i < part->children->len; i++)
    read_part (self, g_ptr_array_index (part->children, i));

  if (part->is_body)
    {
      self->has_html |= rst_mime_part_is_type (part, "text/html");
      find_damage (self, part, NULL);
    }
  else if (!rst_mime_part_is_type (part, "multipart/"))
    {
      const RstAttachment *attachment = add_attachment (self, part);

      find_damage (self, part, attachment->name);
    }
}

static void
read_html (const RstMessage *self,
           const RstMimePart *part,
           RstDocumentBuilder *builder,
           RstInlineImages *images)
{
  for (guint i = 0; i < part->children->len; i++)
    read_html (self, g_ptr_array_index (part->children, i), builder, images);

  if (part->is_body && rst_mime_part_is_type (part, "text/html"))
    {
      g_autofree char *html = rst_mime_part_decode_text (part, self->bytes, self->fallback_charset);

      rst_html_add_to_document (builder, html, strlen (html), rst_inline_images_find, images);
    }
}

/* Which images the HTML shows is known when it has been read. */
static void
find_images (RstMessage *self)
{
  g_autoptr (RstInlineImages) images = rst_inline_images_new (self->root, self->bytes);
  RstDocumentBuilder *builder = rst_document_builder_new (MAX_HTML, MAX_HTML_RUNS);
  g_autoptr (RstDocument) document = NULL;

  read_html (self, self->root, builder, images);
  document = rst_document_builder_end (builder);
  self->n_remote_images = rst_document_get_n_remote_images (document);
  for (guint i = 0; i < self->parts->len; i++)
    {
      RstAttachment *attachment = g_ptr_array_index (self->attachments, i);

      attachment->is_inline = rst_inline_images_has (images, g_ptr_array_index (self->parts, i));
    }
}

RstMessage *
rst_message_new (GBytes *bytes,
                 const char *fallback_charset)
{
  RstMessage *self = g_atomic_rc_box_new0 (RstMessage);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  self->bytes = g_bytes_ref (bytes);
  self->fallback_charset = g_strdup (fallback_charset);
  self->envelope = rst_envelope_new_from_headers (data,
                                                  rst_header_block_find_end (data, size),
                                                  fallback_charset);
  self->attachments = g_ptr_array_new_with_free_func (attachment_free);
  self->parts = g_ptr_array_new ();
  self->problems = g_ptr_array_new_with_free_func (g_free);
  self->root = rst_mime_part_new_from_message (bytes, fallback_charset);

  read_part (self, self->root);
  if (self->has_html)
    find_images (self);

  return self;
}

RstMessage *
rst_message_new_in_charset (GBytes *bytes,
                            const char *charset)
{
  g_autofree char *instead = g_strconcat (RST_TEXT_INSTEAD, charset, NULL);

  return rst_message_new (bytes, instead);
}

RstMessage *
rst_message_ref (RstMessage *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rst_message_clear (gpointer data)
{
  RstMessage *self = data;

  g_ptr_array_unref (self->parts);
  g_ptr_array_unref (self->attachments);
  g_ptr_array_unref (self->problems);
  rst_mime_part_free (self->root);
  rst_envelope_unref (self->envelope);
  g_bytes_unref (self->bytes);
  g_free (self->fallback_charset);
  g_free (self->text);
}

void
rst_message_unref (RstMessage *self)
{
  g_atomic_rc_box_release_full (self, rst_message_clear);
}

GBytes *
rst_message_get_bytes (const RstMessage *self)
{
  return self->bytes;
}

RstEnvelope *
rst_message_get_envelope (const RstMessage *self)
{
  return self->envelope;
}

const char *
rst_message_get_text (RstMessage *self)
{
  char *text = g_atomic_pointer_get (&self->text);

  if (text != NULL)
    return text;

  text = _rst_message_make_text (self);
  if (g_atomic_pointer_compare_and_exchange (&self->text, NULL, text))
    return text;

  g_free (text);

  return g_atomic_pointer_get (&self->text);
}

const RstMimePart *
_rst_message_get_root (const RstMessage *self)
{
  return self->root;
}

const char *
_rst_message_get_fallback (const RstMessage *self)
{
  return self->fallback_charset;
}

gboolean
rst_message_get_has_html (const RstMessage *self)
{
  return self->has_html;
}

guint
rst_message_get_n_remote_images (const RstMessage *self)
{
  return self->n_remote_images;
}

GPtrArray *
rst_message_dup_addresses (const RstMessage *self,
                           const char *name)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->bytes, &size);

  return rst_address_parse_field (bytes, rst_header_block_find_end (bytes, size), name,
                                  self->fallback_charset);
}

RstSender *
rst_message_dup_sender (const RstMessage *self)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->bytes, &size);

  return rst_sender_new_from_headers (bytes, rst_header_block_find_end (bytes, size),
                                      self->fallback_charset);
}

GPtrArray *
rst_message_get_problems (const RstMessage *self)
{
  return self->problems;
}

char *
rst_message_dup_headers (const RstMessage *self)
{
  GString *headers = g_string_new (NULL);
  gsize size;
  const char *bytes = g_bytes_get_data (self->bytes, &size);
  RstHeaderField field;
  gsize position = 0;

  while (rst_header_block_next (bytes, size, &position, &field))
    {
      gsize length;
      g_autofree char *raw = rst_header_field_unfold (&field, &length);
      g_autofree char *value = rst_text_decode_header (raw, length, self->fallback_charset);

      g_string_append_len (headers, field.name, (gssize)field.name_length);
      g_string_append_printf (headers, "%s%s\n", field.name_length > 0 ? ": " : "", value);
    }

  return g_string_free (headers, FALSE);
}

char *
rst_message_dup_source (const RstMessage *self)
{
  gsize size;
  const char *bytes = g_bytes_get_data (self->bytes, &size);

  return rst_text_clean (rst_text_decode (bytes, size, "UTF-8", self->fallback_charset));
}

GPtrArray *
rst_message_get_attachments (const RstMessage *self)
{
  return self->attachments;
}

GBytes *
rst_message_dup_attachment_content (const RstMessage *self,
                                    guint index)
{
  g_return_val_if_fail (index < self->parts->len, g_bytes_new (NULL, 0));

  return rst_mime_part_dup_content (g_ptr_array_index (self->parts, index), self->bytes);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message"

#include "config.h"

#include "rst-message.h"

#include <string.h>

#include "rst-file-name.h"
#include "rst-flowed.h"
#include "rst-header-block.h"
#include "rst-html-source.h"
#include "rst-html-text.h"
#include "rst-mime-part.h"
#include "rst-text.h"

/* Nothing of GMime is kept: a message is its bytes, and where in them its parts lie. So it can be
 * read by all threads at once, and an attachment is decoded when it is asked for. */
struct _RstMessage
{
  GBytes *bytes;
  char *fallback_charset;
  RstEnvelope *envelope;
  RstMimePart *root;
  char *text;
  GPtrArray *attachments; /* RstAttachment */
  GPtrArray *parts;       /* RstMimePart of @root: of each attachment, in the same order */
  GPtrArray *problems;    /* utf8 */
  gboolean has_html;
  guint n_remote_images;
};

/* What a walk through the parts has found. */
typedef struct
{
  RstMessage *message;
  GString *text;
  gboolean has_leaf;
} Reader;

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

static void
attachment_free (gpointer data)
{
  RstAttachment *attachment = data;

  g_free (attachment->name);
  g_free (attachment->content_type);
  g_free (attachment);
}

static gboolean
is_markup (const RstMimePart *part)
{
  return rst_mime_part_is_type (part, "text/html") ||
         rst_mime_part_is_type (part, "text/enriched") ||
         rst_mime_part_is_type (part, "text/richtext");
}

static char *
decode_text (const RstMessage *self,
             const RstMimePart *part)
{
  g_autoptr (GBytes) content = rst_mime_part_dup_content (part, self->bytes);
  gsize size;
  const char *bytes = g_bytes_get_data (content, &size);
  g_autofree char *named = NULL;
  g_autofree char *text = NULL;

  if (part->charset == NULL && is_markup (part))
    named = rst_html_source_dup_charset (bytes, size);

  text = rst_text_decode (bytes,
                          size,
                          part->charset != NULL ? part->charset : named,
                          self->fallback_charset);
  if (is_markup (part))
    return rst_html_to_text (text, strlen (text));
  if (part->is_flowed)
    return rst_flowed_unwrap (text, part->deletes_space);

  return g_steal_pointer (&text);
}

static gboolean
is_body_type (const RstMimePart *part)
{
  for (guint i = 0; i < G_N_ELEMENTS (body_types); i++)
    if (rst_mime_part_is_type (part, body_types[i]))
      return !part->is_attachment;

  return FALSE;
}

/* Some mailers send an empty plain text beside the HTML. */
static gboolean
is_blank (const RstMessage *self,
          const RstMimePart *part)
{
  g_autofree char *text = NULL;

  if (part->length > 1000)
    return FALSE;

  text = decode_text (self, part);

  return *g_strstrip (text) == '\0';
}

/* How well a part can be read as plain text, 0 for not at all. */
static int
rank (const RstMessage *self,
      const RstMimePart *part)
{
  int best = 0;

  for (guint i = 0; i < part->children->len; i++)
    best = MAX (best, rank (self, g_ptr_array_index (part->children, i)));

  if (part->children->len > 0 || !is_body_type (part))
    return best;
  if (rst_mime_part_is_type (part, "text/plain"))
    return is_blank (self, part) ? 1 : 4;

  return rst_mime_part_is_type (part, "text/html") ? 3 : 2;
}

static const RstMimePart *
choose_alternative (const RstMessage *self,
                    const RstMimePart *part)
{
  const RstMimePart *chosen = NULL;
  int best = 0;

  for (guint i = 0; i < part->children->len; i++)
    {
      const RstMimePart *child = g_ptr_array_index (part->children, i);
      int child_rank = rank (self, child);

      if (child_rank > best)
        {
          best = child_rank;
          chosen = child;
        }
    }

  return chosen;
}

/* A message within the message is named after its subject. */
static char *
dup_message_name (const RstMessage *self,
                  const RstMimePart *part)
{
  g_autoptr (GBytes) content = rst_mime_part_dup_content (part, self->bytes);
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

static void
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
}

/* Several texts of one message stand apart by a blank line. */
static void
add_text (Reader *reader,
          const char *text)
{
  if (*text == '\0')
    return;

  if (reader->text->len > 0)
    {
      while (reader->text->len > 0 && reader->text->str[reader->text->len - 1] == '\n')
        g_string_truncate (reader->text, reader->text->len - 1);
      g_string_append (reader->text, "\n\n");
    }
  g_string_append (reader->text, text);
}

static void
read_leaf (Reader *reader,
           RstMimePart *part,
           gboolean is_shown,
           gboolean is_alternative)
{
  /* A text with a name is a file, but for the first, which some mailers name. */
  gboolean is_body = is_body_type (part) &&
                     (is_alternative || part->name == NULL || !reader->has_leaf);

  reader->has_leaf = TRUE;
  reader->message->has_html |= is_body && rst_mime_part_is_type (part, "text/html");
  if (!is_body)
    add_attachment (reader->message, part);
  else if (is_shown)
    {
      g_autofree char *text = decode_text (reader->message, part);

      add_text (reader, text);
    }
}

static void
read_part (Reader *reader,
           RstMimePart *part,
           gboolean is_shown,
           gboolean is_alternative)
{
  const RstMimePart *chosen = NULL;
  gboolean has_alternatives = rst_mime_part_is_type (part, "multipart/alternative");
  gboolean is_one = is_alternative && rst_mime_part_is_type (part, "multipart/related");

  if (!rst_mime_part_is_type (part, "multipart/"))
    {
      read_leaf (reader, part, is_shown, is_alternative);
      return;
    }

  if (part->preamble != NULL && is_shown)
    {
      g_autofree char *text = NULL;

      text = rst_text_decode (part->preamble,
                              strlen (part->preamble),
                              part->charset,
                              reader->message->fallback_charset);
      add_text (reader, text);
    }

  if (has_alternatives)
    chosen = choose_alternative (reader->message, part);
  for (guint i = 0; i < part->children->len; i++)
    {
      RstMimePart *child = g_ptr_array_index (part->children, i);

      read_part (reader,
                 child,
                 is_shown && (!has_alternatives || child == chosen),
                 has_alternatives || is_one);
    }
}

RstMessage *
rst_message_new (GBytes *bytes,
                 const char *fallback_charset)
{
  RstMessage *self = g_atomic_rc_box_new0 (RstMessage);
  Reader reader = { self, g_string_new (NULL) };
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

  read_part (&reader, self->root, TRUE, FALSE);
  self->text = rst_text_clean (g_string_free (reader.text, FALSE));

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
rst_message_get_text (const RstMessage *self)
{
  return self->text;
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

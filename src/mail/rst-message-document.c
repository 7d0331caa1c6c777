/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-document"

#include "config.h"

#include "rst-message-document.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-body-writer.h"
#include "rst-calendar.h"
#include "rst-delivery-report.h"
#include "rst-header-block.h"
#include "rst-inline-images.h"
#include "rst-message-private.h"
#include "rst-mime-text.h"
#include "rst-text.h"

/* Messages within one another that are shown. */
#define MAX_MESSAGES 16

/* Of a report or an invitation, which are small. */
#define MAX_REPORT ((gsize)1 << 20)

/* Plain text beside HTML that is longer than this is no blank. */
#define MAX_BLANK 1000

/* A walk through the parts of one message. */
typedef struct
{
  RstBodyWriter *out;
  GBytes *bytes;
  const char *fallback;
  RstInlineImages *images;
  RstShow show;
  guint depth;
} Walk;

static void write_part (Walk *self,
                        const RstMimePart *part);

static void
write_message (RstBodyWriter *out,
               GBytes *bytes,
               const RstMimePart *root,
               const Walk *like)
{
  g_autoptr (RstInlineImages) images = rst_inline_images_new (root, bytes);
  Walk walk = *like;

  walk.out = out;
  walk.bytes = bytes;
  walk.images = images;
  write_part (&walk, root);
  if (root->damage & RST_MIME_UNCLOSED && root->children->len > 0)
    rst_body_writer_add_note (out, _ ("The message ends before its last part does."));
}

static char *
format_date (gint64 date)
{
  g_autoptr (GDateTime) time = date != 0 ? g_date_time_new_from_unix_local (date) : NULL;

  return time != NULL ? g_date_time_format (time, "%a, %-d %b %Y %H:%M %z") : NULL;
}

static void
write_nested_message (Walk *self,
                      const RstMimePart *part)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (RstEnvelope) envelope = NULL;
  g_autoptr (RstMimePart) root = NULL;
  g_autofree char *date = NULL;
  const char *bytes;
  gsize size;

  if (self->depth == MAX_MESSAGES)
    {
      rst_body_writer_add_note (self->out, _ ("Messages lie too deep within one another here."));
      return;
    }

  content = rst_mime_part_dup_content (part, self->bytes);
  bytes = g_bytes_get_data (content, &size);
  envelope = rst_envelope_new_from_headers (bytes, rst_header_block_find_end (bytes, size),
                                            self->fallback);
  root = rst_mime_part_new_from_message (content, self->fallback);
  date = format_date (envelope->date);

  rst_body_writer_begin_section (
      self->out,
      *envelope->subject != '\0' ? envelope->subject : _ ("Message without a subject"),
      part->is_attachment || self->depth > 0);
  rst_body_writer_add_field (self->out, _ ("From:"), envelope->from);
  rst_body_writer_add_field (self->out, _ ("To:"), envelope->to);
  rst_body_writer_add_field (self->out, _ ("Date:"), date);
  rst_body_writer_add_field (self->out, _ ("Subject:"), envelope->subject);
  self->depth++;
  write_message (self->out, content, root, self);
  self->depth--;
  rst_body_writer_end_section (self->out);
}

/* Some mailers send an empty plain text beside the HTML. */
static gboolean
is_blank (const Walk *self,
          const RstMimePart *part)
{
  g_autofree char *text = NULL;

  if (part->length > MAX_BLANK)
    return FALSE;

  text = rst_mime_part_decode_text (part, self->bytes, self->fallback);

  return *g_strstrip (text) == '\0';
}

/* How well a part fits what is to be shown, 0 for not at all. */
static int
rank (const Walk *self,
      const RstMimePart *part)
{
  int best = 0;

  for (guint i = 0; i < part->children->len; i++)
    best = MAX (best, rank (self, g_ptr_array_index (part->children, i)));

  if (part->children->len > 0 || !part->is_body)
    return best;
  if (rst_mime_part_is_type (part, "text/plain"))
    return is_blank (self, part) ? 1 : 4;
  if (rst_mime_part_is_type (part, "text/html"))
    return self->show == RST_SHOW_HTML ? 5 : 3;

  return 2;
}

static const RstMimePart *
choose_alternative (const Walk *self,
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

static gboolean
is_armoured (const char *text)
{
  while (g_ascii_isspace (*text))
    text++;

  return g_str_has_prefix (text, "-----BEGIN PGP MESSAGE-----");
}

static void
write_encrypted_note (Walk *self)
{
  rst_body_writer_add_note (self->out, _ ("This message is encrypted. It can’t be read here."));
}

static void
write_text (Walk *self,
            const RstMimePart *part)
{
  g_autofree char *text = rst_mime_part_decode_text (part, self->bytes, self->fallback);

  if (is_armoured (text))
    write_encrypted_note (self);

  if (rst_mime_part_is_markup (part))
    rst_body_writer_add_html (self->out, text, rst_inline_images_find, self->images);
  else
    rst_body_writer_add_plain (self->out, text);

  if (rst_mime_part_is_damaged (part, self->bytes))
    rst_body_writer_add_note (self->out, _ ("This text was damaged on its way: something may be "
                                            "missing."));
}

/* Reads a small part that a program wrote, and says what it means. */
static void
write_in_words (Walk *self,
                const RstMimePart *part,
                char *(*to_words) (const char *text))
{
  g_autoptr (GBytes) content = rst_mime_part_dup_beginning (part, self->bytes, MAX_REPORT);
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;

  text = rst_text_decode (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                          part->charset, self->fallback);
  words = to_words (text);
  rst_body_writer_add_plain (self->out, words);
}

static void
write_leaf (Walk *self,
            const RstMimePart *part)
{
  if (part->is_body)
    write_text (self, part);
  else if (rst_mime_part_is_type (part, "message/rfc822") ||
           rst_mime_part_is_type (part, "message/global"))
    write_nested_message (self, part);
  else if (rst_mime_part_is_type (part, "text/calendar"))
    write_in_words (self, part, rst_calendar_to_words);
  else if (rst_mime_part_is_type (part, "message/delivery-status") ||
           rst_mime_part_is_type (part, "message/global-delivery-status"))
    write_in_words (self, part, rst_delivery_status_to_words);
  else if (rst_mime_part_is_type (part, "message/disposition-notification") ||
           rst_mime_part_is_type (part, "message/global-disposition-notification"))
    write_in_words (self, part, rst_disposition_notification_to_words);
  else if (rst_mime_part_is_type (part, "application/pkcs7-mime") ||
           rst_mime_part_is_type (part, "application/x-pkcs7-mime"))
    {
      if (part->smime_type != NULL && g_ascii_strcasecmp (part->smime_type, "signed-data") == 0)
        rst_body_writer_add_note (self->out, _ ("This message lies within its signature, which "
                                                "can’t be opened here."));
      else
        write_encrypted_note (self);
    }
}

/* What is no alternative text says more: an invitation in the midst of a letter. */
static void
write_alternatives (Walk *self,
                    const RstMimePart *part)
{
  const RstMimePart *chosen = choose_alternative (self, part);

  for (guint i = 0; i < part->children->len; i++)
    {
      const RstMimePart *child = g_ptr_array_index (part->children, i);

      if (child == chosen || rst_mime_part_is_type (child, "text/calendar"))
        write_part (self, child);
    }
}

static void
write_damage (Walk *self,
              const RstMimePart *part)
{
  if (part->damage & RST_MIME_TOO_DEEP)
    rst_body_writer_add_note (self->out, _ ("Parts lie too deep within one another here."));
  if (part->damage & RST_MIME_NO_PARTS && part->preamble != NULL)
    rst_body_writer_add_note (self->out,
                              _ ("This should be several parts, which can’t be told apart."));
}

static void
write_multipart (Walk *self,
                 const RstMimePart *part)
{
  if (part->preamble != NULL)
    {
      g_autofree char *text = NULL;

      text = rst_text_decode (part->preamble, strlen (part->preamble), part->charset,
                              self->fallback);
      rst_body_writer_add_plain (self->out, text);
    }

  if (rst_mime_part_is_type (part, "multipart/signed"))
    rst_body_writer_add_note (self->out, _ ("Signed; the signature was not verified."));
  else if (rst_mime_part_is_type (part, "multipart/encrypted"))
    write_encrypted_note (self);

  if (rst_mime_part_is_type (part, "multipart/alternative"))
    write_alternatives (self, part);
  else
    for (guint i = 0; i < part->children->len; i++)
      write_part (self, g_ptr_array_index (part->children, i));

  write_damage (self, part);
}

static void
write_part (Walk *self,
            const RstMimePart *part)
{
  if (rst_body_writer_is_full (self->out))
    return;

  if (rst_mime_part_is_type (part, "multipart/"))
    write_multipart (self, part);
  else
    write_leaf (self, part);
}

static char *
write_to (RstMessage *self,
          RstDocumentBuilder *builder,
          RstShow show)
{
  RstBodyWriter *out = rst_body_writer_new (builder);
  Walk walk = { .fallback = _rst_message_get_fallback (self), .show = show };

  write_message (out, rst_message_get_bytes (self), _rst_message_get_root (self), &walk);

  return rst_body_writer_end (out);
}

RstDocument *
rst_message_make_document (RstMessage *self,
                           const RstDocumentOptions *options)
{
  static const RstDocumentOptions defaults = { 0 };
  RstDocumentBuilder *builder;

  if (options == NULL)
    options = &defaults;

  builder = rst_document_builder_new (options->max_length, options->max_runs);
  g_free (write_to (self, builder, options->show));

  return rst_document_builder_end (builder);
}

char *
_rst_message_make_text (RstMessage *self)
{
  return rst_text_clean (write_to (self, NULL, RST_SHOW_PLAIN));
}

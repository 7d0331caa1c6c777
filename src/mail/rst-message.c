/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message"

#include "config.h"

#include "rst-message.h"

#include "rst-header-block.h"
#include "rst-text.h"

struct _RstMessage
{
  GBytes *bytes;
  gsize header_length;
  RstEnvelope *envelope;
  char *text;
  char *fallback_charset;
  GPtrArray *attachments;
};

RstMessage *
rst_message_new (GBytes *bytes,
                 const char *fallback_charset)
{
  RstMessage *self = g_atomic_rc_box_new0 (RstMessage);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  self->bytes = g_bytes_ref (bytes);
  self->header_length = rst_header_block_find_end (data, length);
  self->envelope = rst_envelope_new_from_headers (data, self->header_length, fallback_charset);
  self->text = rst_text_decode (data + self->header_length, length - self->header_length, NULL,
                                fallback_charset);
  self->fallback_charset = g_strdup (fallback_charset);
  self->attachments = g_ptr_array_new ();

  return self;
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

  g_bytes_unref (self->bytes);
  rst_envelope_unref (self->envelope);
  g_free (self->text);
  g_free (self->fallback_charset);
  g_ptr_array_unref (self->attachments);
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

char *
rst_message_dup_headers (const RstMessage *self)
{
  return rst_text_decode (g_bytes_get_data (self->bytes, NULL), self->header_length, NULL,
                          self->fallback_charset);
}

char *
rst_message_dup_source (const RstMessage *self)
{
  return rst_text_decode (g_bytes_get_data (self->bytes, NULL), g_bytes_get_size (self->bytes),
                          NULL, self->fallback_charset);
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
  return g_bytes_new (NULL, 0);
}

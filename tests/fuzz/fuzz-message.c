/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "rst-fuzz.h"

#include <string.h>

#include "mail/rst-message-document.h"
#include "mail/rst-message.h"

static void
check_attachments (const RstMessage *message)
{
  GPtrArray *attachments = rst_message_get_attachments (message);

  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);
      g_autoptr (GBytes) content = rst_message_dup_attachment_content (message, i);

      rst_fuzz_check_line (attachment->name);
      g_assert_true (*attachment->name != '\0' && *attachment->name != '.');
      g_assert_null (strchr (attachment->name, '/'));
      g_assert_true (g_utf8_validate (attachment->content_type, -1, NULL));
      g_assert_cmpuint (g_bytes_get_size (content), ==, attachment->size);
    }
}

static void
check_documents (RstMessage *message)
{
  g_autoptr (RstDocument) plain = rst_message_make_document (message, NULL);
  g_autoptr (RstDocument) html = NULL;

  html = rst_message_make_document (message, &(RstDocumentOptions){ RST_SHOW_HTML, 500, 20 });
  rst_fuzz_check_document (plain);
  rst_fuzz_check_document (html);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (RstMessage) message = rst_message_new (bytes, "koi8-r");
  const RstEnvelope *envelope = rst_message_get_envelope (message);
  g_autofree char *headers = rst_message_dup_headers (message);
  g_autofree char *source = rst_message_dup_source (message);

  rst_fuzz_check_text (rst_message_get_text (message));
  rst_fuzz_check_text (source);
  g_assert_true (g_utf8_validate (headers, -1, NULL));
  rst_fuzz_check_line (envelope->subject);
  check_attachments (message);
  check_documents (message);

  return 0;
}

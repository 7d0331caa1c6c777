/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-oddities"

#include "config.h"

#include "rst-demo-oddities.h"

#include <string.h>

#define LONG_LINE (10 * 1024 * 1024)
#define LONG_HEADER (2 * 1024 * 1024)
/* Folded lines of the long header field. */
#define FOLD_WIDTH 64

/* What goes where in a message. */
typedef struct
{
  GString *on_top;
  GString *after_header;
  GString *before_body;
  gboolean drops_received;
} Edit;

static gboolean
has (const RstDemoOddity *self,
     RstDemoFault fault)
{
  return rst_demo_faults_has (self->faults, fault);
}

static gboolean
has_number (const RstDemoOddity *self,
            RstDemoFault fault)
{
  return rst_demo_faults_has_number (self->faults, fault, self->number);
}

static gboolean
is_plain (const RstDemoOddity *self)
{
  const RstDemoFault faults[] = {
    RST_DEMO_FAULT_TOP_DIFFERS,
    RST_DEMO_FAULT_TOP_DROPS_RECEIVED,
    RST_DEMO_FAULT_VOLATILE_HEADERS,
    RST_DEMO_FAULT_NO_UTF8_WRAPPER,
    RST_DEMO_FAULT_LONG_LINE,
    RST_DEMO_FAULT_LONG_HEADER,
    RST_DEMO_FAULT_NULS,
  };

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    if (has (self, faults[i]))
      return FALSE;
  return TRUE;
}

static void
plan_differences (const RstDemoOddity *self,
                  Edit *edit)
{
  if (has (self, RST_DEMO_FAULT_TOP_DIFFERS) && self->is_retr)
    {
      g_string_append (edit->on_top,
                       "Received: from store.example.org by pop.example.org with LMTP;\r\n"
                       "\tMon, 23 Nov 2026 08:00:00 +0000\r\n");
      g_string_append_printf (edit->after_header,
                              "Status: RO\r\nX-UIDL: retr-%u\r\n",
                              self->number);
    }
  else if (has (self, RST_DEMO_FAULT_TOP_DIFFERS))
    g_string_append_printf (edit->after_header,
                            "Status: O\r\nX-UIDL: top-%u\r\n",
                            self->number);
  if (has (self, RST_DEMO_FAULT_VOLATILE_HEADERS))
    g_string_append_printf (edit->after_header,
                            "Status: %s\r\nX-UID: %u\r\n",
                            self->serial % 2 == 0 ? "RO" : "O",
                            self->serial);
  edit->drops_received = has (self, RST_DEMO_FAULT_TOP_DROPS_RECEIVED) && !self->is_retr;
}

static void
plan_extremes (const RstDemoOddity *self,
               Edit *edit)
{
  g_autofree char *fill = g_strnfill (FOLD_WIDTH, 'x');

  if (has (self, RST_DEMO_FAULT_NULS))
    {
      g_string_append_len (edit->after_header, "X-Nul: a\0b\r\n", 12);
      g_string_append_len (edit->before_body, "a\0b\r\n", 5);
    }
  if (has_number (self, RST_DEMO_FAULT_LONG_HEADER))
    {
      g_string_append (edit->after_header, "X-Long: x\r\n");
      for (gsize i = 0; i < LONG_HEADER; i += FOLD_WIDTH)
        g_string_append_printf (edit->after_header, " %s\r\n", fill);
    }
  if (has_number (self, RST_DEMO_FAULT_LONG_LINE))
    {
      for (gsize i = 0; i < LONG_LINE; i += FOLD_WIDTH)
        g_string_append_len (edit->before_body, fill, FOLD_WIDTH);
      g_string_append (edit->before_body, "\r\n");
    }
}

static const char *
skip_line (const char *text,
           const char *end)
{
  const char *feed = memchr (text, '\n', end - text);

  return feed != NULL ? feed + 1 : end;
}

/* Where the blank line begins that ends the header block, the end when there is none. */
static const char *
find_header_end (const char *text,
                 gsize length)
{
  const char *blank;

  if (length >= 2 && memcmp (text, "\r\n", 2) == 0)
    return text;
  blank = memmem (text, length, "\r\n\r\n", 4);
  return blank != NULL ? blank + 2 : text + length;
}

static void
append_without_received (GString *result,
                         const char *header,
                         const char *end)
{
  const char *line = header;
  const char *next;

  while (line < end && g_ascii_strncasecmp (line, "Received:", MIN (9, end - line)) != 0)
    line = skip_line (line, end);
  next = skip_line (line, end);
  while (next < end && (*next == ' ' || *next == '\t'))
    next = skip_line (next, end);
  g_string_append_len (result, header, line - header);
  g_string_append_len (result, next, end - next);
}

static GBytes *
apply_edit (const Edit *edit,
            GBytes *message)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  const char *header_end = find_header_end (text, length);
  const char *body = skip_line (header_end, text + length);
  GString *result = g_string_sized_new (length + edit->after_header->len + edit->before_body->len);

  g_string_append_len (result, edit->on_top->str, edit->on_top->len);
  if (edit->drops_received)
    append_without_received (result, text, header_end);
  else
    g_string_append_len (result, text, header_end - text);
  g_string_append_len (result, edit->after_header->str, edit->after_header->len);
  g_string_append_len (result, header_end, body - header_end);
  g_string_append_len (result, edit->before_body->str, edit->before_body->len);
  g_string_append_len (result, body, text + length - body);
  return g_string_free_to_bytes (result);
}

static gboolean
has_raw_header (GBytes *message)
{
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  const char *end = find_header_end (text, length);

  for (; text < end; text++)
    if ((*text & 0x80) != 0)
      return TRUE;
  return FALSE;
}

/* What Courier 1.0 puts in the place of a message that a client without UTF8 cannot be shown. */
static GBytes *
wrap (GBytes *message)
{
  static const char head[] = "From: POP3 server <postmaster@example.org>\r\n"
                             "Subject: A message in UTF-8\r\n"
                             "MIME-Version: 1.0\r\n"
                             "Content-Type: multipart/mixed; boundary=\"wrapper\"\r\n"
                             "\r\n"
                             "--wrapper\r\n"
                             "Content-Type: text/plain\r\n"
                             "\r\n"
                             "Your mail program does not ask for UTF-8 headers.\r\n"
                             "The message is attached.\r\n"
                             "\r\n"
                             "--wrapper\r\n"
                             "Content-Type: message/global\r\n"
                             "\r\n";
  static const char tail[] = "\r\n--wrapper--\r\n";
  gsize length;
  const char *text = g_bytes_get_data (message, &length);
  GString *result = g_string_new (head);

  g_string_append_len (result, text, length);
  g_string_append (result, tail);
  return g_string_free_to_bytes (result);
}

GBytes *
rst_demo_oddity_apply (const RstDemoOddity *self,
                       GBytes *message)
{
  g_autoptr (GBytes) original = message;
  g_autoptr (GBytes) wrapped = NULL;
  Edit edit;
  GBytes *result;

  if (is_plain (self))
    return g_steal_pointer (&original);
  if (has (self, RST_DEMO_FAULT_NO_UTF8_WRAPPER) && !self->has_utf8 && has_raw_header (original))
    wrapped = wrap (original);
  edit.on_top = g_string_new (NULL);
  edit.after_header = g_string_new (NULL);
  edit.before_body = g_string_new (NULL);
  edit.drops_received = FALSE;
  plan_differences (self, &edit);
  plan_extremes (self, &edit);
  result = apply_edit (&edit, wrapped != NULL ? wrapped : original);
  g_string_free (edit.on_top, TRUE);
  g_string_free (edit.after_header, TRUE);
  g_string_free (edit.before_body, TRUE);
  return result;
}

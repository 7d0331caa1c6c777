/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-envelope"

#include "config.h"

#include "rst-envelope.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-encoded-words.h"
#include "rst-gmime.h"
#include "rst-header-block.h"
#include "rst-text.h"

/* Bytes of one field that a list row keeps. A mailing to ten thousand addresses is cut here, and a
 * hostile field costs neither memory nor, in GMime's parsers, time. */
#define MAX_VALUE 16384

typedef enum
{
  FIELD_FROM,
  FIELD_TO,
  FIELD_CC,
  FIELD_SUBJECT,
  FIELD_DATE,
  FIELD_MESSAGE_ID,
  FIELD_CONTENT_TYPE,
  FIELD_RECEIVED,
  N_FIELDS,
} FieldIndex;

static const char *const field_names[N_FIELDS] = {
  [FIELD_FROM] = "From",
  [FIELD_TO] = "To",
  [FIELD_CC] = "Cc",
  [FIELD_SUBJECT] = "Subject",
  [FIELD_DATE] = "Date",
  [FIELD_MESSAGE_ID] = "Message-ID",
  [FIELD_CONTENT_TYPE] = "Content-Type",
  [FIELD_RECEIVED] = "Received",
};

/* The first field of each name, unfolded; values are %NULL where there is none. */
typedef struct
{
  char *values[N_FIELDS];
  gsize lengths[N_FIELDS];
  gboolean has_fields;
} Scan;

static void
scan_clear (Scan *self)
{
  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scan, scan_clear)

static void
scan_block (Scan *self,
            const char *block,
            gsize length)
{
  RstHeaderField field;
  gsize position = 0;

  while (rst_header_block_next (block, length, &position, &field))
    {
      self->has_fields |= field.name_length > 0;
      for (guint i = 0; i < N_FIELDS; i++)
        if (self->values[i] == NULL && rst_header_field_is (&field, field_names[i]))
          {
            field.value_length = MIN (field.value_length, MAX_VALUE);
            self->values[i] = rst_header_field_unfold (&field, &self->lengths[i]);
            break;
          }
    }
}

/* A name is quoted where it would read as more than one name. */
static void
append_mailbox (GString *list,
                const char *name,
                const char *address)
{
  if (*name == '\0')
    {
      g_string_append (list, address);
      return;
    }

  if (strpbrk (name, ",;<>@\"") != NULL)
    {
      g_string_append_c (list, '"');
      for (; *name != '\0'; name++)
        {
          if (*name == '"' || *name == '\\')
            g_string_append_c (list, '\\');
          g_string_append_c (list, *name);
        }
      g_string_append_c (list, '"');
    }
  else
    g_string_append (list, name);

  g_string_append_printf (list, " <%s>", address);
}

/* Groups (RFC 5322 §3.4) come with their members, "Team: a@example.org, b@example.org". */
static void
append_addresses (GString *text,
                  InternetAddressList *list)
{
  int n_addresses = internet_address_list_length (list);

  for (int i = 0; i < n_addresses; i++)
    {
      InternetAddress *address = internet_address_list_get_address (list, i);
      const char *name = internet_address_get_name (address);

      if (i > 0)
        g_string_append (text, ", ");

      if (INTERNET_ADDRESS_IS_MAILBOX (address))
        {
          InternetAddressMailbox *mailbox = INTERNET_ADDRESS_MAILBOX (address);

          append_mailbox (text,
                          name != NULL ? name : "",
                          internet_address_mailbox_get_addr (mailbox));
        }
      else
        {
          InternetAddressGroup *group = INTERNET_ADDRESS_GROUP (address);

          g_string_append_printf (text, "%s: ", name != NULL ? name : "");
          append_addresses (text, internet_address_group_get_members (group));
        }
    }
}

static char *
dup_name (InternetAddress *address)
{
  const char *name = internet_address_get_name (address);

  if (name != NULL && *name != '\0')
    return g_strdup (name);

  if (INTERNET_ADDRESS_IS_MAILBOX (address))
    return g_strdup (internet_address_mailbox_get_addr (INTERNET_ADDRESS_MAILBOX (address)));

  return g_strdup ("");
}

/* Names are cleaned after parsing: a line break that was hidden in an encoded word is a mark then,
 * and not the end of anything. */
static char *
decode_addresses (const Scan *scan,
                  FieldIndex index,
                  const char *fallback_charset,
                  char **first_name)
{
  g_autofree char *value = NULL;
  g_autoptr (InternetAddressList) list = NULL;
  g_autoptr (GString) text = NULL;
  char *decoded;

  if (scan->values[index] == NULL)
    return g_strdup ("");

  value = rst_encoded_words_to_utf8 (scan->values[index], scan->lengths[index], fallback_charset);
  list = internet_address_list_parse (NULL, value);
  if (list == NULL || internet_address_list_length (list) == 0)
    return rst_text_decode_header (scan->values[index], scan->lengths[index], fallback_charset);

  text = g_string_new (NULL);
  append_addresses (text, list);
  decoded = rst_text_clean_address (g_utf8_make_valid (text->str, (gssize)text->len));
  if (first_name != NULL)
    {
      g_autofree char *name = dup_name (internet_address_list_get_address (list, 0));

      *first_name = rst_text_clean_address (g_utf8_make_valid (name, -1));
    }

  return decoded;
}

static char *
decode_text (const Scan *scan,
             FieldIndex index,
             const char *fallback_charset)
{
  if (scan->values[index] == NULL)
    return g_strdup ("");

  return rst_text_decode_header (scan->values[index], scan->lengths[index], fallback_charset);
}

static char *
decode_message_id (const Scan *scan)
{
  g_autofree char *id = NULL;

  if (scan->values[FIELD_MESSAGE_ID] == NULL)
    return NULL;

  id = g_mime_utils_decode_message_id (scan->values[FIELD_MESSAGE_ID]);
  if (id == NULL || *id == '\0')
    return NULL;

  return rst_text_clean_line (g_utf8_make_valid (id, -1));
}

static gint64
decode_date (const char *value)
{
  g_autoptr (GDateTime) date = g_mime_utils_header_decode_date (value);

  return date != NULL ? MAX (g_date_time_to_unix (date), 0) : 0;
}

/* RFC 5321 §4.4: the date of a Received field stands behind its last semicolon. */
static gint64
find_date (const Scan *scan)
{
  const char *received = scan->values[FIELD_RECEIVED];
  gint64 date = 0;

  if (scan->values[FIELD_DATE] != NULL)
    date = decode_date (scan->values[FIELD_DATE]);
  if (date == 0 && received != NULL)
    received = strrchr (received, ';');
  if (date == 0 && received != NULL)
    date = decode_date (received + 1);

  return date;
}

static gboolean
guess_attachments (const char *content_type)
{
  if (content_type == NULL || strchr (content_type, '/') == NULL)
    return FALSE;

  if (g_ascii_strncasecmp (content_type, "multipart/", strlen ("multipart/")) == 0)
    return g_ascii_strncasecmp (content_type, "multipart/mixed", strlen ("multipart/mixed")) == 0;

  return g_ascii_strncasecmp (content_type, "text/", strlen ("text/")) != 0;
}

/* Legible is what has a letter or digit, or nothing that could not be decoded. */
static gboolean
is_legible (const char *text)
{
  gboolean has_replacement = FALSE;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_isalnum (c))
        return TRUE;
      if (c == 0xFFFD)
        has_replacement = TRUE;
    }

  return !has_replacement;
}

RstEnvelope *
rst_envelope_new_from_headers (const char *block,
                               gsize length,
                               const char *fallback_charset)
{
  RstEnvelope *self = rst_envelope_new ();
  g_auto (Scan) scan = { { NULL } };
  g_autofree char *to = NULL;
  g_autofree char *cc = NULL;

  rst_gmime_init ();
  scan_block (&scan, block, length);

  self->from = decode_addresses (&scan, FIELD_FROM, fallback_charset, &self->from_name);
  if (self->from_name == NULL)
    self->from_name = g_strdup (self->from);
  to = decode_addresses (&scan, FIELD_TO, fallback_charset, NULL);
  cc = decode_addresses (&scan, FIELD_CC, fallback_charset, NULL);
  self->to = g_strconcat (to, *to != '\0' && *cc != '\0' ? ", " : "", cc, NULL);
  self->subject = decode_text (&scan, FIELD_SUBJECT, fallback_charset);
  self->message_id = decode_message_id (&scan);
  self->date = find_date (&scan);
  self->has_attachments = guess_attachments (scan.values[FIELD_CONTENT_TYPE]);

  /* A block without a field is a message without headers, or no text. */
  self->is_decodable = is_legible (self->from) &&
                       (scan.has_fields || length == 0 || memchr (block, '\0', length) == NULL);
  if (!self->is_decodable)
    {
      g_free (self->from);
      g_free (self->from_name);
      /* Translators: stands in the place of a sender that can't be read. */
      self->from = g_strdup (_ ("(sender of unknown encoding)"));
      self->from_name = g_strdup (self->from);
    }

  return self;
}

RstEnvelope *
rst_envelope_new (void)
{
  RstEnvelope *self = g_atomic_rc_box_new0 (RstEnvelope);

  self->is_decodable = TRUE;

  return self;
}

RstEnvelope *
rst_envelope_ref (RstEnvelope *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rst_envelope_clear (gpointer data)
{
  RstEnvelope *self = data;

  g_free (self->from);
  g_free (self->from_name);
  g_free (self->to);
  g_free (self->subject);
  g_free (self->message_id);
  for (guint i = 0; i < RST_ENVELOPE_N_KEYS; i++)
    g_free (self->keys[i]);
}

void
rst_envelope_unref (RstEnvelope *self)
{
  g_atomic_rc_box_release_full (self, rst_envelope_clear);
}

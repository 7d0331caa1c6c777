/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-file-name"

#include "config.h"

#include "rst-file-name.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

#define MAX_CHARACTERS 120

/* File systems take 255 bytes; some are left for " (2)" and the like. */
#define MAX_BYTES 240

/* Of an extension, with its dot; what is longer is a sentence with a dot in it. */
#define MAX_EXTENSION 16

typedef struct
{
  const char *content_type;
  const char *extension;
} TypeExtension;

static const TypeExtension type_extensions[] = {
  { "application/gzip", ".gz" },
  { "application/json", ".json" },
  { "application/msword", ".doc" },
  { "application/pdf", ".pdf" },
  { "application/pgp-encrypted", ".asc" },
  { "application/pgp-keys", ".asc" },
  { "application/pgp-signature", ".asc" },
  { "application/pkcs7-mime", ".p7m" },
  { "application/pkcs7-signature", ".p7s" },
  { "application/rtf", ".rtf" },
  { "application/vnd.ms-excel", ".xls" },
  { "application/vnd.ms-powerpoint", ".ppt" },
  { "application/vnd.oasis.opendocument.presentation", ".odp" },
  { "application/vnd.oasis.opendocument.spreadsheet", ".ods" },
  { "application/vnd.oasis.opendocument.text", ".odt" },
  { "application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx" },
  { "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx" },
  { "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx" },
  { "application/xml", ".xml" },
  { "application/zip", ".zip" },
  { "audio/mpeg", ".mp3" },
  { "audio/ogg", ".ogg" },
  { "image/gif", ".gif" },
  { "image/heic", ".heic" },
  { "image/jpeg", ".jpg" },
  { "image/png", ".png" },
  { "image/svg+xml", ".svg" },
  { "image/tiff", ".tiff" },
  { "image/webp", ".webp" },
  { "message/delivery-status", ".txt" },
  { "message/rfc822", ".eml" },
  { "text/calendar", ".ics" },
  { "text/csv", ".csv" },
  { "text/html", ".html" },
  { "text/plain", ".txt" },
  { "text/rfc822-headers", ".txt" },
  { "text/vcard", ".vcf" },
  { "text/x-vcard", ".vcf" },
  { "video/mp4", ".mp4" },
};

static const char *
find_extension (const char *content_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (type_extensions); i++)
    if (strcmp (type_extensions[i].content_type, content_type) == 0)
      return type_extensions[i].extension;

  return "";
}

/* Characters that order or join others, and can't be seen themselves. */
static gboolean
is_deceptive (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E ||
         (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
         (c >= 0xE0000 && c <= 0xE007F);
}

/* Those that turn the text around. They are shown, and not passed over: no honest name has one. */
static gboolean
is_override (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

/* Blanks of all widths, and letters that look like one. */
static gboolean
is_blank (gunichar c)
{
  return g_unichar_isspace (c) || c == 0x115F || c == 0x1160 || c == 0x2800 || c == 0x3164 ||
         c == 0xFFA0;
}

static gboolean
is_reserved (gunichar c)
{
  return c < 0x80 && strchr ("<>:\"|?*", (int)c) != NULL;
}

/* One of many: a row of blanks pushes an extension out of sight. */
static void
append_blank (GString *name)
{
  if (name->len == 0 || name->str[name->len - 1] != ' ')
    g_string_append_c (name, ' ');
}

static char *
clean (const char *name)
{
  GString *clean_name = g_string_new (NULL);

  for (; *name != '\0'; name = g_utf8_next_char (name))
    {
      gunichar c = g_utf8_get_char (name);

      if (is_reserved (c))
        g_string_append_c (clean_name, '_');
      else if (is_blank (c))
        append_blank (clean_name);
      else if (is_override (c))
        g_string_append (clean_name, REPLACEMENT);
      else if (!is_deceptive (c))
        g_string_append_len (clean_name, name, g_utf8_next_char (name) - name);
    }

  return g_string_free (clean_name, FALSE);
}

/* Dots at the beginning hide a file, those at the end and blanks are lost on some systems. */
static const char *
trim (char *name)
{
  gsize length = strlen (name);

  while (length > 0 && (name[length - 1] == '.' || name[length - 1] == ' '))
    name[--length] = '\0';
  while (*name == '.' || *name == ' ')
    name++;

  return name;
}

static char *
shorten (const char *name)
{
  const char *extension = strrchr (name, '.');
  gsize max_bytes = MAX_BYTES;
  long max_characters = MAX_CHARACTERS;
  const char *end = name;

  if (extension == NULL || strlen (extension) > MAX_EXTENSION)
    extension = name + strlen (name);

  max_bytes -= strlen (extension);
  max_characters -= g_utf8_strlen (extension, -1);
  for (; end < extension && max_characters > 0; max_characters--)
    {
      const char *next = g_utf8_next_char (end);

      if ((gsize)(next - name) > max_bytes)
        break;
      end = next;
    }

  return g_strdup_printf ("%.*s%s", (int)(end - name), name, extension);
}

char *
rst_file_name_make_safe (const char *name,
                         const char *content_type)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  const char *base = valid;
  g_autofree char *cleaned = NULL;
  const char *trimmed;

  for (const char *p = valid; *p != '\0'; p++)
    if (*p == '/' || *p == '\\')
      base = p + 1;

  cleaned = clean (base);
  trimmed = trim (cleaned);
  if (trimmed[strspn (trimmed, REPLACEMENT)] == '\0')
    return g_strdup_printf ("attachment%s", find_extension (content_type));

  return shorten (trimmed);
}

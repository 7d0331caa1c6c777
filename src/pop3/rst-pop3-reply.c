/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-reply"

#include "config.h"

#include "rst-pop3-reply.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-pop3-error.h"

/* Bytes of the server's own words in an error message: RFC 2449 §4 allows 512 a status line. */
#define MAX_WORDS 512

static gboolean
has_indicator (const char *line,
               const char *indicator)
{
  gsize length = strlen (indicator);

  return strncmp (line, indicator, length) == 0 &&
         (line[length] == '\0' || line[length] == ' ' || line[length] == '\t');
}

/* RFC 2449 §8: "[" resp-level *("/" resp-level) "]". A bracket that is left open, or holds what
 * cannot be a code, is part of the text. */
static gsize
parse_code (RstPop3Reply *self)
{
  gsize length;

  if (self->text[0] != '[')
    return 0;
  length = strcspn (self->text + 1, " \t[]");
  if (self->text[1 + length] != ']' || length >= sizeof self->code)
    return 0;
  for (gsize i = 0; i < length; i++)
    self->code[i] = g_ascii_toupper (self->text[1 + i]);
  self->code[length] = '\0';
  return length + 2;
}

gboolean
rst_pop3_reply_parse (RstPop3Reply *self,
                      const char *line,
                      const RstPop3Secrets *secrets)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (line != NULL, FALSE);

  self->is_ok = has_indicator (line, "+OK");
  if (!self->is_ok && !has_indicator (line, "-ERR"))
    return FALSE;
  self->secrets = secrets;
  self->code[0] = '\0';
  self->text = line + (self->is_ok ? strlen ("+OK") : strlen ("-ERR"));
  self->text += strspn (self->text, " \t");
  self->text += parse_code (self);
  self->text += strspn (self->text, " \t");
  return TRUE;
}

gboolean
rst_pop3_reply_is_try_later (const RstPop3Reply *self)
{
  return !self->is_ok && (g_str_equal (self->code, "IN-USE") ||
                          g_str_equal (self->code, "LOGIN-DELAY") ||
                          g_str_equal (self->code, "SYS/TEMP"));
}

char *
rst_pop3_reply_dup_words (const RstPop3Reply *self)
{
  g_autofree char *words = rst_pop3_secrets_dup_shown (self->secrets, self->text, MAX_WORDS);

  if (g_strchomp (words)[0] == '\0')
    return g_strdup (_ ("it gave no reason"));
  /* Translators: the server's own words */
  return g_strdup_printf (_ ("“%s”"), words);
}

GError *
rst_pop3_reply_new_rejection (const RstPop3Reply *self,
                              const char *what)
{
  g_autofree char *words = rst_pop3_reply_dup_words (self);

  /* Translators: what was refused, and the server's words for it */
  return g_error_new (RST_POP3_ERROR, RST_POP3_ERROR_REJECTED, _ ("%s: %s."), what, words);
}

GError *
rst_pop3_reply_new_refusal (const RstPop3Reply *self,
                            const char *what)
{
  g_autofree char *words = NULL;

  if (!rst_pop3_reply_is_try_later (self))
    return rst_pop3_reply_new_rejection (self, what);
  words = rst_pop3_reply_dup_words (self);
  /* Translators: what was refused, and the server's words for it */
  return g_error_new (RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER,
                      _ ("%s: %s. Try again in a few minutes."), what, words);
}

char *
rst_pop3_dup_printable (const char *bytes,
                        gsize max_length)
{
  g_autofree char *valid = g_utf8_make_valid (bytes, (gssize)strnlen (bytes, max_length));
  GString *text = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\t')
        c = ' ';
      if (!g_unichar_isprint (c))
        c = 0xFFFD;
      if (text->len + 6 > max_length)
        break;
      g_string_append_unichar (text, c);
    }
  return g_string_free (text, FALSE);
}

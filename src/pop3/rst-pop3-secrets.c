/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-secrets"

#include "config.h"

#include "rst-pop3-secrets.h"

#include <libsecret/secret.h>
#include <string.h>

#include "rst-pop3-reply.h"

/* Characters of base64 that must be a secret's: fewer stand in too much that is none. */
#define MIN_ENCODED 4

struct _RstPop3Secrets
{
  GPtrArray *plain;
  /* what is the same in the base64 of any text that the secret stands in */
  GPtrArray *encoded;
};

RstPop3Secrets *
rst_pop3_secrets_new (void)
{
  RstPop3Secrets *self = g_new0 (RstPop3Secrets, 1);

  self->plain = g_ptr_array_new_with_free_func (secret_value_unref);
  self->encoded = g_ptr_array_new_with_free_func (secret_value_unref);
  return self;
}

void
rst_pop3_secrets_free (RstPop3Secrets *self)
{
  g_ptr_array_unref (self->plain);
  g_ptr_array_unref (self->encoded);
  g_free (self);
}

static const char *
pattern_at (const GPtrArray *patterns,
            guint position)
{
  return secret_value_get (g_ptr_array_index (patterns, position), NULL);
}

static gboolean
is_known (const RstPop3Secrets *self,
          const char *secret)
{
  for (guint i = 0; i < self->plain->len; i++)
    if (g_str_equal (pattern_at (self->plain, i), secret))
      return TRUE;
  return FALSE;
}

static void
add_pattern (GPtrArray *patterns,
             const char *pattern,
             gsize length)
{
  g_ptr_array_add (patterns, secret_value_new (pattern, (gssize)length, "text/plain"));
}

/* A character of base64 has six bits. What is in front of the secret shifts it by no bytes, by one
 * or by two; the characters that it has to itself do not depend on its neighbours. */
static void
add_encoded (RstPop3Secrets *self,
             const char *secret,
             gsize shift)
{
  gsize length = shift + strlen (secret);
  gsize first = (shift * 8 + 5) / 6;
  gsize end = length * 8 / 6;
  g_autofree guchar *bytes = g_malloc0 (length);
  g_autofree char *encoded = NULL;

  if (end < first + MIN_ENCODED)
    return;
  memcpy (bytes + shift, secret, length - shift);
  encoded = g_base64_encode (bytes, length);
  add_pattern (self->encoded, encoded + first, end - first);
  explicit_bzero (bytes, length);
  explicit_bzero (encoded, strlen (encoded));
}

void
rst_pop3_secrets_add (RstPop3Secrets *self,
                      const char *secret)
{
  if (*secret == '\0' || is_known (self, secret))
    return;
  add_pattern (self->plain, secret, strlen (secret));
  for (gsize shift = 0; shift < 3; shift++)
    add_encoded (self, secret, shift);
}

static gsize
get_verdict_length (const char *text)
{
  static const char *const verdicts[] = { "+OK", "-ERR", "+" };
  gsize length = strcspn (text, " \t");

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    if (length == strlen (verdicts[i]) && strncmp (text, verdicts[i], length) == 0)
      return length;
  return 0;
}

static gboolean
is_base64 (char c)
{
  return g_ascii_isalnum (c) || c == '+' || c == '/' || c == '=';
}

static void
mark (const char *text,
      const char *begin,
      const char *end,
      char **marks)
{
  if (*marks == NULL)
    *marks = g_malloc0 (strlen (text));
  memset (*marks + (begin - text), TRUE, end - begin);
}

static void
mark_plain (const char *text,
            const char *secret,
            char **marks)
{
  gsize length = strlen (secret);

  for (const char *found = text; (found = strstr (found, secret)) != NULL; found++)
    mark (text, found, found + length, marks);
}

/* All of the base64, since what is beside the secret has some bits of it. */
static void
mark_encoded (const char *text,
              const char *pattern,
              char **marks)
{
  const char *begin = text;

  while ((begin = strstr (begin, pattern)) != NULL)
    {
      const char *end = begin + strlen (pattern);

      while (begin > text && is_base64 (begin[-1]))
        begin--;
      while (is_base64 (*end))
        end++;
      mark (text, begin, end, marks);
      begin = end;
    }
}

/* Returns: NULL when there is nothing to hide. Marks come first and stars later: secrets stand in
 * each other, and what is left of the longer one must not show. */
static char *
dup_hidden (const RstPop3Secrets *self,
            const char *text)
{
  const char *rest = text + get_verdict_length (text);
  g_autofree char *marks = NULL;
  GString *hidden;

  for (guint i = 0; i < self->plain->len; i++)
    mark_plain (rest, pattern_at (self->plain, i), &marks);
  for (guint i = 0; i < self->encoded->len; i++)
    mark_encoded (rest, pattern_at (self->encoded, i), &marks);
  if (marks == NULL)
    return NULL;

  hidden = g_string_new_len (text, rest - text);
  for (gsize i = 0; rest[i] != '\0'; i++)
    if (!marks[i])
      g_string_append_c (hidden, rest[i]);
    else if (i == 0 || !marks[i - 1])
      g_string_append (hidden, "***");
  return g_string_free (hidden, FALSE);
}

char *
rst_pop3_secrets_dup_shown (const RstPop3Secrets *self,
                            const char *text,
                            gsize max_length)
{
  g_autofree char *hidden = self != NULL ? dup_hidden (self, text) : NULL;

  return rst_pop3_dup_printable (hidden != NULL ? hidden : text, max_length);
}

void
rst_pop3_secrets_hide (const RstPop3Secrets *self,
                       char **text)
{
  char *hidden = *text != NULL ? dup_hidden (self, *text) : NULL;

  if (hidden == NULL)
    return;
  g_free (*text);
  *text = hidden;
}

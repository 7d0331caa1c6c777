/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-link"

#include "config.h"

#include "rst-link.h"

#include <string.h>

#include <gio/gio.h>

#include "rst-text.h"

/* Bytes. What is longer is no address, but data in the shape of one. */
#define MAX_LINK 4096
#define MAX_ADDRESS 320
#define MAX_HOST 253

/* What an address in running text begins with, and what that is short for. */
static const struct
{
  const char *prefix;
  const char *added;
} beginnings[] = {
  { "https://", "" },
  { "http://", "" },
  { "ftp://", "" },
  { "mailto:", "" },
  { "www.", "http://" },
};

/* Blanks, quotation marks, invisible characters and the punctuation of East Asia end an address:
 * they stand around it, and a person would not see where it ends. */
static gboolean
ends_link (gunichar c)
{
  GUnicodeType type;

  if (c < 0x80)
    return c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`' || c == 0x7F;

  type = g_unichar_type (c);

  return type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT ||
         type == G_UNICODE_SPACE_SEPARATOR || type == G_UNICODE_LINE_SEPARATOR ||
         type == G_UNICODE_PARAGRAPH_SEPARATOR || type == G_UNICODE_INITIAL_PUNCTUATION ||
         type == G_UNICODE_FINAL_PUNCTUATION || c == 0xFFFC || c == 0xFFFD || c == 0x2026 ||
         (c >= 0x3000 && g_unichar_ispunct (c));
}

static const char *
find_link_end (const char *p,
               const char *end)
{
  while (p < end && !ends_link (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);

  return MIN (p, end);
}

/* A closing bracket belongs to the address when it holds the opening one: "…/Mercury_(planet)". */
static const char *
trim_link_end (const char *start,
               const char *end)
{
  static const char pairs[] = "()[]{}";
  int n_open[3] = { 0 };

  for (const char *p = start; p < end; p++)
    {
      const char *found = memchr (pairs, *p, strlen (pairs));

      if (found != NULL)
        n_open[(found - pairs) / 2] += (found - pairs) % 2 == 0 ? 1 : -1;
    }

  while (end > start)
    {
      const char *found = memchr (pairs, end[-1], strlen (pairs));
      gboolean is_unpaired = found != NULL && n_open[(found - pairs) / 2] < 0;

      if (!is_unpaired && strchr (".,;:!?'*_|~", end[-1]) == NULL)
        break;
      if (is_unpaired)
        n_open[(found - pairs) / 2]++;
      end--;
    }

  return end;
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c);
}

static gboolean
begins_word (const char *text,
             const char *p)
{
  return p == text || !is_word (g_utf8_get_char (g_utf8_prev_char (p)));
}

static char *
read_link (const char *p,
           const char *end,
           const char **link_end)
{
  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      const char *rest = p + strlen (beginnings[i].prefix);

      if (!rst_text_begins_with (p, end, beginnings[i].prefix))
        continue;

      *link_end = find_link_end (p, end);
      end = trim_link_end (p, *link_end);
      if (end <= rest || end - p > MAX_LINK || !is_word (g_utf8_get_char (rest)))
        return NULL;
      if (*beginnings[i].added != '\0' && memchr (rest, '.', (gsize)(end - rest)) == NULL)
        return NULL;

      *link_end = end;
      return g_strdup_printf ("%s%.*s", beginnings[i].added, (int)(end - p), p);
    }

  return NULL;
}

static gboolean
is_local (char c)
{
  return g_ascii_isalnum (c) || (c != '\0' && strchr (".!#$%&'*+-/=?^_{|}~", c) != NULL);
}

/* The domain of a mail address: at least two labels, the last one of letters. */
static const char *
find_domain_end (const char *p,
                 const char *end)
{
  const char *start = p;
  const char *dot = NULL;

  for (; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '.' && (p == start || p[-1] == '.'))
        break;
      if (c == '.')
        dot = p;
      else if (c != '-' && !is_word (c))
        break;
    }

  while (p > start && (p[-1] == '.' || p[-1] == '-'))
    p--;
  if (dot != NULL && dot >= p)
    dot = g_strrstr_len (start, p - start, ".");
  if (dot == NULL || p - dot < 3 || g_ascii_isdigit (dot[1]))
    return NULL;

  return p;
}

/* @at: the "@" found behind @text */
static char *
read_address (const char *text,
              const char *at,
              const char *end,
              const char **link_start,
              const char **link_end)
{
  const char *start = at;
  const char *domain_end = find_domain_end (at + 1, MIN (end, at + MAX_ADDRESS));

  while (start > text && at - start < MAX_ADDRESS && is_local (start[-1]))
    start--;
  while (start < at && strchr (".'*_/=|~", *start) != NULL)
    start++;
  if (start == at || domain_end == NULL || at[-1] == '.')
    return NULL;

  *link_start = start;
  *link_end = domain_end;

  return g_strdup_printf ("mailto:%.*s", (int)(domain_end - start), start);
}

char *
rst_link_find (const char *text,
               gsize length,
               gsize *start,
               gsize *end)
{
  const char *text_end = text + length;
  const char *from = text;

  for (const char *p = text; p < text_end; p++)
    {
      const char *link_start = p;
      const char *link_end = p;
      char *target = NULL;

      if (*p == '@')
        target = read_address (from, p, text_end, &link_start, &link_end);
      else if (*p != '\0' && strchr ("hHfFmMwW", *p) != NULL && begins_word (text, p))
        target = read_link (p, text_end, &link_end);

      if (target != NULL)
        {
          *start = (gsize)(link_start - text);
          *end = (gsize)(link_end - text);
          return target;
        }
      if (link_end > p)
        {
          from = link_end;
          p = link_end - 1;
        }
    }

  return NULL;
}

/* Returns NULL, or the host that an address with a scheme leads to, as a person reads it, in lower
 * case; that of a mail address is its domain. */
static char *
dup_host (const char *target)
{
  const char *colon = strchr (target, ':');
  const char *host = colon != NULL ? colon + 1 : target;
  g_autofree char *authority = NULL;
  g_autofree char *shown = NULL;
  char *at;

  /* Browsers take "\" for "/". */
  while (*host == '/' || *host == '\\')
    host++;
  authority = g_strndup (host, MIN (strcspn (host, "/\\?#"), MAX_LINK));
  at = strrchr (authority, '@');
  if (at == NULL && (colon == NULL || host[-1] == ':'))
    return NULL;
  host = at != NULL ? at + 1 : authority;
  if (*host == '[')
    return g_ascii_strdown (host, -1);

  authority[(gsize)(host - authority) + strcspn (host, ":")] = '\0';
  if (*host == '\0' || strlen (host) > MAX_HOST || !g_utf8_validate (host, -1, NULL))
    return NULL;

  shown = g_hostname_to_unicode (host);

  return g_utf8_strdown (shown != NULL ? shown : host, -1);
}

/* Whether one is the other, or lies in its domain. */
static gboolean
is_same_domain (const char *a,
                const char *b)
{
  gsize a_length, b_length;

  a += g_str_has_prefix (a, "www.") ? strlen ("www.") : 0;
  b += g_str_has_prefix (b, "www.") ? strlen ("www.") : 0;
  a_length = strlen (a);
  b_length = strlen (b);
  if (a_length < b_length)
    return g_str_has_suffix (b, a) && b[b_length - a_length - 1] == '.';
  if (b_length < a_length)
    return g_str_has_suffix (a, b) && a[a_length - b_length - 1] == '.';

  return strcmp (a, b) == 0;
}

/* Words like "example.org" or "example.org/path" name a host without being an address. */
static char *
dup_bare_host (const char *text)
{
  const char *end = text + strcspn (text, "/?#:");
  const char *domain_end;

  if (strpbrk (text, " \t\n") != NULL || !is_word (g_utf8_get_char (text)))
    return NULL;
  domain_end = find_domain_end (text, end);
  if (domain_end == NULL || domain_end != end)
    return NULL;

  return g_strdup_printf ("http://%.*s", (int)(end - text), text);
}

char *
rst_link_dup_claimed_host (const char *text,
                           const char *target)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autofree char *claimed = NULL;
  g_autofree char *claimed_host = NULL;
  g_autofree char *host = NULL;
  gsize start, end;

  claimed = rst_link_find (trimmed, strlen (trimmed), &start, &end);
  if (claimed == NULL)
    claimed = dup_bare_host (trimmed);
  if (claimed == NULL)
    return NULL;

  claimed_host = dup_host (claimed);
  host = dup_host (target);
  if (claimed_host == NULL || (host != NULL && is_same_domain (claimed_host, host)))
    return NULL;

  return g_steal_pointer (&claimed_host);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-sender"

#include "config.h"

#include "rst-sender.h"

#include <string.h>

#include "rst-address.h"
#include "rst-header-block.h"

/* Of one Authentication-Results field. */
#define MAX_RESULTS 16384

/* Answers may go to many; a few of them say enough. */
#define MAX_REPLY_TO 5

typedef enum
{
  METHOD_SPF,
  METHOD_DKIM,
  METHOD_DMARC,
  N_METHODS,
} Method;

static const struct
{
  const char *word;
  const char *title;
} methods[N_METHODS] = {
  [METHOD_SPF] = { "spf", "SPF" },
  [METHOD_DKIM] = { "dkim", "DKIM" },
  [METHOD_DMARC] = { "dmarc", "DMARC" },
};

/* RFC 8601 §2.7; the better ones first: of several signatures one that holds is enough. */
static const char *const results[] = {
  "pass",
  "neutral",
  "policy",
  "none",
  "softfail",
  "temperror",
  "permerror",
  "fail",
};

static gboolean
is_address_character (char c)
{
  return (guchar)c >= 0x80 || g_ascii_isalnum (c) || strchr (".!#$%&'*+/=?^_`{|}~-", c) != NULL;
}

/* Whether a name has an address in it that is not @address. */
static gboolean
names_another (const char *name,
               const char *address)
{
  const char *at = name;

  while ((at = strchr (at, '@')) != NULL)
    {
      const char *start = at;
      const char *end = at + 1;
      g_autofree char *named = NULL;

      while (start > name && is_address_character (start[-1]))
        start--;
      while (*end != '\0' && is_address_character (*end))
        end++;
      while (end > at + 1 && end[-1] == '.')
        end--;

      named = g_strndup (start, (gsize)(end - start));
      if (start < at && end > at + 1 && g_ascii_strcasecmp (named, address) != 0)
        return TRUE;
      at = end;
    }

  return FALSE;
}

static char *
find_real_address (GPtrArray *from)
{
  for (guint i = 0; i < from->len; i++)
    {
      const RstAddress *author = g_ptr_array_index (from, i);

      if (*author->address != '\0' && names_another (author->name, author->address))
        return g_strdup (author->address);
    }

  return NULL;
}

static gboolean
has_address (GPtrArray *addresses,
             const char *address)
{
  for (guint i = 0; i < addresses->len; i++)
    {
      const RstAddress *one = g_ptr_array_index (addresses, i);

      if (g_ascii_strcasecmp (one->address, address) == 0)
        return TRUE;
    }

  return FALSE;
}

static char *
find_reply_to (GPtrArray *from,
               GPtrArray *reply_to)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n_named = 0;

  for (guint i = 0; i < reply_to->len && n_named < MAX_REPLY_TO; i++)
    {
      const RstAddress *one = g_ptr_array_index (reply_to, i);

      if (*one->address == '\0' || has_address (from, one->address))
        continue;

      g_string_append (text, n_named++ > 0 ? ", " : "");
      if (*one->name != '\0')
        g_string_append_printf (text, "%s <%s>", one->name, one->address);
      else
        g_string_append (text, one->address);
    }

  return n_named > 0 ? g_strdup (text->str) : NULL;
}

/* RFC 8601 §2.2: comments may stand anywhere, and quoted strings hold what they like. Both become
 * blanks, but quotes of the server's name. */
static char *
strip_comments (const char *value,
                gsize length)
{
  GString *plain = g_string_new (NULL);
  guint depth = 0;
  gboolean is_quoted = FALSE;

  for (gsize i = 0; i < length; i++)
    {
      char c = value[i];

      if (c == '\\' && (is_quoted || depth > 0))
        i++;
      else if (c == '"' && depth == 0)
        is_quoted = !is_quoted;
      else if (is_quoted)
        g_string_append_c (plain, c == ';' || c == '=' || c == '\0' ? ' ' : c);
      else if (c == '(')
        depth++;
      else if (c == ')' && depth > 0)
        depth--;
      else if (depth == 0)
        g_string_append_c (plain, c == '\t' || c == '\0' ? ' ' : c);
    }

  return g_string_free (plain, FALSE);
}

static guint
find_result (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      gsize length = strlen (results[i]);

      if (g_ascii_strncasecmp (word, results[i], length) == 0 && !g_ascii_isalnum (word[length]))
        return i;
    }

  /* As old servers say it. */
  if (g_ascii_strncasecmp (word, "hardfail", strlen ("hardfail")) == 0)
    return G_N_ELEMENTS (results) - 1;

  return G_MAXUINT;
}

/* "spf=pass smtp.mailfrom=example.org", or "dkim/1=fail". */
static void
read_result (const char *text,
             guint best[N_METHODS])
{
  while (*text == ' ')
    text++;

  for (guint i = 0; i < N_METHODS; i++)
    {
      gsize length = strlen (methods[i].word);
      const char *end = text + length;

      if (g_ascii_strncasecmp (text, methods[i].word, length) != 0 ||
          (*end != ' ' && *end != '/' && *end != '='))
        continue;

      end = strchr (end, '=');
      if (end == NULL)
        return;
      for (end++; *end == ' ';)
        end++;
      best[i] = MIN (best[i], find_result (end));
    }
}

/* The name of the server, without the version that may follow it. */
static char *
dup_server (const char *text)
{
  g_autofree char *server = g_strstrip (g_strdup (text));

  return g_ascii_strdown (server, (gssize)strcspn (server, " "));
}

static void
read_results (const char *block,
              gsize length,
              guint best[N_METHODS])
{
  g_autofree char *first_server = NULL;
  RstHeaderField field;
  gsize position = 0;

  while (rst_header_block_next (block, length, &position, &field))
    {
      gsize value_length;
      g_autofree char *value = NULL;
      g_autofree char *plain = NULL;
      g_autofree char *server = NULL;
      g_auto (GStrv) pieces = NULL;

      if (!rst_header_field_is (&field, "Authentication-Results"))
        continue;

      field.value_length = MIN (field.value_length, MAX_RESULTS);
      value = rst_header_field_unfold (&field, &value_length);
      plain = strip_comments (value, value_length);
      pieces = g_strsplit (plain, ";", -1);
      server = dup_server (pieces[0] != NULL ? pieces[0] : "");
      if (first_server == NULL)
        first_server = g_strdup (server);
      else if (!g_str_equal (first_server, server))
        return;

      for (guint i = 1; pieces[0] != NULL && pieces[i] != NULL; i++)
        read_result (pieces[i], best);
    }
}

static void
judge (RstSender *self,
       const guint best[N_METHODS])
{
  const guint fail = G_N_ELEMENTS (results) - 1;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < N_METHODS; i++)
    if (best[i] != G_MAXUINT)
      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", methods[i].title,
                              results[best[i]]);

  self->is_refuted = best[METHOD_DMARC] == fail ||
                     (best[METHOD_DMARC] != 0 &&
                      ((best[METHOD_SPF] == fail && best[METHOD_DKIM] != 0) ||
                       (best[METHOD_DKIM] == fail && best[METHOD_SPF] != 0)));
  self->authentication = g_string_free (text, text->len == 0);
}

RstSender *
rst_sender_new_from_headers (const char *block,
                             gsize length,
                             const char *fallback)
{
  RstSender *self = g_new0 (RstSender, 1);
  g_autoptr (GPtrArray) from = rst_address_parse_field (block, length, "From", fallback);
  g_autoptr (GPtrArray) reply_to = rst_address_parse_field (block, length, "Reply-To", fallback);
  guint best[N_METHODS] = { G_MAXUINT, G_MAXUINT, G_MAXUINT };

  self->address = find_real_address (from);
  self->reply_to = find_reply_to (from, reply_to);
  read_results (block, length, best);
  judge (self, best);

  return self;
}

void
rst_sender_free (RstSender *self)
{
  g_free (self->address);
  g_free (self->reply_to);
  g_free (self->authentication);
  g_free (self);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-memory"

#include "config.h"

#include "rst-pop3-memory.h"

#include <string.h>

/* One line a fact, after a line for the form and one for whom it is about:
 *
 *     pop3-memory 2
 *     server mail.example.org 995 tls Dovecot (Debian) ready.
 *     flight
 *     before TOP
 *     after TOP
 *
 * Lines that make no sense are passed over. */

#define FORM "pop3-memory 2"
#define FLIGHT "flight"
#define AUTH "auth "
#define BEFORE "before "
#define AFTER "after "

static const char *const security_names[] = {
  [RST_POP3_SECURITY_TLS] = "tls",
  [RST_POP3_SECURITY_STARTTLS] = "starttls",
  [RST_POP3_SECURITY_NONE] = "none",
};

/* Whether a word of a greeting may be another one on the next connection: the challenge of APOP,
 * numbers of processes and versions, times, addresses, names of hosts (many may stand behind one
 * name), and the keys of sessions, which mix their letters. */
static gboolean
is_fleeting (const char *word)
{
  gsize length = strlen (word);

  if (strpbrk (word, "0123456789<>[]@=") != NULL)
    return TRUE;
  for (gsize i = 0; i + 1 < length; i++)
    if (word[i] == '.' || (g_ascii_islower (word[i]) && g_ascii_isupper (word[i + 1])))
      return TRUE;
  return FALSE;
}

/* The line for whom it is about: what stays the same for as long as it is the same server. */
static char *
dup_key (const RstPop3Server *server,
         const char *greeting)
{
  g_auto (GStrv) words = g_strsplit (greeting, " ", -1);
  GString *key = g_string_new (NULL);

  g_string_append_printf (key, "server %s %u %s", server->host, server->port,
                          security_names[server->security]);
  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0' && !is_fleeting (words[i]))
      g_string_append_printf (key, " %s", words[i]);
  return g_strdelimit (g_string_free (key, FALSE), "\r\n", ' ');
}

static void
take_capability (RstPop3Capabilities **capabilities,
                 const char *line)
{
  if (*capabilities == NULL)
    *capabilities = rst_pop3_capabilities_new ();
  rst_pop3_capabilities_add_line (*capabilities, line);
}

static void
take_line (RstPop3Memory *self,
           const char *line)
{
  if (g_str_equal (line, FLIGHT))
    self->has_flight = TRUE;
  else if (g_str_has_prefix (line, AUTH))
    rst_pop3_auth_from_string (line + strlen (AUTH), &self->auth);
  else if (g_str_has_prefix (line, BEFORE))
    take_capability (&self->before, line + strlen (BEFORE));
  else if (g_str_has_prefix (line, AFTER))
    take_capability (&self->after, line + strlen (AFTER));
}

RstPop3Memory *
rst_pop3_memory_parse (const char *text,
                       const RstPop3Server *server,
                       const char *greeting)
{
  g_autoptr (RstPop3Memory) self = g_new0 (RstPop3Memory, 1);
  g_autofree char *key = dup_key (server, greeting);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  if (lines[0] == NULL || !g_str_equal (lines[0], FORM) || g_strcmp0 (lines[1], key) != 0)
    return NULL;
  for (guint i = 2; lines[i] != NULL; i++)
    take_line (self, lines[i]);
  return self->before != NULL && self->after != NULL ? g_steal_pointer (&self) : NULL;
}

char *
rst_pop3_memory_format (const RstPop3Memory *self,
                        const RstPop3Server *server,
                        const char *greeting)
{
  g_autofree char *key = dup_key (server, greeting);
  GString *text = g_string_new (FORM "\n");

  g_string_append_printf (text, "%s\n", key);
  if (self->has_flight)
    g_string_append (text, FLIGHT "\n");
  if (self->auth != RST_POP3_AUTH_AUTOMATIC)
    g_string_append_printf (text, AUTH "%s\n", rst_pop3_auth_to_string (self->auth));
  rst_pop3_capabilities_append (self->before, BEFORE, text);
  rst_pop3_capabilities_append (self->after, AFTER, text);
  return g_string_free (text, FALSE);
}

void
rst_pop3_memory_free (RstPop3Memory *self)
{
  g_clear_pointer (&self->before, rst_pop3_capabilities_free);
  g_clear_pointer (&self->after, rst_pop3_capabilities_free);
  g_free (self);
}

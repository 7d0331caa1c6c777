/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-capabilities"

#include "config.h"

#include "rst-pop3-capabilities.h"

/* Seconds of LOGIN-DELAY that are believed: a day. A server that asks for more would lock its user
 * out. */
#define MAX_LOGIN_DELAY (24 * 60 * 60)

/* Days of EXPIRE that are believed: a hundred years. */
#define MAX_EXPIRE 36500

/* The capabilities that are a name and nothing more that matters here. */
static const struct
{
  const char *name;
  gsize offset;
} flags[] = {
  { "TOP", G_STRUCT_OFFSET (RstPop3Capabilities, has_top) },
  { "UIDL", G_STRUCT_OFFSET (RstPop3Capabilities, has_uidl) },
  { "USER", G_STRUCT_OFFSET (RstPop3Capabilities, has_user) },
  { "STLS", G_STRUCT_OFFSET (RstPop3Capabilities, has_stls) },
  { "PIPELINING", G_STRUCT_OFFSET (RstPop3Capabilities, has_pipelining) },
  { "RESP-CODES", G_STRUCT_OFFSET (RstPop3Capabilities, has_resp_codes) },
  { "AUTH-RESP-CODE", G_STRUCT_OFFSET (RstPop3Capabilities, has_resp_codes) },
  { "UTF8", G_STRUCT_OFFSET (RstPop3Capabilities, has_utf8) },
};

RstPop3Capabilities *
rst_pop3_capabilities_new (void)
{
  RstPop3Capabilities *self = g_new0 (RstPop3Capabilities, 1);

  self->expire_days = -1;
  return self;
}

RstPop3Capabilities *
rst_pop3_capabilities_copy (const RstPop3Capabilities *self)
{
  RstPop3Capabilities *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->sasl = g_strdup (self->sasl);
  copy->implementation = g_strdup (self->implementation);
  return copy;
}

void
rst_pop3_capabilities_free (RstPop3Capabilities *self)
{
  g_free (self->sasl);
  g_free (self->implementation);
  g_free (self);
}

static gboolean
parse_number (const char *text,
              guint max,
              guint *number)
{
  guint64 value;
  char *end = NULL;

  if (!g_ascii_isdigit (text[0]))
    return FALSE;
  value = g_ascii_strtoull (text, &end, 10);
  if (*end != '\0' && *end != ' ' && *end != '\t')
    return FALSE;
  *number = (guint)MIN (value, max);
  return TRUE;
}

static void
replace_text (char **text,
              const char *value)
{
  g_free (*text);
  *text = g_utf8_make_valid (value, -1);
}

/* RFC 2449 §6.7: a number or NEVER, and perhaps USER, before login, when it depends on the user. */
static void
set_expire (RstPop3Capabilities *self,
            const char *arguments)
{
  guint days;

  if (parse_number (arguments, MAX_EXPIRE, &days))
    self->expire_days = (int)days;
}

static gboolean
has_word (const char *text,
          const char *word)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], word) == 0)
      return TRUE;
  return FALSE;
}

static gboolean *
find_flag (RstPop3Capabilities *self,
           const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (g_ascii_strcasecmp (name, flags[i].name) == 0)
      return &G_STRUCT_MEMBER (gboolean, self, flags[i].offset);
  return NULL;
}

void
rst_pop3_capabilities_add_line (RstPop3Capabilities *self,
                                const char *line)
{
  g_autofree char *name = g_strstrip (g_strdelimit (g_strdup (line), "\t", ' '));
  char *arguments;
  gboolean *flag;

  g_return_if_fail (self != NULL);

  self->is_known = TRUE;
  arguments = name + strcspn (name, " ");
  if (*arguments != '\0')
    *arguments++ = '\0';
  arguments += strspn (arguments, " ");
  flag = find_flag (self, name);
  if (flag != NULL)
    *flag = TRUE;
  if (flag == &self->has_utf8)
    self->has_utf8_user |= has_word (arguments, "USER");
  if (g_ascii_strcasecmp (name, "LOGIN-DELAY") == 0)
    parse_number (arguments, MAX_LOGIN_DELAY, &self->login_delay);
  else if (g_ascii_strcasecmp (name, "EXPIRE") == 0)
    set_expire (self, arguments);
  else if (g_ascii_strcasecmp (name, "SASL") == 0)
    replace_text (&self->sasl, arguments);
  else if (g_ascii_strcasecmp (name, "IMPLEMENTATION") == 0)
    replace_text (&self->implementation, arguments);
}

void
rst_pop3_capabilities_append (const RstPop3Capabilities *self,
                              const char *prefix,
                              GString *text)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (G_STRUCT_MEMBER (gboolean, self, flags[i].offset))
      g_string_append_printf (text, "%s%s\n", prefix, flags[i].name);
  if (self->has_utf8_user)
    g_string_append_printf (text, "%sUTF8 USER\n", prefix);
  if (self->login_delay > 0)
    g_string_append_printf (text, "%sLOGIN-DELAY %u\n", prefix, self->login_delay);
  if (self->expire_days >= 0)
    g_string_append_printf (text, "%sEXPIRE %d\n", prefix, self->expire_days);
  if (self->sasl != NULL)
    g_string_append_printf (text, "%sSASL %s\n", prefix, self->sasl);
}

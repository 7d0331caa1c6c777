/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-envelope-keys"

#include "config.h"

#include "rst-envelope.h"

#include <string.h>

/* Without case even where the locale tells it apart. */
static char *
collate (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return g_utf8_collate_key (folded, -1);
}

/* "Re: Engine notes" belongs beside "Engine notes". */
static const char *
skip_reply_prefixes (const char *subject)
{
  while (g_ascii_strncasecmp (subject, "re:", 3) == 0 ||
         g_ascii_strncasecmp (subject, "fw:", 3) == 0 ||
         g_ascii_strncasecmp (subject, "fwd:", 4) == 0)
    {
      subject = strchr (subject, ':') + 1;
      while (*subject == ' ')
        subject++;
    }

  return subject;
}

char *
rst_envelope_fold (const char *text)
{
  g_autofree char *decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_autofree char *folded = g_utf8_casefold (decomposed ? decomposed : "", -1);
  GString *plain = g_string_sized_new (strlen (folded));

  for (const char *c = folded; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (!g_unichar_ismark (character))
        g_string_append_len (plain, c, g_utf8_next_char (c) - c);
    }

  return g_string_free (plain, FALSE);
}

static char *
make_key (const RstEnvelope *self,
          RstEnvelopeKey key)
{
  g_autofree char *text = NULL;

  switch (key)
    {
    case RST_ENVELOPE_KEY_FROM:
      return collate (self->from_name);
    case RST_ENVELOPE_KEY_SUBJECT:
      return collate (skip_reply_prefixes (self->subject));
    case RST_ENVELOPE_KEY_SEARCH:
    default:
      text = g_strjoin ("\n", self->from, self->to, self->subject, NULL);
      return rst_envelope_fold (text);
    }
}

const char *
rst_envelope_get_key (RstEnvelope *self,
                      RstEnvelopeKey key)
{
  char *made = g_atomic_pointer_get (&self->keys[key]);

  if (made)
    return made;

  made = make_key (self, key);
  if (g_atomic_pointer_compare_and_exchange (&self->keys[key], NULL, made))
    return made;

  /* Another thread was faster. */
  g_free (made);
  return g_atomic_pointer_get (&self->keys[key]);
}

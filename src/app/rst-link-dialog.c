/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-link-dialog"

#include "config.h"

#include "rst-link-dialog.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* Where a link leads must be readable at a glance, and this is no place for its end. */
#define MAX_TARGET 300

static char *
dup_host (const RstDocumentLink *link)
{
  char *host = NULL;

  g_uri_split (link->target, G_URI_FLAGS_NONE, NULL, NULL, &host, NULL, NULL, NULL, NULL, NULL);
  return host != NULL ? host : g_strdup (link->target);
}

static char *
dup_shown_target (const RstDocumentLink *link)
{
  g_autofree char *start = NULL;

  if (g_utf8_strlen (link->target, -1) <= MAX_TARGET)
    return g_strdup (link->target);
  start = g_utf8_substring (link->target, 0, MAX_TARGET);
  return g_strconcat (start, "…", NULL);
}

GtkWidget *
rst_link_dialog_new (GtkWindow *parent,
                     const RstDocumentLink *link)
{
  g_autofree char *host = dup_host (link);
  g_autofree char *target = dup_shown_target (link);
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  /* Translators: the host that a link names, the host that it leads to, and the whole link */
  body = g_strdup_printf (_ ("The text says “%s”, the link leads to “%s”.\n\n%s"),
                          link->claimed_host,
                          host,
                          target);
  dialog = adw_message_dialog_new (parent, _ ("Open This Link?"), body);
  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "open", _ ("_Open Link"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "open", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return dialog;
}

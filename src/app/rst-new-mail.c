/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-new-mail"

#include "config.h"

#include "rst-new-mail.h"

#include <glib/gi18n.h>

#include "rst-format.h"

#define MAX_LINES 3

static char *
dup_notification_id (const char *account_id)
{
  return g_strconcat ("new-mail-", account_id, NULL);
}

static char *
dup_or (const char *text,
        const char *otherwise)
{
  return g_strdup (text[0] != '\0' ? text : otherwise);
}

/* Who and what, a line each, as many as a notification shows. */
static char *
dup_lines (GPtrArray *items)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (items->len, MAX_LINES); i++)
    {
      RstEnvelope *envelope = rst_message_item_get_envelope (g_ptr_array_index (items, i));

      if (envelope == NULL)
        continue;
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: a sender and a subject */
      g_string_append_printf (text, _ ("%s: %s"), envelope->from_name, envelope->subject);
    }
  return g_string_free (text, FALSE);
}

void
rst_new_mail_describe (const RstAccount *account,
                       GPtrArray *items,
                       char **title,
                       char **body)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (g_ptr_array_index (items, 0));
  g_autofree char *count = NULL;

  if (items->len == 1 && envelope != NULL)
    {
      *title = dup_or (envelope->from_name, account->name);
      *body = dup_or (envelope->subject, _ ("(no subject)"));
      return;
    }

  count = rst_format_count (items->len);
  /* Translators: a number, and the name of an account */
  *title = g_strdup_printf (ngettext ("%s new message in %s", "%s new messages in %s", items->len),
                            count,
                            account->name);
  *body = dup_lines (items);
}

void
rst_new_mail_notify (GApplication *application,
                     const RstAccount *account,
                     GPtrArray *items)
{
  g_autofree char *id = dup_notification_id (account->id);
  g_autofree char *title = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GNotification) notification = NULL;

  rst_new_mail_describe (account, items, &title, &body);
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_category (notification, "email.arrived");
  g_notification_set_default_action_and_target (
      notification, "app.open-new-mail", "s", account->id);
  g_notification_add_button_with_target (
      notification, _ ("Open"), "app.open-new-mail", "s", account->id);
  g_notification_add_button_with_target (
      notification, _ ("Mark as Read"), "app.mark-new-mail-read", "s", account->id);
  g_application_send_notification (application, id, notification);
}

void
rst_new_mail_withdraw (GApplication *application,
                       const char *account_id)
{
  g_autofree char *id = dup_notification_id (account_id);

  g_application_withdraw_notification (application, id);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-certificate"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-certificate-dialog.h"

static RstPop3Certificate *
get_certificate (RstWindow *self)
{
  RstServerReport *report =
      self->mailbox != NULL ? rst_mailbox_get_report (self->mailbox) : NULL;

  return report != NULL ? report->certificate : NULL;
}

/* The demo mailbox is not in accounts.ini, so nothing can be written down for it. */
gboolean
rst_window_can_trust (RstWindow *self)
{
  RstPop3Certificate *certificate = get_certificate (self);
  RstAccount *account = rst_window_get_account (self);

  return certificate != NULL && certificate->is_refused && account != NULL &&
         account->state_folder == NULL;
}

/* The window may show another account by now, or the account have another server. */
static gboolean
is_still_of (RstCertificateDialog *dialog,
             RstAccount *account)
{
  const RstAccount *asked = rst_certificate_dialog_get_account (dialog);

  return account != NULL && g_str_equal (account->id, asked->id) &&
         g_str_equal (account->host, asked->host) && account->port == asked->port;
}

static void
response_cb (RstCertificateDialog *dialog,
             const char *response,
             RstWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  RstAccount *account = rst_window_get_account (self);

  if (!g_str_equal (response, "trust") || !is_still_of (dialog, account))
    return;

  g_action_group_activate_action (
      G_ACTION_GROUP (application),
      "trust-certificate",
      g_variant_new ("(ss)",
                     account->id,
                     rst_certificate_dialog_get_certificate (dialog)->fingerprint));
}

void
rst_window_show_certificate (RstWindow *self)
{
  GtkWidget *dialog;

  if (!rst_window_can_trust (self))
    return;

  dialog = rst_certificate_dialog_new (
      GTK_WINDOW (self), rst_window_get_account (self), get_certificate (self));
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: whether this account's certificate was not warned of today, and remembers that it is. */
static gboolean
remember_warning (RstWindow *self,
                  const char *id,
                  GDateTime *now)
{
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr (GVariant) value = g_settings_get_value (self->settings, "certificate-warnings");
  g_autoptr (GVariantDict) warnings = g_variant_dict_new (value);
  const char *last = NULL;

  if (g_variant_dict_lookup (warnings, id, "&s", &last) && g_str_equal (last, today))
    return FALSE;

  g_variant_dict_insert (warnings, id, "s", today);
  g_settings_set_value (self->settings, "certificate-warnings", g_variant_dict_end (warnings));
  return TRUE;
}

void
rst_window_warn_of_certificate (RstWindow *self)
{
  RstPop3Certificate *certificate = get_certificate (self);
  RstAccount *account = rst_window_get_account (self);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GDateTime) end = NULL;
  g_autofree char *day = NULL;
  g_autofree char *text = NULL;

  if (certificate == NULL || account == NULL ||
      !rst_pop3_certificate_expires_soon (certificate, now) ||
      rst_notice_get_text (self->notice) != NULL || !remember_warning (self, account->id, now))
    return;

  end = g_date_time_to_local (certificate->not_after);
  /* Translators: a day of this month or the next, as in "3 December"; see strftime(3) */
  day = g_strstrip (g_date_time_format (end, _ ("%e %B")));
  if (account->certificate_pin != NULL)
    /* Translators: a server and a day */
    text = g_strdup_printf (_ ("The certificate of %s, which you trust by its fingerprint, expires "
                               "on %s. The server will then show another one: ask its owner for "
                               "the new fingerprint."),
                            account->host, day);
  else
    /* Translators: a server and a day */
    text = g_strdup_printf (_ ("The certificate of %s expires on %s. If its owner does not renew "
                               "it until then, the mailbox cannot be opened."),
                            account->host, day);
  rst_notice_show (self->notice, text, NULL, NULL);
}

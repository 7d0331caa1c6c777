/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-problems"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "pop3/rst-pop3-error.h"
#include "rst-format.h"
#include "rst-problem.h"

static gboolean
can_edit_account (RstWindow *self)
{
  RstAccount *account = rst_window_get_account (self);

  return account != NULL && account->state_folder == NULL;
}

static gboolean
is_untrusted (RstWindow *self,
              const GError *error)
{
  return g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS) &&
         rst_window_can_trust (self);
}

static void
fill_problem_page (RstWindow *self,
                   const GError *error)
{
  RstProblem problem = rst_problem_from_error (error);
  g_autofree char *description = g_markup_escape_text (error->message, -1);
  RstPage page = {
    .icon_name = problem.icon_name,
    .title = problem.title,
    .description = description,
    .first_label = _ ("_Try Again"),
    .first_action = "win.refresh",
    .second_label = can_edit_account (self) ? _ ("Account _Settings") : NULL,
    .second_action = "win.account-settings",
  };

  if (is_untrusted (self, error))
    {
      page.second_label = _ ("C_ertificate…");
      page.second_action = "win.certificate";
    }
  if (rst_mailbox_get_file (self->mailbox) != NULL)
    page.title = _ ("This Cannot Be Opened");
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    page.description = _ ("The messages have not been loaded.");
  rst_window_fill_page (self, &page);
}

static void
show_notice (RstWindow *self,
             const GError *error,
             gboolean can_retry)
{
  RstProblem problem = rst_problem_from_error (error);
  const RstNoticeAction settings = { "settings", _ ("Account _Settings") };
  const RstNoticeAction retry = { "retry", _ ("_Try Again") };
  const RstNoticeAction certificate = { "certificate", _ ("C_ertificate…") };
  const RstNoticeAction *first = NULL;

  if (is_untrusted (self, error))
    first = &certificate;
  else if (problem.is_about_settings && can_edit_account (self))
    first = &settings;

  rst_notice_show (self->notice,
                   error->message,
                   first,
                   can_retry ? &retry : NULL);
}

static void
offer_rest (RstWindow *self)
{
  guint n_not_loaded = rst_index_get_n_not_loaded (rst_mailbox_get_index (self->mailbox));
  const RstNoticeAction load_rest = { "load-rest", _ ("Load the Res_t") };
  g_autofree char *count = rst_format_count (n_not_loaded);
  g_autofree char *text = g_strdup_printf (ngettext ("%s message has not been loaded.",
                                                     "%s messages have not been loaded.",
                                                     n_not_loaded),
                                           count);

  rst_notice_show (self->notice, text, &load_rest, NULL);
}

/* The list could not be loaded: a page of its own when there is none, else the banner. */
void
rst_window_show_load_problem (RstWindow *self,
                              const GError *error)
{
  self->has_failed = TRUE;
  fill_problem_page (self, error);
  if (rst_index_get_n_messages (rst_mailbox_get_index (self->mailbox)) == 0)
    return;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_notice (self, error, TRUE);
  else if (rst_index_get_n_not_loaded (rst_mailbox_get_index (self->mailbox)) > 0)
    offer_rest (self);
}

/* Something else could not be done. What was selected still is, so it is easily asked for again. */
void
rst_window_show_problem (RstWindow *self,
                         const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_notice (self, error, FALSE);
}

void
rst_window_notice_action_cb (RstWindow *self,
                             const char *id)
{
  if (g_str_equal (id, "retry"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.refresh", NULL);
  else if (g_str_equal (id, "load-rest"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.load-rest", NULL);
  else if (g_str_equal (id, "certificate"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.certificate", NULL);
  else if (g_str_equal (id, "settings"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.account-settings", NULL);
  else if (g_str_equal (id, "delete-still-there"))
    rst_window_delete_still_there (self);
  else if (g_str_equal (id, "delete-without-copy"))
    rst_window_delete_without_copy (self);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-deleted"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-deleted-window.h"

void
rst_window_show_deleted_messages (RstWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GtkWidget *window;

  if (rst_window_get_account (self) == NULL)
    return;

  window = rst_deleted_window_new (application, self->mailbox, self->settings);
  g_signal_connect_object (
      self, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

void
rst_window_show_deleted_toast (RstWindow *self,
                               const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  if (rst_window_get_account (self) != NULL)
    {
      adw_toast_set_button_label (toast, _ ("_Show"));
      adw_toast_set_action_name (toast, "win.deleted-messages");
      /* The window's action is about the account of the moment: the toast goes with its own. */
      g_signal_connect_object (
          self->cancellable, "cancelled", G_CALLBACK (adw_toast_dismiss), toast, G_CONNECT_SWAPPED);
    }
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

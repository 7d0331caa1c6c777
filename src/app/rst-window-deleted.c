/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-deleted"

#include "config.h"

#include "rst-window-private.h"

#include <glib/gi18n.h>

#include "rst-deleted-window.h"

/* The mailbox that a toast speaks of belongs to the toast under this name. */
#define MAILBOX "rst-mailbox"

static void
show_messages (RstWindow *self,
               RstMailbox *mailbox)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  GtkWidget *window = rst_deleted_window_new (application, mailbox, self->settings);

  g_signal_connect_object (
      self, "destroy", G_CALLBACK (gtk_window_destroy), window, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (window));
}

void
rst_window_show_deleted_messages (RstWindow *self)
{
  if (rst_window_get_account (self) != NULL)
    show_messages (self, self->mailbox);
}

static void
toast_clicked_cb (RstWindow *self,
                  AdwToast *toast)
{
  show_messages (self, g_object_get_data (G_OBJECT (toast), MAILBOX));
}

/* The window may show another mailbox when the button is clicked. To dismiss the toast then is no
 * way out: libadwaita 1.2 crashes when one goes before it has wholly appeared. */
void
rst_window_show_deleted_toast (RstWindow *self,
                               const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (title);

  if (rst_window_get_account (self) != NULL)
    {
      adw_toast_set_button_label (toast, _ ("_Show"));
      g_object_set_data_full (
          G_OBJECT (toast), MAILBOX, g_object_ref (self->mailbox), g_object_unref);
      g_signal_connect_object (
          toast, "button-clicked", G_CALLBACK (toast_clicked_cb), self, G_CONNECT_SWAPPED);
    }
  adw_toast_overlay_add_toast (self->toast_overlay, toast);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-files"

#include "config.h"

#include "rst-application-private.h"

#include <glib/gi18n.h>

static RstWindow *
find_file_window (RstApplication *self,
                  GFile *file)
{
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      RstMailbox *mailbox = RST_IS_WINDOW (l->data) ? rst_window_get_mailbox (l->data) : NULL;
      GFile *shown = mailbox != NULL ? rst_mailbox_get_file (mailbox) : NULL;

      if (shown != NULL && g_file_equal (shown, file))
        return l->data;
    }
  return NULL;
}

void
rst_application_open_file (RstApplication *self,
                           GFile *file)
{
  RstWindow *window = find_file_window (self, file);
  g_autoptr (RstMailbox) mailbox = NULL;

  if (window != NULL)
    {
      gtk_window_present (GTK_WINDOW (window));
      return;
    }

  mailbox = rst_mailbox_new_for_file (file);
  rst_application_open_mailbox (self, rst_application_take_window (self), mailbox);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue *value,
         double x,
         double y,
         gpointer user_data)
{
  GSList *files = g_value_get_boxed (value);
  GdkDrop *drop = gtk_drop_target_get_current_drop (target);

  /* An attachment that was dragged about and let go. */
  if (drop != NULL && gdk_drop_get_drag (drop) != NULL)
    return FALSE;

  for (GSList *l = files; l != NULL; l = l->next)
    rst_application_open_file (user_data, l->data);
  return files != NULL;
}

void
rst_application_accept_files (RstApplication *self,
                              RstWindow *window)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}

static void
chosen_cb (GtkNativeDialog *chooser,
           int response,
           gpointer user_data)
{
  RstApplication *self = user_data;
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (chooser));

  for (guint i = 0; response == GTK_RESPONSE_ACCEPT && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      rst_application_open_file (self, file);
    }
  g_clear_object (&self->chooser);
}

static void
add_filters (GtkFileChooser *chooser)
{
  g_autoptr (GtkFileFilter) mail = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (mail, _ ("Mail files"));
  gtk_file_filter_add_mime_type (mail, "application/mbox");
  gtk_file_filter_add_mime_type (mail, "message/rfc822");
  gtk_file_filter_add_suffix (mail, "mbox");
  gtk_file_filter_add_suffix (mail, "eml");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (chooser, mail);
  gtk_file_chooser_add_filter (chooser, all);
}

static void
choose (RstApplication *self,
        const char *title,
        GtkFileChooserAction action)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (self->chooser != NULL)
    return;

  self->chooser =
      gtk_file_chooser_native_new (title, parent, action, _ ("_Open"), _ ("_Cancel"));
  if (action == GTK_FILE_CHOOSER_ACTION_OPEN)
    add_filters (GTK_FILE_CHOOSER (self->chooser));
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
open_file_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  choose (user_data, _ ("Open Mail File"), GTK_FILE_CHOOSER_ACTION_OPEN);
}

/* A Maildir is a folder, which a chooser of files would only enter. */
static void
open_folder_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  choose (user_data, _ ("Open Mail Folder"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

void
rst_application_add_file_actions (RstApplication *self)
{
  static const GActionEntry entries[] = {
    { "open-file", open_file_action },
    { "open-folder", open_folder_action },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-application-actions"

#include "config.h"

#include "rst-application-private.h"

#include <glib/gi18n.h>

#include "rst-preferences-window.h"

static void
quit_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  g_autolist (GtkWindow) windows = g_list_copy_deep (
      gtk_application_get_windows (user_data), (GCopyFunc)g_object_ref, NULL);

  rst_application_leave_background (user_data);
  /* Closing them lets each remember itself, and its operations come to their end. Some go with
   * another one. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
about_action (GSimpleAction *action,
              GVariant *parameter,
              gpointer user_data)
{
  const char *comments = _ ("Reads and deletes mail where it lies: on a POP3 server. It never "
                            "opens or deletes a message other than the one you point at.");

  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-icon", "io.github.restante.Restante",
                         "application-name", "Restante",
                         "comments", comments,
                         "copyright", "© 2026 The Restante developers",
                         "developer-name", _ ("The Restante developers"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: your names, one a line */
                         "translator-credits", _ ("translator-credits"),
                         "version", PACKAGE_VERSION,
                         NULL);
}

/* Made when it is asked for: what GTK would find by itself is made with every window. */
static void
present (GtkApplication *application,
         const char *resource,
         const char *id)
{
  GtkWindow *parent = gtk_application_get_active_window (application);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (resource);
  GtkWindow *window = GTK_WINDOW (gtk_builder_get_object (builder, id));

  gtk_window_set_application (window, application);
  gtk_window_set_transient_for (window, parent);
  gtk_window_present (window);
}

static void
help_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  present (user_data, "/io/github/restante/Restante/rst-help-window.ui", "help_window");
}

static void
shortcuts_action (GSimpleAction *action,
                  GVariant *parameter,
                  gpointer user_data)
{
  present (user_data, "/io/github/restante/Restante/rst-shortcuts-window.ui", "shortcuts_window");
}

static void
demo_action (GSimpleAction *action,
             GVariant *parameter,
             gpointer user_data)
{
  rst_application_open_demo (user_data);
}

static void
show_preferences (RstApplication *self,
                  const char *page)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));

  /* The demo has settings of its own. */
  GSettings *settings = RST_IS_WINDOW (parent) ? rst_window_get_settings (RST_WINDOW (parent))
                                               : self->settings;

  if (self->preferences == NULL)
    g_set_weak_pointer (&self->preferences,
                        GTK_WINDOW (rst_preferences_window_new (parent, self, settings)));
  if (page != NULL)
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self->preferences),
                                                  page);
  gtk_window_present (self->preferences);
}

static void
preferences_action (GSimpleAction *action,
                    GVariant *parameter,
                    gpointer user_data)
{
  show_preferences (user_data, NULL);
}

static void
manage_accounts_action (GSimpleAction *action,
                        GVariant *parameter,
                        gpointer user_data)
{
  show_preferences (user_data, "accounts");
}

void
rst_application_add_actions (RstApplication *self)
{
  static const GActionEntry entries[] = {
    { "quit", quit_action },
    { "about", about_action },
    { "help", help_action },
    { "shortcuts", shortcuts_action },
    { "demo", demo_action },
    { "manage-accounts", manage_accounts_action },
    { "preferences", preferences_action },
  };
  /* Delete, Ctrl+A, Ctrl+Shift+A and Escape are the window's: an entry may want them first. */
  static const struct
  {
    const char *action;
    const char *keys[3];
  } accels[] = {
    { "app.help", { "F1" } },
    { "app.open-file", { "<Control>o" } },
    { "app.preferences", { "<Control>comma" } },
    { "app.quit", { "<Control>q" } },
    { "app.shortcuts", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
    { "win.print", { "<Control>p" } },
    { "win.refresh", { "F5", "<Control>r" } },
    { "win.save", { "<Control>s" } },
    { "win.view-source", { "<Control>u" } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  rst_application_add_account_actions (self);
  rst_application_add_file_actions (self);
  rst_application_add_trust_actions (self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (
        GTK_APPLICATION (self), accels[i].action, accels[i].keys);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-preferences-window"

#include "config.h"

#include "rst-preferences-window.h"

#include "rst-accounts-page.h"

struct _RstPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template Widgets */
  RstAccountsPage *accounts_page;
  GtkSpinButton *days_button;
  GtkSwitch *html_switch;
  GtkSwitch *monospace_switch;
  GtkSpinButton *size_button;
  GtkSpinButton *total_button;
  GtkSpinButton *zoom_button;
};

G_DEFINE_FINAL_TYPE (
    RstPreferencesWindow, rst_preferences_window, ADW_TYPE_PREFERENCES_WINDOW)

static void
rst_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_PREFERENCES_WINDOW);

  G_OBJECT_CLASS (rst_preferences_window_parent_class)->dispose (object);
}

static void
rst_preferences_window_class_init (RstPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_preferences_window_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, accounts_page);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, days_button);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, html_switch);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, monospace_switch);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, size_button);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, total_button);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, zoom_button);

  g_type_ensure (RST_TYPE_ACCOUNTS_PAGE);
}

static void
rst_preferences_window_init (RstPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
bind_settings (RstPreferencesWindow *self,
               GSettings *settings)
{
  const struct
  {
    const char *key;
    gpointer widget;
    const char *property;
  } rows[] = {
    { "kept-copies-days", self->days_button, "value" },
    { "kept-copies-size", self->size_button, "value" },
    { "kept-copies-total", self->total_button, "value" },
    { "monospace", self->monospace_switch, "active" },
    { "prefer-html", self->html_switch, "active" },
    { "zoom", self->zoom_button, "value" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_settings_bind (
        settings, rows[i].key, rows[i].widget, rows[i].property, G_SETTINGS_BIND_DEFAULT);
}

GtkWidget *
rst_preferences_window_new (GtkWindow *parent,
                            RstApplication *application)
{
  RstPreferencesWindow *self = g_object_new (RST_TYPE_PREFERENCES_WINDOW,
                                             "application", application,
                                             "transient-for", parent,
                                             NULL);

  bind_settings (self, rst_application_get_settings (application));
  rst_accounts_page_set_application (self->accounts_page, application);
  return GTK_WIDGET (self);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-preferences-window"

#include "config.h"

#include "rst-preferences-window.h"

#include "rst-accounts-page.h"
#include "rst-appearance-page.h"
#include "rst-general-page.h"

struct _RstPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  /* Template Widgets */
  RstAccountsPage *accounts_page;
  RstAppearancePage *appearance_page;
  RstGeneralPage *general_page;
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
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, appearance_page);
  gtk_widget_class_bind_template_child (widget_class, RstPreferencesWindow, general_page);

  g_type_ensure (RST_TYPE_ACCOUNTS_PAGE);
  g_type_ensure (RST_TYPE_APPEARANCE_PAGE);
  g_type_ensure (RST_TYPE_GENERAL_PAGE);
}

static void
rst_preferences_window_init (RstPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rst_preferences_window_new (GtkWindow *parent,
                            RstApplication *application,
                            GSettings *settings)
{
  RstPreferencesWindow *self = g_object_new (RST_TYPE_PREFERENCES_WINDOW,
                                             "application", application,
                                             "transient-for", parent,
                                             NULL);

  rst_general_page_bind (self->general_page, settings);
  rst_general_page_set_application (self->general_page, application);
  rst_appearance_page_bind (
      self->appearance_page, settings, rst_application_get_settings (application));
  rst_accounts_page_set_application (self->accounts_page, application);
  return GTK_WIDGET (self);
}

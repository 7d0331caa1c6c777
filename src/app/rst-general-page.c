/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-general-page"

#include "config.h"

#include "rst-general-page.h"

#include "rst-settings-choice.h"

struct _RstGeneralPage
{
  AdwPreferencesPage parent_instance;

  /* Template Widgets */
  GtkSwitch *background_switch;
  GtkSpinButton *big_button;
  GtkSwitch *confirm_switch;
  GtkSpinButton *days_button;
  GtkSwitch *html_switch;
  AdwComboRow *keep_row;
  GtkSpinButton *size_button;
  GtkSpinButton *total_button;
};

G_DEFINE_FINAL_TYPE (RstGeneralPage, rst_general_page, ADW_TYPE_PREFERENCES_PAGE)

static void
rst_general_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_GENERAL_PAGE);

  G_OBJECT_CLASS (rst_general_page_parent_class)->dispose (object);
}

static void
rst_general_page_class_init (RstGeneralPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_general_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-general-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, background_switch);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, big_button);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, confirm_switch);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, days_button);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, html_switch);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, keep_row);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, size_button);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, total_button);
}

static void
rst_general_page_init (RstGeneralPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rst_general_page_bind (RstGeneralPage *self,
                       GSettings *settings)
{
  const struct
  {
    const char *key;
    gpointer widget;
    const char *property;
  } rows[] = {
    { "big-messages", self->big_button, "value" },
    { "confirm-delete", self->confirm_switch, "active" },
    { "kept-copies-days", self->days_button, "value" },
    { "kept-copies-size", self->size_button, "value" },
    { "kept-copies-total", self->total_button, "value" },
    { "prefer-html", self->html_switch, "active" },
    { "run-in-background", self->background_switch, "active" },
  };

  g_return_if_fail (RST_IS_GENERAL_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_settings_bind (
        settings, rows[i].key, rows[i].widget, rows[i].property, G_SETTINGS_BIND_DEFAULT);
  rst_settings_bind_choice (settings, "kept-copies", self->keep_row);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-appearance-page"

#include "config.h"

#include "rst-appearance-page.h"

#include "rst-settings-rows.h"

struct _RstAppearancePage
{
  AdwPreferencesPage parent_instance;

  /* Template Widgets */
  AdwComboRow *layout_row;
  GtkSwitch *monospace_switch;
  AdwComboRow *style_row;
  GtkSpinButton *zoom_button;
};

G_DEFINE_FINAL_TYPE (RstAppearancePage, rst_appearance_page, ADW_TYPE_PREFERENCES_PAGE)

static void
rst_appearance_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_APPEARANCE_PAGE);

  G_OBJECT_CLASS (rst_appearance_page_parent_class)->dispose (object);
}

static void
rst_appearance_page_class_init (RstAppearancePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_appearance_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-appearance-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RstAppearancePage, layout_row);
  gtk_widget_class_bind_template_child (widget_class, RstAppearancePage, monospace_switch);
  gtk_widget_class_bind_template_child (widget_class, RstAppearancePage, style_row);
  gtk_widget_class_bind_template_child (widget_class, RstAppearancePage, zoom_button);
}

static void
rst_appearance_page_init (RstAppearancePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rst_appearance_page_bind (RstAppearancePage *self,
                          GSettings *settings,
                          GSettings *program_settings)
{
  const RstSettingsRow rows[] = {
    { "monospace", self->monospace_switch, "active" },
    { "zoom", self->zoom_button, "value" },
  };

  g_return_if_fail (RST_IS_APPEARANCE_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (G_IS_SETTINGS (program_settings));

  rst_settings_bind_rows (settings, rows, G_N_ELEMENTS (rows));
  rst_settings_bind_choice (settings, "layout", self->layout_row);
  rst_settings_bind_choice (program_settings, "style", self->style_row);
}

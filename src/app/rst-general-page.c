/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-general-page"

#include "config.h"

#include "rst-general-page.h"

#include "rst-settings-rows.h"

struct _RstGeneralPage
{
  AdwPreferencesPage parent_instance;

  /* Template Widgets */
  GtkSwitch *background_switch;
  GtkSpinButton *big_button;
  GtkSwitch *confirm_switch;
  GtkSpinButton *days_button;
  GtkSwitch *html_switch;
  GtkSpinButton *interval_button;
  AdwComboRow *keep_row;
  GtkSpinButton *size_button;
  GtkSpinButton *total_button;

  /* Borrowed References */
  RstApplication *application;

  gboolean is_filling_in;
};

G_DEFINE_FINAL_TYPE (RstGeneralPage, rst_general_page, ADW_TYPE_PREFERENCES_PAGE)

/* Accounts may differ: then it is the first one's, until it is changed for all. */
static void
fill_in (RstGeneralPage *self)
{
  GPtrArray *accounts = rst_application_get_accounts (self->application);
  gboolean has_accounts = accounts != NULL && accounts->len > 0;

  gtk_widget_set_sensitive (GTK_WIDGET (self->interval_button), has_accounts);
  self->is_filling_in = TRUE;
  if (has_accounts)
    gtk_spin_button_set_value (self->interval_button,
                               ((RstAccount *)g_ptr_array_index (accounts, 0))->check_interval);
  self->is_filling_in = FALSE;
}

static void
interval_changed_cb (RstGeneralPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  if (self->is_filling_in || self->application == NULL ||
      rst_application_set_check_interval (
          self->application, gtk_spin_button_get_value_as_int (self->interval_button), &error))
    return;

  title = g_markup_escape_text (error->message, -1);
  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (title));
  fill_in (self);
}

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
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, interval_button);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, keep_row);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, size_button);
  gtk_widget_class_bind_template_child (widget_class, RstGeneralPage, total_button);
  gtk_widget_class_bind_template_callback (widget_class, interval_changed_cb);
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
  const RstSettingsRow rows[] = {
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

  rst_settings_bind_rows (settings, rows, G_N_ELEMENTS (rows));
  rst_settings_bind_choice (settings, "kept-copies", self->keep_row);
}

void
rst_general_page_set_application (RstGeneralPage *self,
                                  RstApplication *application)
{
  g_return_if_fail (RST_IS_GENERAL_PAGE (self));
  g_return_if_fail (RST_IS_APPLICATION (application));

  self->application = application;
  g_signal_connect_object (
      application, "accounts-changed", G_CALLBACK (fill_in), self, G_CONNECT_SWAPPED);
  fill_in (self);
}

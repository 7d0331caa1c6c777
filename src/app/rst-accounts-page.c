/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-accounts-page"

#include "config.h"

#include "rst-accounts-page.h"

#include <glib/gi18n.h>

#include "rst-account-row.h"

struct _RstAccountsPage
{
  AdwPreferencesPage parent_instance;

  /* Template Widgets */
  AdwPreferencesGroup *group;
  GtkListBox *list;
  GtkWidget *none_label;

  /* Borrowed References */
  RstApplication *application;

  guint fill_source;
};

G_DEFINE_FINAL_TYPE (RstAccountsPage, rst_accounts_page, ADW_TYPE_PREFERENCES_PAGE)

static void
fill (RstAccountsPage *self)
{
  GPtrArray *accounts = rst_application_get_accounts (self->application);
  guint n_accounts = accounts != NULL ? accounts->len : 0;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n_accounts; i++)
    gtk_list_box_append (
        self->list,
        rst_account_row_new (self->application, g_ptr_array_index (accounts, i), i, n_accounts));
  gtk_widget_set_visible (GTK_WIDGET (self->list), n_accounts > 0);
  gtk_widget_set_visible (self->none_label, n_accounts == 0);
}

static void
fill_cb (gpointer user_data)
{
  RstAccountsPage *self = user_data;

  self->fill_source = 0;
  fill (self);
}

/* Not at once: a row may be in the middle of the signal that changed the account. */
static void
changed_cb (RstAccountsPage *self)
{
  if (self->fill_source == 0)
    self->fill_source = g_idle_add_once (fill_cb, self);
}

static void
rst_accounts_page_dispose (GObject *object)
{
  RstAccountsPage *self = RST_ACCOUNTS_PAGE (object);

  g_clear_handle_id (&self->fill_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_ACCOUNTS_PAGE);

  G_OBJECT_CLASS (rst_accounts_page_parent_class)->dispose (object);
}

static void
rst_accounts_page_class_init (RstAccountsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rst_accounts_page_dispose;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RstAccountsPage, group);
  gtk_widget_class_bind_template_child (widget_class, RstAccountsPage, list);
  gtk_widget_class_bind_template_child (widget_class, RstAccountsPage, none_label);
}

static void
rst_accounts_page_init (RstAccountsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rst_accounts_page_set_application (RstAccountsPage *self,
                                   RstApplication *application)
{
  g_return_if_fail (RST_IS_ACCOUNTS_PAGE (self));
  g_return_if_fail (RST_IS_APPLICATION (application));

  self->application = application;
  g_signal_connect_object (
      application, "accounts-changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  fill (self);
}

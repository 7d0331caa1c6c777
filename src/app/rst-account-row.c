/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-row"

#include "config.h"

#include "rst-account-row.h"

#include <glib/gi18n.h>

#include "rst-remove-dialog.h"

struct _RstAccountRow
{
  AdwActionRow parent_instance;

  /* Owned References */
  RstAccount *account;

  /* Borrowed References */
  RstApplication *application;
  GtkSwitch *enabled_switch;

  guint position;
};

G_DEFINE_FINAL_TYPE (RstAccountRow, rst_account_row, ADW_TYPE_ACTION_ROW)

static void
show_error (RstAccountRow *self,
            const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autofree char *title = g_markup_escape_text (error->message, -1);

  if (ADW_IS_PREFERENCES_WINDOW (root))
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (root), adw_toast_new (title));
}

static void
move (RstAccountRow *self,
      const char *id,
      guint position)
{
  g_autoptr (GError) error = NULL;

  if (!rst_application_move_account (self->application, id, position, &error))
    show_error (self, error);
}

static void
move_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAccountRow *self = RST_ACCOUNT_ROW (widget);
  gboolean is_up = g_str_equal (action_name, "account.move-up");

  move (self, self->account->id, is_up ? self->position - 1 : self->position + 1);
}

static void
edit_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAccountRow *self = RST_ACCOUNT_ROW (widget);

  g_action_group_activate_action (G_ACTION_GROUP (self->application),
                                  "edit-account",
                                  g_variant_new_string (self->account->id));
}

static void
remove_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  RstAccountRow *self = RST_ACCOUNT_ROW (widget);
  GtkRoot *root = gtk_widget_get_root (widget);

  rst_remove_dialog_show (GTK_WINDOW (root), self->application, self->account);
}

static void
enabled_cb (RstAccountRow *self)
{
  gboolean is_enabled = gtk_switch_get_active (self->enabled_switch);
  g_autoptr (RstAccount) changed = NULL;
  g_autoptr (GError) error = NULL;

  if (is_enabled == self->account->is_enabled)
    return;
  changed = rst_account_copy (self->account);
  changed->is_enabled = is_enabled;
  if (rst_application_change_account (self->application, changed, &error))
    return;

  show_error (self, error);
  gtk_switch_set_active (self->enabled_switch, self->account->is_enabled);
}

static GdkContentProvider *
prepare_cb (RstAccountRow *self)
{
  return gdk_content_provider_new_typed (RST_TYPE_ACCOUNT_ROW, self);
}

static void
drag_begin_cb (RstAccountRow *self,
               GdkDrag *drag)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_icon_set_from_paintable (drag, picture, 0, 0);
}

static gboolean
drop_cb (RstAccountRow *self,
         const GValue *value)
{
  RstAccountRow *dragged = g_value_get_object (value);

  if (dragged == NULL || dragged == self)
    return FALSE;
  move (self, dragged->account->id, self->position);
  return TRUE;
}

static void
add_dragging (RstAccountRow *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (RST_TYPE_ACCOUNT_ROW, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (
      source, "prepare", G_CALLBACK (prepare_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      source, "drag-begin", G_CALLBACK (drag_begin_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
create_menu_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) order = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("_Edit…"), "account.edit");
  g_menu_append (order, _ ("Move _Up"), "account.move-up");
  g_menu_append (order, _ ("Move _Down"), "account.move-down");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (order));
  g_menu_append (end, _ ("_Remove…"), "account.remove");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (end));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("More"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More"), -1);
  return button;
}

static void
rst_account_row_activate (AdwActionRow *row)
{
  edit_action (GTK_WIDGET (row), NULL, NULL);
}

static void
rst_account_row_finalize (GObject *object)
{
  g_clear_pointer (&RST_ACCOUNT_ROW (object)->account, rst_account_unref);

  G_OBJECT_CLASS (rst_account_row_parent_class)->finalize (object);
}

static void
rst_account_row_class_init (RstAccountRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = rst_account_row_finalize;
  ADW_ACTION_ROW_CLASS (klass)->activate = rst_account_row_activate;

  gtk_widget_class_install_action (widget_class, "account.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "account.move-down", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "account.move-up", NULL, move_action);
  gtk_widget_class_install_action (widget_class, "account.remove", NULL, remove_action);
}

static void
rst_account_row_init (RstAccountRow *self)
{
  self->enabled_switch = GTK_SWITCH (gtk_switch_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->enabled_switch), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->enabled_switch), _ ("In use"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->enabled_switch),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("In use"),
                                  -1);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), TRUE);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self),
                             gtk_image_new_from_icon_name ("list-drag-handle-symbolic"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->enabled_switch));
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), create_menu_button ());
  add_dragging (self);
}

GtkWidget *
rst_account_row_new (RstApplication *application,
                     RstAccount *account,
                     guint position,
                     guint n_accounts)
{
  RstAccountRow *self = g_object_new (RST_TYPE_ACCOUNT_ROW, NULL);
  GtkWidget *widget = GTK_WIDGET (self);
  g_autofree char *where = g_strdup_printf ("%s · %s", account->user, account->host);

  self->application = application;
  self->account = rst_account_ref (account);
  self->position = position;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), account->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), where);
  gtk_switch_set_active (self->enabled_switch, account->is_enabled);
  gtk_widget_action_set_enabled (widget, "account.move-up", position > 0);
  gtk_widget_action_set_enabled (widget, "account.move-down", position + 1 < n_accounts);
  g_signal_connect_object (self->enabled_switch,
                           "notify::active",
                           G_CALLBACK (enabled_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return widget;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-window-layout"

#include "config.h"

#include "rst-window-private.h"

/* Below this, list and message stand one above the other, whatever the setting. */
#define NARROW_WIDTH 720

static const char *
position_key (GtkPaned *paned)
{
  return gtk_orientable_get_orientation (GTK_ORIENTABLE (paned)) == GTK_ORIENTATION_HORIZONTAL
             ? "pane-position-beside"
             : "pane-position-below";
}

static void
set_orientation (RstWindow *self,
                 int width)
{
  g_autofree char *layout = g_settings_get_string (self->settings, "layout");
  gboolean is_beside = g_str_equal (layout, "beside") && width >= NARROW_WIDTH;
  GtkOrientation orientation = is_beside ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL;

  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->paned)) == orientation)
    return;

  g_settings_set_int (
      self->settings, position_key (self->paned), gtk_paned_get_position (self->paned));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->paned), orientation);
  gtk_paned_set_position (self->paned,
                          g_settings_get_int (self->settings, position_key (self->paned)));
}

static void
update_layout_cb (gpointer user_data)
{
  RstWindow *self = user_data;

  self->layout_source = 0;
  set_orientation (self, gtk_widget_get_width (GTK_WIDGET (self->stack)));
}

/* Not at once: the width is known after the allocation, in which nothing may be resized. */
static void
queue_update_layout (RstWindow *self)
{
  if (self->layout_source == 0)
    self->layout_source = g_idle_add_once (update_layout_cb, self);
}

void
rst_window_watch_size (RstWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  g_signal_connect_object (
      surface, "notify::width", G_CALLBACK (queue_update_layout), self, G_CONNECT_SWAPPED);
}

void
rst_window_restore_layout (RstWindow *self)
{
  int width, height;

  g_settings_get (self->settings, "window-size", "(ii)", &width, &height);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  gtk_paned_set_position (self->paned,
                          g_settings_get_int (self->settings, position_key (self->paned)));
  set_orientation (self, width);
  g_signal_connect_object (self->settings,
                           "changed::layout",
                           G_CALLBACK (queue_update_layout),
                           self,
                           G_CONNECT_SWAPPED);
}

void
rst_window_save_layout (RstWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (self->settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (
      self->settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (
      self->settings, position_key (self->paned), gtk_paned_get_position (self->paned));
}

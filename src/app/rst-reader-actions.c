/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-reader-actions"

#include "config.h"

#include "rst-reader-private.h"

#include <glib/gi18n.h>

#include "rst-print.h"
#include "rst-source-window.h"

#define ZOOM_STEP 10

static void
find_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  rst_reader_find (RST_READER (widget));
}

static void
find_next_action (GtkWidget *widget,
                  const char *action_name,
                  GVariant *parameter)
{
  int step = g_str_equal (action_name, "reader.find-next") ? 1 : -1;

  rst_document_view_find_next (
      rst_message_view_get_document_view (RST_READER (widget)->message_view), step);
}

static void
zoom_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  int zoom = RST_READER (widget)->zoom;

  if (g_str_equal (action_name, "reader.zoom-in"))
    zoom += ZOOM_STEP;
  else if (g_str_equal (action_name, "reader.zoom-out"))
    zoom -= ZOOM_STEP;
  else
    zoom = RST_READER_USUAL_ZOOM;
  g_object_set (widget, "zoom", CLAMP (zoom, RST_READER_MIN_ZOOM, RST_READER_MAX_ZOOM), NULL);
}

static void
step_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  g_signal_emit_by_name (widget, "step", g_str_equal (action_name, "reader.next") ? 1 : -1);
}

static void
page_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  rst_reader_page (RST_READER (widget), g_str_equal (action_name, "reader.page-down") ? 1 : -1);
}

/* An entry that searches the message needs the key itself. */
static gboolean
delete_key_cb (GtkWidget *widget,
               GVariant *arguments,
               gpointer user_data)
{
  if (GTK_IS_EDITABLE (gtk_root_get_focus (gtk_widget_get_root (widget))))
    return FALSE;

  return gtk_widget_activate_action (widget, "win.delete", NULL);
}

void
rst_reader_add_delete_keys (RstReader *self)
{
  static const guint keys[] = { GDK_KEY_Delete, GDK_KEY_KP_Delete };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  /* The text view would swallow them, though there is nothing in it that could be edited. */
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                          gtk_callback_action_new (delete_key_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

void
rst_reader_install_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "reader.find", find_action },
    { "reader.find-next", find_next_action },
    { "reader.find-previous", find_next_action },
    { "reader.zoom-in", zoom_action },
    { "reader.zoom-out", zoom_action },
    { "reader.zoom-reset", zoom_action },
    { "reader.next", step_action },
    { "reader.previous", step_action },
    { "reader.page-down", page_action },
    { "reader.page-up", page_action },
  };
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } bindings[] = {
    { GDK_KEY_f, GDK_CONTROL_MASK, "reader.find" },
    { GDK_KEY_g, GDK_CONTROL_MASK, "reader.find-next" },
    { GDK_KEY_g, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "reader.find-previous" },
    { GDK_KEY_n, 0, "reader.next" },
    { GDK_KEY_p, 0, "reader.previous" },
    { GDK_KEY_space, 0, "reader.page-down" },
    { GDK_KEY_space, GDK_SHIFT_MASK, "reader.page-up" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (
        widget_class, actions[i].name, NULL, actions[i].activate);
  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding_action (
        widget_class, bindings[i].key, bindings[i].modifiers, bindings[i].action, NULL);
  gtk_widget_class_install_property_action (widget_class, "reader.charset", "charset");
  gtk_widget_class_install_property_action (widget_class, "reader.prefer-html", "prefer-html");
  gtk_widget_class_install_property_action (widget_class, "reader.show-html", "show-html");
}

void
rst_reader_find (RstReader *self)
{
  g_return_if_fail (RST_IS_READER (self));

  if (self->message != NULL)
    rst_document_view_begin_find (rst_message_view_get_document_view (self->message_view));
}

static void
print (RstReader *self)
{
  RstDocumentView *view = rst_message_view_get_document_view (self->message_view);

  rst_print_message (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                     self->message,
                     rst_document_view_get_document (view));
}

static void
view_source (RstReader *self)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  guint64 whole_size = self->is_cut ? rst_message_item_get_size (self->item) : 0;

  gtk_window_present (GTK_WINDOW (
      rst_source_window_new (gtk_window_get_application (window), self->message, whole_size)));
}

static void
copy_text (RstReader *self)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)),
                          rst_message_get_text (self->message));
}

static void
answered_cb (RstReader *self,
             const char *response)
{
  if (self->message == NULL)
    return;

  if (g_str_equal (response, "print"))
    print (self);
  else if (g_str_equal (response, "view-source"))
    view_source (self);
  else if (g_str_equal (response, "copy-text"))
    copy_text (self);
}

/* Does what @response says, after a question when there isn't all of the message. */
static void
begin (RstReader *self,
       gboolean is_whole,
       const char *response,
       const char *heading,
       const char *label)
{
  GtkWidget *dialog;

  if (is_whole)
    {
      answered_cb (self, response);
      return;
    }

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   heading,
                                   _ ("The message goes on after what is shown."));
  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), response, label, NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), response);
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static gboolean
shows_all_text (RstReader *self)
{
  RstDocument *document =
      rst_document_view_get_document (rst_message_view_get_document_view (self->message_view));

  return !self->is_cut && (document == NULL || !rst_document_get_is_cut (document));
}

void
rst_reader_print (RstReader *self)
{
  g_return_if_fail (RST_IS_READER (self));
  g_return_if_fail (self->message != NULL);

  begin (self, shows_all_text (self), "print", _ ("Print Only the Beginning?"), _ ("_Print"));
}

void
rst_reader_view_source (RstReader *self)
{
  g_return_if_fail (RST_IS_READER (self));
  g_return_if_fail (self->message != NULL);

  begin (self,
         !self->is_cut,
         "view-source",
         _ ("Show Only the Beginning of the Source?"),
         _ ("_Show"));
}

void
rst_reader_copy_text (RstReader *self)
{
  g_return_if_fail (RST_IS_READER (self));
  g_return_if_fail (self->message != NULL);

  begin (self, !self->is_cut, "copy-text", _ ("Copy Only the Beginning?"), _ ("_Copy"));
}

void
rst_reader_page (RstReader *self,
                 int step)
{
  RstDocumentView *view;

  g_return_if_fail (RST_IS_READER (self));

  view = rst_message_view_get_document_view (self->message_view);
  if (self->message == NULL || !rst_document_view_page (view, step))
    g_signal_emit_by_name (self, "step", step);
}

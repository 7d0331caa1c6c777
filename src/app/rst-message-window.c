/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-message-window"

#include "config.h"

#include "rst-message-window.h"

#include <glib/gi18n.h>

struct _RstMessageWindow
{
  AdwWindow parent_instance;

  /* Owned References */
  RstMessageItem *item;

  /* Template Widgets */
  RstReader *reader;
};

G_DEFINE_FINAL_TYPE (RstMessageWindow, rst_message_window, ADW_TYPE_WINDOW)

enum
{
  DELETE,
  SAVE,
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
delete_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  g_signal_emit (widget, signals[DELETE], 0);
}

static void
save_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  g_signal_emit (widget, signals[SAVE], 0);
}

static void
view_source_action (GtkWidget *widget,
                    const char *action_name,
                    GVariant *parameter)
{
  rst_reader_view_source (RST_MESSAGE_WINDOW (widget)->reader);
}

static void
print_action (GtkWidget *widget,
              const char *action_name,
              GVariant *parameter)
{
  rst_reader_print (RST_MESSAGE_WINDOW (widget)->reader);
}

static void
copy_text_action (GtkWidget *widget,
                  const char *action_name,
                  GVariant *parameter)
{
  rst_reader_copy_text (RST_MESSAGE_WINDOW (widget)->reader);
}

static void
update_actions_cb (RstMessageWindow *self)
{
  static const char *const actions[] = { "win.copy-text", "win.print", "win.view-source" };
  gboolean has_message = rst_reader_get_message (self->reader) != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), actions[i], has_message);
}

static void
search_action (GtkWidget *widget,
               const char *action_name,
               GVariant *parameter)
{
  rst_reader_find (RST_MESSAGE_WINDOW (widget)->reader);
}

static void
step_cb (RstMessageWindow *self,
         int step)
{
  g_signal_emit (self, signals[STEP], 0, step);
}

static void
update_title_cb (RstMessageWindow *self)
{
  RstEnvelope *envelope = rst_message_item_get_envelope (rst_reader_get_item (self->reader));
  const char *subject = envelope != NULL ? envelope->subject : "";

  gtk_window_set_title (GTK_WINDOW (self), subject[0] != '\0' ? subject : _ ("(no subject)"));
}

static void
rst_message_window_dispose (GObject *object)
{
  g_clear_object (&RST_MESSAGE_WINDOW (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_MESSAGE_WINDOW);

  G_OBJECT_CLASS (rst_message_window_parent_class)->dispose (object);
}

static void
rst_message_window_class_init (RstMessageWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_message_window_dispose;

  signals[DELETE] = g_signal_new ("delete",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
  signals[SAVE] = g_signal_new ("save",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                0);

  signals[STEP] = g_signal_new ("step",
                                G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST,
                                0,
                                NULL,
                                NULL,
                                NULL,
                                G_TYPE_NONE,
                                1,
                                G_TYPE_INT);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-message-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstMessageWindow, reader);

  gtk_widget_class_install_action (widget_class, "win.copy-text", NULL, copy_text_action);
  gtk_widget_class_install_action (widget_class, "win.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "win.print", NULL, print_action);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_action);
  gtk_widget_class_install_action (widget_class, "win.view-source", NULL, view_source_action);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);

  g_type_ensure (RST_TYPE_READER);
}

static void
rst_message_window_init (RstMessageWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->reader,
                           "notify::has-message",
                           G_CALLBACK (update_actions_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->reader, "step", G_CALLBACK (step_cb), self, G_CONNECT_SWAPPED);
  update_actions_cb (self);
}

static void
watch_item (RstMessageWindow *self,
            RstMessageItem *item)
{
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update_title_cb, self);
  g_set_object (&self->item, item);
  g_signal_connect_object (
      item, "notify::header", G_CALLBACK (update_title_cb), self, G_CONNECT_SWAPPED);
  update_title_cb (self);
}

GtkWidget *
rst_message_window_new (GtkApplication *application,
                        RstMailbox *mailbox,
                        RstMessageItem *item,
                        RstMessage *message)
{
  RstMessageWindow *self = g_object_new (RST_TYPE_MESSAGE_WINDOW, "application", application, NULL);

  g_return_val_if_fail (RST_IS_MAILBOX (mailbox), GTK_WIDGET (self));
  g_return_val_if_fail (RST_IS_MESSAGE_ITEM (item), GTK_WIDGET (self));

  rst_reader_set_mailbox (self->reader, mailbox);
  if (message != NULL)
    rst_reader_show_message (self->reader, item, message);
  else
    rst_reader_show_item (self->reader, item);
  watch_item (self, item);
  return GTK_WIDGET (self);
}

void
rst_message_window_show_item (RstMessageWindow *self,
                              RstMessageItem *item)
{
  g_return_if_fail (RST_IS_MESSAGE_WINDOW (self));
  g_return_if_fail (RST_IS_MESSAGE_ITEM (item));

  rst_reader_show_item (self->reader, item);
  watch_item (self, item);
}

RstMailbox *
rst_message_window_get_mailbox (RstMessageWindow *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_WINDOW (self), NULL);

  return rst_reader_get_mailbox (self->reader);
}

RstMessageItem *
rst_message_window_get_item (RstMessageWindow *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_WINDOW (self), NULL);

  return rst_reader_get_item (self->reader);
}

RstReader *
rst_message_window_get_reader (RstMessageWindow *self)
{
  g_return_val_if_fail (RST_IS_MESSAGE_WINDOW (self), NULL);

  return self->reader;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-source-window"

#include "config.h"

#include "rst-source-window.h"

/* What is inserted before the main loop goes round: a GtkTextBuffer takes some 50 MB a second. */
#define CHUNK_BYTES (512 * 1024)

struct _RstSourceWindow
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkTextView *text_view;
  AdwWindowTitle *window_title;

  char *text;
  gsize position;
  guint insert_source;
};

G_DEFINE_FINAL_TYPE (RstSourceWindow, rst_source_window, ADW_TYPE_WINDOW)

static gboolean
insert_chunk_cb (gpointer user_data)
{
  RstSourceWindow *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  const char *start = self->text + self->position;
  gsize length = strlen (start);
  GtkTextIter end;

  if (length > CHUNK_BYTES)
    length = g_utf8_find_prev_char (start, start + CHUNK_BYTES + 1) - start;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, start, (int)length);
  self->position += length;
  if (self->text[self->position] != '\0')
    return G_SOURCE_CONTINUE;

  self->insert_source = 0;
  g_clear_pointer (&self->text, g_free);
  return G_SOURCE_REMOVE;
}

static void
rst_source_window_dispose (GObject *object)
{
  RstSourceWindow *self = RST_SOURCE_WINDOW (object);

  g_clear_handle_id (&self->insert_source, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_SOURCE_WINDOW);

  G_OBJECT_CLASS (rst_source_window_parent_class)->dispose (object);
}

static void
rst_source_window_finalize (GObject *object)
{
  RstSourceWindow *self = RST_SOURCE_WINDOW (object);

  g_free (self->text);

  G_OBJECT_CLASS (rst_source_window_parent_class)->finalize (object);
}

static void
rst_source_window_class_init (RstSourceWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_source_window_dispose;
  object_class->finalize = rst_source_window_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-source-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RstSourceWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, RstSourceWindow, window_title);
}

static void
rst_source_window_init (RstSourceWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rst_source_window_new (GtkApplication *application,
                       RstMessage *message)
{
  RstSourceWindow *self = g_object_new (RST_TYPE_SOURCE_WINDOW, "application", application, NULL);

  g_return_val_if_fail (message != NULL, GTK_WIDGET (self));

  adw_window_title_set_subtitle (self->window_title, rst_message_get_envelope (message)->subject);
  self->text = rst_message_dup_source (message);
  self->insert_source = g_idle_add (insert_chunk_cb, self);
  return GTK_WIDGET (self);
}

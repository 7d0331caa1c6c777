/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-source-window"

#include "config.h"

#include "rst-source-window.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* What is inserted before the main loop goes round: a GtkTextBuffer takes some 50 MB a second. */
#define CHUNK_BYTES (512 * 1024)

/* So much is shown at first: the headers and some of the rest. All of a big message is hundreds of
 * thousands of lines, which are there when they are asked for. */
#define FIRST_BYTES (1024 * 1024)

struct _RstSourceWindow
{
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkButton *rest_button;
  GtkRevealer *rest_revealer;
  GtkTextView *text_view;
  AdwWindowTitle *window_title;

  guint64 whole_size;
  char *text;
  gsize length;
  gsize position;
  gsize limit;
  guint insert_source;
};

G_DEFINE_FINAL_TYPE (RstSourceWindow, rst_source_window, ADW_TYPE_WINDOW)

static gboolean
insert_chunk_cb (gpointer user_data)
{
  RstSourceWindow *self = user_data;
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  const char *start = self->text + self->position;
  gsize length = self->limit - self->position;
  GtkTextIter end;

  if (length > CHUNK_BYTES)
    length = (gsize)(g_utf8_find_prev_char (start, start + CHUNK_BYTES + 1) - start);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, start, (int)length);
  self->position += length;
  if (self->position < self->limit)
    return G_SOURCE_CONTINUE;

  self->insert_source = 0;
  if (self->position == self->length)
    g_clear_pointer (&self->text, g_free);
  return G_SOURCE_REMOVE;
}

static void
show_up_to (RstSourceWindow *self,
            gsize limit)
{
  self->limit = limit;
  gtk_revealer_set_reveal_child (self->rest_revealer, limit < self->length);
  if (self->insert_source == 0 && self->position < limit)
    self->insert_source = g_idle_add (insert_chunk_cb, self);
}

static void
show_rest_cb (RstSourceWindow *self)
{
  show_up_to (self, self->length);
}

static gsize
find_first_part (const char *text,
                 gsize length)
{
  const char *line_end;

  if (length <= FIRST_BYTES)
    return length;

  line_end = g_strrstr_len (text, FIRST_BYTES, "\n");
  if (line_end != NULL)
    return (gsize)(line_end - text) + 1;
  return (gsize)(g_utf8_find_prev_char (text, text + FIRST_BYTES + 1) - text);
}

static char *
dup_rest_label (RstSourceWindow *self)
{
  g_autofree char *size = g_format_size (self->length);
  g_autofree char *whole_size = g_format_size (self->whole_size);

  if (self->whole_size == 0)
    /* Translators: button below the first part of a big message's source */
    return g_strdup_printf (_ ("Show All (%s)"), size);
  /* Translators: the same, where only a part of the message has been loaded: two sizes */
  return g_strdup_printf (_ ("Show %s of %s"), size, whole_size);
}

static void
made_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autoptr (RstSourceWindow) self = rst_weak_ref_take (user_data);
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  g_autofree char *label = NULL;

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL)
    return;

  self->text = g_steal_pointer (&text);
  self->length = strlen (self->text);
  label = dup_rest_label (self);
  gtk_button_set_label (self->rest_button, label);
  show_up_to (self, find_first_part (self->text, self->length));
}

static void
make_worker (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  g_task_return_pointer (task, rst_message_dup_source (task_data), g_free);
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
  gtk_widget_class_bind_template_child (widget_class, RstSourceWindow, rest_button);
  gtk_widget_class_bind_template_child (widget_class, RstSourceWindow, rest_revealer);
  gtk_widget_class_bind_template_child (widget_class, RstSourceWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, RstSourceWindow, window_title);
  gtk_widget_class_bind_template_callback (widget_class, show_rest_cb);
}

static void
rst_source_window_init (RstSourceWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rst_source_window_new (GtkApplication *application,
                       RstMessage *message,
                       guint64 whole_size)
{
  RstSourceWindow *self = g_object_new (RST_TYPE_SOURCE_WINDOW, "application", application, NULL);
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (message != NULL, GTK_WIDGET (self));

  self->whole_size = whole_size;
  if (whole_size > 0)
    gtk_window_set_title (GTK_WINDOW (self), _ ("Beginning of the Message Source"));
  adw_window_title_set_subtitle (self->window_title, rst_message_get_envelope (message)->subject);
  task = g_task_new (NULL, NULL, made_cb, rst_weak_ref_new (self));
  g_task_set_source_tag (task, rst_source_window_new);
  g_task_set_task_data (task, rst_message_ref (message), (GDestroyNotify)rst_message_unref);
  g_task_run_in_thread (task, make_worker);
  return GTK_WIDGET (self);
}

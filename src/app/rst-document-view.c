/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document-view"

#include "config.h"

#include "rst-document-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* How long the text is written to before the main loop goes round: half of a frame. */
#define PIECE_MS 8

/* A message's images: each is kept below the first, all of them together below the second. */
#define MAX_IMAGE_PIXELS (4 * 1000 * 1000)
#define MAX_PIXELS (32 * 1000 * 1000)
#define MAX_IMAGES 500

/* What stays in sight of one page on the next. */
#define PAGE_OVERLAP 0.1

G_DEFINE_FINAL_TYPE (RstDocumentView, rst_document_view, GTK_TYPE_WIDGET)

static void decode_next (RstDocumentView *self);

typedef struct
{
  gpointer view; /* a weak reference */
  GCancellable *cancellable;
} Decoding;

static void
show_picture (RstDocumentView *self,
              RstPicture *picture)
{
  RstReplacement replacement =
      rst_document_text_set_picture (self->text, self->next_image, picture);

  self->n_pixels += rst_picture_get_n_pixels (picture);
  self->focus = rst_replacement_move (&replacement, self->focus);
  self->pointed = rst_replacement_move (&replacement, self->pointed);
  self->menu = rst_replacement_move (&replacement, self->menu);
  rst_find_bar_replace (self->find_bar, &replacement);
}

static void
decoded_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autofree Decoding *decoding = user_data;
  g_autoptr (RstDocumentView) self = rst_weak_ref_take (decoding->view);
  g_autoptr (GCancellable) cancellable = decoding->cancellable;
  g_autoptr (RstPicture) picture = rst_picture_decode_finish (result, NULL);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->cancellable != cancellable)
    return;

  if (picture != NULL)
    show_picture (self, picture);
  self->next_image++;
  decode_next (self);
}

/* One after the other: a message with many images gets no more than one processor. */
static void
decode_next (RstDocumentView *self)
{
  GPtrArray *images = rst_document_get_images (self->document);
  guint n_images = MIN (MAX_IMAGES, images->len);
  const RstDocumentImage *image = NULL;
  Decoding *decoding;

  for (; self->next_image < n_images; self->next_image++)
    {
      image = g_ptr_array_index (images, self->next_image);
      if (image->content != NULL)
        break;
    }
  if (self->next_image >= n_images || self->n_pixels + MAX_IMAGE_PIXELS > MAX_PIXELS)
    return;

  decoding = g_new (Decoding, 1);
  *decoding = (Decoding){ rst_weak_ref_new (self), g_object_ref (self->cancellable) };
  rst_picture_decode_async (
      image->content, MAX_IMAGE_PIXELS, self->cancellable, decoded_cb, decoding);
}

static gboolean
fill_cb (gpointer user_data)
{
  RstDocumentView *self = user_data;
  gint64 deadline = g_get_monotonic_time () + PIECE_MS * G_TIME_SPAN_MILLISECOND;

  if (!rst_document_text_write (self->text, deadline))
    return G_SOURCE_CONTINUE;

  self->fill_source = 0;
  rst_find_bar_search (self->find_bar);
  decode_next (self);
  return G_SOURCE_REMOVE;
}

static void
update_max_width (RstDocumentView *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self->text_view)) -
              gtk_text_view_get_left_margin (self->text_view) -
              gtk_text_view_get_right_margin (self->text_view);

  if (self->text != NULL && width > 0)
    rst_document_text_set_max_width (self->text, width);
}

static void
resized_cb (gpointer user_data)
{
  RstDocumentView *self = user_data;

  self->resize_source = 0;
  update_max_width (self);
}

/* Not at once: it comes from the middle of an allocation; or when all is being taken apart. */
static void
queue_resize_cb (RstDocumentView *self)
{
  if (self->resize_source == 0 && self->text_view != NULL)
    self->resize_source = g_idle_add_once (resized_cb, self);
}

static void
clear_document (RstDocumentView *self)
{
  g_clear_handle_id (&self->fill_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->text, rst_document_text_free);
  g_clear_pointer (&self->document, rst_document_unref);
  self->next_image = 0;
  self->n_pixels = 0;
  self->focus = RST_NO_OFFSET;
  self->pointed = RST_NO_OFFSET;
  self->menu = RST_NO_OFFSET;
}

static void
show_match_cb (RstDocumentView *self,
               int offset)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter iter;

  rst_document_text_unfold_at (self->text, offset);
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, offset);
  gtk_text_buffer_place_cursor (buffer, &iter);
  gtk_text_view_scroll_to_mark (
      self->text_view, gtk_text_buffer_get_insert (buffer), 0.15, FALSE, 0, 0);
}

static void
set_colors_cb (RstDocumentView *self)
{
  rst_document_tags_set_colors (self->tags, GTK_WIDGET (self));
}

static void
rst_document_view_css_changed (GtkWidget *widget,
                               GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rst_document_view_parent_class)->css_changed (widget, change);

  set_colors_cb (RST_DOCUMENT_VIEW (widget));
}

static void
rst_document_view_dispose (GObject *object)
{
  RstDocumentView *self = RST_DOCUMENT_VIEW (object);
  GtkWidget *child;

  clear_document (self);
  g_clear_object (&self->zoom_provider);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_DOCUMENT_VIEW);
  /* Those that are not bound. */
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_handle_id (&self->resize_source, g_source_remove);

  G_OBJECT_CLASS (rst_document_view_parent_class)->dispose (object);
}

static void
rst_document_view_finalize (GObject *object)
{
  rst_document_tags_free (RST_DOCUMENT_VIEW (object)->tags);

  G_OBJECT_CLASS (rst_document_view_parent_class)->finalize (object);
}

static void
rst_document_view_class_init (RstDocumentViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_document_view_dispose;
  object_class->finalize = rst_document_view_finalize;
  widget_class->css_changed = rst_document_view_css_changed;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-document-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RstDocumentView, find_bar);
  gtk_widget_class_bind_template_child (widget_class, RstDocumentView, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, RstDocumentView, target_label);
  gtk_widget_class_bind_template_child (widget_class, RstDocumentView, text_view);
  gtk_widget_class_bind_template_callback (widget_class, show_match_cb);

  rst_document_view_install_links (widget_class);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "documentview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DOCUMENT);

  g_type_ensure (RST_TYPE_FIND_BAR);
}

static void
rst_document_view_init (RstDocumentView *self)
{
  g_autoptr (GtkTextBuffer) buffer = NULL;
  GtkLayoutManager *layout;
  GtkAdjustment *width;

  self->focus = RST_NO_OFFSET;
  self->pointed = RST_NO_OFFSET;
  self->menu = RST_NO_OFFSET;
  self->tags = rst_document_tags_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Message"), -1);
  buffer = gtk_text_buffer_new (rst_document_tags_get_table (self->tags));
  gtk_text_view_set_buffer (self->text_view, buffer);
  rst_find_bar_set_buffer (self->find_bar, buffer, self->tags);
  set_colors_cb (self);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::dark",
                           G_CALLBACK (set_colors_cb),
                           self,
                           G_CONNECT_SWAPPED);
  width = gtk_scrolled_window_get_hadjustment (self->scrolled_window);
  g_signal_connect_object (
      width, "notify::page-size", G_CALLBACK (queue_resize_cb), self, G_CONNECT_SWAPPED);
}

void
rst_document_view_set_document (RstDocumentView *self,
                                RstDocument *document)
{
  g_return_if_fail (RST_IS_DOCUMENT_VIEW (self));

  if (document == self->document)
    return;

  clear_document (self);
  rst_find_bar_clear (self->find_bar);
  /* A new buffer would cost less, but the view of GTK 4.8 goes on looking at the old one's lines.
   */
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", 0);
  rst_document_view_update_target (self);
  if (document == NULL)
    return;

  self->document = rst_document_ref (document);
  self->cancellable = g_cancellable_new ();
  self->text = rst_document_text_new (
      document, gtk_text_view_get_buffer (self->text_view), self->tags);
  update_max_width (self);
  if (fill_cb (self))
    self->fill_source = g_idle_add (fill_cb, self);
}

RstDocument *
rst_document_view_get_document (RstDocumentView *self)
{
  g_return_val_if_fail (RST_IS_DOCUMENT_VIEW (self), NULL);

  return self->document;
}

gboolean
rst_document_view_get_is_filled (RstDocumentView *self)
{
  g_return_val_if_fail (RST_IS_DOCUMENT_VIEW (self), FALSE);

  return self->text == NULL || rst_document_text_is_written (self->text);
}

void
rst_document_view_set_monospace (RstDocumentView *self,
                                 gboolean is_monospace)
{
  g_return_if_fail (RST_IS_DOCUMENT_VIEW (self));

  gtk_text_view_set_monospace (self->text_view, is_monospace);
}

void
rst_document_view_set_zoom (RstDocumentView *self,
                            int zoom)
{
  g_autofree char *css = g_strdup_printf ("textview { font-size: %d%%; }", zoom);

  g_return_if_fail (RST_IS_DOCUMENT_VIEW (self));

  if (self->zoom_provider == NULL)
    {
      self->zoom_provider = gtk_css_provider_new ();
      gtk_style_context_add_provider (gtk_widget_get_style_context (GTK_WIDGET (self->text_view)),
                                      GTK_STYLE_PROVIDER (self->zoom_provider),
                                      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    }
  gtk_css_provider_load_from_data (self->zoom_provider, css, -1);
}

/* The text view lays its lines out from the first to the last, and its adjustment knows no more
 * than those that it has come to; the others have no height yet. */
static gboolean
is_laid_out (RstDocumentView *self)
{
  GtkTextIter end;
  int y, height;

  gtk_text_buffer_get_end_iter (gtk_text_view_get_buffer (self->text_view), &end);
  gtk_text_view_get_line_yrange (self->text_view, &end, &y, &height);
  return height > 0;
}

/* It takes a frame until there is a page. */
static gboolean
is_in_sight (RstDocumentView *self)
{
  GdkRectangle visible;
  GtkTextIter first;
  int y, height;

  gtk_text_view_get_visible_rect (self->text_view, &visible);
  gtk_text_view_get_line_at_y (self->text_view, &first, visible.y, NULL);
  gtk_text_view_get_line_yrange (self->text_view, &first, &y, &height);
  return height > 0;
}

/* Puts the line that is the last in sight near the top, as soon as what follows is laid out. */
static void
queue_page (RstDocumentView *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GdkRectangle visible;
  GtkTextIter last;

  gtk_text_view_get_visible_rect (self->text_view, &visible);
  gtk_text_view_get_iter_at_location (
      self->text_view, &last, visible.x, visible.y + visible.height - 1);
  if (self->page_mark == NULL)
    self->page_mark = gtk_text_buffer_create_mark (buffer, NULL, &last, TRUE);
  gtk_text_buffer_move_mark (buffer, self->page_mark, &last);
  gtk_text_view_scroll_to_mark (self->text_view, self->page_mark, 0, TRUE, 0, PAGE_OVERLAP);
}

gboolean
rst_document_view_page (RstDocumentView *self,
                        int step)
{
  GtkAdjustment *adjustment;
  double value, page_size, lower, upper, wanted, target;

  g_return_val_if_fail (RST_IS_DOCUMENT_VIEW (self), FALSE);

  if (!is_in_sight (self))
    return TRUE;

  adjustment = gtk_scrolled_window_get_vadjustment (self->scrolled_window);
  g_object_get (adjustment,
                "value", &value,
                "page-size", &page_size,
                "lower", &lower,
                "upper", &upper,
                NULL);
  wanted = value + step * page_size * (1 - PAGE_OVERLAP);
  target = CLAMP (wanted, lower, MAX (lower, upper - page_size));
  if (wanted > target && !is_laid_out (self))
    {
      queue_page (self);
      return TRUE;
    }
  gtk_adjustment_set_value (adjustment, target);
  return target != value || !rst_document_view_get_is_filled (self);
}

GtkTextView *
rst_document_view_get_text_view (RstDocumentView *self)
{
  g_return_val_if_fail (RST_IS_DOCUMENT_VIEW (self), NULL);

  return self->text_view;
}

void
rst_document_view_begin_find (RstDocumentView *self)
{
  g_return_if_fail (RST_IS_DOCUMENT_VIEW (self));

  rst_find_bar_open (self->find_bar);
}

void
rst_document_view_find_next (RstDocumentView *self,
                             int step)
{
  g_return_if_fail (RST_IS_DOCUMENT_VIEW (self));

  rst_find_bar_step (self->find_bar, step);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-document-view-links"

#include "config.h"

#include "rst-document-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rst-link-dialog.h"
#include "rst-weak-ref.h"

static guint activate_link_signal;

static const RstSpot *
find_spot (RstDocumentView *self,
           int offset)
{
  if (self->text == NULL || offset == RST_NO_OFFSET)
    return NULL;
  return rst_document_text_find_spot (self->text, offset);
}

static const RstDocumentLink *
find_link (RstDocumentView *self,
           int offset)
{
  const RstSpot *spot = find_spot (self, offset);

  if (spot == NULL || spot->kind != RST_SPOT_LINK)
    return NULL;
  return g_ptr_array_index (rst_document_get_links (self->document), spot->index);
}

/* What is shown of a link: of an address, the address alone. */
static const char *
link_words (const RstDocumentLink *link)
{
  if (g_ascii_strncasecmp (link->target, "mailto:", strlen ("mailto:")) == 0)
    return link->target + strlen ("mailto:");
  return link->target;
}

void
rst_document_view_update_target (RstDocumentView *self)
{
  const RstDocumentLink *link = find_link (self, self->pointed);

  if (link == NULL)
    link = find_link (self, self->focus);
  gtk_label_set_text (self->target_label, link != NULL ? link->target : "");
  gtk_widget_set_visible (GTK_WIDGET (self->target_label), link != NULL);
}

static void
set_focus_spot (RstDocumentView *self,
                const RstSpot *spot)
{
  GtkTextTag *tag = rst_document_tags_get_focus (self->tags);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  if (self->focus != RST_NO_OFFSET)
    gtk_text_buffer_remove_tag (buffer, tag, &start, &end);
  self->focus = spot != NULL ? spot->start : RST_NO_OFFSET;
  if (spot != NULL)
    {
      gtk_text_buffer_get_iter_at_offset (buffer, &start, spot->start);
      gtk_text_buffer_get_iter_at_offset (buffer, &end, spot->end);
      gtk_text_buffer_apply_tag (buffer, tag, &start, &end);
      gtk_text_buffer_place_cursor (buffer, &start);
      gtk_text_view_scroll_to_iter (self->text_view, &start, 0.05, FALSE, 0, 0);
    }
  rst_document_view_update_target (self);
}

static void
open_link (RstDocumentView *self,
           const RstDocumentLink *link)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  gboolean is_done = FALSE;

  g_signal_emit (self, activate_link_signal, 0, link->target, &is_done);
  if (!is_done)
    gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, link->target, GDK_CURRENT_TIME);
}

typedef struct
{
  gpointer view; /* a weak reference */
  RstDocument *document;
  guint link;
} Question;

static void
question_free (gpointer data,
               GClosure *closure)
{
  Question *question = data;

  rst_weak_ref_free (question->view);
  rst_document_unref (question->document);
  g_free (question);
}

static void
answered_cb (AdwMessageDialog *dialog,
             const char *response,
             gpointer user_data)
{
  const Question *question = user_data;
  g_autoptr (RstDocumentView) self = g_weak_ref_get (question->view);

  if (self != NULL && g_str_equal (response, "open"))
    open_link (self,
               g_ptr_array_index (rst_document_get_links (question->document), question->link));
}

static void
ask_about_link (RstDocumentView *self,
                const RstDocumentLink *link,
                guint index)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog =
      rst_link_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, link);
  Question *question = g_new (Question, 1);

  *question = (Question){ rst_weak_ref_new (self), rst_document_ref (self->document), index };
  g_signal_connect_data (
      dialog, "response", G_CALLBACK (answered_cb), question, question_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
activate_spot (RstDocumentView *self,
               const RstSpot *spot)
{
  const RstDocumentLink *link = find_link (self, spot->start);

  if (link == NULL)
    rst_document_text_set_folded (
        self->text, spot->index, !rst_document_text_get_folded (self->text, spot->index));
  else if (link->claimed_host != NULL)
    ask_about_link (self, link, spot->index);
  else
    open_link (self, link);
}

/* The character at a place of the widget; behind the end of a line there is none. */
static int
get_offset (RstDocumentView *self,
            double x,
            double y)
{
  GtkTextIter iter;
  int buffer_x, buffer_y;

  gtk_text_view_window_to_buffer_coords (
      self->text_view, GTK_TEXT_WINDOW_WIDGET, (int)x, (int)y, &buffer_x, &buffer_y);
  if (!gtk_text_view_get_iter_at_location (self->text_view, &iter, buffer_x, buffer_y))
    return RST_NO_OFFSET;
  return gtk_text_iter_get_offset (&iter);
}

static void
set_pointed (RstDocumentView *self,
             int offset)
{
  const RstSpot *spot = find_spot (self, offset);

  self->pointed = spot != NULL ? spot->start : RST_NO_OFFSET;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self->text_view), spot != NULL ? "pointer" : "text");
  rst_document_view_update_target (self);
}

static void
motion_cb (RstDocumentView *self,
           double x,
           double y)
{
  set_pointed (self, get_offset (self, x, y));
}

static void
leave_cb (RstDocumentView *self)
{
  set_pointed (self, RST_NO_OFFSET);
}

static void
focus_left_cb (RstDocumentView *self)
{
  set_focus_spot (self, NULL);
}

static gboolean
query_tooltip_cb (RstDocumentView *self,
                  int x,
                  int y,
                  gboolean is_keyboard,
                  GtkTooltip *tooltip)
{
  const RstDocumentLink *link =
      find_link (self, is_keyboard ? self->focus : get_offset (self, x, y));

  if (link == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, link->target);
  return TRUE;
}

static void
released_cb (RstDocumentView *self,
             int n_press,
             double x,
             double y)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  const RstSpot *spot = find_spot (self, get_offset (self, x, y));

  if (spot != NULL && n_press == 1 && !gtk_text_buffer_get_has_selection (buffer))
    activate_spot (self, spot);
}

static void
update_menu (RstDocumentView *self,
             int offset)
{
  const RstDocumentLink *link = find_link (self, offset);
  g_autoptr (GMenu) menu = g_menu_new ();
  gboolean is_address;

  self->menu = offset;
  gtk_text_view_set_extra_menu (self->text_view, NULL);
  if (link == NULL)
    return;

  is_address = link_words (link) != link->target;
  g_menu_append (menu, _ ("_Open Link"), "document.open-link");
  g_menu_append (
      menu, is_address ? _ ("Copy _Address") : _ ("Copy _Link"), "document.copy-link");
  gtk_text_view_set_extra_menu (self->text_view, G_MENU_MODEL (menu));
}

static void
menu_pressed_cb (RstDocumentView *self,
                 int n_press,
                 double x,
                 double y)
{
  update_menu (self, get_offset (self, x, y));
}

static void
open_link_action (GtkWidget *widget,
                  const char *action_name,
                  GVariant *parameter)
{
  RstDocumentView *self = RST_DOCUMENT_VIEW (widget);
  const RstSpot *spot = find_spot (self, self->menu);

  if (spot != NULL)
    activate_spot (self, spot);
}

static void
copy_link_action (GtkWidget *widget,
                  const char *action_name,
                  GVariant *parameter)
{
  RstDocumentView *self = RST_DOCUMENT_VIEW (widget);
  const RstDocumentLink *link = find_link (self, self->menu);

  if (link != NULL)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), link_words (link));
}

/* From the link that has the focus to the next; behind the last one, the focus leaves. */
static gboolean
move_focus (RstDocumentView *self,
            int step)
{
  const RstSpot *spot;

  if (self->text == NULL)
    return FALSE;

  spot = rst_document_text_find_next_spot (self->text, find_spot (self, self->focus), step);
  set_focus_spot (self, spot);
  return spot != NULL;
}

static gboolean
key_pressed_cb (RstDocumentView *self,
                guint key,
                guint code,
                GdkModifierType state)
{
  const RstSpot *spot = find_spot (self, self->focus);

  state &= gtk_accelerator_get_default_mod_mask ();
  if (key == GDK_KEY_Tab && state == 0)
    return move_focus (self, 1);
  if (key == GDK_KEY_ISO_Left_Tab || (key == GDK_KEY_Tab && state == GDK_SHIFT_MASK))
    return move_focus (self, -1);
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && state == GDK_SHIFT_MASK))
    update_menu (self, self->focus);
  if (spot == NULL || state != 0 || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter))
    return FALSE;

  activate_spot (self, spot);
  return TRUE;
}

void
rst_document_view_install_links (GtkWidgetClass *widget_class)
{
  activate_link_signal = g_signal_new ("activate-link",
                                       G_TYPE_FROM_CLASS (widget_class),
                                       G_SIGNAL_RUN_LAST,
                                       0,
                                       g_signal_accumulator_true_handled,
                                       NULL,
                                       NULL,
                                       G_TYPE_BOOLEAN,
                                       1,
                                       G_TYPE_STRING);

  gtk_widget_class_bind_template_callback (widget_class, focus_left_cb);
  gtk_widget_class_bind_template_callback (widget_class, key_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave_cb);
  gtk_widget_class_bind_template_callback (widget_class, menu_pressed_cb);
  gtk_widget_class_bind_template_callback (widget_class, motion_cb);
  gtk_widget_class_bind_template_callback (widget_class, query_tooltip_cb);
  gtk_widget_class_bind_template_callback (widget_class, released_cb);

  gtk_widget_class_install_action (widget_class, "document.copy-link", NULL, copy_link_action);
  gtk_widget_class_install_action (widget_class, "document.open-link", NULL, open_link_action);
}

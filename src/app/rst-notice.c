/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-notice"

#include "config.h"

#include "rst-notice.h"

struct _RstNotice
{
  GtkWidget parent_instance;

  /* Template Widgets */
  GtkButton *dismiss_button;
  GtkButton *first_button;
  GtkLabel *label;
  GtkRevealer *revealer;
  GtkButton *second_button;

  char *first_id;
  char *second_id;
};

G_DEFINE_FINAL_TYPE (RstNotice, rst_notice, GTK_TYPE_WIDGET)

enum
{
  ACTION,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
clicked_cb (RstNotice *self,
            GtkButton *button)
{
  g_autofree char *id = g_strdup (button == self->first_button ? self->first_id : self->second_id);

  rst_notice_dismiss (self);
  g_signal_emit (self, signals[ACTION], 0, id);
}

static void
set_action (GtkButton *button,
            char **id,
            const RstNoticeAction *action)
{
  g_clear_pointer (id, g_free);
  gtk_widget_set_visible (GTK_WIDGET (button), action != NULL);
  if (action == NULL)
    return;

  *id = g_strdup (action->id);
  gtk_button_set_label (button, action->label);
}

static void
rst_notice_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_NOTICE);

  G_OBJECT_CLASS (rst_notice_parent_class)->dispose (object);
}

static void
rst_notice_finalize (GObject *object)
{
  RstNotice *self = RST_NOTICE (object);

  g_free (self->first_id);
  g_free (self->second_id);

  G_OBJECT_CLASS (rst_notice_parent_class)->finalize (object);
}

static void
rst_notice_class_init (RstNoticeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_notice_dispose;
  object_class->finalize = rst_notice_finalize;

  signals[ACTION] = g_signal_new ("action",
                                  G_TYPE_FROM_CLASS (klass),
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/restante/Restante/rst-notice.ui");
  gtk_widget_class_bind_template_child (widget_class, RstNotice, dismiss_button);
  gtk_widget_class_bind_template_child (widget_class, RstNotice, first_button);
  gtk_widget_class_bind_template_child (widget_class, RstNotice, label);
  gtk_widget_class_bind_template_child (widget_class, RstNotice, revealer);
  gtk_widget_class_bind_template_child (widget_class, RstNotice, second_button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, rst_notice_dismiss);

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_ALERT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rst_notice_init (RstNotice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rst_notice_show (RstNotice *self,
                 const char *text,
                 const RstNoticeAction *first,
                 const RstNoticeAction *second)
{
  g_return_if_fail (RST_IS_NOTICE (self));
  g_return_if_fail (text != NULL);

  gtk_label_set_text (self->label, text);
  set_action (self->first_button, &self->first_id, first);
  set_action (self->second_button, &self->second_id, second);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

void
rst_notice_dismiss (RstNotice *self)
{
  g_return_if_fail (RST_IS_NOTICE (self));

  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

const char *
rst_notice_get_text (RstNotice *self)
{
  g_return_val_if_fail (RST_IS_NOTICE (self), NULL);

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->label) : NULL;
}

gboolean
rst_notice_has_action (RstNotice *self,
                       const char *id)
{
  g_return_val_if_fail (RST_IS_NOTICE (self), FALSE);
  g_return_val_if_fail (id != NULL, FALSE);

  return gtk_revealer_get_reveal_child (self->revealer) &&
         (g_strcmp0 (self->first_id, id) == 0 || g_strcmp0 (self->second_id, id) == 0);
}

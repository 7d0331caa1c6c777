/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-reader"

#include "config.h"

#include "rst-reader-private.h"

#include <glib/gi18n.h>

#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* An arrow key that is held down repeats every 30-40 ms: what is passed over is not asked for; nor
 * on a slow machine, where keys wait for their turn, which comes before the timeout's. */
#define SETTLE_MS 150

#define MEGABYTE (1000 * 1000)

G_DEFINE_FINAL_TYPE (RstReader, rst_reader, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_CHARSET,
  PROP_HAS_MESSAGE,
  PROP_MONOSPACE,
  PROP_PREFER_HTML,
  PROP_SHOW_HTML,
  PROP_ZOOM,
  N_PROPS
};

enum
{
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GParamSpec *properties[N_PROPS];

static void
set_message (RstReader *self,
             RstMessage *message)
{
  gboolean had_message = self->message != NULL;

  if (message != NULL)
    rst_message_ref (message);
  g_clear_pointer (&self->message, rst_message_unref);
  self->message = message;
  gtk_widget_action_set_enabled (GTK_WIDGET (self),
                                 "reader.show-html",
                                 message != NULL && rst_message_get_has_html (message));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.charset", message != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.find", message != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "reader.download", self->is_cut);
  if (had_message != (message != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MESSAGE]);
}

static void
cancel_reading (RstReader *self)
{
  g_clear_handle_id (&self->settle_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
set_shows_html (RstReader *self,
                gboolean shows_html)
{
  if (self->shows_html == shows_html)
    return;

  self->shows_html = shows_html;
  rst_message_view_set_show (self->message_view, shows_html ? RST_SHOW_HTML : RST_SHOW_PLAIN);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_HTML]);
}

static void
leave_item (RstReader *self)
{
  cancel_reading (self);
  rst_reader_forget_charset (self);
  g_clear_object (&self->item);
  self->is_cut = FALSE;
  set_message (self, NULL);
  set_shows_html (self, self->prefers_html);
}

void
rst_reader_replace_message (RstReader *self,
                            RstMessage *message)
{
  g_autofree char *text = NULL;

  set_message (self, message);
  if (self->is_cut)
    {
      text = rst_reader_dup_beginning_text (self);
      rst_message_view_show_beginning (self->message_view, message, text);
    }
  else
    rst_message_view_show_message (self->message_view, message);
}

void
rst_reader_set_whole (RstReader *self,
                      RstMessage *message)
{
  self->is_cut = FALSE;
  rst_reader_replace_message (self, message);
  rst_reader_keep_charset (self);
}

typedef struct
{
  gpointer reader; /* a weak reference */
  GCancellable *cancellable;
} Reading;

static void
read_cb (GObject *source,
         GAsyncResult *result,
         gpointer user_data)
{
  g_autofree Reading *reading = user_data;
  g_autoptr (RstReader) self = rst_weak_ref_take (reading->reader);
  g_autoptr (GCancellable) cancellable = reading->cancellable;
  g_autoptr (GError) error = NULL;
  gboolean is_cut = FALSE;
  g_autoptr (RstMessage) message =
      rst_mailbox_read_beginning_finish (RST_MAILBOX (source), result, &is_cut, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  /* Something else is shown by now. */
  if (self == NULL || self->cancellable != cancellable)
    return;

  g_clear_object (&self->cancellable);
  if (message != NULL)
    {
      self->is_cut = is_cut;
      rst_reader_replace_message (self, message);
      rst_reader_recall_charset (self);
    }
  else
    rst_message_view_show_problem (self->message_view, error);
}

static char *
waiting_text (RstReader *self)
{
  guint64 size = rst_message_item_get_size (self->item);
  guint64 big_size = rst_mailbox_get_big_size (self->mailbox);
  g_autofree char *size_text = g_format_size (size);

  if (rst_mailbox_get_is_busy (self->mailbox))
    return g_strdup (_ ("Waits until the running operation is done…"));
  if (big_size > 0 && size > big_size)
    return g_strdup (_ ("Loading…"));
  /* Translators: %s is a size */
  return g_strdup_printf (_ ("Downloading %s…"), size_text);
}

static void
start_reading (RstReader *self)
{
  Reading *reading = g_new (Reading, 1);
  g_autofree char *text = waiting_text (self);

  rst_message_view_show_loading (self->message_view,
                                 rst_message_item_get_envelope (self->item),
                                 text);
  self->cancellable = g_cancellable_new ();
  *reading = (Reading){ rst_weak_ref_new (self), g_object_ref (self->cancellable) };
  rst_mailbox_read_beginning_async (
      self->mailbox, self->item, self->cancellable, read_cb, reading);
}

static void
settled_cb (gpointer user_data)
{
  RstReader *self = user_data;

  self->settle_source = 0;
  start_reading (self);
}

static gboolean
settle_timeout_cb (gpointer user_data)
{
  settled_cb (user_data);
  return G_SOURCE_REMOVE;
}

static void
retry_action (GtkWidget *widget,
              const char *action_name,
              GVariant *parameter)
{
  RstReader *self = RST_READER (widget);

  if (self->item == NULL || self->mailbox == NULL)
    return;
  cancel_reading (self);
  start_reading (self);
}

static void
set_monospace (RstReader *self,
               gboolean is_monospace)
{
  if (self->is_monospace == is_monospace)
    return;

  self->is_monospace = is_monospace;
  rst_message_view_set_monospace (self->message_view, is_monospace);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MONOSPACE]);
}

static void
set_prefers_html (RstReader *self,
                  gboolean prefers_html)
{
  if (self->prefers_html == prefers_html)
    return;

  self->prefers_html = prefers_html;
  set_shows_html (self, prefers_html);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PREFER_HTML]);
}

static void
set_zoom (RstReader *self,
          int zoom)
{
  if (self->zoom == zoom)
    return;

  self->zoom = zoom;
  rst_document_view_set_zoom (rst_message_view_get_document_view (self->message_view), zoom);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ZOOM]);
}

static void
rst_reader_dispose (GObject *object)
{
  RstReader *self = RST_READER (object);

  cancel_reading (self);
  g_cancellable_cancel (self->recoding);
  g_clear_object (&self->recoding);
  g_clear_object (&self->item);
  g_clear_object (&self->mailbox);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->message, rst_message_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), RST_TYPE_READER);

  G_OBJECT_CLASS (rst_reader_parent_class)->dispose (object);
}

static void
rst_reader_finalize (GObject *object)
{
  g_free (RST_READER (object)->charset);

  G_OBJECT_CLASS (rst_reader_parent_class)->finalize (object);
}

static void
rst_reader_get_property (GObject *object,
                         guint prop_id,
                         GValue *value,
                         GParamSpec *pspec)
{
  RstReader *self = RST_READER (object);

  switch (prop_id)
    {
    case PROP_CHARSET:
      g_value_set_string (value, self->charset);
      break;

    case PROP_HAS_MESSAGE:
      g_value_set_boolean (value, self->message != NULL);
      break;

    case PROP_MONOSPACE:
      g_value_set_boolean (value, self->is_monospace);
      break;

    case PROP_PREFER_HTML:
      g_value_set_boolean (value, self->prefers_html);
      break;

    case PROP_SHOW_HTML:
      g_value_set_boolean (value, self->shows_html);
      break;

    case PROP_ZOOM:
      g_value_set_int (value, self->zoom);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_reader_set_property (GObject *object,
                         guint prop_id,
                         const GValue *value,
                         GParamSpec *pspec)
{
  RstReader *self = RST_READER (object);

  switch (prop_id)
    {
    case PROP_CHARSET:
      rst_reader_choose_charset (self, g_value_get_string (value));
      break;

    case PROP_MONOSPACE:
      set_monospace (self, g_value_get_boolean (value));
      break;

    case PROP_PREFER_HTML:
      set_prefers_html (self, g_value_get_boolean (value));
      break;

    case PROP_SHOW_HTML:
      set_shows_html (self, g_value_get_boolean (value));
      break;

    case PROP_ZOOM:
      set_zoom (self, g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_properties (GObjectClass *object_class)
{
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_CHARSET] =
      g_param_spec_string ("charset", NULL, NULL, "", G_PARAM_READWRITE | flags);
  properties[PROP_HAS_MESSAGE] =
      g_param_spec_boolean ("has-message", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_MONOSPACE] =
      g_param_spec_boolean ("monospace", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_PREFER_HTML] =
      g_param_spec_boolean ("prefer-html", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_SHOW_HTML] =
      g_param_spec_boolean ("show-html", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  properties[PROP_ZOOM] = g_param_spec_int ("zoom",
                                            NULL,
                                            NULL,
                                            RST_READER_MIN_ZOOM,
                                            RST_READER_MAX_ZOOM,
                                            RST_READER_USUAL_ZOOM,
                                            G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
rst_reader_class_init (RstReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_reader_dispose;
  object_class->finalize = rst_reader_finalize;
  object_class->get_property = rst_reader_get_property;
  object_class->set_property = rst_reader_set_property;

  install_properties (object_class);
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

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/restante/Restante/rst-reader.ui");
  gtk_widget_class_bind_template_child (widget_class, RstReader, message_view);
  gtk_widget_class_bind_template_child (widget_class, RstReader, several_page);
  gtk_widget_class_bind_template_child (widget_class, RstReader, stack);

  gtk_widget_class_install_action (
      widget_class, "reader.download", NULL, rst_reader_download_action);
  gtk_widget_class_install_action (widget_class, "reader.retry", NULL, retry_action);
  rst_reader_install_actions (widget_class);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "reader");

  g_type_ensure (RST_TYPE_MESSAGE_VIEW);
}

static void
rst_reader_init (RstReader *self)
{
  self->charset = g_strdup ("");
  self->zoom = RST_READER_USUAL_ZOOM;
  gtk_widget_init_template (GTK_WIDGET (self));
  rst_reader_add_delete_keys (self);
  set_message (self, NULL);
}

/* A message is read through its mailbox, which knows no settings. */
static void
apply_big_size (RstReader *self)
{
  if (self->mailbox != NULL && self->settings != NULL)
    rst_mailbox_set_big_size (
        self->mailbox, (guint64)g_settings_get_uint (self->settings, "big-messages") * MEGABYTE);
}

void
rst_reader_bind_settings (RstReader *self,
                          GSettings *settings)
{
  g_return_if_fail (RST_IS_READER (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_set_object (&self->settings, settings);
  g_settings_bind (settings, "monospace", self, "monospace", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "prefer-html", self, "prefer-html", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "zoom", self, "zoom", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (settings,
                           "changed::big-messages",
                           G_CALLBACK (apply_big_size),
                           self,
                           G_CONNECT_SWAPPED);
  apply_big_size (self);
}

void
rst_reader_set_mailbox (RstReader *self,
                        RstMailbox *mailbox)
{
  g_return_if_fail (RST_IS_READER (self));

  if (self->mailbox == mailbox)
    return;
  rst_reader_show_nothing (self);
  g_set_object (&self->mailbox, mailbox);
  apply_big_size (self);
}

void
rst_reader_show_nothing (RstReader *self)
{
  g_return_if_fail (RST_IS_READER (self));

  leave_item (self);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
}

void
rst_reader_show_several (RstReader *self,
                         guint n_messages,
                         guint64 size)
{
  g_autofree char *count = rst_format_count (n_messages);
  g_autofree char *title = NULL;
  g_autofree char *description = g_format_size (size);

  g_return_if_fail (RST_IS_READER (self));

  leave_item (self);
  title = g_strdup_printf (ngettext ("%s message selected", "%s messages selected", n_messages),
                           count);
  adw_status_page_set_title (self->several_page, title);
  adw_status_page_set_description (self->several_page, description);
  gtk_stack_set_visible_child_name (self->stack, "several");
}

void
rst_reader_show_item (RstReader *self,
                      RstMessageItem *item)
{
  gint64 now = g_get_monotonic_time ();
  gboolean is_hurried = now - self->last_change < SETTLE_MS * G_TIME_SPAN_MILLISECOND;

  g_return_if_fail (RST_IS_READER (self));
  g_return_if_fail (RST_IS_MAILBOX (self->mailbox));

  if (self->item == item)
    return;

  leave_item (self);
  self->item = g_object_ref (item);
  self->last_change = now;
  gtk_stack_set_visible_child_name (self->stack, "message");
  if (is_hurried)
    {
      rst_message_view_show_loading (
          self->message_view, rst_message_item_get_envelope (item), "");
      self->settle_source =
          g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, SETTLE_MS, settle_timeout_cb, self, NULL);
    }
  else
    start_reading (self);
}

void
rst_reader_show_message (RstReader *self,
                         RstMessageItem *item,
                         RstMessage *message)
{
  g_return_if_fail (RST_IS_READER (self));

  leave_item (self);
  self->item = g_object_ref (item);
  rst_reader_replace_message (self, message);
  rst_reader_recall_charset (self);
  gtk_stack_set_visible_child_name (self->stack, "message");
}

RstMailbox *
rst_reader_get_mailbox (RstReader *self)
{
  g_return_val_if_fail (RST_IS_READER (self), NULL);

  return self->mailbox;
}

RstMessageItem *
rst_reader_get_item (RstReader *self)
{
  g_return_val_if_fail (RST_IS_READER (self), NULL);

  return self->item;
}

RstMessage *
rst_reader_get_message (RstReader *self)
{
  g_return_val_if_fail (RST_IS_READER (self), NULL);

  return self->message;
}

gboolean
rst_reader_get_is_cut (RstReader *self)
{
  g_return_val_if_fail (RST_IS_READER (self), FALSE);

  return self->is_cut;
}

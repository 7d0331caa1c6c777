/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-background-check"

#include "config.h"

#include "rst-background-check.h"

#include "pop3/rst-pop3-error.h"
#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* Milliseconds: the longest that a maildrop in use is left alone, unless the interval is longer. */
#define MAX_BACKOFF (60 * 60 * 1000)

/* Milliseconds: a network that has just come up has its routes, and a desktop that has just been
 * logged in to has its keyring. */
#define SOON 5000

/* Milliseconds from which on a second more or less does not matter. */
#define LONG 60000

struct _RstBackgroundCheck
{
  GObject parent_instance;

  /* Owned References */
  RstMailbox *mailbox;
  GNetworkMonitor *monitor;
  GCancellable *cancellable;
  GHashTable *before;

  guint64 interval;
  guint64 backoff;
  guint64 delay;
  guint timer;
  gboolean is_overdue;
  gboolean knew_list;
};

G_DEFINE_FINAL_TYPE (RstBackgroundCheck, rst_background_check, G_TYPE_OBJECT)

enum
{
  ARRIVED,
  CHECKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void schedule (RstBackgroundCheck *self,
                      guint64 delay);

static gboolean
has_network (RstBackgroundCheck *self)
{
  return g_network_monitor_get_network_available (self->monitor) &&
         g_network_monitor_get_connectivity (self->monitor) != G_NETWORK_CONNECTIVITY_PORTAL &&
         !g_network_monitor_get_network_metered (self->monitor);
}

/* Returns: how many milliseconds the server wants to be left alone from now on; the sign-in before
 * may have been the user's. */
static guint64
get_login_delay (RstBackgroundCheck *self)
{
  RstServerReport *report = rst_mailbox_get_report (self->mailbox);
  gint64 due;

  if (report == NULL || report->capabilities == NULL || report->capabilities->login_delay == 0)
    return 0;
  due = report->time + (gint64)report->capabilities->login_delay * G_USEC_PER_SEC;
  return (guint64)MAX (0, (due - g_get_monotonic_time () + 999) / 1000);
}

/* A refusal that says nothing against the password doubles the time; anything else ends that. */
static void
wait_after (RstBackgroundCheck *self,
            const GError *error)
{
  if (!g_error_matches (error, RST_POP3_ERROR, RST_POP3_ERROR_TRY_LATER))
    self->backoff = 0;
  else
    self->backoff =
        MIN (MAX (self->backoff, self->interval) * 2, MAX (MAX_BACKOFF, self->interval));

  schedule (self, MAX (MAX (self->interval, self->backoff), get_login_delay (self)));
}

static GPtrArray *
dup_items (RstBackgroundCheck *self)
{
  return rst_index_dup_items (rst_mailbox_get_index (self->mailbox));
}

static void
remember_items (RstBackgroundCheck *self)
{
  g_autoptr (GPtrArray) items = dup_items (self);

  self->knew_list = rst_mailbox_get_was_listed (self->mailbox);
  g_clear_pointer (&self->before, g_hash_table_unref);
  self->before = g_hash_table_new_full (NULL, NULL, g_object_unref, NULL);
  for (guint i = 0; i < items->len; i++)
    g_hash_table_add (self->before, g_object_ref (g_ptr_array_index (items, i)));
}

/* A mailbox that was never looked at before has no new messages: all of them would be. */
static void
tell_arrivals (RstBackgroundCheck *self)
{
  g_autoptr (GHashTable) before = g_steal_pointer (&self->before);
  g_autoptr (GPtrArray) arrived = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) items = dup_items (self);

  if (!self->knew_list)
    return;

  for (guint i = 0; i < items->len; i++)
    {
      RstMessageItem *item = g_ptr_array_index (items, i);

      if (rst_message_item_get_state (item) == RST_HEADER_LOADED &&
          !rst_message_item_get_is_read (item) && !g_hash_table_contains (before, item))
        g_ptr_array_add (arrived, g_object_ref (item));
    }
  if (arrived->len > 0)
    g_signal_emit (self, signals[ARRIVED], 0, arrived);
}

static void
refreshed_cb (GObject *source,
              GAsyncResult *result,
              gpointer user_data)
{
  g_autoptr (RstBackgroundCheck) self = rst_weak_ref_take (user_data);
  g_autoptr (GError) error = NULL;
  gboolean is_done =
      rst_mailbox_refresh_finish (RST_MAILBOX (source), result, NULL, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL)
    return;

  g_clear_object (&self->cancellable);
  if (is_done)
    tell_arrivals (self);
  g_clear_pointer (&self->before, g_hash_table_unref);
  wait_after (self, error);
  g_signal_emit (self, signals[CHECKED], 0, error);
}

static gboolean
timer_cb (gpointer user_data)
{
  RstBackgroundCheck *self = user_data;
  guint64 login_delay = get_login_delay (self);

  g_assert (RST_IS_MAIN_THREAD ());
  self->timer = 0;
  self->delay = 0;
  if (login_delay > 0)
    {
      schedule (self, login_delay);
      return G_SOURCE_REMOVE;
    }
  self->is_overdue = !has_network (self);
  if (self->is_overdue || rst_mailbox_get_is_busy (self->mailbox))
    {
      schedule (self, self->interval);
      return G_SOURCE_REMOVE;
    }

  remember_items (self);
  self->cancellable = g_cancellable_new ();
  rst_mailbox_refresh_quietly_async (
      self->mailbox, self->cancellable, refreshed_cb, rst_weak_ref_new (self));
  return G_SOURCE_REMOVE;
}

static void
schedule (RstBackgroundCheck *self,
          guint64 delay)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->delay = self->interval > 0 ? delay : 0;
  if (self->delay == 0)
    return;

  if (delay < LONG)
    self->timer = g_timeout_add ((guint)delay, timer_cb, self);
  else
    self->timer = g_timeout_add_seconds ((guint)MIN (delay / 1000, G_MAXUINT), timer_cb, self);
}

static void
network_changed_cb (RstBackgroundCheck *self)
{
  if (!self->is_overdue || !has_network (self))
    return;

  self->is_overdue = FALSE;
  schedule (self, MIN (self->interval, SOON));
}

static void
rst_background_check_dispose (GObject *object)
{
  RstBackgroundCheck *self = RST_BACKGROUND_CHECK (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_clear_object (&self->monitor);
  g_clear_object (&self->mailbox);

  G_OBJECT_CLASS (rst_background_check_parent_class)->dispose (object);
}

static void
rst_background_check_class_init (RstBackgroundCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rst_background_check_dispose;

  signals[ARRIVED] = g_signal_new ("arrived",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_PTR_ARRAY);
  signals[CHECKED] = g_signal_new ("checked",
                                   G_TYPE_FROM_CLASS (klass),
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
rst_background_check_init (RstBackgroundCheck *self)
{
}

RstBackgroundCheck *
rst_background_check_new (RstMailbox *mailbox,
                          GNetworkMonitor *monitor)
{
  RstBackgroundCheck *self = g_object_new (RST_TYPE_BACKGROUND_CHECK, NULL);

  g_return_val_if_fail (RST_IS_MAILBOX (mailbox), NULL);

  self->mailbox = g_object_ref (mailbox);
  self->monitor = g_object_ref (monitor != NULL ? monitor : g_network_monitor_get_default ());
  g_signal_connect_object (self->monitor,
                           "network-changed",
                           G_CALLBACK (network_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

RstMailbox *
rst_background_check_get_mailbox (RstBackgroundCheck *self)
{
  g_return_val_if_fail (RST_IS_BACKGROUND_CHECK (self), NULL);

  return self->mailbox;
}

void
rst_background_check_set_interval (RstBackgroundCheck *self,
                                   guint64 milliseconds)
{
  g_return_if_fail (RST_IS_BACKGROUND_CHECK (self));

  if (self->interval == milliseconds)
    return;

  self->interval = milliseconds;
  self->backoff = 0;
  schedule (self, milliseconds);
}

void
rst_background_check_hurry (RstBackgroundCheck *self)
{
  g_return_if_fail (RST_IS_BACKGROUND_CHECK (self));

  schedule (self, MIN (self->interval, SOON));
}

guint64
rst_background_check_get_delay (RstBackgroundCheck *self)
{
  g_return_val_if_fail (RST_IS_BACKGROUND_CHECK (self), 0);

  return self->delay;
}

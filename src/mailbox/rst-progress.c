/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-progress"

#include "config.h"

#include "rst-progress.h"

#define INTERVAL (33 * 1000)

/* Telling takes a quarter of the main thread's time at most, however long it takes to show. */
#define PAUSE_FACTOR 3

struct _RstProgress
{
  GMainContext *context;

  /* Main thread only. */
  RstProgressFunc func;
  gpointer user_data;

  GMutex mutex;
  RstPhase phase;
  guint64 done;
  guint64 total;
  GPtrArray *items;
  gboolean is_scheduled;
  gint64 next_time;
};

RstProgress *
rst_progress_new (RstProgressFunc func,
                  gpointer user_data)
{
  RstProgress *self = g_atomic_rc_box_new0 (RstProgress);

  self->context = g_main_context_ref_thread_default ();
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);

  return self;
}

static void
progress_clear (gpointer data)
{
  RstProgress *self = data;

  g_main_context_unref (self->context);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
}

void
rst_progress_unref (RstProgress *self)
{
  g_atomic_rc_box_release_full (self, progress_clear);
}

static void schedule (RstProgress *self);

static gboolean
tell_cb (gpointer user_data)
{
  RstProgress *self = user_data;
  g_autoptr (GPtrArray) items = NULL;
  gint64 start = g_get_monotonic_time ();
  gint64 end;
  RstPhase phase;
  guint64 done;
  guint64 total;

  g_mutex_lock (&self->mutex);
  phase = self->phase;
  done = self->done;
  total = self->total;
  items = g_steal_pointer (&self->items);
  g_mutex_unlock (&self->mutex);

  if (self->func)
    self->func (phase, done, total, items, self->user_data);

  end = g_get_monotonic_time ();
  g_mutex_lock (&self->mutex);
  self->is_scheduled = FALSE;
  self->next_time = end + MAX (INTERVAL, (end - start) * PAUSE_FACTOR);
  if (self->items || self->done != done || self->total != total || self->phase != phase)
    schedule (self);
  g_mutex_unlock (&self->mutex);

  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
schedule (RstProgress *self)
{
  g_autoptr (GSource) source = NULL;
  gint64 wait = self->next_time - g_get_monotonic_time ();

  if (self->is_scheduled)
    return;

  source = g_timeout_source_new ((guint)(MAX (wait, 0) / 1000));
  g_source_set_callback (source, tell_cb, g_atomic_rc_box_acquire (self),
                         (GDestroyNotify)rst_progress_unref);
  g_source_attach (source, self->context);
  self->is_scheduled = TRUE;
}

void
rst_progress_set (RstProgress *self,
                  RstPhase phase,
                  guint64 done,
                  guint64 total)
{
  g_mutex_lock (&self->mutex);
  self->phase = phase;
  self->done = done;
  self->total = total;
  schedule (self);
  g_mutex_unlock (&self->mutex);
}

void
rst_progress_add_items (RstProgress *self,
                        GPtrArray *items)
{
  g_mutex_lock (&self->mutex);
  if (!self->items)
    self->items = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < items->len; i++)
    g_ptr_array_add (self->items, g_object_ref (g_ptr_array_index (items, i)));
  schedule (self);
  g_mutex_unlock (&self->mutex);
}

void
rst_progress_finish (RstProgress *self)
{
  self->func = NULL;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-pop3-deadline"

#include "config.h"

#include "rst-pop3-deadline.h"

struct _RstPop3Deadline
{
  GCancellable *inner;
  GCancellable *outer;
  gulong handler;
  GThread *thread;
  gint64 end;

  /* protects what follows */
  GMutex mutex;
  GCond changed;
  gboolean is_over;
  gboolean has_passed;
};

/* A thread of its own, as nobody else is sure to have a main loop that runs. */
static gpointer
watch (gpointer data)
{
  RstPop3Deadline *self = data;

  g_mutex_lock (&self->mutex);
  while (!self->is_over && !self->has_passed)
    self->has_passed = !g_cond_wait_until (&self->changed, &self->mutex, self->end);
  self->has_passed &= !self->is_over && !g_cancellable_is_cancelled (self->inner);
  if (self->has_passed)
    g_cancellable_cancel (self->inner);
  g_mutex_unlock (&self->mutex);
  return NULL;
}

static void
cancelled_cb (GCancellable *outer,
              gpointer inner)
{
  g_cancellable_cancel (inner);
}

RstPop3Deadline *
rst_pop3_deadline_new (guint seconds,
                       GCancellable *cancellable)
{
  RstPop3Deadline *self = g_new0 (RstPop3Deadline, 1);

  self->inner = g_cancellable_new ();
  if (cancellable != NULL)
    {
      self->outer = g_object_ref (cancellable);
      self->handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self->inner,
                                             NULL);
    }
  self->end = g_get_monotonic_time () + seconds * G_TIME_SPAN_SECOND;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->changed);
  self->thread = g_thread_new ("deadline", watch, self);
  return self;
}

void
rst_pop3_deadline_free (RstPop3Deadline *self)
{
  g_mutex_lock (&self->mutex);
  self->is_over = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_cancellable_disconnect (self->outer, self->handler);
  g_clear_object (&self->outer);
  g_object_unref (self->inner);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->changed);
  g_free (self);
}

GCancellable *
rst_pop3_deadline_get_cancellable (RstPop3Deadline *self)
{
  return self->inner;
}

gboolean
rst_pop3_deadline_has_passed (RstPop3Deadline *self)
{
  gboolean has_passed;

  g_mutex_lock (&self->mutex);
  has_passed = self->has_passed;
  g_mutex_unlock (&self->mutex);
  return has_passed;
}

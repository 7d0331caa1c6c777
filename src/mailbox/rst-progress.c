/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-progress"

#include "config.h"

#include "rst-progress.h"

#define INTERVAL_MS 33

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
  GPtrArray *headers;
  gboolean is_scheduled;
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

RstProgress *
rst_progress_ref (RstProgress *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
progress_clear (gpointer data)
{
  RstProgress *self = data;

  g_main_context_unref (self->context);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_mutex_clear (&self->mutex);
}

void
rst_progress_unref (RstProgress *self)
{
  g_atomic_rc_box_release_full (self, progress_clear);
}

static gboolean
tell_cb (gpointer user_data)
{
  RstProgress *self = user_data;
  g_autoptr (GPtrArray) headers = NULL;
  RstPhase phase;
  guint64 done;
  guint64 total;

  g_mutex_lock (&self->mutex);
  phase = self->phase;
  done = self->done;
  total = self->total;
  headers = g_steal_pointer (&self->headers);
  self->is_scheduled = FALSE;
  g_mutex_unlock (&self->mutex);

  if (self->func)
    self->func (phase, done, total, headers, self->user_data);

  return G_SOURCE_REMOVE;
}

/* With the mutex held. */
static void
schedule (RstProgress *self)
{
  g_autoptr (GSource) source = NULL;

  if (self->is_scheduled)
    return;

  source = g_timeout_source_new (INTERVAL_MS);
  g_source_set_callback (source, tell_cb, rst_progress_ref (self),
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
rst_progress_add_headers (RstProgress *self,
                          GPtrArray *headers)
{
  g_mutex_lock (&self->mutex);
  if (!self->headers)
    self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  for (guint i = 0; i < headers->len; i++)
    g_ptr_array_add (self->headers, rst_header_ref (g_ptr_array_index (headers, i)));
  schedule (self);
  g_mutex_unlock (&self->mutex);
}

void
rst_progress_finish (RstProgress *self)
{
  self->func = NULL;
}

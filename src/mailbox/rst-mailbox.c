/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-mailbox"

#include "config.h"

#include "rst-mailbox-private.h"

#include <glib/gi18n-lib.h>

#include "rst-arrivals.h"
#include "rst-index-private.h"
#include "rst-message-item-private.h"
#include "rst-status.h"

struct _RstMailbox
{
  GObject parent_instance;

  RstAccount *account;
  RstIndex *index;
  RstEngine *engine;
  RstServerReport *report;
  GFile *file;

  const RstMailboxFrontEnd *front_end;
  gpointer front_end_data;

  GQueue waiting;
  RstOperation *running;
  gboolean is_busy;
  guint release_id;

  /* The error that a question to the user may yet undo; NULL when nothing is asked. */
  GError *question;

  char *activity;
  char *status;
  double progress;
  gboolean can_cache;
  gboolean can_delete;
  gboolean is_in_sync;
  gboolean was_listed;

  char *hindrance; /* from rst_status_describe_hindrance() */

  RstArrivals *arrivals;
};

G_DEFINE_FINAL_TYPE (RstMailbox, rst_mailbox, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_IS_BUSY,
  PROP_STATUS,
  PROP_PROGRESS,
  PROP_CAN_CACHE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_RELOADED,
  SIGNAL_NOTICE,
  SIGNAL_OUTDATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void start_next (RstMailbox *self);

static void
update_status (RstMailbox *self)
{
  g_autofree char *status = NULL;
  guint n_waiting = self->waiting.length;

  if (!self->running && self->file)
    status = rst_status_describe_file (self->index, self->can_delete);
  else if (!self->running)
    status = rst_status_describe_index (self->index, self->is_in_sync, self->hindrance);
  else if (n_waiting == 0)
    status = g_strdup (self->activity);
  else
    /* Translators: %s says what is going on: "Loading headers 3 of 12 · 1 more waiting". */
    status = g_strdup_printf (ngettext ("%s · %u more waiting", "%s · %u more waiting", n_waiting),
                              self->activity, n_waiting);

  if (g_strcmp0 (self->status, status) == 0)
    return;

  g_free (self->status);
  self->status = g_steal_pointer (&status);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
set_activity (RstMailbox *self,
              const char *activity,
              double progress)
{
  if (g_strcmp0 (self->activity, activity) != 0)
    {
      g_free (self->activity);
      self->activity = g_strdup (activity);
    }
  update_status (self);

  if (self->progress != progress)
    {
      self->progress = progress;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROGRESS]);
    }
}

static void
set_phase (RstMailbox *self,
           RstPhase phase,
           guint64 done,
           guint64 total)
{
  gboolean is_early = phase == RST_PHASE_CONNECTING || phase == RST_PHASE_LISTING;
  g_autofree char *activity = NULL;

  /* What is shown may no longer be so: that says more than how far the question has come. */
  if (is_early && self->running->klass->is_check && rst_index_get_n_messages (self->index) > 0)
    activity = g_strdup (_ ("Checking…"));
  else
    activity = rst_status_describe_phase (phase, done, total);

  set_activity (self, activity, total > 0 ? (double)done / (double)total : -1);
}

static void
progress_cb (RstPhase phase,
             guint64 done,
             guint64 total,
             GPtrArray *items,
             gpointer user_data)
{
  RstMailbox *self = user_data;

  if (!self->running->klass->needs_session)
    {
      if (items)
        rst_arrivals_show_first (self->arrivals, items);
      return;
    }

  set_phase (self, phase, done, total);
  if (items)
    rst_arrivals_show (self->arrivals, self->running, items);
}

static void
end_operation (RstMailbox *self,
               const GError *error)
{
  g_autoptr (RstOperation) operation = g_steal_pointer (&self->running);

  rst_progress_finish (operation->progress);
  if (self->file)
    self->can_delete = rst_mail_file_get_kind (self->engine->file) == RST_MAIL_FILE_MBOX;
  g_clear_pointer (&self->report, rst_server_report_unref);
  self->report = rst_fetcher_dup_report (self->engine->fetcher);
  self->was_listed |= operation->is_in_sync || operation->was_listed;
  if (operation->is_in_sync)
    self->is_in_sync = TRUE;
  else if (operation->is_outdated || rst_operation_leaves_in_doubt (operation, error))
    self->is_in_sync = FALSE;

  if (operation->klass->needs_session)
    {
      g_free (self->hindrance);
      self->hindrance = rst_status_describe_hindrance (operation->is_quiet ? error : NULL);
    }
  if (!operation->snapshot)
    rst_arrivals_take_back (self->arrivals, operation);
  operation->klass->finish (operation, error);
  rst_arrivals_clear (self->arrivals);
  for (guint i = 0; i < operation->notices->len; i++)
    g_signal_emit (self, signals[SIGNAL_NOTICE], 0, g_ptr_array_index (operation->notices, i));
  if (operation->is_outdated && !error)
    g_signal_emit (self, signals[SIGNAL_OUTDATED], 0);

  start_next (self);
}

static void
run_worker (GTask *task,
            gpointer source_object,
            gpointer task_data,
            GCancellable *cancellable)
{
  RstOperation *operation = task_data;
  GError *error = NULL;

  if (rst_operation_work (operation, operation->engine, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Without a front end there is nobody to ask, and the answer is no. */
static gboolean
ask (RstMailbox *self,
     const GError *error)
{
  RstOperation *operation = self->running;
  guint n_messages;
  guint64 size;

  if (!self->front_end || g_cancellable_is_cancelled (operation->cancellable))
    return FALSE;
  if (!operation->wants_password && !operation->wants_download)
    return FALSE;

  self->question = g_error_copy (error);
  if (operation->wants_password)
    {
      set_activity (self, _ ("Waiting for the password"), -1);
      self->front_end->ask_password (self, operation->refusal, self->front_end_data);
    }
  else
    {
      rst_fetcher_get_download_cost (self->engine->fetcher, &n_messages, &size);
      set_activity (self, _ ("Waiting for an answer"), -1);
      self->front_end->ask_download (self, n_messages, size, self->front_end_data);
    }

  return TRUE;
}

static void
worker_done_cb (GObject *source,
                GAsyncResult *result,
                gpointer user_data)
{
  g_autoptr (RstMailbox) self = user_data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (!error || !ask (self, error))
    end_operation (self, error);
}

static void
run_operation (RstMailbox *self)
{
  g_autoptr (GTask) task = NULL;
  RstOperation *operation = self->running;

  /* No source object: the last reference must not be dropped on the worker. What a delete did must
   * reach the caller even when it was cancelled too late, so the task does not look at the
   * cancellable either. */
  task = g_task_new (NULL, NULL, worker_done_cb, g_object_ref (self));
  g_task_set_source_tag (task, run_operation);
  g_task_set_task_data (task, operation, NULL);
  operation->engine = self->engine;
  g_task_run_in_thread (task, run_worker);
}

static void
set_is_busy (RstMailbox *self,
             gboolean is_busy)
{
  if (self->is_busy == is_busy)
    return;

  self->is_busy = is_busy;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_BUSY]);
}

static gboolean
release_cb (gpointer user_data)
{
  RstMailbox *self = user_data;

  self->release_id = 0;
  rst_fetcher_release (self->engine->fetcher);
  return G_SOURCE_REMOVE;
}

/* A session that is kept for the next operation keeps other clients out of some maildrops: it must
 * not be kept for long. */
static void
release_later (RstMailbox *self)
{
  if (rst_fetcher_has_session (self->engine->fetcher))
    self->release_id = g_timeout_add_seconds (self->account->keep_session, release_cb, self);
}

static void
start_next (RstMailbox *self)
{
  RstOperation *operation;

  g_clear_handle_id (&self->release_id, g_source_remove);
  if (!self->running && self->waiting.length > 0)
    {
      self->running = operation = g_queue_pop_head (&self->waiting);
      operation->progress = rst_progress_new (progress_cb, self);
      rst_operation_take_index (operation, self->index);
      set_is_busy (self, TRUE);
      if (operation->klass->needs_session && !self->file)
        set_phase (self, RST_PHASE_CONNECTING, 0, 0);
      else
        set_activity (self, _ ("Opening…"), -1);
      run_operation (self);
    }
  else if (!self->running)
    {
      set_activity (self, NULL, 0);
      release_later (self);
    }
  else
    update_status (self);

  set_is_busy (self, self->running != NULL);
}

void
rst_mailbox_queue (RstMailbox *self,
                   RstOperation *operation)
{
  g_queue_push_tail (&self->waiting, operation);
  start_next (self);
}

/* The user's answer is there: the operation goes on where it asked, or ends. */
static void
answer (RstMailbox *self,
        gboolean go_on)
{
  g_autoptr (GError) question = g_steal_pointer (&self->question);
  g_autoptr (RstMailbox) keep = g_object_ref (self);

  if (!question)
    return;

  if (go_on && !g_cancellable_is_cancelled (self->running->cancellable))
    run_operation (self);
  else
    end_operation (self, question);
}

void
rst_mailbox_answer_password (RstMailbox *self,
                             SecretValue *password,
                             gboolean remember)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  if (self->question && password)
    {
      g_clear_pointer (&self->running->answer, secret_value_unref);
      self->running->answer = secret_value_ref (password);
      self->running->remember = remember;
    }
  answer (self, password != NULL);
}

void
rst_mailbox_answer_download (RstMailbox *self,
                             gboolean is_allowed)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  if (self->question)
    rst_fetcher_set_allow_download (self->engine->fetcher, is_allowed);
  answer (self, is_allowed);
}

void
rst_mailbox_stop (RstMailbox *self)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  for (GList *link = self->waiting.head; link; link = link->next)
    g_cancellable_cancel (((RstOperation *)link->data)->cancellable);
  if (self->running)
    g_cancellable_cancel (self->running->cancellable);
  else
    rst_fetcher_release (self->engine->fetcher);
  answer (self, FALSE);
}

gboolean
rst_mailbox_get_was_listed (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), FALSE);

  return self->was_listed;
}

RstServerReport *
rst_mailbox_get_report (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return self->report;
}

RstEngine *
rst_mailbox_get_engine (RstMailbox *self)
{
  return self->engine;
}

RstMessageItem *
rst_mailbox_find_arrival (RstMailbox *self,
                          RstHeader *header)
{
  return rst_arrivals_find (self->arrivals, header);
}

void
rst_mailbox_set_can_cache (RstMailbox *self,
                           gboolean can_cache)
{
  if (self->can_cache == can_cache)
    return;

  self->can_cache = can_cache;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CACHE]);
}

static void
rst_mailbox_finalize (GObject *object)
{
  RstMailbox *self = RST_MAILBOX (object);

  g_clear_handle_id (&self->release_id, g_source_remove);
  g_clear_pointer (&self->engine, rst_engine_free);
  g_clear_pointer (&self->report, rst_server_report_unref);
  g_clear_pointer (&self->account, rst_account_unref);
  g_clear_pointer (&self->arrivals, rst_arrivals_free);
  g_clear_object (&self->index);
  g_clear_object (&self->file);
  g_free (self->activity);
  g_free (self->hindrance);
  g_free (self->status);

  G_OBJECT_CLASS (rst_mailbox_parent_class)->finalize (object);
}

static void
rst_mailbox_get_property (GObject *object,
                          guint prop_id,
                          GValue *value,
                          GParamSpec *pspec)
{
  RstMailbox *self = RST_MAILBOX (object);

  switch (prop_id)
    {
    case PROP_IS_BUSY:
      g_value_set_boolean (value, self->is_busy);
      break;
    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;
    case PROP_PROGRESS:
      g_value_set_double (value, self->progress);
      break;
    case PROP_CAN_CACHE:
      g_value_set_boolean (value, self->can_cache);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
rst_mailbox_class_init (RstMailboxClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = rst_mailbox_finalize;
  object_class->get_property = rst_mailbox_get_property;

  properties[PROP_IS_BUSY] = g_param_spec_boolean ("is-busy", NULL, NULL, FALSE, flags);
  properties[PROP_STATUS] = g_param_spec_string ("status", NULL, NULL, NULL, flags);
  properties[PROP_PROGRESS] = g_param_spec_double ("progress", NULL, NULL, -1, 1, 0, flags);
  properties[PROP_CAN_CACHE] = g_param_spec_boolean ("can-cache", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_RELOADED] =
      g_signal_new ("reloaded", RST_TYPE_MAILBOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_PTR_ARRAY);
  signals[SIGNAL_OUTDATED] = g_signal_new ("outdated", RST_TYPE_MAILBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                           NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NOTICE] = g_signal_new ("notice", RST_TYPE_MAILBOX, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rst_mailbox_init (RstMailbox *self)
{
  self->index = rst_index_new ();
  self->arrivals = rst_arrivals_new (self->index);
  self->can_cache = TRUE;
  self->can_delete = TRUE;
  self->status = g_strdup ("");
  g_queue_init (&self->waiting);
}

RstMailbox *
rst_mailbox_new (RstAccount *account)
{
  RstMailbox *self = g_object_new (RST_TYPE_MAILBOX, NULL);

  self->account = rst_account_ref (account);
  self->engine = rst_engine_new (account);

  return self;
}

RstMailbox *
rst_mailbox_new_for_file (GFile *file)
{
  g_autoptr (RstAccount) account = rst_account_new ("file", "", "");
  RstMailbox *self = NULL;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  /* The engine's account is a blank one: nothing asks a server. */
  self = rst_mailbox_new (account);
  self->file = g_object_ref (file);
  self->engine->file = rst_mail_file_new (file);
  self->can_delete = FALSE;

  return self;
}

void
rst_mailbox_set_front_end (RstMailbox *self,
                           const RstMailboxFrontEnd *front_end,
                           gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  self->front_end = front_end;
  self->front_end_data = user_data;

  /* A question whose asker has gone would wait for ever. */
  if (!front_end)
    answer (self, FALSE);
}

void
rst_mailbox_set_trace (RstMailbox *self,
                       RstPop3TraceFunc trace,
                       gpointer user_data)
{
  g_return_if_fail (RST_IS_MAILBOX (self));

  rst_fetcher_set_trace (self->engine->fetcher, trace, user_data);
}

RstAccount *
rst_mailbox_get_account (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return self->file ? NULL : self->account;
}

GFile *
rst_mailbox_get_file (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return self->file;
}

const char *
rst_mailbox_get_name (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return self->file ? rst_mail_file_get_name (self->engine->file) : self->account->name;
}

gboolean
rst_mailbox_get_can_delete (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), FALSE);

  return self->can_delete;
}

RstIndex *
rst_mailbox_get_index (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return self->index;
}

gboolean
rst_mailbox_get_is_busy (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), FALSE);

  return self->is_busy;
}

const char *
rst_mailbox_get_status (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), NULL);

  return self->status;
}

double
rst_mailbox_get_progress (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), 0);

  return self->progress;
}

gboolean
rst_mailbox_get_can_cache (RstMailbox *self)
{
  g_return_val_if_fail (RST_IS_MAILBOX (self), FALSE);

  return self->can_cache;
}

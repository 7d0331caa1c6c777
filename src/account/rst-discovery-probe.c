/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-discovery-probe"

#include "config.h"

#include "rst-discovery-probe.h"

#include <string.h>

#include "pop3/rst-pop3-error.h"

/* How long the others may still take when one has answered over TLS. */
#define GRACE_US (1 * G_USEC_PER_SEC)

/* A server that stays silent on CAPA is connected to a second time. */
#define N_WAITS 2

typedef struct
{
  RstFoundServer *server; /* borrowed */
  guint timeout;
  GCancellable *cancellable; /* borrowed */
  GAsyncQueue *done;         /* borrowed */
  GThread *thread;

  gboolean is_good;
  gboolean has_answered;
} Probe;

/* Whether there is something behind the name and the port: anything else is a name that was guessed
 * wrong. */
static gboolean
is_answer (const GError *error)
{
  return error->domain == RST_POP3_ERROR ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

static gpointer
probe_thread (gpointer data)
{
  Probe *probe = data;
  const RstPop3Server server = {
    .host = probe->server->host,
    .port = probe->server->port,
    .security = probe->server->security,
    .timeout = probe->timeout,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (RstPop3Session) session =
      rst_pop3_session_open (&server, probe->cancellable, &error);

  probe->is_good = session != NULL;
  if (session != NULL)
    {
      rst_pop3_session_leave (session);
    }
  else
    {
      probe->has_answered = is_answer (error);
      probe->server->problem = g_strdup (error->message);
    }
  g_async_queue_push (probe->done, probe);
  return NULL;
}

/* Waits for the answers, up to the deadline, and stops what is left then. */
static void
collect (GAsyncQueue *done,
         guint n_probes,
         gint64 deadline,
         GCancellable *cancellable)
{
  for (guint n = 0; n < n_probes; n++)
    {
      gint64 now = g_get_monotonic_time ();
      Probe *probe = NULL;

      if (deadline > now)
        probe = g_async_queue_timeout_pop (done, deadline - now);
      if (probe == NULL)
        g_cancellable_cancel (cancellable);
      if (probe == NULL)
        return;
      if (probe->is_good && probe->server->security == RST_POP3_SECURITY_TLS)
        deadline = MIN (deadline, g_get_monotonic_time () + GRACE_US);
    }
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

void
rst_discovery_probe (GPtrArray *candidates,
                     GPtrArray *servers,
                     GPtrArray *failed,
                     guint timeout,
                     GCancellable *cancellable)
{
  g_autoptr (GAsyncQueue) done = g_async_queue_new ();
  g_autoptr (GCancellable) inner = g_cancellable_new ();
  g_autofree Probe *probes = g_new0 (Probe, candidates->len);
  gint64 deadline = g_get_monotonic_time () + (gint64)N_WAITS * timeout * G_USEC_PER_SEC;
  gulong handler = 0;

  if (cancellable != NULL)
    handler = g_cancellable_connect (
        cancellable, G_CALLBACK (cancelled_cb), g_object_ref (inner), g_object_unref);
  for (guint i = 0; i < candidates->len; i++)
    {
      probes[i] = (Probe){ g_ptr_array_index (candidates, i), timeout, inner, done };
      probes[i].thread = g_thread_new ("discovery", probe_thread, &probes[i]);
    }
  collect (done, candidates->len, deadline, inner);
  for (guint i = 0; i < candidates->len; i++)
    g_thread_join (probes[i].thread);
  g_cancellable_disconnect (cancellable, handler);

  for (guint i = 0; candidates->len > 0; i++)
    {
      g_autoptr (RstFoundServer) server = g_ptr_array_steal_index (candidates, 0);

      if (probes[i].is_good)
        g_ptr_array_add (servers, g_steal_pointer (&server));
      else if (probes[i].has_answered)
        g_ptr_array_add (failed, g_steal_pointer (&server));
    }
}

static gboolean
is_root (const GSrvTarget *target)
{
  const char *host = g_srv_target_get_hostname ((GSrvTarget *)target);

  return host == NULL || host[0] == '\0' || strcmp (host, ".") == 0;
}

GList *
rst_discovery_look_up (const char *service,
                       const char *domain,
                       gboolean *is_declined,
                       GCancellable *cancellable)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_autoptr (GError) error = NULL;
  GList *targets =
      g_resolver_lookup_service (resolver, service, "tcp", domain, cancellable, &error);

  /* GIO turns a single target "." into no target and no error. */
  *is_declined = error == NULL && (targets == NULL || is_root (targets->data));
  if (*is_declined)
    g_clear_pointer (&targets, g_resolver_free_targets);
  return targets;
}

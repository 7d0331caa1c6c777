/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-password-command"

#include "config.h"

#include "rst-password-command.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* Bytes of a secret: access tokens have a few thousand. */
#define MAX_SECRET 6144

/* Bytes of the program's own words in an error message. */
#define MAX_WORDS 300

/* Bytes of them that are passed over at a time. */
#define SKIPPED 4096

/* Seconds: it may have to ask a server of its own. */
#define TIMEOUT 60

typedef struct
{
  GMainLoop *loop;
  GSubprocess *process;
  GCancellable *cancellable;
  char *secret;
  gsize n_secret;
  char words[MAX_WORDS];
  gsize n_words;
  guint n_pending;
  gboolean is_late;
  GError *error;
} Run;

static void
finish_one (Run *self)
{
  if (--self->n_pending == 0)
    g_main_loop_quit (self->loop);
}

static void
give_up (Run *self,
         GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  g_subprocess_force_exit (self->process);
  /* Its children may hold the pipes open. */
  g_cancellable_cancel (self->cancellable);
}

static void
output_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Run *self = user_data;
  GError *error = NULL;

  if (!g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &self->n_secret, &error))
    give_up (self, error);
  else if (self->n_secret > MAX_SECRET)
    give_up (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                                        _ ("its output is too long for a password")));
  finish_one (self);
}

/* A program that says more than is told must not wait for somebody to read it. */
static void
skipped_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  Run *self = user_data;

  if (g_input_stream_skip_finish (G_INPUT_STREAM (source), result, NULL) > 0)
    g_input_stream_skip_async (G_INPUT_STREAM (source), SKIPPED, G_PRIORITY_DEFAULT,
                               self->cancellable, skipped_cb, self);
  else
    finish_one (self);
}

static void
words_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  Run *self = user_data;

  /* What it complains of is told if it can be had. */
  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &self->n_words, NULL);
  g_input_stream_skip_async (G_INPUT_STREAM (source), SKIPPED, G_PRIORITY_DEFAULT,
                             self->cancellable, skipped_cb, self);
}

static void
exited_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Run *self = user_data;
  GError *error = NULL;

  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, &error))
    give_up (self, error);
  finish_one (self);
}

static gboolean
late_cb (gpointer user_data)
{
  Run *self = user_data;

  g_cancellable_cancel (self->cancellable);
  self->is_late = TRUE;
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *outer,
              gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
wait_for_all (Run *self,
              GMainContext *context)
{
  GSource *timer = g_timeout_source_new_seconds (TIMEOUT);

  g_source_set_callback (timer, late_cb, self, NULL);
  g_source_attach (timer, context);
  self->n_pending = 3;
  g_input_stream_read_all_async (g_subprocess_get_stdout_pipe (self->process), self->secret,
                                 MAX_SECRET + 1, G_PRIORITY_DEFAULT, self->cancellable, output_cb,
                                 self);
  g_input_stream_read_all_async (g_subprocess_get_stderr_pipe (self->process), self->words,
                                 sizeof self->words - 1, G_PRIORITY_DEFAULT, self->cancellable,
                                 words_cb, self);
  g_subprocess_wait_async (self->process, self->cancellable, exited_cb, self);
  g_main_loop_run (self->loop);
  g_source_destroy (timer);
  g_source_unref (timer);
}

static char *
describe_failure (Run *self)
{
  g_autofree char *words = g_utf8_make_valid (self->words, (gssize)self->n_words);
  int status;

  for (char *p = words; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (words);
  if (g_subprocess_get_if_signaled (self->process))
    return g_strdup (_ ("it was ended from outside"));
  status = g_subprocess_get_exit_status (self->process);
  if (*words != '\0')
    return g_strdup_printf (_ ("it failed with status %d and said “%s”"), status, words);
  return g_strdup_printf (_ ("it failed with status %d"), status);
}

/* The first line, without CR and LF. Returns: (transfer full): why there is none. */
static char *
judge (Run *self,
       SecretValue **secret)
{
  const char *end = memchr (self->secret, '\n', self->n_secret);
  gsize length = end != NULL ? (gsize)(end - self->secret) : self->n_secret;

  if (self->is_late)
    return g_strdup_printf (_ ("it took more than %d seconds"), TIMEOUT);
  if (self->error != NULL)
    return g_strdup (self->error->message);
  if (!g_subprocess_get_successful (self->process))
    return describe_failure (self);
  while (length > 0 && self->secret[length - 1] == '\r')
    length--;
  if (length == 0)
    return g_strdup (_ ("the first line of its output is empty"));
  if (memchr (self->secret, '\0', length) != NULL)
    return g_strdup (_ ("its output is not text"));
  *secret = secret_value_new (self->secret, (gssize)length, "text/plain");
  return NULL;
}

static SecretValue *
run (Run *self,
     const char *program,
     GMainContext *context,
     GCancellable *outer,
     GError **error)
{
  char buffer[MAX_SECRET + 1];
  SecretValue *secret = NULL;
  g_autofree char *reason = NULL;
  gulong handler = 0;

  self->secret = buffer;
  self->cancellable = g_cancellable_new ();
  if (outer != NULL)
    handler = g_cancellable_connect (outer, G_CALLBACK (cancelled_cb), self->cancellable, NULL);
  wait_for_all (self, context);
  g_cancellable_disconnect (outer, handler);
  reason = judge (self, &secret);
  explicit_bzero (buffer, sizeof buffer);
  if (g_cancellable_set_error_if_cancelled (outer, error))
    g_clear_pointer (&secret, secret_value_unref);
  else if (reason != NULL)
    /* Translators: a program, and a reason: "it failed with status 1" */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The command “%s” gave no password: %s. Check the account's settings."),
                 program, reason);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  return secret;
}

SecretValue *
rst_password_run_command (const char *command,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  g_autoptr (GSubprocess) process = NULL;
  Run self = { .loop = loop };
  SecretValue *secret = NULL;

  g_return_val_if_fail (command != NULL, NULL);

  if (!g_shell_parse_argv (command, NULL, &argv, error))
    return NULL;
  g_main_context_push_thread_default (context);
  process = g_subprocess_newv ((const char *const *)argv,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                               error);
  self.process = process;
  if (process != NULL)
    secret = run (&self, argv[0], context, cancellable, error);
  else
    g_prefix_error (error, _ ("The command “%s” could not be run: "), argv[0]);
  g_main_context_pop_thread_default (context);
  return secret;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-password-command"

#include "config.h"

#include "rst-password-command.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#include "pop3/rst-pop3-session.h"
#include "rst-locked-memory.h"

/* Bytes of the output: the secret, and lines that are passed over. */
#define MAX_OUTPUT (16 * 1024 - 1)

/* Bytes of the program's own words in an error message. */
#define MAX_WORDS 300

/* Bytes of them that are read at a time. */
#define SKIPPED 4096

/* Seconds: it may have to ask a server of its own. */
#define TIMEOUT 60

/* Milliseconds that the output of a program that has ended is waited for: what it printed is there
 * at once, and what it left behind (an agent, the master of an SSH connection) may keep the pipes
 * open for hours. */
#define GRACE 2000

typedef struct
{
  GPollableInputStream *stream;
  char *bytes;
  gsize size;
  gsize length;
  gboolean is_open;
} Pipe;

typedef struct
{
  GMainLoop *loop;
  GSubprocess *process;
  GCancellable *waiting; /* for the process */
  pid_t group;
  Pipe output;
  Pipe words;
  gboolean is_token;
  gboolean is_waiting;
  gboolean has_exited;
  gboolean is_late;
} Run;

/* Whatever the program has started belongs to it, unless it took care to leave. */
static void
kill_group (Run *self)
{
  /* Once the first of them is reaped, the number may soon be somebody else's. */
  if (!self->has_exited && self->group > 0)
    kill (-self->group, SIGKILL);
  g_main_loop_quit (self->loop);
}

/* Takes what is there, as long as there is room. */
static void
drain (Pipe *pipe)
{
  while (pipe->is_open && pipe->length < pipe->size)
    {
      g_autoptr (GError) error = NULL;
      gssize n_read = g_pollable_input_stream_read_nonblocking (
          pipe->stream, pipe->bytes + pipe->length, pipe->size - pipe->length, NULL, &error);

      if (n_read > 0)
        pipe->length += n_read;
      else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      else
        pipe->is_open = FALSE;
    }
}

static gboolean
has_all (Run *self)
{
  if (!self->has_exited)
    return FALSE;
  if (!g_subprocess_get_successful (self->process))
    return !self->words.is_open;
  return !self->output.is_open || memchr (self->output.bytes, '\n', self->output.length) != NULL;
}

static gboolean
readable_cb (GObject *stream,
             gpointer user_data)
{
  Run *self = user_data;
  Pipe *pipe = stream == G_OBJECT (self->output.stream) ? &self->output : &self->words;

  drain (pipe);
  /* A program that says more than is told must not wait for somebody to read it. */
  if (pipe == &self->words)
    pipe->length = MIN (pipe->length, MAX_WORDS);
  if (self->output.length > MAX_OUTPUT)
    kill_group (self);
  else if (has_all (self))
    g_main_loop_quit (self->loop);
  return pipe->is_open;
}

static gboolean
grace_cb (gpointer user_data)
{
  Run *self = user_data;

  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

static gboolean
late_cb (gpointer user_data)
{
  Run *self = user_data;

  if (self->has_exited)
    return G_SOURCE_REMOVE;
  self->is_late = TRUE;
  kill_group (self);
  return G_SOURCE_REMOVE;
}

static gboolean
stopped_cb (GCancellable *outer,
            gpointer user_data)
{
  kill_group (user_data);
  return G_SOURCE_REMOVE;
}

/* Returns: (transfer full): one that runs in the thread's own context. */
static GSource *
attach (GSource *source,
        GSourceFunc func,
        Run *self)
{
  g_source_set_callback (source, func, self, NULL);
  g_source_attach (source, g_main_loop_get_context (self->loop));
  return source;
}

static void
exited_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  Run *self = user_data;

  self->is_waiting = FALSE;
  if (!g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL))
    return;
  self->has_exited = TRUE;
  drain (&self->output);
  drain (&self->words);
  if (has_all (self) || self->output.length > MAX_OUTPUT)
    g_main_loop_quit (self->loop);
  else
    g_source_unref (attach (g_timeout_source_new (GRACE), grace_cb, self));
}

static void
wait_for_all (Run *self,
              GCancellable *outer)
{
  GMainContext *context = g_main_loop_get_context (self->loop);
  GSource *sources[] = {
    attach (g_timeout_source_new_seconds (TIMEOUT), late_cb, self),
    attach (g_cancellable_source_new (outer), G_SOURCE_FUNC (stopped_cb), self),
    attach (g_pollable_input_stream_create_source (self->output.stream, NULL),
            G_SOURCE_FUNC (readable_cb), self),
    attach (g_pollable_input_stream_create_source (self->words.stream, NULL),
            G_SOURCE_FUNC (readable_cb), self),
  };

  self->is_waiting = TRUE;
  g_subprocess_wait_async (self->process, self->waiting, exited_cb, self);
  g_main_loop_run (self->loop);
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_source_destroy (sources[i]);
      g_source_unref (sources[i]);
    }
  g_cancellable_cancel (self->waiting);
  while (self->is_waiting)
    g_main_context_iteration (context, TRUE);
}

static char *
describe_failure (Run *self)
{
  g_autofree char *words =
      g_utf8_make_valid (self->words.bytes, (gssize)MIN (self->words.length, MAX_WORDS));
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

static char *
describe_length (const Run *self)
{
  return g_strdup (self->is_token ? _ ("its output is too long for an access token")
                                  : _ ("its output is too long for a password"));
}

/* The first line, without CR and LF. Returns: (transfer full): why there is none. */
static char *
judge (Run *self,
       SecretValue **secret)
{
  const char *line = self->output.bytes;
  const char *end = memchr (line, '\n', self->output.length);
  gsize length = end != NULL ? (gsize)(end - line) : self->output.length;

  if (self->is_late)
    return g_strdup_printf (_ ("it took more than %d seconds"), TIMEOUT);
  if (self->output.length > MAX_OUTPUT)
    return describe_length (self);
  if (!g_subprocess_get_successful (self->process))
    return describe_failure (self);
  while (length > 0 && line[length - 1] == '\r')
    length--;
  if (length == 0)
    return g_strdup (_ ("the first line of its output is empty"));
  if (length > (self->is_token ? RST_POP3_MAX_TOKEN : RST_POP3_MAX_PASSWORD))
    return describe_length (self);
  if (memchr (line, '\0', length) != NULL)
    return g_strdup (_ ("its output is not text"));
  *secret = secret_value_new (line, (gssize)length, "text/plain");
  return NULL;
}

static SecretValue *
run (Run *self,
     char *memory,
     const char *program,
     GCancellable *outer,
     GError **error)
{
  char words[SKIPPED];
  SecretValue *secret = NULL;
  g_autofree char *reason = NULL;

  self->output = (Pipe){ G_POLLABLE_INPUT_STREAM (g_subprocess_get_stdout_pipe (self->process)),
                         memory, MAX_OUTPUT + 1, 0, TRUE };
  self->words = (Pipe){ G_POLLABLE_INPUT_STREAM (g_subprocess_get_stderr_pipe (self->process)),
                        words, sizeof words, 0, TRUE };
  self->waiting = g_cancellable_new ();
  wait_for_all (self, outer);
  g_object_unref (self->waiting);
  if (!g_cancellable_set_error_if_cancelled (outer, error))
    reason = judge (self, &secret);
  if (reason != NULL && self->is_token)
    /* Translators: a program, and a reason: "it failed with status 1" */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The command “%s” gave no access token: %s. Check the account's settings."),
                 program, reason);
  else if (reason != NULL)
    /* Translators: a program, and a reason: "it failed with status 1" */
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The command “%s” gave no password: %s. Check the account's settings."),
                 program, reason);
  return secret;
}

/* A session of its own is also a group of its own, which can be killed as a whole. It has no
 * terminal: a program that wants to ask there fails at once and says so, where one in the
 * background of a terminal would be stopped until its time is over. */
static void
leave_session (gpointer unused)
{
  setsid ();
}

static gboolean
start (Run *self,
       char **argv,
       GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  const char *identifier;

  g_subprocess_launcher_set_child_setup (launcher, leave_session, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, error);
  if (self->process == NULL)
    {
      g_prefix_error (error, _ ("The command “%s” could not be run: "), argv[0]);
      return FALSE;
    }
  /* NULL when it is over already. */
  identifier = g_subprocess_get_identifier (self->process);
  self->group = identifier != NULL ? (pid_t)g_ascii_strtoll (identifier, NULL, 10) : 0;
  return TRUE;
}

/* As in the path of a password file; there is no shell that would do it. */
static void
expand_home (char **program)
{
  char *whole;

  if (!g_str_has_prefix (*program, "~/"))
    return;
  whole = g_build_filename (g_get_home_dir (), *program + strlen ("~/"), NULL);
  g_free (*program);
  *program = whole;
}

SecretValue *
rst_password_run_command (const char *command,
                          gboolean is_token,
                          GCancellable *cancellable,
                          GError **error)
{
  g_auto (GStrv) argv = NULL;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (context, FALSE);
  Run self = { .loop = loop, .is_token = is_token };
  SecretValue *secret = NULL;
  char *memory;

  g_return_val_if_fail (command != NULL, NULL);

  if (!g_shell_parse_argv (command, NULL, &argv, error))
    return NULL;
  expand_home (&argv[0]);
  g_main_context_push_thread_default (context);
  memory = rst_locked_memory_new (MAX_OUTPUT + 1);
  if (start (&self, argv, error))
    secret = run (&self, memory, argv[0], cancellable, error);
  rst_locked_memory_free (memory, MAX_OUTPUT + 1);
  g_clear_object (&self.process);
  g_main_context_pop_thread_default (context);
  return secret;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "cli-terminal"

#include "config.h"

#include "cli-terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#define TIMEOUT (20 * G_USEC_PER_SEC)

struct _CliTerminal
{
  pid_t pid;
  int fd;
  gint64 deadline;
  GString *screen;
  gsize n_expected;
};

static CliTerminal *
spawn (CliRunner *runner,
       char **argv,
       guint columns)
{
  CliTerminal *self = g_new0 (CliTerminal, 1);
  struct winsize size = { .ws_row = 24, .ws_col = (unsigned short)columns };

  self->screen = g_string_new (NULL);
  self->deadline = g_get_monotonic_time () + TIMEOUT;
  self->pid = forkpty (&self->fd, NULL, NULL, &size);
  g_assert_cmpint (self->pid, >=, 0);
  if (self->pid == 0)
    {
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      /* Shells let what they run in the background ignore these. */
      signal (SIGINT, SIG_DFL);
      signal (SIGQUIT, SIG_DFL);
      execve (argv[0], argv, cli_runner_get_environment (runner));
      _exit (127);
    }

  return self;
}

CliTerminal *
cli_terminal_new (CliRunner *runner,
                  const char *command,
                  guint columns)
{
  g_auto (GStrv) argv = cli_runner_dup_argv (runner, command);

  return spawn (runner, argv, columns);
}

CliTerminal *
cli_terminal_new_in_shell (CliRunner *runner,
                           const char *command,
                           const char *script)
{
  g_auto (GStrv) program = cli_runner_dup_argv (runner, command);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  const char *const shell[] = { "/bin/sh", "-m", "-c", script, "sh" };

  for (guint i = 0; i < G_N_ELEMENTS (shell); i++)
    g_ptr_array_add (argv, (char *)shell[i]);
  for (guint i = 0; program[i]; i++)
    g_ptr_array_add (argv, program[i]);
  g_ptr_array_add (argv, NULL);

  return spawn (runner, (char **)argv->pdata, 80);
}

void
cli_terminal_type (CliTerminal *self,
                   const char *text)
{
  g_assert_cmpint (write (self->fd, text, strlen (text)), ==, strlen (text));
}

static void
fail (CliTerminal *self,
      const char *expected)
{
  kill (self->pid, SIGKILL);
  g_error ("“%s” does not come; the terminal shows:\n%s", expected, self->screen->str);
}

/* Returns FALSE when the program has closed the terminal, which Linux tells as EIO. */
static gboolean
read_more (CliTerminal *self,
           const char *expected)
{
  struct pollfd fds = { self->fd, POLLIN, 0 };
  gint64 left = self->deadline - g_get_monotonic_time ();
  char bytes[4096];
  gssize n_read;

  if (left <= 0 || poll (&fds, 1, (int)(left / 1000) + 1) == 0)
    fail (self, expected);
  n_read = read (self->fd, bytes, sizeof bytes);
  if (n_read > 0)
    g_string_append_len (self->screen, bytes, n_read);

  return n_read > 0 || (n_read < 0 && errno == EINTR);
}

void
cli_terminal_expect (CliTerminal *self,
                     const char *text)
{
  const char *found;

  while (!(found = strstr (self->screen->str + self->n_expected, text)))
    if (!read_more (self, text))
      fail (self, text);

  self->n_expected = (gsize)(found - self->screen->str) + strlen (text);
}

void
cli_terminal_signal (CliTerminal *self,
                     int number)
{
  g_assert_cmpint (kill (self->pid, number), ==, 0);
}

gboolean
cli_terminal_has_echo (CliTerminal *self)
{
  struct termios mode;

  /* The two ends of a pseudo-terminal have one mode. */
  g_assert_cmpint (tcgetattr (self->fd, &mode), ==, 0);
  return (mode.c_lflag & ECHO) != 0;
}

char *
cli_terminal_finish (CliTerminal *self,
                     int status)
{
  int wait_status;
  int real_status;
  char *screen;

  while (read_more (self, "the end"))
    continue;
  g_assert_cmpint (waitpid (self->pid, &wait_status, 0), ==, self->pid);
  real_status = WIFEXITED (wait_status) ? WEXITSTATUS (wait_status) : -WTERMSIG (wait_status);
  if (real_status != status)
    g_error ("expected status %d, got %d; the terminal shows:\n%s", status, real_status,
             self->screen->str);

  g_string_replace (self->screen, "\r\n", "\n", 0);
  screen = g_string_free (self->screen, FALSE);
  close (self->fd);
  g_free (self);

  return screen;
}

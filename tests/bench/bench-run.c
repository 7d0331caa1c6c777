/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "bench-run"

#include "config.h"

#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* Runs a command and prints what it cost: seconds passed, seconds of CPU, peak memory in KiB, exit
 * status. A program of its own, since the peak memory of a process counts what its parent had at
 * the fork: this one is small. */

static double timeout = 900;
static char *output = NULL;
static gboolean wants_terminal = FALSE;

/* With -1 the terminal is closed, or there is none. */
static int terminal = -1;

static double
seconds (void)
{
  return (double)g_get_monotonic_time () / G_USEC_PER_SEC;
}

static double
seconds_of (const struct timeval *time)
{
  return (double)time->tv_sec + (double)time->tv_usec / 1e6;
}

static pid_t
spawn (char **command,
       int output_fd)
{
  struct winsize size = { .ws_row = 24, .ws_col = 80 };
  pid_t pid = wants_terminal ? forkpty (&terminal, NULL, NULL, &size) : fork ();

  if (pid != 0)
    return pid;

  if (!wants_terminal)
    {
      int nothing = open ("/dev/null", O_RDONLY);

      setpgid (0, 0);
      dup2 (nothing, STDIN_FILENO);
      dup2 (output_fd, STDOUT_FILENO);
      dup2 (output_fd, STDERR_FILENO);
    }
  execvp (command[0], command);
  _exit (127);
}

static void
drain_terminal (int output_fd)
{
  char bytes[64 * 1024];
  ssize_t n = read (terminal, bytes, sizeof bytes);

  if (n > 0)
    (void)!write (output_fd, bytes, (gsize)n);
  else
    terminal = -1;
}

/* Returns FALSE when the time was up. */
static gboolean
wait_for_end (pid_t pid,
              int output_fd,
              double deadline)
{
  int process = (int)syscall (SYS_pidfd_open, pid, 0);

  while (TRUE)
    {
      struct pollfd fds[] = { { process, POLLIN, 0 }, { terminal, POLLIN, 0 } };
      double left = deadline - seconds ();

      if (left <= 0)
        return FALSE;
      poll (fds, G_N_ELEMENTS (fds), (int)(left * 1000) + 1);
      if (terminal >= 0 && fds[1].revents != 0)
        drain_terminal (output_fd);
      if (fds[0].revents != 0)
        return TRUE;
    }
}

int
main (int argc,
      char *argv[])
{
  const GOptionEntry entries[] = {
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output, "Where its output goes", "FILE" },
    { "timeout", 't', 0, G_OPTION_ARG_DOUBLE, &timeout, "Kill it after that long", "SECONDS" },
    { "terminal", 0, 0, G_OPTION_ARG_NONE, &wants_terminal, "Run it on a terminal", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("-- COMMAND…");
  g_autoptr (GError) error = NULL;
  struct rusage usage = { 0 };
  double start;
  double wall;
  int output_fd;
  int status;
  pid_t pid;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_strict_posix (context, TRUE);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (argc > 1 && g_str_equal (argv[1], "--"))
    argv++;

  output_fd = open (output ? output : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  start = seconds ();
  pid = spawn (argv + 1, output_fd);
  if (pid < 0 || output_fd < 0)
    g_error ("cannot run %s", argv[1]);

  if (!wait_for_end (pid, output_fd, start + timeout))
    {
      kill (-pid, SIGKILL);
      kill (pid, SIGKILL);
    }
  wait4 (pid, &status, 0, &usage);
  wall = seconds () - start;
  printf ("%.6f %.6f %ld %d\n", wall, seconds_of (&usage.ru_utime) + seconds_of (&usage.ru_stime),
          usage.ru_maxrss, WIFEXITED (status) ? WEXITSTATUS (status) : 128 + WTERMSIG (status));

  return EXIT_SUCCESS;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-terminal"

#include "config.h"

#include "rst-cli-terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "account/rst-password.h"
#include "rst-cli-text.h"

#define MAX_ANSWER 256

static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP };

/* Where the signal handler writes the number of what it has caught. */
static int caught_fd = -1;

static void
catch_cb (int number)
{
  int saved_errno = errno;
  char byte = (char)number;

  (void)!write (caught_fd, &byte, 1);
  errno = saved_errno;
}

/* Waits for a byte of @fd. Returns 0 when there is one, else the signal that has come. A signal may
 * be handled on any thread and at any moment, so it comes through a pipe. */
static int
wait_for_byte (int fd,
               int signal_fd)
{
  struct pollfd fds[] = { { fd, POLLIN, 0 }, { signal_fd, POLLIN, 0 } };
  char byte = 0;

  while (poll (fds, G_N_ELEMENTS (fds), -1) < 0 && errno == EINTR)
    continue;

  return (fds[1].revents & POLLIN) && read (signal_fd, &byte, 1) == 1 ? byte : 0;
}

/* Byte by byte, so that no buffer of the library keeps a copy. @line is empty after a signal, at
 * the end of the input, and when it would not fit. */
static int
read_line (int fd,
           int signal_fd,
           char *line,
           gsize size)
{
  gsize length = 0;
  char byte = '\0';
  int number = 0;

  while ((number = wait_for_byte (fd, signal_fd)) == 0 && read (fd, &byte, 1) == 1 && byte != '\n')
    if (length++ < size - 1)
      line[length - 1] = byte;
  line[byte == '\n' && number == 0 && length < size ? length : 0] = '\0';

  return number;
}

/* Asks once. Returns the signal that came in place of an answer, or 0. */
static int
ask_once (int fd,
          const char *prompt,
          gboolean has_echo,
          char *line,
          gsize size)
{
  struct sigaction action = { .sa_handler = catch_cb };
  struct sigaction old_actions[G_N_ELEMENTS (signals)];
  struct termios old_mode;
  struct termios mode;
  int pipe_fds[2];
  int number;

  line[0] = '\0';
  if (tcgetattr (fd, &old_mode) < 0 || !g_unix_open_pipe (pipe_fds, FD_CLOEXEC, NULL))
    return 0;

  caught_fd = pipe_fds[1];
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &action, &old_actions[i]);
  mode = old_mode;
  if (!has_echo)
    mode.c_lflag &= ~(tcflag_t)ECHO;
  tcsetattr (fd, TCSAFLUSH, &mode);
  dprintf (fd, "%s", prompt);

  number = read_line (fd, pipe_fds[0], line, size);

  tcsetattr (fd, TCSAFLUSH, &old_mode);
  if (!has_echo || number != 0)
    dprintf (fd, "\n");
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    sigaction (signals[i], &old_actions[i], NULL);
  close (pipe_fds[0]);
  close (pipe_fds[1]);

  return number;
}

static void
ask (int fd,
     const char *prompt,
     gboolean has_echo,
     char *line,
     gsize size)
{
  int number;

  rst_cli_terminal_show_progress (NULL);
  do
    {
      number = ask_once (fd, prompt, has_echo, line, size);
      if (number != 0)
        raise (number);
    }
  while (number == SIGTSTP);
}

/* The terminal itself, wherever standard error goes. */
static int
open_terminal (void)
{
  return open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
}

SecretValue *
rst_cli_terminal_ask_password (const char *prompt)
{
  char line[RST_POP3_MAX_PASSWORD];
  SecretValue *password = NULL;
  int fd = open_terminal ();

  if (fd < 0)
    return NULL;

  ask (fd, prompt, FALSE, line, sizeof line);
  if (line[0] != '\0')
    password = rst_password_new (line);
  explicit_bzero (line, sizeof line);
  close (fd);

  return password;
}

gboolean
rst_cli_terminal_can_ask_password (void)
{
  int fd = open_terminal ();

  if (fd < 0)
    return FALSE;

  close (fd);
  return TRUE;
}

gboolean
rst_cli_terminal_can_confirm (void)
{
  return isatty (STDIN_FILENO) && rst_cli_terminal_can_ask_password ();
}

gboolean
rst_cli_terminal_confirm (const char *question)
{
  char line[MAX_ANSWER];
  g_autofree char *prompt = NULL;
  int fd = isatty (STDIN_FILENO) ? open_terminal () : -1;

  if (fd < 0)
    return FALSE;

  /* Translators: what is typed to agree: the first letter of "yes". */
  prompt = g_strdup_printf ("%s [%s/N] ", question, _ ("y"));
  ask (fd, prompt, TRUE, line, sizeof line);
  close (fd);
  g_strstrip (line);

  return g_ascii_strcasecmp (line, "y") == 0 || g_ascii_strcasecmp (line, "yes") == 0 ||
         g_str_equal (line, _ ("y"));
}

static guint
get_width (int fd)
{
  struct winsize size;

  return isatty (fd) && ioctl (fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

void
rst_cli_terminal_show_progress (const char *text)
{
  static gboolean is_shown = FALSE;
  guint width;
  g_autofree char *line = NULL;

  if (!isatty (STDERR_FILENO) || (!text && !is_shown))
    return;

  /* A line that is too long would leave its beginning behind. */
  width = get_width (STDERR_FILENO);
  line = rst_cli_text_cut (text ? text : "", width > 0 ? width - 1 : G_MAXINT);
  g_printerr ("\r\033[K%s", line);
  is_shown = text != NULL;
}

guint
rst_cli_terminal_get_width (void)
{
  return get_width (STDOUT_FILENO);
}

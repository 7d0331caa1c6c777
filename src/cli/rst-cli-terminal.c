/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-cli-terminal"

#include "config.h"

#include "rst-cli-terminal.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "account/rst-password.h"

#define MAX_PASSWORD 4096

/* Byte by byte, so that no buffer of the library keeps a copy. */
static gboolean
read_line (int fd,
           char *line,
           gsize size)
{
  gsize length = 0;
  char byte = '\0';

  while (read (fd, &byte, 1) == 1 && byte != '\n')
    if (length + 1 < size)
      line[length++] = byte;
  line[length] = '\0';

  return byte == '\n' && length > 0;
}

static SecretValue *
read_password (int fd,
               const char *prompt)
{
  char line[MAX_PASSWORD];
  struct termios old_mode;
  struct termios mode;
  SecretValue *password = NULL;

  if (tcgetattr (fd, &old_mode) < 0)
    return NULL;

  mode = old_mode;
  mode.c_lflag &= ~(tcflag_t)ECHO;
  dprintf (fd, "%s", prompt);
  tcsetattr (fd, TCSAFLUSH, &mode);
  if (read_line (fd, line, sizeof line))
    password = rst_password_new (line);
  tcsetattr (fd, TCSAFLUSH, &old_mode);
  dprintf (fd, "\n");
  explicit_bzero (line, sizeof line);

  return password;
}

SecretValue *
rst_cli_terminal_ask_password (const char *prompt)
{
  int fd = open ("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
  SecretValue *password;

  if (fd < 0)
    return NULL;

  rst_cli_terminal_show_progress (NULL);
  password = read_password (fd, prompt);
  close (fd);

  return password;
}

gboolean
rst_cli_terminal_can_ask (void)
{
  return isatty (STDIN_FILENO);
}

gboolean
rst_cli_terminal_confirm (const char *question)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  if (!rst_cli_terminal_can_ask ())
    return FALSE;

  rst_cli_terminal_show_progress (NULL);
  /* Translators: what is typed to agree: the first letter of "yes". */
  g_printerr ("%s [%s/N] ", question, _ ("y"));
  if (getline (&line, &size, stdin) <= 0)
    return FALSE;

  g_strstrip (line);
  return g_ascii_strcasecmp (line, "y") == 0 || g_ascii_strcasecmp (line, "yes") == 0 ||
         g_str_equal (line, _ ("y"));
}

void
rst_cli_terminal_show_progress (const char *text)
{
  static gboolean is_shown = FALSE;

  if (!isatty (STDERR_FILENO) || (!text && !is_shown))
    return;

  g_printerr ("\r\033[K%s", text ? text : "");
  is_shown = text != NULL;
}

void
rst_cli_terminal_print_safely (const char *text)
{
  g_autoptr (GString) safe = g_string_sized_new (strlen (text));

  for (const char *c = text; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (g_unichar_iscntrl (character) && character != '\t' && character != '\n')
        g_string_append (safe, "\xef\xbf\xbd");
      else
        g_string_append_unichar (safe, character);
    }

  fputs (safe->str, stdout);
}

static guint
width_of (gunichar character)
{
  if (g_unichar_iszerowidth (character))
    return 0;

  return g_unichar_iswide (character) ? 2 : 1;
}

char *
rst_cli_terminal_pad (const char *text,
                      guint width)
{
  GString *padded = g_string_new (NULL);
  guint used = 0;

  for (const char *c = text; *c; c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      if (used + width_of (character) > width)
        break;
      used += width_of (character);
      g_string_append_unichar (padded, character);
    }
  for (; used < width; used++)
    g_string_append_c (padded, ' ');

  return g_string_free (padded, FALSE);
}

guint
rst_cli_terminal_get_width (void)
{
  struct winsize size;

  if (!isatty (STDOUT_FILENO) || ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
    return 0;

  return size.ws_col;
}

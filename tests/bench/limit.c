/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "limit"

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <gnutls/gnutls.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* How fast a server can be asked at all: logs in as every client does, one command at a time, then
 * sends all commands at once and throws the answers away. Nothing is decoded, kept or verified, so
 * no mail client can do the same work in less time, only with fewer round trips. */

#define IN_SIZE (256 * 1024)

/* More than one record of TLS is copied for nothing, if the socket is full. */
#define WRITE_SIZE (16 * 1024)

static int port = 110;
static gboolean wants_tls = FALSE;
static gboolean in_one_flight = FALSE;
static const char *user = "user";
static const char *password = "password";

static int fd;
static gnutls_session_t tls;

static GString *out;
static gsize out_offset;

static char in[IN_SIZE];
static gsize in_start;
static gsize in_end;

static void
start_tls (void)
{
  gnutls_certificate_credentials_t credentials;
  int result;

  gnutls_certificate_allocate_credentials (&credentials);
  gnutls_init (&tls, GNUTLS_CLIENT);
  gnutls_set_default_priority (tls);
  gnutls_credentials_set (tls, GNUTLS_CRD_CERTIFICATE, credentials);
  gnutls_transport_set_int (tls, fd);
  do
    result = gnutls_handshake (tls);
  while (result < 0 && !gnutls_error_is_fatal (result));
  if (result < 0)
    g_error ("no TLS: %s", gnutls_strerror (result));
}

static void
call_server (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16)port) };
  int one = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (connect (fd, (struct sockaddr *)&address, sizeof address) < 0)
    g_error ("no connection: %s", g_strerror (errno));
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (wants_tls)
    start_tls ();
  fcntl (fd, F_SETFL, O_NONBLOCK);
}

/* Returns -1 if it would block, 0 at the end. */
static ssize_t
read_some (char *bytes,
           gsize size)
{
  ssize_t n = tls ? gnutls_record_recv (tls, bytes, size) : read (fd, bytes, size);
  gboolean is_patient = tls ? !gnutls_error_is_fatal ((int)n) : errno == EAGAIN;

  if (n < 0 && !is_patient)
    g_error ("the server is gone");
  return MAX (n, -1);
}

/* After GNUTLS_E_AGAIN the same bytes have to come again, and do. */
static void
write_queue (void)
{
  while (out_offset < out->len)
    {
      gsize size = MIN (out->len - out_offset, WRITE_SIZE);
      const char *bytes = out->str + out_offset;
      ssize_t n = tls ? gnutls_record_send (tls, bytes, size) : write (fd, bytes, size);

      if (n < 0)
        return;
      out_offset += (gsize)n;
    }
  g_string_truncate (out, 0);
  out_offset = 0;
}

static void
fill (void)
{
  ssize_t n;

  memmove (in, in + in_start, in_end - in_start);
  in_end -= in_start;
  in_start = 0;
  if (in_end == IN_SIZE)
    g_error ("a line of the server's is too long");

  write_queue ();
  while ((n = read_some (in + in_end, IN_SIZE - in_end)) < 0)
    {
      struct pollfd wait = { fd, POLLIN, 0 };

      if (out->len > 0)
        wait.events |= POLLOUT;
      poll (&wait, 1, -1);
      write_queue ();
    }
  if (n == 0)
    g_error ("the server hung up");
  in_end += (gsize)n;
}

static const char *
read_line (gsize *length)
{
  gsize scanned = in_start;
  const char *end;
  const char *line;

  while (!(end = memchr (in + scanned, '\n', in_end - scanned)))
    {
      gsize n_scanned = in_end - in_start;

      fill ();
      scanned = in_start + n_scanned;
    }
  line = in + in_start;
  *length = (gsize)(end - line) + 1;
  in_start += *length;
  return line;
}

static void
read_status (void)
{
  gsize length;
  const char *line = read_line (&length);

  if (line[0] != '+')
    g_error ("the server said: %.*s", (int)length, line);
}

/* Returns the number of lines. */
static guint
read_lines (void)
{
  gsize length;
  const char *line;
  guint n = 0;

  read_status ();
  while ((line = read_line (&length))[0] != '.' || length != 3)
    n++;
  return n;
}

static void
ask (const char *command,
     const char *argument)
{
  g_string_append_printf (out, argument ? "%s %s\r\n" : "%s\r\n", command, argument);
}

static void
ask_for_range (const char *format,
               guint first,
               guint last)
{
  g_auto (GStrv) parts = g_strsplit (format, "N", 2);

  for (guint i = first; i <= last; i++)
    g_string_append_printf (out, "%s%u%s\r\n", parts[0], i, parts[1]);
}

static void
log_in (void)
{
  if (in_one_flight)
    ask ("USER", user);
  read_status ();
  if (!in_one_flight)
    {
      ask ("USER", user);
      read_status ();
    }
  ask ("PASS", password);
  if (in_one_flight)
    {
      ask ("LIST", NULL);
      ask ("UIDL", NULL);
      read_status ();
    }
  read_status ();
}

static guint
list (void)
{
  guint n;

  if (!in_one_flight)
    {
      ask ("LIST", NULL);
      ask ("UIDL", NULL);
    }
  n = read_lines ();
  read_lines ();
  return n;
}

static void
do_work (const char *work,
         guint count)
{
  guint last = count;
  guint first = 1;

  if (!g_str_equal (work, "delete"))
    {
      last = list ();
      first = count > 0 && count < last ? last - count + 1 : 1;
    }
  if (g_str_equal (work, "list"))
    return;

  ask_for_range (g_str_equal (work, "retrieve") ? "RETR N" : "TOP N 0", first, last);
  for (guint i = first; i <= last; i++)
    read_lines ();
  if (!g_str_equal (work, "delete"))
    return;

  ask_for_range ("DELE N", first, last);
  for (guint i = first; i <= last; i++)
    read_status ();
}

int
main (int argc,
      char *argv[])
{
  const GOptionEntry entries[] = {
    { "port", 0, 0, G_OPTION_ARG_INT, &port, "Port on 127.0.0.1", "PORT" },
    { "tls", 0, 0, G_OPTION_ARG_NONE, &wants_tls, "With TLS, whatever the certificate", NULL },
    { "user", 0, 0, G_OPTION_ARG_STRING, &user, "User", "USER" },
    { "password", 0, 0, G_OPTION_ARG_STRING, &password, "Password", "WORD" },
    { "one-flight", 0, 0, G_OPTION_ARG_NONE, &in_one_flight,
      "Send login and listing at once, and do not wait for the answer to QUIT", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("WORK [COUNT]");
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (argc < 2)
    g_error ("list, headers, retrieve or delete?");

  out = g_string_new (NULL);
  call_server ();
  log_in ();
  do_work (argv[1], argc > 2 ? (guint)g_ascii_strtoull (argv[2], NULL, 10) : 0);
  ask ("QUIT", NULL);
  write_queue ();
  if (!in_one_flight)
    read_status ();

  return EXIT_SUCCESS;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "delay-proxy"

#include "config.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* A path of any length: whatever comes in on one side leaves on the other after a fixed time, in
 * order. It has no limit of bandwidth, no loss and no slow start, so it favours nobody but those
 * who wait for answers.
 *
 * Calling it takes no time, which a real path does not allow. It makes up for that by calling the
 * server three delays later: the server's greeting then arrives two round trips after the call, and
 * whatever the caller says before one has passed reaches the server when it would have.
 *
 * delay-proxy PORT: prints the port that it listens on, reads new delays (microseconds each way,
 * one a line) from its standard input, and ends with it. */

#define READ_SIZE (256 * 1024)

/* As much as 250 MB/s bring in a quarter of a second: the pipe itself. */
#define MAX_ON_THE_WAY (64 * 1024 * 1024)

#define N_EVENTS 64

typedef struct
{
  gint64 due;
  gsize length;
  gsize offset;
  char bytes[];
} Chunk;

typedef struct _Connection Connection;

/* One of the two sockets of a connection, and what was read from it and is on its way to the
 * other. */
typedef struct
{
  Connection *connection;
  int fd;
  guint32 events;
  GQueue chunks;
  gsize on_the_way;
  gboolean is_at_end;
  gboolean is_blocked;
  gboolean is_shut;
} Side;

/* Side 0 has called us, side 1 is the server. */
struct _Connection
{
  Side sides[2];
  gint64 call_time;
  gboolean is_calling;
  gboolean is_dead;
};

static int epoll_fd;
static gint64 delay = 0;
static struct sockaddr_in server = { .sin_family = AF_INET };
static GPtrArray *connections;

static Side *
other (Side *side)
{
  return &side->connection->sides[side == side->connection->sides ? 1 : 0];
}

static void
watch (Side *side,
       int fd)
{
  struct epoll_event event = { .data.ptr = side };
  int one = 1;

  side->fd = fd;
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  epoll_ctl (epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

static void
update_events (Side *side)
{
  struct epoll_event event = { .data.ptr = side };

  if (side->fd < 0)
    return;

  if (!side->is_at_end && side->on_the_way < MAX_ON_THE_WAY)
    event.events |= EPOLLIN;
  if (other (side)->is_blocked ||
      (side->connection->is_calling && side == &side->connection->sides[1]))
    event.events |= EPOLLOUT;
  if (event.events == side->events)
    return;

  side->events = event.events;
  epoll_ctl (epoll_fd, EPOLL_CTL_MOD, side->fd, &event);
}

static void
connection_free (gpointer data)
{
  Connection *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    {
      g_queue_clear_full (&self->sides[i].chunks, g_free);
      if (self->sides[i].fd >= 0)
        close (self->sides[i].fd);
    }
  g_free (self);
}

static void
accept_connection (int listener)
{
  int fd = accept4 (listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  Connection *self;

  if (fd < 0)
    return;

  self = g_new0 (Connection, 1);
  for (guint i = 0; i < G_N_ELEMENTS (self->sides); i++)
    {
      self->sides[i].connection = self;
      self->sides[i].fd = -1;
      g_queue_init (&self->sides[i].chunks);
    }
  self->call_time = g_get_monotonic_time () + 3 * delay;
  watch (&self->sides[0], fd);
  update_events (&self->sides[0]);
  g_ptr_array_add (connections, self);
}

static void
call_server (Connection *self)
{
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  watch (&self->sides[1], fd);
  if (connect (fd, (struct sockaddr *)&server, sizeof server) < 0 && errno != EINPROGRESS)
    self->is_dead = TRUE;
  self->is_calling = TRUE;
}

/* An empty chunk is the end. */
static void
read_side (Side *side)
{
  static char bytes[READ_SIZE];
  ssize_t n = read (side->fd, bytes, sizeof bytes);
  Chunk *chunk;

  if (n < 0 && (errno == EAGAIN || errno == EINTR))
    return;

  n = MAX (n, 0);
  chunk = g_malloc (sizeof *chunk + (gsize)n);
  chunk->due = g_get_monotonic_time () + delay;
  chunk->length = (gsize)n;
  chunk->offset = 0;
  memcpy (chunk->bytes, bytes, (gsize)n);
  g_queue_push_tail (&side->chunks, chunk);
  side->on_the_way += (gsize)n;
  side->is_at_end = n == 0;
}

/* Returns whether the chunk is done with. What comes for one who has hung up is dropped; what he
 * said before that still arrives. */
static gboolean
send_chunk (Side *side,
            Chunk *chunk)
{
  int fd = other (side)->fd;
  ssize_t n;

  if (chunk->length == 0)
    {
      shutdown (fd, SHUT_WR);
      side->is_shut = TRUE;
      return TRUE;
    }

  n = send (fd, chunk->bytes + chunk->offset, chunk->length - chunk->offset, MSG_NOSIGNAL);
  if (n < 0 && errno != EAGAIN)
    n = (ssize_t)(chunk->length - chunk->offset);
  chunk->offset += (gsize)MAX (n, 0);
  side->on_the_way -= (gsize)MAX (n, 0);
  side->is_blocked = chunk->offset < chunk->length;
  return !side->is_blocked;
}

static void
send_due (Side *side,
          gint64 now)
{
  Chunk *chunk;

  while (!side->is_blocked && (chunk = g_queue_peek_head (&side->chunks)) &&
         chunk->due <= now && send_chunk (side, chunk))
    g_free (g_queue_pop_head (&side->chunks));
}

static void
handle_event (Side *side,
              guint32 events)
{
  Connection *connection = side->connection;
  int failure = 0;
  socklen_t length = sizeof failure;

  if (side == &connection->sides[1] && connection->is_calling &&
      (events & (EPOLLOUT | EPOLLERR | EPOLLHUP)))
    {
      getsockopt (side->fd, SOL_SOCKET, SO_ERROR, &failure, &length);
      connection->is_calling = FALSE;
      connection->is_dead = failure != 0;
    }
  if ((events & (EPOLLIN | EPOLLERR | EPOLLHUP)) && !side->is_at_end)
    read_side (side);
  if (events & EPOLLOUT)
    other (side)->is_blocked = FALSE;
}

static gboolean
can_send (Connection *self)
{
  return self->sides[1].fd >= 0 && !self->is_calling;
}

static void
serve (Connection *self,
       gint64 now)
{
  if (self->sides[1].fd < 0 && self->call_time <= now)
    call_server (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->sides) && can_send (self); i++)
    send_due (&self->sides[i], now);
  if (self->sides[0].is_shut && self->sides[1].is_shut)
    self->is_dead = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->sides) && !self->is_dead; i++)
    update_events (&self->sides[i]);
}

/* When something is due next, or -1. */
static gint64
find_next (void)
{
  gint64 next = G_MAXINT64;

  for (guint i = 0; i < connections->len; i++)
    {
      Connection *connection = g_ptr_array_index (connections, i);

      if (connection->sides[1].fd < 0)
        next = MIN (next, connection->call_time);
      for (guint k = 0; k < G_N_ELEMENTS (connection->sides) && can_send (connection); k++)
        {
          Side *side = &connection->sides[k];
          Chunk *chunk = g_queue_peek_head (&side->chunks);

          if (chunk && !side->is_blocked)
            next = MIN (next, chunk->due);
        }
    }
  return next == G_MAXINT64 ? -1 : next;
}

static int
wait_for_events (struct epoll_event *events)
{
  gint64 next = find_next ();
  gint64 left = MAX (next - g_get_monotonic_time (), 0);
  struct timespec timeout = {
    .tv_sec = left / G_USEC_PER_SEC,
    .tv_nsec = left % G_USEC_PER_SEC * 1000,
  };

  return epoll_pwait2 (epoll_fd, events, N_EVENTS, next < 0 ? NULL : &timeout, NULL);
}

static void
read_delay (void)
{
  char line[64];
  ssize_t n = read (STDIN_FILENO, line, sizeof line - 1);

  if (n <= 0)
    exit (EXIT_SUCCESS);
  line[n] = '\0';
  delay = g_ascii_strtoll (line, NULL, 10);
  g_print ("delay %" G_GINT64_FORMAT "\n", delay);
}

static int
listen_somewhere (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET };
  socklen_t length = sizeof address;
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (bind (fd, (struct sockaddr *)&address, sizeof address) < 0 || listen (fd, SOMAXCONN) < 0)
    g_error ("cannot listen: %s", g_strerror (errno));
  getsockname (fd, (struct sockaddr *)&address, &length);
  g_print ("port %u\n", ntohs (address.sin_port));
  return fd;
}

static void
add_input (int fd,
           gpointer data)
{
  struct epoll_event event = { .events = EPOLLIN, .data.ptr = data };

  epoll_ctl (epoll_fd, EPOLL_CTL_ADD, fd, &event);
}

int
main (int argc,
      char *argv[])
{
  struct epoll_event events[N_EVENTS];
  int listener;

  if (argc != 2)
    g_error ("delay-proxy PORT");

  signal (SIGPIPE, SIG_IGN);
  server.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  server.sin_port = htons ((guint16)g_ascii_strtoull (argv[1], NULL, 10));
  connections = g_ptr_array_new_with_free_func (connection_free);
  epoll_fd = epoll_create1 (EPOLL_CLOEXEC);
  listener = listen_somewhere ();
  add_input (listener, &listener);
  add_input (STDIN_FILENO, NULL);

  while (TRUE)
    {
      int n = wait_for_events (events);
      gint64 now;

      for (int i = 0; i < n; i++)
        if (!events[i].data.ptr)
          read_delay ();
        else if (events[i].data.ptr == &listener)
          accept_connection (listener);
        else
          handle_event (events[i].data.ptr, events[i].events);

      now = g_get_monotonic_time ();
      for (guint i = connections->len; i > 0; i--)
        {
          Connection *connection = g_ptr_array_index (connections, i - 1);

          if (!connection->is_dead)
            serve (connection, now);
          if (connection->is_dead)
            g_ptr_array_remove_index_fast (connections, i - 1);
        }
    }
}

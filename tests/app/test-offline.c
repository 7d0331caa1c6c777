/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/rst-message-view.h"
#include "app/rst-reader-private.h"
#include "rst-test-app.h"

/* Showing a message asks nobody for anything: a server of the test's own, to which everything in
 * the message points, gets no connection, and no name is looked up. */

typedef struct
{
  GSocket *socket;
  guint16 port;
} Listener;

struct _CountingResolver
{
  GResolver parent_instance;
  int n_lookups;
};

G_DECLARE_FINAL_TYPE (CountingResolver, counting_resolver, COUNTING, RESOLVER, GResolver)
G_DEFINE_FINAL_TYPE (CountingResolver, counting_resolver, G_TYPE_RESOLVER)

static GList *
refuse (GResolver *resolver,
        GError **error)
{
  g_atomic_int_inc (&COUNTING_RESOLVER (resolver)->n_lookups);
  g_set_error_literal (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "not in a test");
  return NULL;
}

static GList *
lookup_by_name (GResolver *resolver,
                const char *name,
                GCancellable *cancellable,
                GError **error)
{
  return refuse (resolver, error);
}

static GList *
lookup_by_name_with_flags (GResolver *resolver,
                           const char *name,
                           GResolverNameLookupFlags flags,
                           GCancellable *cancellable,
                           GError **error)
{
  return refuse (resolver, error);
}

static void
lookup_async (GResolver *resolver,
              const char *name,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);
  GError *error = NULL;

  refuse (resolver, &error);
  g_task_return_error (task, error);
}

static void
lookup_with_flags_async (GResolver *resolver,
                         const char *name,
                         GResolverNameLookupFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  lookup_async (resolver, name, cancellable, callback, user_data);
}

static GList *
lookup_finish (GResolver *resolver,
               GAsyncResult *result,
               GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
counting_resolver_class_init (CountingResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name = lookup_by_name;
  resolver_class->lookup_by_name_async = lookup_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags = lookup_by_name_with_flags;
  resolver_class->lookup_by_name_with_flags_async = lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
counting_resolver_init (CountingResolver *self)
{
}

static void
listen_here (Listener *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;

  self->socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                               &error);
  g_assert_no_error (error);
  g_assert_true (g_socket_bind (self->socket, address, TRUE, &error));
  g_assert_true (g_socket_listen (self->socket, &error));
  bound = g_socket_get_local_address (self->socket, &error);
  self->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
}

static char *
dup_mail (guint16 port)
{
  static const char page[] =
      "<html><head><meta http-equiv=refresh content='0;url=URL'><link rel=stylesheet href=URL>"
      "<link rel=prefetch href=URL><link rel=dns-prefetch href='//name.invalid'>"
      "<style>@import 'URL'; body { background: url(URL) } @font-face { src: url(URL) }</style>"
      "<script src=URL></script></head><body background=URL onload=\"fetch('URL')\">"
      "<img src=URL><img srcset='URL 2x'><img src='http://name.invalid/1.png' width=1 height=1>"
      "<iframe src=URL></iframe><object data=URL></object><embed src=URL><video src=URL autoplay>"
      "</video><audio src=URL autoplay></audio><svg><image href=URL /></svg>"
      "<form action=URL><input type=image src=URL></form>"
      "<div style=\"background-image: url('URL')\">The last words.</div></body></html>";
  g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u/seen", port);
  g_autoptr (GString) mail = g_string_new (page);

  g_string_replace (mail, "URL", url, 0);
  g_string_prepend (mail, "From a@x.org Mon Nov  2 10:00:00 2026\nFrom: Eve <eve@name.invalid>\n"
                          "Subject: Look\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"
                          "Disposition-Notification-To: eve@name.invalid\nMIME-Version: 1.0\n"
                          "Content-Type: text/html\n\n");
  return g_string_free (g_steal_pointer (&mail), FALSE);
}

static gboolean
has_last_words (gpointer user_data)
{
  RstWindow *window = user_data;
  RstDocumentView *view = rst_message_view_get_document_view (window->reader->message_view);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (rst_document_view_get_text_view (view));
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return strstr (text, "The last words.") != NULL;
}

static void
offline_body (GtkApplication *application,
              gpointer user_data)
{
  RstWindow *window = rst_test_app_get_window (application);
  Listener *listener = user_data;

  rst_test_app_wait_idle (window);
  rst_test_app_select (window, "Look", NULL);
  rst_test_app_wait (has_last_words, window);
  g_assert_cmpint (g_socket_condition_check (listener->socket, G_IO_IN), ==, 0);
}

static void
test_offline (void)
{
  g_autoptr (CountingResolver) resolver = g_object_new (counting_resolver_get_type (), NULL);
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "saved.mbox", NULL);
  g_autofree char *mail = NULL;
  g_autoptr (GError) error = NULL;
  Listener listener;

  listen_here (&listener);
  mail = dup_mail (listener.port);
  g_mkdir_with_parents (g_get_user_data_dir (), 0700);
  g_file_set_contents (path, mail, -1, &error);
  g_assert_no_error (error);
  g_resolver_set_default (G_RESOLVER (resolver));
  g_assert_cmpint (rst_test_app_run (path, offline_body, &listener), ==, 0);
  g_assert_cmpint (g_socket_condition_check (listener.socket, G_IO_IN), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&resolver->n_lookups), ==, 0);
  g_object_unref (listener.socket);
}

int
main (int argc,
      char *argv[])
{
  int status = rst_test_app_init (&argc, &argv);

  if (status >= 0)
    return status;

  g_test_add_func ("/offline/html", test_offline);
  return g_test_run ();
}

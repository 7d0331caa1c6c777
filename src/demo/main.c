/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "restante-demo-server"

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdlib.h>

#include "rst-demo-server.h"

/* The demo server as a program: for developers and scripts, not installed and not translated. */

typedef struct
{
  char *mbox;
  int count;
  int port;
  int tls_port;
  char *user;
  char *password;
  char **faults;
  char *port_file;
  char *certificate_file;
  gboolean list_faults;
} Options;

static void
clear_options (Options *options)
{
  g_free (options->mbox);
  g_free (options->user);
  g_free (options->password);
  g_strfreev (options->faults);
  g_free (options->port_file);
  g_free (options->certificate_file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, clear_options)

static gboolean
is_port (int number)
{
  return number >= 0 && number <= G_MAXUINT16;
}

static gboolean
parse_options (Options *options,
               int *argc,
               char ***argv,
               GError **error)
{
  const GOptionEntry entries[] = {
    { "mbox", 0, 0, G_OPTION_ARG_FILENAME, &options->mbox,
      "Serve the messages of FILE, not the demo mailbox", "FILE" },
    { "count", 0, 0, G_OPTION_ARG_INT, &options->count,
      "Serve N made-up messages, not the demo mailbox", "N" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port,
      "Port in the clear, with STLS (any free one)", "P" },
    { "tls-port", 0, 0, G_OPTION_ARG_INT, &options->tls_port,
      "Port with TLS (any free one)", "P" },
    { "user", 0, 0, G_OPTION_ARG_STRING, &options->user,
      "User that is let in (demo)", "NAME" },
    { "password", 0, 0, G_OPTION_ARG_STRING, &options->password,
      "Password of the user (demo)", "WORD" },
    { "fault", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options->faults,
      "Be odd in one way; may be repeated", "NAME[=VALUE]" },
    { "port-file", 0, 0, G_OPTION_ARG_FILENAME, &options->port_file,
      "Write both ports to FILE, once they are open", "FILE" },
    { "certificate-file", 0, 0, G_OPTION_ARG_FILENAME, &options->certificate_file,
      "Write the certificate (PEM) to FILE", "FILE" },
    { "list-faults", 0, 0, G_OPTION_ARG_NONE, &options->list_faults,
      "Print what --fault can be told, and exit", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (context, "A POP3 server on 127.0.0.1 with sample messages.");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_FAILED,
                   "“%s” is not an option", (*argv)[1]);
      return FALSE;
    }
  if (!is_port (options->port) || !is_port (options->tls_port) || options->count < 0)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "A port is a number from 0 to 65535, and a count is not negative");
      return FALSE;
    }
  return TRUE;
}

static gboolean
add_messages (RstDemoServer *server,
              const Options *options,
              GError **error)
{
  g_autofree char *text = NULL;
  gsize length;

  if (options->mbox != NULL)
    {
      g_autoptr (GBytes) mbox = NULL;

      if (!g_file_get_contents (options->mbox, &text, &length, error))
        return FALSE;
      mbox = g_bytes_new_take (g_steal_pointer (&text), length);
      rst_demo_server_add_mbox (server, mbox);
    }
  if (options->count > 0)
    rst_demo_server_add_synthetic (server, (guint)options->count);
  if (options->mbox == NULL && options->count == 0)
    rst_demo_server_add_samples (server);
  return TRUE;
}

static gboolean
set_faults (RstDemoServer *server,
            const Options *options,
            GError **error)
{
  for (guint i = 0; options->faults != NULL && options->faults[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (options->faults[i], "=", 2);

      if (parts[0] == NULL)
        continue;
      if (!rst_demo_server_set_fault (server, parts[0], parts[1], error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
write_files (RstDemoServer *server,
             const Options *options,
             GError **error)
{
  const char *pem = rst_demo_server_get_certificate_pem (server);
  g_autofree char *ports = g_strdup_printf ("%u %u\n",
                                            rst_demo_server_get_port (server),
                                            rst_demo_server_get_tls_port (server));

  /* Whoever waits for the ports may then rely on the certificate. */
  if (options->certificate_file != NULL &&
      !g_file_set_contents (options->certificate_file, pem, -1, error))
    return FALSE;
  return options->port_file == NULL || g_file_set_contents (options->port_file, ports, -1, error);
}

static void
print_directions (RstDemoServer *server,
                  const Options *options)
{
  guint port = rst_demo_server_get_port (server);
  guint tls_port = rst_demo_server_get_tls_port (server);

  g_print ("%u messages wait on 127.0.0.1: port %u in the clear (with STLS), port %u with TLS.\n"
           "User “%s”, password “%s”. Certificate, SHA-256:\n"
           "  %s\n"
           "Point a mail program at localhost, or try:\n"
           "  restante-cli --host localhost --port %u --security none --user %s list\n"
           "  curl --user %s:%s pop3://127.0.0.1:%u/\n"
           "Ctrl+C ends it; what was deleted is back at the next start.\n",
           rst_demo_server_get_n_messages (server),
           port,
           tls_port,
           options->user,
           options->password,
           rst_demo_server_get_certificate_pin (server),
           port,
           options->user,
           options->user,
           options->password,
           port);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static gboolean
run (const Options *options,
     GError **error)
{
  g_autoptr (RstDemoServer) server = rst_demo_server_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  rst_demo_server_set_credentials (server, options->user, options->password);
  rst_demo_server_set_ports (server, (guint16)options->port, (guint16)options->tls_port);
  if (!add_messages (server, options, error) ||
      !set_faults (server, options, error) ||
      !rst_demo_server_start (server, error))
    return FALSE;
  g_unix_signal_add (SIGTERM, G_SOURCE_FUNC (quit_cb), loop);
  g_unix_signal_add (SIGINT, G_SOURCE_FUNC (quit_cb), loop);
  print_directions (server, options);
  /* Last, for whoever waits for them. */
  if (!write_files (server, options, error))
    return FALSE;
  g_main_loop_run (loop);
  return TRUE;
}

int
main (int argc,
      char **argv)
{
  g_auto (Options) options = { NULL };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!parse_options (&options, &argc, &argv, &error))
    {
      g_printerr ("restante-demo-server: %s\n", error->message);
      return 2;
    }
  if (options.list_faults)
    {
      g_print ("%s", rst_demo_server_get_fault_help ());
      return EXIT_SUCCESS;
    }
  if (options.user == NULL)
    options.user = g_strdup ("demo");
  if (options.password == NULL)
    options.password = g_strdup ("demo");
  if (!run (&options, &error))
    {
      g_printerr ("restante-demo-server: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}

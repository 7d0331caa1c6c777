/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "dovecot-server"

#include "config.h"

#include "dovecot-server.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "lib/rst-test-certificate.h"
#include "lib/rst-test-folder.h"

/* Who it is when the test runs as root: the package's own user. */
#define SERVER_USER "dovecot"

#define START_TIMEOUT (20 * G_USEC_PER_SEC)
#define POLL_INTERVAL (5 * 1000)

/* A port that was free may be taken by the time that Dovecot opens it. */
#define MAX_TRIES 5

struct _DovecotServer
{
  const char *mechanisms;
  char *folder;
  uid_t owner;
  gid_t group;
  RstTestCertificate *certificate;
  GSubprocess *process;
  guint16 port;
  guint16 tls_port;
};

/* One process serves many connections at a time where that is safe, which saves their starts; a
 * wrong password is no reason to wait, and to come often is none to be refused. */
static const char configuration[] =
    "base_dir = %1$s/run\n"
    "state_dir = %1$s/run\n"
    "log_path = %1$s/log\n"
    "protocols = pop3\n"
    "listen = 127.0.0.1\n"
    "default_internal_user = %2$s\n"
    "default_internal_group = %3$s\n"
    "default_login_user = %2$s\n"
    "first_valid_uid = 1\n"
    "disable_plaintext_auth = no\n"
    "auth_failure_delay = 0\n"
    "auth_mechanisms = %8$s\n"
    "mail_max_userip_connections = 0\n"
    "mail_location = maildir:~/Maildir\n"
    "mail_fsync = never\n"
    "ssl = yes\n"
    "ssl_cert = <%1$s/certificate.pem\n"
    "ssl_key = <%1$s/key.pem\n"
    "passdb {\n"
    "  driver = static\n"
    "  args = password=" DOVECOT_PASSWORD "\n"
    "}\n"
    "userdb {\n"
    "  driver = static\n"
    "  args = uid=%6$d gid=%7$d home=%1$s/mail/%%u\n"
    "}\n"
    "service anvil {\n"
    "  chroot =\n"
    "  unix_listener anvil-auth-penalty {\n"
    "    mode = 0\n"
    "  }\n"
    "}\n"
    "service stats {\n"
    "  chroot =\n"
    "}\n"
    "service pop3-login {\n"
    "  chroot =\n"
    "  service_count = 0\n"
    "  inet_listener pop3 {\n"
    "    port = %4$u\n"
    "  }\n"
    "  inet_listener pop3s {\n"
    "    port = %5$u\n"
    "    ssl = yes\n"
    "  }\n"
    "}\n";

static char *
dup_path (DovecotServer *self,
          const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

static void
give_away (DovecotServer *self,
           const char *path)
{
  if (getuid () == 0)
    g_assert_cmpint (chown (path, self->owner, self->group), ==, 0);
}

static void
write_file (DovecotServer *self,
            const char *name,
            const char *contents)
{
  g_autofree char *path = dup_path (self, name);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, -1, &error);
  g_assert_no_error (error);
  give_away (self, path);
}

static void
find_owner (DovecotServer *self)
{
  const struct passwd *user = NULL;

  self->owner = getuid ();
  self->group = getgid ();
  if (self->owner != 0)
    return;

  user = getpwnam (SERVER_USER);
  g_assert_nonnull (user);
  self->owner = user->pw_uid;
  self->group = user->pw_gid;
}

static void
write_certificate (DovecotServer *self)
{
  g_autofree char *key = NULL;

  self->certificate = rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
  g_object_get (self->certificate->certificate, "private-key-pem", &key, NULL);
  g_assert_nonnull (key);
  write_file (self, "certificate.pem", self->certificate->pem);
  write_file (self, "key.pem", key);
}

static guint16
find_port (void)
{
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (listener, address, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &effective, &error);
  g_assert_no_error (error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

static void
write_configuration (DovecotServer *self)
{
  const char *user = getpwuid (self->owner)->pw_name;
  const char *group = getgrgid (self->group)->gr_name;
  g_autofree char *text = NULL;

  self->port = find_port ();
  self->tls_port = find_port ();
  text = g_strdup_printf (configuration, self->folder, user, group, self->port, self->tls_port,
                          (int)self->owner, (int)self->group, self->mechanisms);
  write_file (self, "dovecot.conf", text);
}

/* In the child, between fork and exec. */
static void
become_server (gpointer user_data)
{
  const DovecotServer *self = user_data;
  static const char message[] = "the server's process cannot be set up\n";

  if (getuid () == 0 && (setgroups (0, NULL) < 0 || setgid (self->group) < 0 ||
                         setuid (self->owner) < 0))
    {
      (void)!write (STDERR_FILENO, message, sizeof message - 1);
      _exit (127);
    }

  /* After the change of user, which undoes it. */
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

static void
spawn (DovecotServer *self)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autofree char *path = dup_path (self, "dovecot.conf");
  g_autofree char *program = g_find_program_in_path ("dovecot");
  g_autoptr (GError) error = NULL;

  if (!program)
    program = g_strdup ("/usr/sbin/dovecot");
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE |
                                        G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  g_subprocess_launcher_set_child_setup (launcher, become_server, self, NULL);
  self->process =
      g_subprocess_launcher_spawn (launcher, &error, program, "-F", "-c", path, NULL);
  g_assert_no_error (error);
}

static gboolean
can_connect (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);
  return connection != NULL;
}

static void
exited_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  *(gboolean *)user_data = TRUE;
}

/* Whether it takes connections; FALSE when it has ended instead. */
static gboolean
wait_for_start (DovecotServer *self)
{
  gint64 deadline = g_get_monotonic_time () + START_TIMEOUT;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean has_exited = FALSE;
  gboolean is_up = FALSE;

  g_subprocess_wait_async (self->process, cancellable, exited_cb, &has_exited);
  while (!has_exited && !is_up && g_get_monotonic_time () < deadline)
    {
      g_usleep (POLL_INTERVAL);
      g_main_context_iteration (NULL, FALSE);
      is_up = !has_exited && can_connect (self->port) && can_connect (self->tls_port);
    }
  is_up = is_up && !has_exited;

  g_cancellable_cancel (cancellable);
  while (!has_exited)
    g_main_context_iteration (NULL, TRUE);

  return is_up;
}

static void
stop (DovecotServer *self)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  g_clear_object (&self->process);
}

static void
print_log (DovecotServer *self)
{
  g_autofree char *path = dup_path (self, "log");
  g_autofree char *text = NULL;

  if (g_file_get_contents (path, &text, NULL, NULL))
    g_printerr ("%s", text);
}

DovecotServer *
dovecot_server_new (const char *mechanisms)
{
  DovecotServer *self = g_new0 (DovecotServer, 1);
  g_autofree char *run = NULL;
  g_autofree char *mail = NULL;

  self->mechanisms = mechanisms;
  self->folder = rst_test_folder_new ();
  run = dup_path (self, "run");
  mail = dup_path (self, "mail");
  find_owner (self);
  give_away (self, self->folder);
  g_assert_cmpint (g_mkdir (run, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (mail, 0700), ==, 0);
  give_away (self, run);
  give_away (self, mail);
  write_certificate (self);

  for (guint i = 0; i < MAX_TRIES; i++)
    {
      write_configuration (self);
      spawn (self);
      if (wait_for_start (self))
        return self;
      stop (self);
    }

  print_log (self);
  g_error ("Dovecot does not start");
}

void
dovecot_server_free (DovecotServer *self)
{
  stop (self);
  rst_test_certificate_free (self->certificate);
  rst_test_folder_free (self->folder);
  g_free (self);
}

guint16
dovecot_server_get_port (DovecotServer *self)
{
  return self->port;
}

guint16
dovecot_server_get_tls_port (DovecotServer *self)
{
  return self->tls_port;
}

const char *
dovecot_server_get_ca_file (DovecotServer *self)
{
  return self->certificate->ca_file;
}

Maildir *
dovecot_server_add_user (DovecotServer *self,
                         const char *user)
{
  g_autofree char *home = g_build_filename (self->folder, "mail", user, NULL);
  g_autofree char *path = g_build_filename (home, "Maildir", NULL);

  g_assert_cmpint (g_mkdir (home, 0700), ==, 0);
  give_away (self, home);
  return maildir_new (path, self->owner, self->group);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-resumption"

#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "lib/rst-test-certificate.h"
#include "pop3/rst-pop3-error.h"
#include "pop3/rst-pop3-session.h"

/* GIO resumes TLS within the process, and asks nobody about the certificate then. It does not in
 * programs that call g_test_init(), so this one does without. */

typedef struct
{
  RstTestCertificate *certificate;
  char *path;
  GSubprocess *process;
  GDataInputStream *output;
  RstPop3Server where;
} Fixture;

static char *
read_line (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line_utf8 (self->output, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

static void
set_up (Fixture *self,
        const char *program)
{
  g_autofree char *key = NULL;
  g_autofree char *both = NULL;
  g_autofree char *port = NULL;
  g_autoptr (GError) error = NULL;

  /* Nobody vouches for it, and it is another server's. */
  self->certificate = rst_test_certificate_new (RST_TEST_CERTIFICATE_OTHER_NAME);
  g_object_get (self->certificate->certificate, "private-key-pem", &key, NULL);
  both = g_strconcat (self->certificate->pem, key, NULL);
  close (g_file_open_tmp ("restante-resumption-XXXXXX", &self->path, &error));
  g_assert_no_error (error);
  g_file_set_contents (self->path, both, -1, &error);
  g_assert_no_error (error);

  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, program, self->path, NULL);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  port = read_line (self);
  self->where = (RstPop3Server){ .host = "127.0.0.1",
                                 .port = (guint16)g_ascii_strtoull (port, NULL, 10),
                                 .security = RST_POP3_SECURITY_TLS,
                                 .timeout = 10 };
}

static void
tear_down (Fixture *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_clear_object (&self->output);
  g_unlink (self->path);
  g_free (self->path);
  rst_test_certificate_free (self->certificate);
}

static gboolean
open_and_leave (Fixture *self,
                const char *pin,
                GError **error)
{
  RstPop3Server where = self->where;
  g_autoptr (RstPop3Session) session = NULL;

  where.certificate_pin = pin;
  session = rst_pop3_session_open (&where, NULL, error);
  if (session != NULL)
    rst_pop3_session_leave (session);
  return session != NULL;
}

/* That a certificate was trusted by a pin says nothing about who has not trusted it. */
static void
test_resumed (Fixture *self)
{
  const char *pin = self->certificate->pin;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  g_assert_true (open_and_leave (self, pin, &error));
  g_assert_no_error (error);
  first = read_line (self);
  g_assert_cmpstr (first, ==, "new");
  g_assert_true (open_and_leave (self, pin, &error));
  g_assert_no_error (error);
  second = read_line (self);
  g_assert_cmpstr (second, ==, "resumed");

  g_assert_false (open_and_leave (self, NULL, &error));
  g_assert_error (error, RST_POP3_ERROR, RST_POP3_ERROR_TLS);
  g_assert_nonnull (strstr (error->message, "a server of another name"));
  third = read_line (self);
  g_assert_cmpstr (third, ==, "resumed");
}

int
main (int argc,
      char *argv[])
{
  Fixture fixture = { 0 };

  g_assert_cmpint (argc, ==, 2);
  set_up (&fixture, argv[1]);
  test_resumed (&fixture);
  tear_down (&fixture);
  return 0;
}

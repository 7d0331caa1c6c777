/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-test-hostile"

#include "config.h"

#include <string.h>

#include "account/rst-password.h"
#include "fetcher/rst-fetcher.h"
#include "lib/rst-test-server.h"
#include "pop3/rst-pop3-error.h"

/* A server that means harm can only do so much: each operation ends by itself, in words for the
 * user, within a memory that README.md states; and Stop always ends it at once. */

#define CAPABILITIES "TOP\nUIDL\nUSER\n"

/* A piece of an endless answer, and how many of them are more than any limit. */
#define PIECE (64 * 1024)
#define ENDLESS (1024 * 1024)

#define MIB (G_GUINT64_CONSTANT (1024) * 1024)

/* Half of it is what the libraries take when they are first used. */
#define SMALL (4 * MIB)

typedef struct
{
  RstTestServer *server;
  RstFetcher *fetcher;
  GCancellable *cancellable;
  GError *error;
  gboolean uses_starttls;
  gboolean is_stopped;
} Attack;

typedef void (*AttackFunc) (Attack *self);

static void
attack_start (Attack *self,
              guint timeout)
{
  g_autoptr (RstAccount) account = rst_account_new ("test", "127.0.0.1", "me");
  SecretValue *password = rst_password_new ("secret");

  account->port = rst_test_server_start (self->server);
  account->security =
      self->uses_starttls ? RST_POP3_SECURITY_STARTTLS : RST_POP3_SECURITY_NONE;
  account->timeout = timeout;
  self->fetcher = rst_fetcher_new (account);
  rst_fetcher_set_password (self->fetcher, password);
  secret_value_unref (password);
}

static void
attack_finish (Attack *self)
{
  g_clear_pointer (&self->fetcher, rst_fetcher_free);
  rst_test_server_finish (self->server);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
}

/* Returns: whether the list was loaded. */
static gboolean
load (Attack *self,
      GPtrArray *index)
{
  g_autoptr (RstSnapshot) snapshot = NULL;

  snapshot = rst_fetcher_load_headers (self->fetcher, index, NULL, RST_LOAD_DEFAULT,
                                       self->cancellable, &self->error);
  for (guint i = 0; snapshot && i < snapshot->headers->len; i++)
    g_ptr_array_add (index, rst_header_ref (g_ptr_array_index (snapshot->headers, i)));
  return snapshot != NULL;
}

static guint64
get_status (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, name);
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen (name) + strspn (line + strlen (name), ": \t"), NULL, 10) *
         1024;
}

/* From here on the peak is counted anew. */
static guint64
begin_peak (void)
{
  g_assert_true (g_file_set_contents_full ("/proc/self/clear_refs", "5", -1,
                                           G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  return get_status ("VmRSS");
}

/* Sanitizers keep what was freed. */
static void
assert_growth (guint64 before,
               guint64 peak,
               guint64 max_growth)
{
#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpuint (peak, <=, before + max_growth);
#endif
}

static void
flood (Attack *self,
       const char *text)
{
  g_autoptr (GString) piece = g_string_new (NULL);

  while (piece->len < PIECE)
    g_string_append (piece, text);
  rst_test_server_flood (self->server, piece->str, ENDLESS);
}

static void
play_login (Attack *self)
{
  rst_test_server_play_login (self->server, CAPABILITIES);
}

static void
play_listing (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 100\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: .\n");
}

static void
endless_greeting (Attack *self)
{
  rst_test_server_send (self->server, "+OK ");
  flood (self, "x");
}

static void
endless_capabilities (Attack *self)
{
  rst_test_server_play (self->server,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n");
  flood (self, "X-NOTHING\r\n");
}

static void
endless_status_line (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server, "C: LIST\n");
  rst_test_server_send (self->server, "+OK ");
  flood (self, "x");
}

static void
write_rows (GIOStream *stream,
            gpointer user_data)
{
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autoptr (GString) rows = g_string_new (NULL);
  guint number = 0;

  do
    {
      g_string_truncate (rows, 0);
      while (rows->len < PIECE)
        g_string_append_printf (rows, "%u %s\r\n", ++number, (const char *)user_data);
    }
  while (g_output_stream_write_all (output, rows->str, rows->len, NULL, NULL, NULL));
}

/* As many messages as are taken. */
static void
write_all_rows (GIOStream *stream,
                gpointer user_data)
{
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  g_autoptr (GString) rows = g_string_new (NULL);
  const char *format = user_data;

  for (guint number = 1; number <= RST_POP3_LISTING_MAX_ROWS; number++)
    g_string_append_printf (rows, "%u %s\r\n", number, format);
  g_string_append (rows, ".\r\n");
  g_output_stream_write_all (output, rows->str, rows->len, NULL, NULL, NULL);
}

static void
play_all_rows (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n");
  rst_test_server_call (self->server, write_all_rows, (gpointer) "100");
  rst_test_server_play (self->server,
                        "C: UIDL\n"
                        "S: +OK\n");
}

static void
endless_list (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n");
  rst_test_server_call (self->server, write_rows, (gpointer) "100");
}

static void
endless_blank_list (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n");
  flood (self, "\r\n");
}

static void
endless_uids (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: +OK\n");
  rst_test_server_call (self->server, write_rows, (gpointer) "same");
}

static void
endless_uids_of_all (Attack *self)
{
  play_all_rows (self);
  rst_test_server_call (self->server, write_rows, (gpointer) "same");
}

static void
long_uids_of_all (Attack *self)
{
  static char uid[501];

  memset (uid, 'u', sizeof uid - 1);
  play_all_rows (self);
  rst_test_server_call (self->server, write_rows, uid);
}

static void
endless_header (Attack *self)
{
  play_listing (self);
  rst_test_server_play (self->server,
                        "C: TOP 1 0\n"
                        "S: +OK\n");
  flood (self, "X-Header: of very many\r\n");
}

static void
endless_top_body (Attack *self)
{
  play_listing (self);
  rst_test_server_play (self->server,
                        "C: TOP 1 0\n"
                        "S: +OK\n"
                        "S: Subject: one\n"
                        "S: \n");
  flood (self, "a line that nobody asked for\r\n");
}

static void
huge_numbers (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 4294967297 100\n"
                        "S: .\n");
}

static void
two_uids (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n"
                        "S: 1 100\n"
                        "S: .\n"
                        "C: UIDL\n"
                        "S: +OK\n"
                        "S: 1 a\n"
                        "S: 1 b\n"
                        "S: .\n");
}

static const struct
{
  const char *name;
  AttackFunc play;
  RstPop3Error code;
  const char *words;
  guint64 max_growth;
} attacks[] = {
  { "greeting", endless_greeting, RST_POP3_ERROR_TOO_LONG, "a line of more than 8192 bytes",
    SMALL },
  { "capabilities", endless_capabilities, RST_POP3_ERROR_TOO_LONG,
    "a list that goes on after 500 lines", SMALL },
  { "status-line", endless_status_line, RST_POP3_ERROR_TOO_LONG, "a line of more than 8192 bytes",
    SMALL },
  { "list", endless_list, RST_POP3_ERROR_TOO_LONG, "lists more than 2000000 messages", 80 * MIB },
  { "blank-list", endless_blank_list, RST_POP3_ERROR_TOO_LONG, "goes on after 2001000 lines",
    SMALL },
  { "uids", endless_uids, RST_POP3_ERROR_TOO_LONG, "goes on after 2001000 lines", SMALL },
  { "uids-of-all", endless_uids_of_all, RST_POP3_ERROR_TOO_LONG, "goes on after 2001000 lines",
    220 * MIB },
  { "long-uids-of-all", long_uids_of_all, RST_POP3_ERROR_TOO_LONG, "more than 140.0", 220 * MIB },
  { "header", endless_header, RST_POP3_ERROR_TOO_LONG, "a message without end: it announced 100",
    6 * MIB },
  { "top-body", endless_top_body, RST_POP3_ERROR_TOO_LONG, "a message without end", 6 * MIB },
  { "huge-numbers", huge_numbers, RST_POP3_ERROR_PROTOCOL, "“4294967297 100”", SMALL },
  { "two-uids", two_uids, RST_POP3_ERROR_PROTOCOL, "two unique-ids to the message number 1",
    SMALL },
};

static void
test_attack (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  Attack self = { .server = rst_test_server_new () };
  g_autoptr (GPtrArray) index = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  guint64 before;
  guint64 peak;

  attacks[row].play (&self);
  attack_start (&self, 10);
  before = begin_peak ();
  g_assert_false (load (&self, index));
  peak = get_status ("VmHWM");
  g_test_message ("%s, %" G_GUINT64_FORMAT " KiB", self.error->message,
                  (peak - MIN (peak, before)) / 1024);
  g_assert_error (self.error, RST_POP3_ERROR, (int)attacks[row].code);
  g_assert_nonnull (strstr (self.error->message, attacks[row].words));
  assert_growth (before, peak, attacks[row].max_growth);
  attack_finish (&self);
}

/* The one row of the list is 100 bytes long, as the server says; then it is without end. */
static void
test_endless_message (void)
{
  Attack self = { .server = rst_test_server_new () };
  g_autoptr (GPtrArray) index = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  g_autoptr (GBytes) message = NULL;
  guint64 before;
  guint64 peak;

  play_listing (&self);
  rst_test_server_play (self.server,
                        "C: TOP 1 0\n"
                        "S: +OK\n"
                        "S: Subject: one\n"
                        "S: \n"
                        "S: .\n"
                        "C: RETR 1\n"
                        "S: +OK\n"
                        "S: Subject: one\n"
                        "S: \n");
  flood (&self, "x");
  attack_start (&self, 10);
  g_assert_true (load (&self, index));
  before = begin_peak ();
  message = rst_fetcher_load_message (self.fetcher, g_ptr_array_index (index, 0), index, NULL,
                                      &self.error);
  peak = get_status ("VmHWM");
  g_assert_null (message);
  g_assert_error (self.error, RST_POP3_ERROR, RST_POP3_ERROR_TOO_LONG);
  g_assert_nonnull (strstr (self.error->message, "announced 100 bytes, and more than 67.1"));
  assert_growth (before, peak, 144 * MIB);
  attack_finish (&self);
}

static void
press_stop (GIOStream *stream,
            gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
begin_drip (Attack *self)
{
  if (self->is_stopped)
    rst_test_server_call (self->server, press_stop, self->cancellable);
}

static void
drip (Attack *self)
{
  begin_drip (self);
  rst_test_server_split (self->server, 1, 100);
  rst_test_server_flood (self->server, "x", ENDLESS);
}

static void
drip_greeting (Attack *self)
{
  rst_test_server_send (self->server, "+OK ");
  drip (self);
}

static void
drip_status_line (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server, "C: LIST\n");
  drip (self);
}

static void
drip_sign_in (Attack *self)
{
  rst_test_server_play (self->server,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: USER\n"
                        "S: .\n"
                        "C: USER *\n");
  drip (self);
}

static void
drip_list (Attack *self)
{
  play_login (self);
  rst_test_server_play (self->server,
                        "C: LIST\n"
                        "S: +OK\n");
  begin_drip (self);
  rst_test_server_split (self->server, 1, 100);
  rst_test_server_flood (self->server, "\r\n", ENDLESS);
}

static void
drip_header (Attack *self)
{
  play_listing (self);
  rst_test_server_play (self->server,
                        "C: TOP 1 0\n"
                        "S: +OK\n");
  drip (self);
}

static void
write_handshake (GIOStream *stream,
                 gpointer user_data)
{
  /* A ServerHello that is said to be long, and never ends. */
  static const char beginning[] = "\x16\x03\x03\x3f\xff\x02\x00\x3f\xfb\x03\x03";
  GOutputStream *output = g_io_stream_get_output_stream (stream);
  char hello[4096];

  /* On a busy machine the client may have given up by now. */
  if (g_input_stream_read (g_io_stream_get_input_stream (stream), hello, sizeof hello, NULL,
                           NULL) <= 0)
    return;
  for (gsize i = 0; g_output_stream_write_all (
           output, i < sizeof beginning - 1 ? beginning + i : "x", 1, NULL, NULL, NULL);
       i++)
    g_usleep (100 * 1000);
}

static void
drip_handshake (Attack *self)
{
  self->uses_starttls = TRUE;
  rst_test_server_play (self->server,
                        "S: +OK\n"
                        "C: CAPA\n"
                        "S: +OK\n"
                        "S: STLS\n"
                        "S: .\n"
                        "C: STLS\n"
                        "S: +OK\n");
  begin_drip (self);
  rst_test_server_call (self->server, write_handshake, NULL);
  rst_test_server_hang (self->server);
}

static const struct
{
  const char *name;
  AttackFunc play;
  const char *words;
} drips[] = {
  { "greeting", drip_greeting, "bytes in 4 seconds" },
  { "sign-in", drip_sign_in, "bytes in 4 seconds" },
  { "status-line", drip_status_line, "bytes in 4 seconds" },
  { "list", drip_list, "bytes in 4 seconds" },
  { "header", drip_header, "bytes in 4 seconds" },
  { "handshake", drip_handshake, "did not answer when TLS was to begin" },
};

static gpointer
drip_thread (gpointer data)
{
  Attack *self = data;
  g_autoptr (GPtrArray) index = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);

  g_assert_false (load (self, index));
  return NULL;
}

/* All at once: each takes its four timeouts, of a second here. */
static void
run_drips (Attack *selves,
           guint timeout,
           gboolean is_stopped)
{
  GThread *threads[G_N_ELEMENTS (drips)];

  for (guint i = 0; i < G_N_ELEMENTS (drips); i++)
    {
      selves[i].server = rst_test_server_new ();
      selves[i].cancellable = g_cancellable_new ();
      selves[i].is_stopped = is_stopped;
      drips[i].play (&selves[i]);
      attack_start (&selves[i], timeout);
      threads[i] = g_thread_new (drips[i].name, drip_thread, &selves[i]);
    }
  for (guint i = 0; i < G_N_ELEMENTS (drips); i++)
    g_thread_join (threads[i]);
}

static void
test_drip (void)
{
  Attack selves[G_N_ELEMENTS (drips)] = { 0 };
  gint64 begin = g_get_monotonic_time ();

  run_drips (selves, 1, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (drips); i++)
    {
      g_test_message ("%s: %s", drips[i].name, selves[i].error->message);
      g_assert_error (selves[i].error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
      g_assert_nonnull (strstr (selves[i].error->message, drips[i].words));
      attack_finish (&selves[i]);
    }
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_TIME_SPAN_SECOND);
}

static void
test_stop_drip (void)
{
  Attack selves[G_N_ELEMENTS (drips)] = { 0 };
  gint64 begin = g_get_monotonic_time ();

  run_drips (selves, 60, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
  for (guint i = 0; i < G_N_ELEMENTS (drips); i++)
    {
      g_assert_error (selves[i].error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      attack_finish (&selves[i]);
    }
}

/* Two million messages that all have one UID, and nothing more: Stop. */
static void
test_equal_uids (void)
{
  Attack self = { .server = rst_test_server_new (), .cancellable = g_cancellable_new () };
  g_autoptr (GPtrArray) index = g_ptr_array_new_with_free_func ((GDestroyNotify)rst_header_unref);
  guint64 before;
  guint64 peak;

  play_all_rows (&self);
  rst_test_server_call (self.server, write_all_rows, (gpointer) "same");
  rst_test_server_play (self.server, "C: TOP 2000000 0\n");
  rst_test_server_call (self.server, press_stop, self.cancellable);
  rst_test_server_hang (self.server);
  attack_start (&self, 60);
  before = begin_peak ();
  g_assert_false (load (&self, index));
  peak = get_status ("VmHWM");
  g_test_message ("%s, %" G_GUINT64_FORMAT " KiB", self.error->message,
                  (peak - MIN (peak, before)) / 1024);
  g_assert_error (self.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_growth (before, peak, 220 * MIB);
  attack_finish (&self);
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (attacks); i++)
    {
      g_autofree char *path = g_strconcat ("/hostile/endless/", attacks[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_attack);
    }
  g_test_add_func ("/hostile/endless/message", test_endless_message);
  g_test_add_func ("/hostile/equal-uids", test_equal_uids);
  g_test_add_func ("/hostile/drip", test_drip);
  g_test_add_func ("/hostile/stop-drip", test_stop_drip);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-demo-samples"

#include "config.h"

#include <string.h>

#include "raw-client.h"

#include "mail/rst-envelope.h"
#include "mail/rst-header-block.h"

/* The demo mailbox that is built in: what a newcomer sees first. */

#define MAX_SIZE (700 * 1024)

static RstDemoServer *
make_samples (void)
{
  RstDemoServer *server = rst_demo_server_new ();

  rst_demo_server_add_samples (server);
  return server;
}

static RstEnvelope *
read_envelope (RstDemoServer *server,
               guint position)
{
  g_autoptr (GBytes) message = rst_demo_server_dup_message (server, position);
  gsize size;
  const char *text = g_bytes_get_data (message, &size);

  return rst_envelope_new_from_headers (text, rst_header_block_find_end (text, size), NULL);
}

static void
test_size (void)
{
  g_autoptr (RstDemoServer) server = make_samples ();
  guint n_messages = rst_demo_server_get_n_messages (server);
  gsize size = 0;

  g_assert_cmpuint (n_messages, >=, 30);
  for (guint i = 0; i < n_messages; i++)
    {
      g_autoptr (GBytes) message = rst_demo_server_dup_message (server, i);

      size += g_bytes_get_size (message);
    }
  g_assert_cmpuint (size, <, MAX_SIZE);
}

/* Every sender and subject can be read, whatever it is written in; only one message has none. */
static void
test_fields (void)
{
  g_autoptr (RstDemoServer) server = make_samples ();
  guint n_messages = rst_demo_server_get_n_messages (server);
  guint n_without_sender = 0;
  guint n_without_subject = 0;
  gint64 last = 0;

  for (guint i = 0; i < n_messages; i++)
    {
      g_autoptr (RstEnvelope) envelope = read_envelope (server, i);

      g_assert_true (envelope->is_decodable);
      g_assert_null (strstr (envelope->from, "\xef\xbf\xbd"));
      g_assert_null (strstr (envelope->subject, "\xef\xbf\xbd"));
      n_without_subject += *envelope->subject == '\0';
      if (*envelope->from == '\0')
        {
          n_without_sender++;
          continue;
        }
      g_assert_cmpint (envelope->date, >=, last);
      last = envelope->date;
    }
  g_assert_cmpuint (n_without_sender, ==, 1);
  g_assert_cmpuint (n_without_subject, ==, 2);
}

static void
test_subjects (void)
{
  const char *const expected[] = {
    "Письмо с дачи",
    "Grüße aus der Hütte",
    "桜の便り",
    "新春快乐",
    "Le carnet oublié au buffet de la gare",
    "מכתב מהנמל",
    "رسالة من المنارة",
    "Καλοκαίρι στο νησί",
    "Jürgens Brille ist wieder da (schöne Grüße!)",
    "🐙 1 : 0 ⚓ (a report in pictures)",
    "Открытка с Байкала, написанная в варежках на очень гладком льду",
    "Blåbär, hjortron och ett brev från Kiruna – utan kodning",
  };
  g_autoptr (RstDemoServer) server = make_samples ();
  guint position = 0;

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      gboolean is_found = FALSE;

      for (; !is_found && position < rst_demo_server_get_n_messages (server); position++)
        {
          g_autoptr (RstEnvelope) envelope = read_envelope (server, position);

          is_found = g_str_equal (envelope->subject, expected[i]);
        }
      if (!is_found)
        g_error ("no message from here on has the subject “%s”", expected[i]);
    }
}

/* The same messages have the same unique-ids at every start; two are equal but for theirs. */
static void
test_uids (void)
{
  g_autoptr (RstDemoServer) server = make_samples ();
  g_autoptr (RstDemoServer) again = make_samples ();
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) contents =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  guint n_messages = rst_demo_server_get_n_messages (server);

  for (guint i = 0; i < n_messages; i++)
    {
      g_autofree char *same = rst_demo_server_dup_uid (again, i);
      char *uid = rst_demo_server_dup_uid (server, i);

      g_assert_cmpstr (uid, ==, same);
      g_hash_table_add (uids, uid);
      g_hash_table_add (contents, rst_demo_server_dup_message (server, i));
    }
  g_assert_cmpuint (g_hash_table_size (uids), ==, n_messages);
  g_assert_cmpuint (g_hash_table_size (contents), ==, n_messages - 1);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/demo-samples/size", test_size);
  g_test_add_func ("/demo-samples/fields", test_fields);
  g_test_add_func ("/demo-samples/subjects", test_subjects);
  g_test_add_func ("/demo-samples/uids", test_uids);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-envelope.h"

#define BYTES(literal) literal, sizeof (literal) - 1

typedef struct
{
  const char *name;
  const char *value;
  gsize length;
  const char *fallback;
  const char *from;
  const char *from_name;
} AddressCase;

static const AddressCase address_cases[] = {
  { "address", BYTES ("ada@example.org"), NULL, "ada@example.org", "ada@example.org" },
  { "angle", BYTES ("<ada@example.org>"), NULL, "ada@example.org", "ada@example.org" },
  { "name", BYTES ("Ada Lovelace <ada@example.org>"), NULL, "Ada Lovelace <ada@example.org>",
    "Ada Lovelace" },
  { "quoted-name", BYTES ("\"Ada Lovelace\" <ada@example.org>"), NULL,
    "Ada Lovelace <ada@example.org>", "Ada Lovelace" },
  { "comma-in-name", BYTES ("\"Lovelace, Ada\" <ada@example.org>"), NULL,
    "\"Lovelace, Ada\" <ada@example.org>", "Lovelace, Ada" },
  { "dot-in-name", BYTES ("Ada K. Lovelace <ada@example.org>"), NULL,
    "Ada K. Lovelace <ada@example.org>", "Ada K. Lovelace" },
  { "escapes", BYTES ("\"Ada \\\"the\\\" Count\\\\ess\" <ada@example.org>"), NULL,
    "\"Ada \\\"the\\\" Count\\\\ess\" <ada@example.org>", "Ada \"the\" Count\\ess" },
  { "comment-as-name", BYTES ("ada@example.org (Ada Lovelace)"), NULL,
    "Ada Lovelace <ada@example.org>", "Ada Lovelace" },
  { "folded", BYTES ("=?utf-8?Q?J=C3=BCrgen?=\r\n\t=?utf-8?Q?_M=C3=BCller?=\r\n <j@example.org>"),
    NULL, "Jürgen Müller <j@example.org>", "Jürgen Müller" },
  { "encoded-quoted", BYTES ("\"=?utf-8?Q?J=C3=BCrgen?=\" <j@example.org>"), NULL,
    "Jürgen <j@example.org>", "Jürgen" },
  { "koi8-r", BYTES ("=?koi8-r?B?6dfBziDwxdTSz9c=?= <i@example.org>"), NULL,
    "Иван Петров <i@example.org>", "Иван Петров" },
  { "windows-1251-misnamed", BYTES ("=?cp-1251?B?yOLg7SDP5fLw7uI=?= <i@example.org>"), NULL,
    "Иван Петров <i@example.org>", "Иван Петров" },
  { "iso-2022-jp", BYTES ("=?iso-2022-jp?B?GyRCRURDZkJATzobKEI=?= <t@example.jp>"), NULL,
    "田中太郎 <t@example.jp>", "田中太郎" },
  { "gb2312-means-gb18030", BYTES ("=?gb2312?B?1uzpRrv5?= <z@example.cn>"), NULL,
    "朱镕基 <z@example.cn>", "朱镕基" },
  { "euc-kr", BYTES ("=?euc-kr?B?sei5zrz2?= <k@example.kr>"), NULL, "김민수 <k@example.kr>",
    "김민수" },
  { "two-charsets", BYTES ("=?iso-8859-1?Q?=C5se?= =?utf-8?Q?=C3=98?= <a@example.no>"), NULL,
    "ÅseØ <a@example.no>", "ÅseØ" },
  { "raw-utf-8", BYTES ("J\xC3\xBCrgen <j@example.org>"), NULL, "Jürgen <j@example.org>",
    "Jürgen" },
  { "raw-utf-8-quoted", BYTES ("\"J\xC3\xBCrgen, M\" <j@example.org>"), NULL,
    "\"Jürgen, M\" <j@example.org>", "Jürgen, M" },
  { "raw-latin-1", BYTES ("J\xFCrgen <j@example.org>"), NULL, "Jürgen <j@example.org>", "Jürgen" },
  { "raw-koi8-r-fallback", BYTES ("\xE9\xD7\xC1\xCE <i@example.org>"), "koi8-r",
    "Иван <i@example.org>", "Иван" },
  { "raw-windows-1251-no-fallback", BYTES ("\xC8\xE2\xE0\xED <i@example.org>"), NULL,
    "Èâàí <i@example.org>", "Èâàí" },
  { "encoded-comma-and-angle", BYTES ("=?utf-8?Q?a=40b=2Ec=3E=2C_x?= <evil@example.org>"), NULL,
    "\"a@b.c>, x\" <evil@example.org>", "a@b.c>, x" },
  { "hidden-line-break", BYTES ("=?utf-8?Q?a=0D=0AB?= <b@example.org>"), NULL,
    "a\uFFFD"
    "B <b@example.org>",
    "a\uFFFD"
    "B" },
  { "bidi-override", BYTES ("=?utf-8?Q?=E2=80=AEmoc?= <b@example.org>"), NULL,
    "\uFFFDmoc <b@example.org>", "\uFFFDmoc" },
  { "address-as-name", BYTES ("\"boss@example.com\" <evil@example.org>"), NULL,
    "\"boss@example.com\" <evil@example.org>", "boss@example.com" },
  { "unquoted-address-as-name", BYTES ("boss@example.com <evil@example.org>"), NULL,
    "\"boss@example.com\" <evil@example.org>", "boss@example.com" },
  { "two-authors", BYTES ("a@x.org, B <b@x.org>"), NULL, "a@x.org, B <b@x.org>", "a@x.org" },
  { "group", BYTES ("Team: a@x.org, B <b@x.org>;"), NULL, "Team: a@x.org, B <b@x.org>", "Team" },
  { "empty-group", BYTES ("undisclosed-recipients:;"), NULL,
    "undisclosed-recipients:", "undisclosed-recipients" },
  { "no-address", BYTES ("Ada Lovelace"), NULL, "Ada Lovelace", "Ada Lovelace" },
  { "no-domain", BYTES ("<root>"), NULL, "root", "root" },
  { "unbalanced", BYTES ("Ada <ada@example.org"), NULL, "Ada <ada@example.org>", "Ada" },
  { "utf-8-address", BYTES ("\xC3\x9C <\xC3\xBC@ex\xC3\xA4mple.org>"), NULL, "Ü <ü@exämple.org>",
    "Ü" },
  { "empty", BYTES (""), NULL, "", "" },
  { "only-blanks", BYTES (" \r\n \r\n\t"), NULL, "", "" },
  { "nonsense", BYTES ("<>,;:@()<<"), NULL, "<>,;:@()<<", "<>,;:@()<<" },
  { "nul",
    BYTES ("A\x00"
           "B <a@x.org>"),
    NULL, "A\uFFFDB <a@x.org>", "A\uFFFDB" },
  { "empty-brackets", BYTES ("MAILER-DAEMON <>"), NULL, "MAILER-DAEMON <>", "MAILER-DAEMON <>" },
};

static RstEnvelope *
read_field (const char *name,
            const char *value,
            gsize length,
            const char *fallback)
{
  g_autoptr (GString) block = g_string_new (name);

  g_string_append (block, ": ");
  g_string_append_len (block, value, length);
  g_string_append (block, "\r\n");

  return rst_envelope_new_from_headers (block->str, block->len, fallback);
}

static void
test_address (gconstpointer data)
{
  const AddressCase *test = data;
  g_autoptr (RstEnvelope) from = read_field ("From", test->value, test->length, test->fallback);
  g_autoptr (RstEnvelope) to = read_field ("To", test->value, test->length, test->fallback);

  g_assert_cmpstr (from->from, ==, test->from);
  g_assert_cmpstr (from->from_name, ==, test->from_name);
  g_assert_true (from->is_decodable);
  g_assert_cmpstr (to->to, ==, test->from);
  g_assert_cmpstr (to->from, ==, "");
}

typedef struct
{
  const char *name;
  const char *value;
  gint64 date;
} DateCase;

static const DateCase date_cases[] = {
  { "rfc-5322", "Mon, 2 Nov 2026 10:00:00 +0000", G_GINT64_CONSTANT (1793613600) },
  { "zone-east", "Mon, 2 Nov 2026 12:30:00 +0230", G_GINT64_CONSTANT (1793613600) },
  { "zone-west", "Mon, 2 Nov 2026 03:00:00 -0700 (PDT)", G_GINT64_CONSTANT (1793613600) },
  { "zone-name", "Mon, 2 Nov 2026 10:00:00 GMT", G_GINT64_CONSTANT (1793613600) },
  { "zone-est", "Mon, 2 Nov 2026 05:00:00 EST", G_GINT64_CONSTANT (1793613600) },
  { "no-zone", "Mon, 2 Nov 2026 10:00:00", G_GINT64_CONSTANT (1793613600) },
  { "no-weekday", "2 Nov 2026 10:00:00 +0000", G_GINT64_CONSTANT (1793613600) },
  { "no-seconds", "Mon, 2 Nov 2026 10:00 +0000", G_GINT64_CONSTANT (1793613600) },
  { "year-of-two-digits", "Mon, 2 Nov 98 10:00:00 +0000", G_GINT64_CONSTANT (910000800) },
  { "asctime", "Mon Nov  2 10:00:00 2026", G_GINT64_CONSTANT (1793613600) },
  { "folded", "Mon, 2 Nov 2026\r\n\t10:00:00 +0000", G_GINT64_CONSTANT (1793613600) },
  { "beyond-32-bits", "Sat, 6 Nov 2106 06:28:15 +0000", G_GINT64_CONSTANT (4318468095) },
  { "wrong-weekday", "Fri, 2 Nov 2026 10:00:00 +0000", G_GINT64_CONSTANT (1793613600) },
  { "nonsense", "yesterday", G_GINT64_CONSTANT (0) },
  { "month-13", "Mon, 2 Foo 2026 10:00:00 +0000", G_GINT64_CONSTANT (0) },
  { "day-99", "Mon, 99 Nov 2026 10:00:00 +0000", G_GINT64_CONSTANT (0) },
  { "before-1970", "Mon, 2 Nov 1908 10:00:00 +0000", G_GINT64_CONSTANT (0) },
  { "huge-zone", "Mon, 2 Nov 2026 10:00:00 +9999", G_GINT64_CONSTANT (1793613600) },
  { "8-bit", "\xD0\x9F\xD0\xBD, 2 \xD0\x9D\xD0\xBE\xD1\x8F 2026 10:00:00 +0000",
    G_GINT64_CONSTANT (0) },
  { "empty", "", G_GINT64_CONSTANT (0) },
};

static void
test_date (gconstpointer data)
{
  const DateCase *test = data;
  g_autoptr (RstEnvelope) envelope = NULL;

  envelope = read_field ("Date", test->value, strlen (test->value), NULL);
  g_assert_cmpint (envelope->date, ==, test->date);
}

typedef struct
{
  const char *name;
  const char *content_type;
  gboolean has_attachments;
} TypeCase;

static const TypeCase type_cases[] = {
  { "plain", "text/plain; charset=utf-8", FALSE },
  { "html", "text/html", FALSE },
  { "calendar", "text/calendar", FALSE },
  { "mixed", "multipart/mixed; boundary=x", TRUE },
  { "mixed-capitals", "Multipart/MIXED;\r\n boundary=x", TRUE },
  { "alternative", "multipart/alternative; boundary=mixed", FALSE },
  { "related", "multipart/related; type=\"multipart/mixed\"", FALSE },
  { "signed", "multipart/signed", FALSE },
  { "report", "multipart/report", FALSE },
  { "pdf", "application/pdf; name=x", TRUE },
  { "image", "image/png", TRUE },
  { "message", "message/rfc822", TRUE },
  { "no-subtype", "text", FALSE },
  { "nonsense", "?", FALSE },
  { "empty", "", FALSE },
};

static void
test_type (gconstpointer data)
{
  const TypeCase *test = data;
  g_autoptr (RstEnvelope) envelope = NULL;

  envelope = read_field ("Content-Type", test->content_type, strlen (test->content_type), NULL);
  g_assert_cmpint (envelope->has_attachments, ==, test->has_attachments);
}

typedef struct
{
  const char *name;
  const char *value;
  gsize length;
  const char *id;
} IdCase;

static const IdCase id_cases[] = {
  { "plain", BYTES ("<1.a@example.org>"), "1.a@example.org" },
  { "folded", BYTES ("\r\n <1@example.org>"), "1@example.org" },
  { "no-brackets", BYTES ("1@example.org"), "1@example.org" },
  { "no-domain", BYTES ("<1234>"), "1234" },
  { "two", BYTES ("<1@example.org> <2@example.org>"), "1@example.org" },
  { "exchange", BYTES ("<AM0P1=a+b/c$d@X.prod.outlook.com>"), "AM0P1=a+b/c$d@X.prod.outlook.com" },
  { "empty", BYTES (""), NULL },
  { "empty-brackets", BYTES ("<>"), NULL },
  { "raw-8-bit", BYTES ("<\xFF@x.org>"), "\uFFFD@x.org" },
};

static void
test_id (gconstpointer data)
{
  const IdCase *test = data;
  g_autoptr (RstEnvelope) envelope = read_field ("Message-ID", test->value, test->length, NULL);

  g_assert_cmpstr (envelope->message_id, ==, test->id);
}

static void
test_whole (void)
{
  static const char block[] =
      "Return-Path: <bounce@example.org>\r\n"
      "Received: from a by b; Tue, 3 Nov 2026 10:00:00 +0000\r\n"
      "DATE: Mon, 2 Nov 2026 10:00:00 +0000\r\n"
      "from: =?utf-8?Q?Ad=C3=A4?= <ada@example.org>\r\n"
      "X-From: nobody\r\n"
      "To: B <b@example.org>,\r\n c@example.org\r\n"
      "Cc: D <d@example.org>\r\n"
      "Subject: =?utf-8?Q?=C3=9Cber?=\r\n =?utf-8?Q?_alles?= hinaus\r\n"
      "Subject: a second one\r\n"
      "Message-Id: <1@example.org>\r\n"
      "Content-Type: multipart/mixed;\r\n boundary=x\r\n"
      "\r\n"
      "From: body@example.org\r\n";
  g_autoptr (RstEnvelope) envelope = rst_envelope_new_from_headers (BYTES (block), NULL);

  g_assert_cmpstr (envelope->from, ==, "Adä <ada@example.org>");
  g_assert_cmpstr (envelope->from_name, ==, "Adä");
  g_assert_cmpstr (envelope->to, ==, "B <b@example.org>, c@example.org, D <d@example.org>");
  g_assert_cmpstr (envelope->subject, ==, "Über alles hinaus");
  g_assert_cmpstr (envelope->message_id, ==, "1@example.org");
  g_assert_cmpint (envelope->date, ==, 1793613600);
  g_assert_true (envelope->has_attachments);
  g_assert_true (envelope->is_decodable);
}

static void
assert_empty (const char *block,
              gsize length)
{
  g_autoptr (RstEnvelope) envelope = rst_envelope_new_from_headers (block, length, NULL);

  g_assert_cmpstr (envelope->from, ==, "");
  g_assert_cmpstr (envelope->from_name, ==, "");
  g_assert_cmpstr (envelope->to, ==, "");
  g_assert_cmpstr (envelope->subject, ==, "");
  g_assert_null (envelope->message_id);
  g_assert_cmpint (envelope->date, ==, 0);
  g_assert_false (envelope->has_attachments);
  g_assert_true (envelope->is_decodable);
}

static void
test_empty (void)
{
  assert_empty (NULL, 0);
  assert_empty (BYTES (""));
  assert_empty (BYTES ("\r\nFrom: body@example.org\r\n"));
  assert_empty (BYTES ("no field\r\nat all\r\n"));
}

/* Each header is decoded for itself: one in an odd charset says nothing of the others. */
static void
test_charset_of_each_field (void)
{
  static const char block[] = "From: =?koi8-r?B?6dfBzg==?= <i@example.org>\r\n"
                              "To: =?iso-2022-jp?B?GyRCRURDZhsoQg==?= <t@example.org>\r\n"
                              "Cc: =?x-none?Q?=FF=FE?= <x@example.org>\r\n"
                              "Subject: =?windows-1256?Q?=E3=D1=CD=C8=C7?= caf\xE9\r\n";
  g_autoptr (RstEnvelope) envelope = rst_envelope_new_from_headers (BYTES (block), NULL);

  g_assert_cmpstr (envelope->from, ==, "Иван <i@example.org>");
  g_assert_cmpstr (envelope->to, ==, "田中 <t@example.org>, ÿþ <x@example.org>");
  g_assert_cmpstr (envelope->subject, ==, "مرحبا café");
}

static void
test_date_from_received (void)
{
  static const char no_date[] = "Received: from a (b; c) by d; Mon, 2 Nov 2026 10:00:00 +0000\r\n"
                                "Received: from e by f; Sun, 1 Nov 2026 10:00:00 +0000\r\n";
  static const char bad_date[] = "Date: today\r\n"
                                 "Received: x;\r\n\tMon, 2 Nov 2026 10:00:00 +0000 (UTC)\r\n";
  static const char bad_received[] = "Date: today\r\nReceived: from a by b\r\n";
  g_autoptr (RstEnvelope) first = rst_envelope_new_from_headers (BYTES (no_date), NULL);
  g_autoptr (RstEnvelope) second = rst_envelope_new_from_headers (BYTES (bad_date), NULL);
  g_autoptr (RstEnvelope) third = rst_envelope_new_from_headers (BYTES (bad_received), NULL);

  g_assert_cmpint (first->date, ==, 1793613600);
  g_assert_cmpint (second->date, ==, 1793613600);
  g_assert_cmpint (third->date, ==, 0);
}

static void
test_undecodable (void)
{
  static const char sender[] = "From: \x81\x8D\x8F\r\nSubject: s\r\n";
  static const char binary[] = "\x7F"
                               "ELF\0\0\0\1\2\0";
  g_autoptr (RstEnvelope) first = rst_envelope_new_from_headers (BYTES (sender), NULL);
  g_autoptr (RstEnvelope) second = rst_envelope_new_from_headers (BYTES (binary), NULL);

  g_assert_false (first->is_decodable);
  g_assert_cmpstr (first->from, ==, "(sender of unknown encoding)");
  g_assert_cmpstr (first->from_name, ==, first->from);
  g_assert_cmpstr (first->subject, ==, "s");
  g_assert_false (second->is_decodable);
  g_assert_cmpstr (second->from_name, ==, "(sender of unknown encoding)");
}

static void
test_huge_fields (void)
{
  g_autoptr (GString) block = g_string_new ("Subject: ");
  g_autoptr (RstEnvelope) envelope = NULL;

  for (guint i = 0; i < 200000; i++)
    g_string_append (block, "\xC3\xA4");
  g_string_append (block, "\r\nFrom: ");
  for (guint i = 0; i < 50000; i++)
    g_string_append_printf (block, "=?utf-8?Q?=C3=A4?= <%u@example.org>,\r\n ", i);
  g_string_append (block, "z@example.org\r\nTo: ");
  for (guint i = 0; i < 50000; i++)
    g_string_append (block, "(((a:");

  envelope = rst_envelope_new_from_headers (block->str, block->len, NULL);
  g_assert_cmpstr (envelope->from_name, ==, "ä");
  g_assert_cmpuint (strlen (envelope->from), <, 20000);
  g_assert_cmpuint (strlen (envelope->subject), <, 20000);
  g_assert_cmpuint (strlen (envelope->to), <, 20000);
}

static void
assert_line (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strpbrk (text, "\r\n\t\x1B"));
}

static void
test_random (void)
{
  static const char *const pieces[] = {
    "From: ", "To: ", "Cc: ", "Subject: ", "Date: ", "Message-ID: ", "Received: ", "\r\n", "\r\n ",
    "\n", "\r", "<", ">", "\"", "(", ")", ",", ";", ":", "@", "\\", "=?utf-8?Q?", "=C3=A4", "?=",
    "=?iso-2022-jp?B?", "GyRC", "a", "b.c", " ", "\xFF", "\xC3\xA4", "Mon, ", "2 ", "Nov ", "2026 ",
    "10:00:00 ", "+9959", "-0000", "99", "EST", "\x1B", "[", "]", "."
  };

  for (guint run = 0; run < 6000; run++)
    {
      g_autoptr (GString) block = g_string_new (NULL);
      g_autoptr (RstEnvelope) envelope = NULL;
      int n_pieces = g_test_rand_int_range (0, 40);

      for (int i = 0; i < n_pieces; i++)
        g_string_append (block, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (g_test_rand_bit ())
        g_string_append_c (block, '\0');

      envelope = rst_envelope_new_from_headers (block->str, block->len, NULL);
      assert_line (envelope->from);
      assert_line (envelope->from_name);
      assert_line (envelope->to);
      assert_line (envelope->subject);
      g_assert_cmpint (envelope->date, >=, 0);
    }
}

/* Headers arrive on several workers at once, and one of them is the first to need GMime. */
static gpointer
decode_worker (gpointer data)
{
  static const char block[] = "From: =?koi8-r?B?6dfBzg==?= <i@example.org>\r\n"
                              "Date: Mon, 2 Nov 2026 10:00:00 +0100\r\n";

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (RstEnvelope) envelope = rst_envelope_new_from_headers (BYTES (block), NULL);

      g_assert_cmpstr (envelope->from, ==, "Иван <i@example.org>");
      g_assert_cmpint (envelope->date, ==, 1793610000);
    }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("decode", decode_worker, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

static void
test_filled_by_maker (void)
{
  RstEnvelope *envelope = rst_envelope_new ();
  RstEnvelope *shared;

  g_assert_null (envelope->from);
  envelope->from = g_strdup ("a");
  envelope->subject = g_strdup ("b");
  shared = rst_envelope_ref (envelope);
  rst_envelope_unref (envelope);
  g_assert_cmpstr (shared->from, ==, "a");
  rst_envelope_unref (shared);
}

#define ADD_CASES(prefix, cases, function)                                \
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)                        \
    {                                                                     \
      g_autofree char *path = g_strdup_printf ("/envelope/%s/%s", prefix, \
                                               (cases)[i].name);          \
                                                                          \
      g_test_add_data_func (path, &(cases)[i], function);                 \
    }

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/envelope/threads", test_threads);
  ADD_CASES ("address", address_cases, test_address)
  ADD_CASES ("date", date_cases, test_date)
  ADD_CASES ("type", type_cases, test_type)
  ADD_CASES ("id", id_cases, test_id)
  g_test_add_func ("/envelope/whole", test_whole);
  g_test_add_func ("/envelope/empty", test_empty);
  g_test_add_func ("/envelope/charset-of-each-field", test_charset_of_each_field);
  g_test_add_func ("/envelope/date-from-received", test_date_from_received);
  g_test_add_func ("/envelope/undecodable", test_undecodable);
  g_test_add_func ("/envelope/huge-fields", test_huge_fields);
  g_test_add_func ("/envelope/random", test_random);
  g_test_add_func ("/envelope/filled-by-maker", test_filled_by_maker);

  return g_test_run ();
}

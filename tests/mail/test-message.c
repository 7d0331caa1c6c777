/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-message.h"

#define BYTES(...) __VA_ARGS__, sizeof (__VA_ARGS__) - 1

#define HEAD "From: a@x.org\nSubject: s\n"

typedef struct
{
  const char *name;
  const char *message;
  gsize length;
  const char *fallback;
  const char *text;
  /* "name type size", one a line */
  const char *attachments;
} MessageCase;

static const MessageCase message_cases[] = {
  { "plain",
    BYTES (HEAD "\n"
                "Hello\n"
                "world\n"),
    NULL,
    "Hello\n"
    "world\n",
    "" },
  { "empty",
    BYTES (""),
    NULL,
    "",
    "" },
  { "no-body",
    BYTES (HEAD),
    NULL,
    "",
    "" },
  { "no-headers",
    BYTES ("\n"
           "Hello\n"),
    NULL,
    "Hello\n",
    "" },
  { "no-blank-line",
    BYTES ("From: a@x.org\n"
           "Hello world\n"
           "Subject: s\n"),
    NULL,
    "",
    "" },
  { "line-before-headers",
    BYTES ("From a@x.org Mon Nov  2 10:00:00 2026\n"
           "From: a@x.org\n"
           "Subject: s\n"
           "Content-Type: text/plain; charset=koi8-r\n"
           "Content-Transfer-Encoding: base64\n"
           "\n"
           "8NLJ18XU\n"),
    NULL,
    "Привет",
    "" },
  { "line-among-headers",
    BYTES ("From: a@x.org\n"
           "no field\n"
           "Content-Type: text/plain; charset=koi8-r\n"
           "Content-Transfer-Encoding: quoted-printable\n"
           "\n"
           "=F0=D2\n"),
    NULL,
    "Пр\n",
    "" },
  { "quoted-printable",
    BYTES (HEAD "Content-Type: text/plain; charset=utf-8\n"
                "Content-Transfer-Encoding: quoted-printable\n"
                "\n"
                "Gr=C3=BC=\n"
                "=C3=9Fe =3D 1\n"),
    NULL,
    "Grüße = 1\n",
    "" },
  { "quoted-printable-broken",
    BYTES (HEAD "Content-Type: text/plain; charset=utf-8\n"
                "Content-Transfer-Encoding: quoted-printable\n"
                "\n"
                "100=ZZ =\n"),
    NULL,
    "100=ZZ \n"
    "\n"
    "This text was damaged on its way: something may be missing.\n",
    "" },
  { "base64-truncated",
    BYTES (HEAD "Content-Type: text/plain; charset=utf-8\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "0J/RgNC40LLQtdGCLCDQvN"),
    NULL,
    "Привет, м\n"
    "\n"
    "This text was damaged on its way: something may be missing.\n",
    "" },
  { "base64-with-junk",
    BYTES (HEAD "Content-Type: text/plain\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "SGVs*!\n"
                "bG8=\n"
                "-- \n"
                "list footer\n"),
    NULL,
    "Hello\n"
    "\n"
    "This text was damaged on its way: something may be missing.\n",
    "" },
  { "uuencoded",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x\n"
                "Content-Type: image/gif; name=a.gif\n"
                "Content-Transfer-Encoding: x-uuencode\n"
                "\n"
                "intro\n"
                "begin 644 a.gif\n"
                "#0V%T\n"
                "`\n"
                "end\n"
                "--x--\n"),
    NULL,
    "text",
    "a.gif image/gif 3\n" },
  { "encoding-unknown",
    BYTES (HEAD "Content-Transfer-Encoding: 9bit\n"
                "\n"
                "Hello\n"),
    NULL,
    "Hello\n",
    "" },
  { "type-invalid",
    BYTES (HEAD "Content-Type: text\n"
                "\n"
                "Hello\n"),
    NULL,
    "Hello\n",
    "" },
  { "type-twice",
    BYTES (HEAD "Content-Type: text/plain; charset=koi8-r\n"
                "Content-Type: text/html\n"
                "\n"
                "<b>\n"),
    NULL,
    "<b>\n",
    "" },
  { "8-bit-undeclared",
    BYTES (HEAD "\n"
                "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82\n"),
    NULL,
    "Привет\n",
    "" },
  { "8-bit-fallback",
    BYTES (HEAD "\n"
                "\xCF\xF0\xE8\xE2\xE5\xF2\n"),
    "windows-1251",
    "Привет\n",
    "" },
  { "controls",
    BYTES (HEAD "\n"
                "a\x1B[2Jb\x07"
                "c\x00"
                "d\te\n"),
    NULL,
    "a\uFFFD[2Jb\uFFFDc\uFFFDd\te\n",
    "" },
  { "html",
    BYTES (HEAD "Content-Type: text/html; charset=utf-8\n"
                "\n"
                "<p>a</p><p>b <a href=http://x.org/y>c</a></p>\n"),
    NULL,
    "a\n"
    "\n"
    "b c <http://x.org/y>",
    "" },
  { "html-names-its-charset",
    BYTES (HEAD "Content-Type: text/html\n"
                "\n"
                "<html><head><meta charset=\"koi8-r\"></head><p>\xF0\xD2\xC9\xD7\xC5\xD4</p>\n"),
    NULL,
    "Привет",
    "" },
  { "alternative",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "preamble\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                "plain\n"
                "--x\n"
                "Content-Type: text/html\n"
                "\n"
                "<p>html\n"
                "--x--\n"
                "epilogue\n"),
    NULL,
    "plain",
    "" },
  { "alternative-html-first",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/html\n"
                "\n"
                "<p>html\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                "plain\n"
                "--x--\n"),
    NULL,
    "plain",
    "" },
  { "alternative-empty-plain",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                " \n"
                "\n"
                "--x\n"
                "Content-Type: text/html\n"
                "\n"
                "<p>html\n"
                "--x--\n"),
    NULL,
    "html",
    "" },
  { "alternative-html-only",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/html\n"
                "\n"
                "<p>html\n"
                "--x--\n"),
    NULL,
    "html",
    "" },
  { "alternative-with-attachment",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                "plain\n"
                "--x\n"
                "Content-Type: multipart/mixed; boundary=y\n"
                "\n"
                "--y\n"
                "Content-Type: text/html\n"
                "\n"
                "<p>html\n"
                "--y\n"
                "Content-Type: application/pdf; name=a.pdf\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "QUJD\n"
                "--y--\n"
                "--x--\n"),
    NULL,
    "plain",
    "a.pdf application/pdf 3\n" },
  { "alternative-with-calendar",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                "plain\n"
                "--x\n"
                "Content-Type: text/calendar; method=REQUEST\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "QkVHSU4=\n"
                "--x--\n"),
    NULL,
    "plain",
    "attachment.ics text/calendar 5\n" },
  { "related",
    BYTES (HEAD "Content-Type: multipart/related; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/html\n"
                "\n"
                "<p>a<img src=cid:i>\n"
                "--x\n"
                "Content-Type: image/png; name=i.png\n"
                "Content-ID: <i>\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "iVBORw==\n"
                "--x--\n"),
    NULL,
    "a",
    "i.png image/png 4\n" },
  { "alternative-of-related",
    BYTES (HEAD "Content-Type: multipart/alternative; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                "plain\n"
                "--x\n"
                "Content-Type: multipart/related; boundary=y\n"
                "\n"
                "--y\n"
                "Content-Type: text/html; name=body.html\n"
                "\n"
                "<p>a\n"
                "--y\n"
                "Content-Type: image/gif\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "R0lG\n"
                "--y--\n"
                "--x--\n"),
    NULL,
    "plain",
    "attachment.gif image/gif 3\n" },
  { "mixed",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=\"=_x\"\n"
                "\n"
                "--=_x\n"
                "Content-Type: text/plain\n"
                "\n"
                "text\n"
                "\n"
                "--=_x\n"
                "Content-Type: application/octet-stream\n"
                "Content-Disposition: attachment; filename=\"a b.bin\"\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "AAECAw==\n"
                "--=_x\n"
                "Content-Type: text/plain\n"
                "\n"
                "footer\n"
                "--=_x--\n"),
    NULL,
    "text\n"
    "\n"
    "footer",
    "a b.bin application/octet-stream 4\n" },
  { "each-part-its-charset",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/plain; charset=koi8-r\n"
                "\n"
                "\xF0\xD2\xC9\xD7\xC5\xD4\n"
                "--x\n"
                "Content-Type: text/plain; charset=windows-1251\n"
                "\n"
                "\xCF\xF0\xE8\xE2\xE5\xF2\n"
                "--x\n"
                "Content-Type: text/plain; charset=iso-2022-jp\n"
                "\n"
                "\x1B$BF|K\\\x1B(B\n"
                "--x\n"
                "Content-Type: text/plain; charset=iso-8859-1\n"
                "\n"
                "caf\xE9\n"
                "--x--\n"),
    NULL,
    "Привет\n"
    "\n"
    "Привет\n"
    "\n"
    "日本\n"
    "\n"
    "café",
    "" },
  { "text-attachment",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "Content-Disposition: attachment; filename=notes.txt\n"
                "\n"
                "notes\n"
                "--x\n"
                "Content-Type: text/x-patch; name=0001.patch\n"
                "Content-Disposition: inline\n"
                "\n"
                "patch\n"
                "--x--\n"),
    NULL,
    "text",
    "notes.txt text/plain 5\n"
    "0001.patch text/x-patch 5\n" },
  { "first-text-has-a-name",
    BYTES (HEAD "Content-Type: text/plain; name=body.txt\n"
                "\n"
                "text\n"),
    NULL,
    "text\n",
    "" },
  { "signed",
    BYTES (HEAD "Content-Type: multipart/signed; protocol=\"a/b\"; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: text/plain\n"
                "\n"
                "text\n"
                "--x\n"
                "Content-Type: application/pgp-signature; name=signature.asc\n"
                "\n"
                "ABC\n"
                "--x--\n"),
    NULL,
    "Signed; the signature was not verified.\n"
    "\n"
    "text",
    "signature.asc application/pgp-signature 3\n" },
  { "attachment-alone",
    BYTES (HEAD "Content-Type: application/pdf\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "JVBERg==\n"),
    NULL,
    "",
    "attachment.pdf application/pdf 4\n" },
  { "nested-message",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x\n"
                "Content-Type: message/rfc822\n"
                "\n"
                "From: b@x.org\n"
                "Subject: =?utf-8?Q?In=2F=C3=BC?=\n"
                "Content-Type: multipart/mixed; boundary=y\n"
                "\n"
                "--y\n"
                "\n"
                "inner\n"
                "--y--\n"
                "\n"
                "--x--\n"),
    NULL,
    "text\n"
    "\n"
    "From: b@x.org\n"
    "Subject: In/ü\n"
    "\n"
    "inner",
    "In_ü.eml message/rfc822 107\n" },
  { "nested-message-without-subject",
    BYTES (HEAD "Content-Type: Message/RFC822\n"
                "\n"
                "From: b@x.org\n"
                "\n"
                "inner\n"),
    NULL,
    "From: b@x.org\n"
    "\n"
    "inner\n",
    "message.eml message/rfc822 21\n" },
  { "nested-message-encoded",
    BYTES (HEAD "Content-Type: message/rfc822\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "U3ViamVjdDogZGVlcAoKaW5uZXIK\n"),
    NULL,
    "Subject: deep\n"
    "\n"
    "inner\n",
    "deep.eml message/rfc822 21\n" },
  { "nested-message-oddly-typed",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: (a) message / rfc822\n"
                "\n"
                "Subject: t\n"
                "\n"
                "inner\n"
                "--x--\n"),
    NULL,
    "inner",
    "" },
  { "digest",
    BYTES (HEAD "Content-Type: multipart/digest; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "Subject: one\n"
                "\n"
                "a\n"
                "--x\n"
                "\n"
                "Subject: two\n"
                "\n"
                "b\n"
                "--x--\n"),
    NULL,
    "Subject: one\n"
    "\n"
    "a\n"
    "\n"
    "Subject: two\n"
    "\n"
    "b",
    "one.eml message/rfc822 15\n"
    "two.eml message/rfc822 15\n" },
  { "report",
    BYTES (HEAD "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "failed\n"
                "--x\n"
                "Content-Type: message/delivery-status\n"
                "\n"
                "Status: 5.0.0\n"
                "--x\n"
                "Content-Type: text/rfc822-headers\n"
                "\n"
                "Subject: s\n"
                "--x--\n"),
    NULL,
    "failed",
    "attachment.txt message/delivery-status 13\n"
    "attachment.txt text/rfc822-headers 10\n" },
  { "unclosed",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x\n"
                "Content-Type: image/png; name=a.png\n"
                "Content-Transfer-Encoding: base64\n"
                "\n"
                "iVBORw"),
    NULL,
    "text\n"
    "\n"
    "The message ends before its last part does.\n",
    "a.png image/png 4\n" },
  { "cut-in-part-headers",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x\n"
                "Content-Type: imag"),
    NULL,
    "text\n"
    "\n"
    "The message ends before its last part does.\n",
    "" },
  { "no-boundary-parameter",
    BYTES (HEAD "Content-Type: multipart/mixed\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x--\n"),
    NULL,
    "--x\n"
    "\n"
    "text\n"
    "--x--\n"
    "\n"
    "This should be several parts, which can’t be told apart.\n",
    "" },
  { "boundary-not-found",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "text of the letter\n"),
    NULL,
    "text of the letter\n"
    "\n"
    "This should be several parts, which can’t be told apart.\n",
    "" },
  { "inner-boundary-missing",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: multipart/alternative\n"
                "\n"
                "inner\n"
                "--x\n"
                "\n"
                "outer\n"
                "--x--\n"),
    NULL,
    "inner\n"
    "\n"
    "This should be several parts, which can’t be told apart.\n"
    "\n"
    "outer",
    "" },
  { "boundary-is-prefix",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "Content-Type: multipart/mixed; boundary=xy\n"
                "\n"
                "--xy\n"
                "\n"
                "inner\n"
                "--xy--\n"
                "--x\n"
                "\n"
                "outer\n"
                "--x--\n"),
    NULL,
    "inner\n"
    "\n"
    "outer",
    "" },
  { "dashes-in-text",
    BYTES (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                "\n"
                "--x\n"
                "\n"
                "-- \n"
                "--y\n"
                "--xx\n"
                "--x--\n"),
    NULL,
    "-- \n"
    "--y\n"
    "--xx",
    "" },
  { "folded-type",
    BYTES (HEAD "Content-Type: multipart/mixed;\n"
                "\tboundary=\n"
                " \"x\"\n"
                "\n"
                "--x\n"
                "\n"
                "text\n"
                "--x--\n"),
    NULL,
    "text",
    "" },
  { "flowed",
    BYTES (HEAD "Content-Type: text/plain; format=flowed\n"
                "\n"
                "One \n"
                "two.\n"
                "Three\n"
                "> q1 \n"
                "> q2\n"
                ">> deep\n"
                " From\n"
                "-- \n"
                "A.\n"),
    NULL,
    "One two.\n"
    "Three\n"
    "> q1 q2\n"
    "> > deep\n"
    "From\n"
    "-- \n"
    "A.\n",
    "" },
  { "flowed-delsp",
    BYTES (HEAD "Content-Type: text/plain; format=Flowed; delsp=Yes\n"
                "\n"
                "long \n"
                "word\n"),
    NULL,
    "longword\n",
    "" },
  { "not-flowed",
    BYTES (HEAD "Content-Type: text/plain; format=fixed\n"
                "\n"
                "One \n"
                "two\n"),
    NULL,
    "One \n"
    "two\n",
    "" },
};

static char *
describe_attachments (const RstMessage *message)
{
  GPtrArray *attachments = rst_message_get_attachments (message);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);
      g_autoptr (GBytes) content = rst_message_dup_attachment_content (message, i);

      g_assert_cmpuint (g_bytes_get_size (content), ==, attachment->size);
      g_string_append_printf (text,
                              "%s %s %" G_GSIZE_FORMAT "\n",
                              attachment->name,
                              attachment->content_type,
                              attachment->size);
    }

  return g_string_free (text, FALSE);
}

static void
test_message (gconstpointer data)
{
  const MessageCase *test = data;
  g_autoptr (GBytes) bytes = g_bytes_new (test->message, test->length);
  g_autoptr (RstMessage) message = rst_message_new (bytes, test->fallback);
  g_autofree char *attachments = describe_attachments (message);

  g_assert_cmpstr (rst_message_get_text (message), ==, test->text);
  g_assert_cmpstr (attachments, ==, test->attachments);
  g_assert_true (rst_message_get_bytes (message) == bytes);
}

static GBytes *
to_crlf (const char *text,
         gsize length)
{
  GByteArray *bytes = g_byte_array_new ();

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        g_byte_array_append (bytes, (const guint8 *)"\r", 1);
      g_byte_array_append (bytes, (const guint8 *)text + i, 1);
    }

  return g_byte_array_free_to_bytes (bytes);
}

/* As RETR sends it: the same text, and the same names. */
static void
test_crlf (gconstpointer data)
{
  const MessageCase *test = data;
  g_autoptr (GBytes) bytes = to_crlf (test->message, test->length);
  g_autoptr (RstMessage) message = rst_message_new (bytes, test->fallback);
  g_autofree char *attachments = describe_attachments (message);
  g_auto (GStrv) found = g_strsplit (attachments, "\n", -1);
  g_auto (GStrv) expected = g_strsplit (test->attachments, "\n", -1);

  g_assert_cmpstr (rst_message_get_text (message), ==, test->text);
  g_assert_cmpuint (g_strv_length (found), ==, g_strv_length (expected));
  for (guint i = 0; found[i] != NULL && *found[i] != '\0'; i++)
    {
      *strrchr (found[i], ' ') = '\0';
      *strrchr (expected[i], ' ') = '\0';
      g_assert_cmpstr (found[i], ==, expected[i]);
    }
}

typedef struct
{
  const char *name;
  const char *fields;
  gsize length;
  const char *fallback;
  const char *file_name;
} NameCase;

static const NameCase name_cases[] = {
  { "plain",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=a.pdf\n"),
    NULL,
    "a.pdf" },
  { "of-type",
    BYTES ("Content-Type: application/pdf; name=\"a.pdf\"\n"),
    NULL,
    "a.pdf" },
  { "both",
    BYTES ("Content-Type: application/pdf; name=b.pdf\n"
           "Content-Disposition: inline; filename=a.pdf\n"),
    NULL,
    "a.pdf" },
  { "rfc-2231",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename*=UTF-8''Gr%C3%BC%C3%9Fe.pdf\n"),
    NULL,
    "Grüße.pdf" },
  { "rfc-2231-pieces",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment;\n"
           " filename*0*=koi8-r''%F0%D2;\n"
           " filename*1*=%C9;\n"
           " filename*2=\".pdf\"\n"),
    NULL,
    "При.pdf" },
  { "rfc-2047",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"=?utf-8?Q?Gr=C3=BC=C3=9Fe.pdf?=\"\n"),
    NULL,
    "Grüße.pdf" },
  { "rfc-2047-unquoted",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename==?utf-8?B?0J7RgtGH0ZHRgi5wZGY=?=\n"),
    NULL,
    "Отчёт.pdf" },
  { "rfc-2047-pieces",
    BYTES ("Content-Type: application/pdf;\n"
           " name=\"=?utf-8?B?0JPQvtC00L7QstC+0Lkg?=\n"
           " =?utf-8?B?0L7RgtGH0ZHRgi5wZGY=?=\"\n"),
    NULL,
    "Годовой отчёт.pdf" },
  { "rfc-2047-misnamed",
    BYTES ("Content-Type: application/pdf; name=\"=?gb2312?B?1uzpRrv5LnBkZg==?=\"\n"),
    NULL,
    "朱镕基.pdf" },
  { "raw-utf-8",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"Gr\xC3\xBC\xC3\x9F"
           "e.pdf\"\n"),
    NULL,
    "Grüße.pdf" },
  { "raw-latin-1",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"Gr\xFC\xDF"
           "e.pdf\"\n"),
    NULL,
    "Grüße.pdf" },
  { "raw-fallback",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"\xCE\xF2\xF7\xB8\xF2.pdf\"\n"),
    "windows-1251",
    "Отчёт.pdf" },
  { "blanks-unquoted",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=a b c.pdf\n"),
    NULL,
    "a b c.pdf" },
  { "path",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"../../etc/passwd\"\n"),
    NULL,
    "passwd" },
  { "path-of-windows",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"C:\\\\x\\\\y.pdf\"\n"),
    NULL,
    "y.pdf" },
  { "path-encoded",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename*=utf-8''..%2F..%2Fx.pdf\n"),
    NULL,
    "x.pdf" },
  { "only-dots",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"...\"\n"),
    NULL,
    "attachment.pdf" },
  { "empty",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"\"\n"),
    NULL,
    "attachment.pdf" },
  { "none",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment\n"),
    NULL,
    "attachment.pdf" },
  { "override",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename=\"=?utf-8?Q?a=E2=80=AEfdp.exe?=\"\n"),
    NULL,
    "a\uFFFD"
    "fdp.exe" },
  { "line-break",
    BYTES ("Content-Type: application/pdf\n"
           "Content-Disposition: attachment; filename*=utf-8''a%0D%0Ab.pdf\n"),
    NULL,
    "a b.pdf" },
};

static void
test_name (gconstpointer data)
{
  const NameCase *test = data;
  g_autoptr (GString) source = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                                                  "\n--x\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (GBytes) content = NULL;
  const RstAttachment *attachment;

  g_string_append_len (source, test->fields, (gssize)test->length);
  g_string_append (source, "Content-Transfer-Encoding: base64\n\nQUI=\n--x--\n");
  bytes = g_bytes_new (source->str, source->len);
  message = rst_message_new (bytes, test->fallback);

  g_assert_cmpuint (rst_message_get_attachments (message)->len, ==, 1);
  attachment = g_ptr_array_index (rst_message_get_attachments (message), 0);
  g_assert_cmpstr (attachment->name, ==, test->file_name);
  g_assert_cmpstr (attachment->content_type, ==, "application/pdf");
  content = rst_message_dup_attachment_content (message, 0);
  g_assert_cmpmem (g_bytes_get_data (content, NULL), g_bytes_get_size (content), "AB", 2);
}

static void
test_nested_message_is_exact (void)
{
  static const char nested[] = "From: b@x.org\r\nSubject:  t\n\r\n\0\xFF--y\r\r\n";
  g_autoptr (GString) source = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=x\n"
                                                  "\n--x\nContent-Type: message/rfc822\n\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (GBytes) content = NULL;

  g_string_append_len (source, nested, sizeof nested - 1);
  g_string_append (source, "\n--x--\n");
  bytes = g_bytes_new (source->str, source->len);
  message = rst_message_new (bytes, NULL);
  content = rst_message_dup_attachment_content (message, 0);
  g_assert_cmpmem (g_bytes_get_data (content, NULL),
                   g_bytes_get_size (content),
                   nested,
                   sizeof nested - 1);
}

static void
test_headers_and_source (void)
{
  static const char source[] = "Received: from a\r\n\tby b\r\n"
                               "From: =?koi8-r?B?6dfBzg==?= <i@x.org>\r\n"
                               "not a field\r\n"
                               "X-\x1B: y\r\n"
                               "Subject: caf\xE9\x1B[2J\r\n"
                               "\r\n"
                               "b\xE9\x07\r\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (source, sizeof source - 1);
  g_autoptr (RstMessage) message = rst_message_new (bytes, NULL);
  g_autofree char *headers = rst_message_dup_headers (message);
  g_autofree char *shown = rst_message_dup_source (message);

  g_assert_cmpstr (rst_message_get_envelope (message)->from_name, ==, "Иван");
  g_assert_cmpstr (rst_message_get_envelope (message)->subject, ==, "café [2J");
  g_assert_cmpstr (headers, ==,
                   "Received: from a by b\n"
                   "From: Иван <i@x.org>\n"
                   "not a field\n"
                   "X- : y\n"
                   "Subject: café [2J\n");
  g_assert_cmpstr (shown, ==,
                   "Received: from a\n\tby b\n"
                   "From: =?koi8-r?B?6dfBzg==?= <i@x.org>\n"
                   "not a field\n"
                   "X-\uFFFD: y\n"
                   "Subject: café\uFFFD[2J\n"
                   "\n"
                   "bé\uFFFD\n");
}

/* GMime's parser and a walk of ours both end at some depth; the program doesn't. */
static void
test_deep (void)
{
  g_autoptr (GString) source = g_string_new (HEAD);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RstMessage) message = NULL;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (source, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i, i);
  g_string_append (source, "\ntext\n");
  bytes = g_bytes_new (source->str, source->len);
  message = rst_message_new (bytes, NULL);
  g_assert_true (g_utf8_validate (rst_message_get_text (message), -1, NULL));
}

static void
test_many_parts (void)
{
  g_autoptr (GString) source = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=x\n\n");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (RstMessage) message = NULL;

  for (guint i = 0; i < 3000; i++)
    g_string_append_printf (source, "--x\nContent-Type: image/png; name=%u.png\n\nabc\n", i);
  bytes = g_bytes_new (source->str, source->len);
  message = rst_message_new (bytes, NULL);
  g_assert_cmpuint (rst_message_get_attachments (message)->len, ==, 3000);
}

/* Fields of 200 kB: GMime would put them on the stack, or compare them in quadratic time. */
static void
test_huge_fields (void)
{
  static const char *const starts[] = {
    "Subject: =?",
    "From: =?utf-8?Q?=?=?",
    "Content-Type: text/plain; name*=",
    "Content-Type: text/plain; name=\"=?",
    "Content-Disposition: attachment; filename*0*=",
    "Content-Type: multipart/mixed; boundary=",
    "X",
  };

  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    for (guint nested = 0; nested < 2; nested++)
      {
        g_autoptr (GString) source = g_string_new (NULL);
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (RstMessage) message = NULL;

        if (nested)
          g_string_append (source, "Content-Type: multipart/mixed; boundary=x\n\n--x\n");
        g_string_append (source, starts[i]);
        while (source->len < 200000)
          g_string_append (source, "=?a?Q?aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n ");
        g_string_append (source, "?Q?x?='en'y\n\ntext\n");
        bytes = g_bytes_new (source->str, source->len);
        message = rst_message_new (bytes, NULL);
        g_assert_true (g_utf8_validate (rst_message_get_text (message), -1, NULL));
      }
}

static void
test_random (void)
{
  static const char *const pieces[] = {
    "From: a@x.org\n", "Content-Type: ", "text/plain", "text/html", "multipart/mixed",
    "message/rfc822", "multipart/alternative", "multipart/digest", "application/pdf",
    "; boundary=x", "; boundary=\"y\"", "; charset=utf-8", "; charset=koi8-r", "; name=\"a/b\"",
    "; format=flowed", "\n", "\n", "\n\n", "\n\n", "--x\n", "--x\n", "--x--\n", "--y\n", "--y--\n",
    "Content-Transfer-Encoding: base64\n", "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Transfer-Encoding: x-uuencode\n", "begin 644 a\n#0V%T\nend\n", "QUJD", "=C3=A4", "<p>",
    "text", "\r", "\r\n", "> q \n", "=?utf-8?Q?=FF?=", "\xFF", "\x1B",
    "Content-Disposition: attachment; filename*0*=utf-8''%FF"
  };

  for (guint run = 0; run < 1500; run++)
    {
      g_autoptr (GString) source = g_string_new (NULL);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (RstMessage) message = NULL;
      g_autofree char *attachments = NULL;
      g_autofree char *headers = NULL;
      g_autofree char *shown = NULL;
      int n_pieces = g_test_rand_int_range (0, 50);

      for (int i = 0; i < n_pieces; i++)
        g_string_append (source, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      if (g_test_rand_int_range (0, 10) == 0)
        g_string_append_c (source, '\0');

      bytes = g_bytes_new (source->str, source->len);
      message = rst_message_new (bytes, g_test_rand_bit () ? "koi8-r" : NULL);
      attachments = describe_attachments (message);
      headers = rst_message_dup_headers (message);
      shown = rst_message_dup_source (message);
      g_assert_true (g_utf8_validate (rst_message_get_text (message), -1, NULL));
      g_assert_true (g_utf8_validate (attachments, -1, NULL));
      g_assert_true (g_utf8_validate (headers, -1, NULL));
      g_assert_true (g_utf8_validate (shown, -1, NULL));
    }
}

static gpointer
read_worker (gpointer data)
{
  RstMessage *message = data;

  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (RstMessage) again = rst_message_new (rst_message_get_bytes (message), NULL);
      g_autofree char *attachments = describe_attachments (message);

      g_assert_cmpstr (attachments, ==, "a.png image/png 4\n");
      g_assert_cmpstr (rst_message_get_text (again), ==, "text");
    }
  rst_message_unref (message);

  return NULL;
}

static void
test_threads (void)
{
  static const char source[] = HEAD "Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n"
                                    "--x\nContent-Type: image/png; name=a.png\n"
                                    "Content-Transfer-Encoding: base64\n\niVBORw==\n--x--\n";
  g_autoptr (GBytes) bytes = g_bytes_new_static (source, sizeof source - 1);
  g_autoptr (RstMessage) message = rst_message_new (bytes, NULL);
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("read", read_worker, rst_message_ref (message));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (message_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/message/%s", message_cases[i].name);
      g_autofree char *crlf_path = g_strdup_printf ("/message/crlf/%s", message_cases[i].name);

      g_test_add_data_func (path, &message_cases[i], test_message);
      g_test_add_data_func (crlf_path, &message_cases[i], test_crlf);
    }
  for (guint i = 0; i < G_N_ELEMENTS (name_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/message/name/%s", name_cases[i].name);

      g_test_add_data_func (path, &name_cases[i], test_name);
    }
  g_test_add_func ("/message/nested-message-is-exact", test_nested_message_is_exact);
  g_test_add_func ("/message/headers-and-source", test_headers_and_source);
  g_test_add_func ("/message/deep", test_deep);
  g_test_add_func ("/message/many-parts", test_many_parts);
  g_test_add_func ("/message/huge-fields", test_huge_fields);
  g_test_add_func ("/message/random", test_random);
  g_test_add_func ("/message/threads", test_threads);

  return g_test_run ();
}

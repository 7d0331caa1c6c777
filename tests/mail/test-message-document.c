/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-message-document.h"

#define HEAD "From: a@x.org\nSubject: s\n"

#define PNG "iVBORw0KGgo="

typedef struct
{
  const char *name;
  const char *message;
  RstShow show;
  /* The text; a title of a fold is not in it */
  const char *text;
  /* "title", one a line, with " (folded)" */
  const char *folds;
  /* one a line */
  const char *problems;
} DocumentCase;

static const DocumentCase document_cases[] = {
  { "plain", HEAD "\nHello\n", RST_SHOW_PLAIN, "Hello\n", "", "" },
  { "empty", "", RST_SHOW_PLAIN, "", "", "" },
  { "header-only", HEAD, RST_SHOW_PLAIN, "", "", "" },
  { "alternative-plain",
    HEAD "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nplain\n"
         "--x\nContent-Type: text/html\n\n<p>html</p>\n--x--\n",
    RST_SHOW_PLAIN, "plain\n", "", "" },
  { "alternative-html",
    HEAD "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nplain\n"
         "--x\nContent-Type: text/html\n\n<p>html</p>\n--x--\n",
    RST_SHOW_HTML, "html\n", "", "" },
  { "mixed-in-order",
    HEAD "Content-Type: multipart/mixed; boundary=x\n\n--x\n\none\n"
         "--x\nContent-Type: image/png\n\nabc\n--x\nContent-Type: text/html\n\n<p>two</p>\n"
         "--x--\n",
    RST_SHOW_PLAIN, "one\n\ntwo\n", "", "" },
  { "part-of-no-length",
    HEAD "Content-Type: multipart/mixed; boundary=x\n\n--x\n--x\n\n--x\n\nend\n--x--\n",
    RST_SHOW_PLAIN, "end\n", "", "" },
  { "signed",
    HEAD "Content-Type: multipart/signed; boundary=x\n\n--x\n\ntext\n"
         "--x\nContent-Type: application/pgp-signature\n\nABC\n--x--\n",
    RST_SHOW_PLAIN, "Signed; the signature was not verified.\n\ntext\n", "", "" },
  { "encrypted",
    HEAD "Content-Type: multipart/encrypted; boundary=x\n\n"
         "--x\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n"
         "--x\nContent-Type: application/octet-stream\n\nABC\n--x--\n",
    RST_SHOW_PLAIN, "This message is encrypted. It can’t be read here.\n", "", "" },
  { "encrypted-smime",
    HEAD "Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n"
         "Content-Transfer-Encoding: base64\n\nQUJD\n",
    RST_SHOW_PLAIN, "This message is encrypted. It can’t be read here.\n", "", "" },
  { "signed-opaque",
    HEAD "Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\n"
         "Content-Transfer-Encoding: base64\n\nQUJD\n",
    RST_SHOW_PLAIN,
    "This message lies within its signature, which can’t be opened here.\n", "", "" },
  { "encrypted-in-text",
    HEAD "\n-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n",
    RST_SHOW_PLAIN,
    "This message is encrypted. It can’t be read here.\n\n"
    "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n",
    "", "" },
  { "nested",
    HEAD "Content-Type: multipart/mixed; boundary=x\n\n--x\n\nsee below\n"
         "--x\nContent-Type: message/rfc822\n\n"
         "From: b@x.org\nTo: c@x.org\nDate: Tue, 24 Nov 2026 10:00:00 +0000\nSubject: inner\n"
         "\nbody\n--x--\n",
    RST_SHOW_PLAIN,
    "see below\n\nFrom: b@x.org\nTo: c@x.org\nDate: Tue, 24 Nov 2026 10:00 +0000\n"
    "Subject: inner\n\nbody\n",
    "inner\n", "" },
  { "nested-twice",
    HEAD "Content-Type: message/rfc822\n\nSubject: one\nContent-Type: message/rfc822\n\n"
         "From: c@x.org\n\nbody\n",
    RST_SHOW_PLAIN, "Subject: one\n\nFrom: c@x.org\n\nbody\n",
    "one\nMessage without a subject (folded)\n", "" },
  { "nested-as-file",
    HEAD "Content-Type: message/rfc822\nContent-Disposition: attachment\n\nSubject: one\n\nbody\n",
    RST_SHOW_PLAIN, "Subject: one\n\nbody\n", "one (folded)\n", "" },
  { "digest",
    HEAD "Content-Type: multipart/digest; boundary=x\n\n--x\n\nSubject: one\n\na\n"
         "--x\n\nSubject: two\n\nb\n--x--\n",
    RST_SHOW_PLAIN, "Subject: one\n\na\n\nSubject: two\n\nb\n", "one\ntwo\n", "" },
  { "delivery-failed",
    HEAD "Content-Type: multipart/report; report-type=delivery-status; boundary=x\n\n--x\n\n"
         "Sorry.\n--x\nContent-Type: message/delivery-status\n\n"
         "Reporting-MTA: dns; mx.org\n\n"
         "Final-Recipient: rfc822; x@y\nAction: failed\nStatus: 5.1.1\n"
         "Diagnostic-Code: smtp; 550 no such\n user\n\n"
         "Final-Recipient: rfc822; z@y\nAction: delayed\nStatus: 4.4.1\n\n"
         "Original-Recipient: rfc822; w@y\nAction: delivered\nStatus: 2.0.0\n"
         "--x\nContent-Type: message/rfc822\n\nSubject: lost\n\nbody\n--x--\n",
    RST_SHOW_PLAIN,
    "Sorry.\n\nCould not be delivered to x@y: 550 no such user\nNot delivered yet to z@y: 4.4.1\n"
    "Delivered to w@y.\n\nSubject: lost\n\nbody\n",
    "lost\n", "" },
  { "disposition",
    HEAD "Content-Type: multipart/report; report-type=disposition-notification; boundary=x\n\n"
         "--x\nContent-Type: message/disposition-notification\n\n"
         "Final-Recipient: rfc822;x@y\n"
         "Disposition: manual-action/MDN-sent-manually; displayed\n--x--\n",
    RST_SHOW_PLAIN, "Displayed to x@y, which does not mean that it was read.\n", "", "" },
  { "calendar",
    HEAD "Content-Type: multipart/alternative; boundary=x\n\n--x\n\nSee the invitation.\n"
         "--x\nContent-Type: text/calendar; method=REQUEST\n\n"
         "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
         "DTSTART:19700101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\n"
         "SUMMARY:Tea\\, with\r\n  cake\r\n"
         "DTSTART;TZID=\"Europe/Berlin\":20261124T090000\r\n"
         "DTEND;TZID=Europe/Berlin:20261124T100000\r\n"
         "LOCATION:Room 1\\; left\r\nORGANIZER;CN=\"Ada: L.\":mailto:ada@x.org\r\n"
         "ATTENDEE;CN=Bob;PARTSTAT=NEEDS-ACTION:MAILTO:bob@x.org\r\n"
         "ATTENDEE:mailto:eve@x.org\r\nBEGIN:VALARM\r\nSUMMARY:wrong\r\nEND:VALARM\r\n"
         "END:VEVENT\r\nEND:VCALENDAR\r\n--x--\n",
    RST_SHOW_PLAIN,
    "See the invitation.\n\nInvitation\nWhat: Tea, with cake\n"
    "When: Tue, 24 Nov 2026 09:00 (Europe/Berlin) – Tue, 24 Nov 2026 10:00 (Europe/Berlin)\n"
    "Where: Room 1; left\nFrom: Ada: L. <ada@x.org>\nWho: Bob <bob@x.org>, eve@x.org\n",
    "", "" },
  { "calendar-days",
    HEAD "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\n"
         "SUMMARY:Fair\nDTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261126\n"
         "RRULE:FREQ=YEARLY\nEND:VEVENT\nEND:VCALENDAR\n",
    RST_SHOW_PLAIN,
    "Event cancelled\nWhat: Fair\nWhen: Tue, 24 Nov 2026 – Wed, 25 Nov 2026, repeated\n", "", "" },
  { "calendar-one-day",
    HEAD "Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:Fair\n"
         "DTSTART;VALUE=DATE:20261124\nDTEND;VALUE=DATE:20261125\nEND:VEVENT\n",
    RST_SHOW_PLAIN, "Event\nWhat: Fair\nWhen: Tue, 24 Nov 2026\n", "", "" },
  { "calendar-answer",
    HEAD "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\n"
         "SUMMARY:Tea\nDTSTART:20261124T090000Z\nATTENDEE;PARTSTAT=DECLINED:mailto:b@x.org\n"
         "END:VEVENT\nEND:VCALENDAR\n",
    RST_SHOW_PLAIN,
    "Invitation declined\nWhat: Tea\nWhen: Tue, 24 Nov 2026 09:00\nWho: b@x.org\n", "", "" },
  { "calendar-cut-off",
    HEAD "Content-Type: text/calendar\n\nBEGIN:VEVENT\nSUMMARY:Tea\nDTSTART:nonsense\nDTEND;X",
    RST_SHOW_PLAIN, "Event\nWhat: Tea\nWhen: nonsense\n", "", "" },
  { "calendar-empty", HEAD "Content-Type: text/calendar\n\n\n", RST_SHOW_PLAIN, "", "", "" },
  { "unclosed",
    HEAD "Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n", RST_SHOW_PLAIN,
    "text\n\nThe message ends before its last part does.\n", "",
    "The message ends before its last part does.\n" },
  { "boundary-missing",
    HEAD "Content-Type: multipart/mixed; boundary=x\n\nletter\n", RST_SHOW_PLAIN,
    "letter\n\nThis should be several parts, which can’t be told apart.\n", "",
    "The message should have several parts, which can’t be told apart.\n" },
  { "no-parts",
    HEAD "Content-Type: multipart/mixed; boundary=x\n\n", RST_SHOW_PLAIN, "", "",
    "The message should have several parts, which can’t be told apart.\n" },
  { "base64-truncated",
    HEAD "Content-Transfer-Encoding: base64\n\nSGVsbG8gdG\n", RST_SHOW_PLAIN,
    "Hello t\n\nThis text was damaged on its way: something may be missing.\n", "",
    "A text of the message is damaged or cut off.\n" },
  { "base64-with-footer",
    HEAD "Content-Transfer-Encoding: base64\n\nSGVsbG8=\n-- \nlist\n", RST_SHOW_PLAIN,
    "Hello\n", "", "" },
  { "base64-attachment-truncated",
    HEAD "Content-Type: image/png; name=a.png\nContent-Transfer-Encoding: base64\n\nQUJDRA\n",
    RST_SHOW_PLAIN, "", "", "The attachment “a.png” is damaged or cut off.\n" },
  { "quoted-printable-broken",
    HEAD "Content-Transfer-Encoding: quoted-printable\n\na =3D b =\n c =\n", RST_SHOW_PLAIN,
    "a = b  c \n", "", "" },
  { "encoding-unknown",
    HEAD "Content-Transfer-Encoding: 9bit\n\nHello\n", RST_SHOW_PLAIN, "Hello\n", "",
    "A part of the message is encoded in an unknown way.\n" },
};

static RstMessage *
make_message (const char *source)
{
  g_autoptr (GBytes) bytes = g_bytes_new (source, strlen (source));

  return rst_message_new (bytes, NULL);
}

static char *
describe_folds (RstDocument *document)
{
  GPtrArray *folds = rst_document_get_folds (document);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < folds->len; i++)
    {
      const RstFold *fold = g_ptr_array_index (folds, i);

      g_string_append_printf (text, "%s%s\n", fold->title, fold->is_folded ? " (folded)" : "");
    }

  return g_string_free (text, FALSE);
}

static void
test_document (gconstpointer data)
{
  const DocumentCase *test = data;
  g_autoptr (RstMessage) message = make_message (test->message);
  const RstDocumentOptions options = { .show = test->show };
  g_autoptr (RstDocument) document = rst_message_make_document (message, &options);
  g_autofree char *folds = describe_folds (document);
  g_autoptr (GString) problems = g_string_new (NULL);

  for (guint i = 0; i < rst_message_get_problems (message)->len; i++)
    g_string_append_printf (problems, "%s\n",
                            (char *)g_ptr_array_index (rst_message_get_problems (message), i));
  g_assert_cmpstr (rst_document_get_text (document), ==, test->text);
  g_assert_cmpstr (folds, ==, test->folds);
  g_assert_cmpstr (problems->str, ==, test->problems);
}

static const char related[] = HEAD
    "Content-Type: multipart/mixed; boundary=y\n\n"
    "--y\nContent-Type: multipart/related; boundary=x\n\n"
    "--x\nContent-Type: text/html\n\n"
    "<p>a<img src=\"cid:i@x\" alt=one><img src='cid:i@x'><img src=cid:none>"
    "<img src=\"https://x.org/1.png\"><img src=\"http://x.org/2.png\"></p>\n"
    "--x\nContent-Type: image/png; name=i.png\nContent-ID: <i@x>\n"
    "Content-Transfer-Encoding: base64\n\n" PNG "\n"
    "--x\nContent-Type: image/png; name=j.png\nContent-ID: <j@x>\n"
    "Content-Transfer-Encoding: base64\n\n" PNG "\n--x--\n"
    "--y\nContent-Type: application/pdf; name=a.pdf\n\nabc\n--y--\n";

static void
test_images (void)
{
  g_autoptr (RstMessage) message = make_message (related);
  g_autoptr (RstDocument) document = rst_message_make_document (message, NULL);
  GPtrArray *images = rst_document_get_images (document);
  GPtrArray *attachments = rst_message_get_attachments (message);
  static const gboolean is_inline[] = { TRUE, FALSE, FALSE };
  guint n_shown = 0;

  for (guint i = 0; i < images->len; i++)
    {
      const RstDocumentImage *image = g_ptr_array_index (images, i);

      if (image->content != NULL)
        {
          g_assert_cmpuint (g_bytes_get_size (image->content), ==, 8);
          n_shown++;
        }
    }
  g_assert_cmpuint (n_shown, ==, 2);
  g_assert_true (rst_message_get_has_html (message));
  g_assert_cmpuint (rst_message_get_n_remote_images (message), ==, 2);
  g_assert_cmpuint (rst_document_get_n_remote_images (document), ==, 2);
  g_assert_cmpuint (attachments->len, ==, G_N_ELEMENTS (is_inline));
  for (guint i = 0; i < attachments->len; i++)
    {
      const RstAttachment *attachment = g_ptr_array_index (attachments, i);

      g_assert_cmpint (attachment->is_inline, ==, is_inline[i]);
    }
}

static void
test_looks (void)
{
  g_autoptr (RstMessage) message = make_message (
      HEAD "Content-Type: multipart/signed; boundary=x\n\n--x\n"
           "Content-Type: message/rfc822\n\nSubject: t\n\nbody\n--x--\n");
  g_autoptr (RstDocument) document = rst_message_make_document (message, NULL);
  gsize n_runs;
  const RstRun *runs = rst_document_get_runs (document, &n_runs);
  const RstFold *fold = g_ptr_array_index (rst_document_get_folds (document), 0);

  g_assert_cmpuint (n_runs, >, 3);
  g_assert_cmpuint (runs[0].flags, ==, RST_RUN_NOTE);
  g_assert_cmpuint (runs[2].flags, ==, RST_RUN_BOLD);
  g_assert_cmpuint (runs[2].start, ==, fold->start);
  g_assert_cmpuint (fold->end, ==, rst_document_get_length (document));
}

/* What is beyond the limit is not even decoded. */
static void
test_limit (void)
{
  g_autoptr (GString) source = g_string_new (HEAD "Content-Type: multipart/mixed; boundary=x\n\n");
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (RstDocument) document = NULL;
  const RstDocumentOptions options = { RST_SHOW_PLAIN, 1000, 0 };

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (source, "--x\n\nThis is part %u\n", i);
  g_string_append (source, "--x--\n");
  message = make_message (source->str);
  document = rst_message_make_document (message, &options);
  g_assert_true (rst_document_get_is_cut (document));
  g_assert_cmpuint (rst_document_get_length (document), <=, 1000);
  g_assert_cmpuint (strlen (rst_message_get_text (message)), >, 100000);
}

static void
test_charset (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (
      "From: =?iso-8859-1?Q?=C8=E2=E0=ED?= <i@x.org>\n"
      "Subject: \xCF\xF0\xE8\n"
      "Content-Type: multipart/mixed; boundary=x; charset=utf-8\n\n"
      "--x\nContent-Type: text/plain; charset=iso-8859-1\n\n\xCF\xF0\xE8\xE2\xE5\xF2\n"
      "--x\nContent-Type: text/plain; charset=iso-2022-jp\n\n\x1B$BF|K\\\x1B(B\n"
      "--x\nContent-Type: image/png; name=\"\xCE\xF2.png\"\n\nabc\n--x--\n",
      strlen ("From: =?iso-8859-1?Q?=C8=E2=E0=ED?= <i@x.org>\n"
              "Subject: \xCF\xF0\xE8\n"
              "Content-Type: multipart/mixed; boundary=x; charset=utf-8\n\n"
              "--x\nContent-Type: text/plain; charset=iso-8859-1\n\n\xCF\xF0\xE8\xE2\xE5\xF2\n"
              "--x\nContent-Type: text/plain; charset=iso-2022-jp\n\n\x1B$BF|K\\\x1B(B\n"
              "--x\nContent-Type: image/png; name=\"\xCE\xF2.png\"\n\nabc\n--x--\n"));
  g_autoptr (RstMessage) message = rst_message_new_in_charset (bytes, "windows-1251");
  g_autoptr (RstMessage) unknown = rst_message_new_in_charset (bytes, "no-such-charset");
  g_autoptr (RstDocument) document = rst_message_make_document (message, NULL);
  g_autofree char *headers = rst_message_dup_headers (message);
  const RstAttachment *attachment = g_ptr_array_index (rst_message_get_attachments (message), 0);

  g_assert_cmpstr (rst_message_get_envelope (message)->from_name, ==, "Иван");
  g_assert_cmpstr (rst_message_get_envelope (message)->subject, ==, "При");
  g_assert_cmpstr (rst_document_get_text (document), ==, "Привет\n\n日本\n");
  g_assert_cmpstr (attachment->name, ==, "От.png");
  g_assert_nonnull (strstr (headers, "Subject: При\n"));
  g_assert_cmpstr (rst_message_get_envelope (unknown)->from_name, ==, "Èâàí");
}

static void
test_deep (void)
{
  g_autoptr (GString) parts = g_string_new (HEAD);
  g_autoptr (GString) messages = g_string_new (HEAD);
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (RstMessage) deep = NULL;
  g_autoptr (RstDocument) document = NULL;
  const char *text;

  for (guint i = 0; i < 300; i++)
    {
      g_string_append_printf (parts, "Content-Type: multipart/mixed; boundary=b%u\n\n--b%u\n", i,
                              i);
      g_string_append_printf (messages, "Content-Type: message/rfc822\n\nSubject: %u\n", i);
    }
  g_string_append (parts, "\ntext\n");
  g_string_append (messages, "\ntext\n");

  message = make_message (parts->str);
  text = rst_message_get_text (message);
  g_assert_nonnull (strstr (text, "Parts lie too deep within one another here."));
  g_assert_cmpuint (rst_message_get_problems (message)->len, ==, 2);

  deep = make_message (messages->str);
  document = rst_message_make_document (deep, NULL);
  text = rst_document_get_text (document);
  g_assert_nonnull (strstr (text, "Subject: 15\n"));
  g_assert_nonnull (strstr (text, "Messages lie too deep within one another here."));
}

/* Ten thousand images that one page shows, and as many of other names. */
static void
test_many_images (void)
{
  g_autoptr (GString) source = g_string_new (HEAD "Content-Type: multipart/related; boundary=x\n\n"
                                                  "--x\nContent-Type: text/html\n\n");
  g_autoptr (RstMessage) message = NULL;
  g_autoptr (RstDocument) document = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (source, "<img src=\"cid:%u\">\n", i);
  for (guint i = 0; i < 10000; i++)
    g_string_append_printf (source, "--x\nContent-Type: image/png\nContent-ID: <%u>\n\nabc\n", i);
  g_string_append (source, "--x--\n");
  message = make_message (source->str);
  document = rst_message_make_document (message, NULL);
  g_assert_cmpuint (rst_document_get_images (document)->len, ==, 10000);
  g_assert_cmpuint (rst_message_get_attachments (message)->len, ==, 10000);
}

int
main (int argc,
      char **argv)
{
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (document_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/message-document/%s", document_cases[i].name);

      g_test_add_data_func (path, &document_cases[i], test_document);
    }
  g_test_add_func ("/message-document/images", test_images);
  g_test_add_func ("/message-document/looks", test_looks);
  g_test_add_func ("/message-document/limit", test_limit);
  g_test_add_func ("/message-document/charset", test_charset);
  g_test_add_func ("/message-document/deep", test_deep);
  g_test_add_func ("/message-document/many-images", test_many_images);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <time.h>

#include "document-dump.h"
#include "mail/rst-html-document.h"

typedef struct
{
  const char *name;
  const char *html;
  const char *dump;
} HtmlCase;

#define RULE "────────────"
#define OBJECT "\357\277\274"

static const HtmlCase html_cases[] = {
  { "empty", "", "" },
  { "blank", "<p> &nbsp;</p>\n", "" },
  { "plain", "Hello", "Hello\n" },
  { "paragraphs", "<p>a</p><p>b</p>c", "a\n\nb\n\nc\n" },
  { "emphasis", "a <b>b</b> <i>c</i><u>d</u><s>e</s>", "a {b:b} {i:c}{u:d}{s:e}\n" },
  { "emphasis-within-emphasis", "<b>a<i>b</i>c</b>d", "{b:a}{b,i:b}{b:c}d\n" },
  { "misnested", "<span style='font-style:italic'><p>a</span>b</p>c", "{i:a}\n\nbc\n" },
  { "emphasis-by-style",
    "<span style='font-weight:700; font-style:italic'>a</span><b style='font-weight:normal'>b</b>",
    "{b,i:a}b\n" },
  { "decoration-by-style",
    "<span style='text-decoration:underline'>a</span><u style='text-decoration:none'>b</u>",
    "{u:a}b\n" },
  { "heading", "a<h1>b</h1>c<h3><b>d</b></h3>", "a\n\n{h1:b\n}\nc\n\n{b,h3:d}{h3:\n}" },
  { "code", "a <code>b</code>", "a {m:b}\n" },
  { "preformatted", "a<pre>\n  b\n\n c\n</pre>d", "a\n\n{m,p:  b\n\n c\n}\nd\n" },
  { "preformatted-by-style", "<div style='white-space: pre-wrap'>a  b\nc</div>d", "a  b\nc\nd\n" },
  { "break", "a<br>b<br><br><br>c", "a\nb\n\nc\n" },
  { "rule", "a<hr>b", "a\n\n{M:" RULE "}\n\nb\n" },
  { "center", "<center>a</center><div align=center>b</div>", "a\nb\n" },

  { "list", "<ul><li>a<li><b>b</b></ul>", "{M,n1:• }{n1:a\n}{M,n1:• }{b,n1:b}{n1:\n}" },
  { "ordered-list", "<ol start=9><li>a<li>b</ol>c", "{M,n1:9. }{n1:a\n}{M,n1:10. }{n1:b\n}\nc\n" },
  { "inner-list", "<ul><li>a<ul><li>b</ul></ul>", "{M,n1:• }{n1:a\n}{M,n2:• }{n2:b\n}" },

  { "quote", "a<blockquote>b<p>c</p></blockquote>d", "a\n\n{q1:b\n\nc\n}\nd\n" },
  { "inner-quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "{q1:a\n\n}{q2:b\n}" },
  { "gmail",
    "x<div class=gmail_quote>On M, A wrote:<br><blockquote class=gmail_quote style='margin:0 0 0 "
    ".8ex;border-left:1px #ccc solid;padding-left:1ex'>b</blockquote></div>",
    "x\nOn M, A wrote:\n\n{q1:b\n}" },
  { "outlook",
    "x<div style='border:none;border-left:solid blue 1.5pt;padding:0cm 0cm 0cm "
    "4.0pt'><p>b</p></div>",
    "x\n\n{q1:b\n}" },
  { "yahoo", "x<div class='yahoo_quoted'>b</div>", "x\n\n{q1:b\n}" },
  { "thunderbird", "<div class=moz-cite-prefix>A wrote:</div><blockquote type=cite>b</blockquote>",
    "A wrote:\n\n{q1:b\n}" },
  { "gmail-indent", "<blockquote style='margin:0 0 0 40px;border:none;padding:0px'>a</blockquote>",
    "{n1:a\n}" },
  { "signature", "a<div class=\"gmail_signature\">b<br>c</div>", "a\n{S:b\nc\n}" },

  { "table", "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
    "{b:a   b}\nc   d\n" },
  { "layout-table", "<table><tr><td><p>a</p></td><td><div>b</div></td></tr></table>", "a\n\nb\n" },

  { "link", "a <a href='https://a.example/'>b <i>c</i></a>.",
    "a {l1:b }{i,l1:c}.\n|https://a.example/" },
  { "link-claims", "<a href='https://evil.example/x'>https://bank.example</a>",
    "{l1:https://bank.example}\n|https://evil.example/x not bank.example" },
  { "link-is-honest", "<a href='https://www.a.example/x'>a.example</a>",
    "{l1:a.example}\n|https://www.a.example/x" },
  { "link-to-program", "<a href='javascript:x'>a</a><a href='#b'>b</a>", "ab\n" },

  { "image", "a<img src='cid:x%40y' alt=b>c", "a" OBJECT "c\n|image b 3" },
  { "image-missing", "a<img src=cid:z alt=' b'>", "a b\n" },
  { "image-data", "<img src='data:image/png;base64,QUJDRA=='>", OBJECT "\n|image - 4" },
  { "image-data-escaped", "<img src='data:image/png;base64,QUJDRA%3D%3D'>", OBJECT "\n|image - 4" },
  { "image-data-drawing", "<img src='data:image/svg+xml;base64,QUJDRA==' alt=a>", "a\n" },
  { "image-data-text", "<img src='data:text/html;base64,QUJDRA=='>", "" },
  { "image-data-broken", "<img src='data:image/png;base64'><img src='data:,'><img src='data:#7'>",
    "" },
  { "image-remote", "<img src=https://a.example/b.png alt=Logo>", "Logo\n|remote 1" },
  { "image-remote-without-words", "<img src=//a.example/b.png>c", "c\n|remote 1" },
  { "tracker", "a<img src=http://a.example width=1 height='1px' alt=x>b", "ab\n|remote 1" },
  { "hidden-tracker", "a<img src=http://a.example style='display:none' alt=x>b", "ab\n|remote 1" },
  { "image-file", "<img src='file:///etc/passwd'>", "|remote 1" },

  { "hidden-attribute", "a<p hidden>b</p>c", "ac\n" },
  { "display-none", "<div style='DISPLAY : NONE !important'><p>a</p></div>b", "b\n" },
  { "display-last-counts", "<div style='display:none;display:block'>a</div>", "a\n" },
  { "visibility", "<span style='visibility:hidden'>a</span>b", "b\n" },
  { "zero-font", "<span style='font-size:0px'>a</span><i style='font-size:.5em'>b</i>", "{i:b}\n" },
  { "zero-height", "<div style='max-height:0;overflow:hidden'>a</div>b", "b\n" },
  { "zero-box", "<div style='height:0;overflow:hidden'>a</div><div style='height:0'>b</div>",
    "b\n" },
  { "transparent", "<div style='opacity:0'>a</div>b", "b\n" },
  { "off-screen", "<div style='position:absolute;left:-9999px'>a</div>b", "b\n" },
  { "camouflaged", "<p style='color:#fff;background-color:#FFF'>a</p>b", "b\n" },
  { "camouflaged-cell", "<table><tr><td bgcolor=#FFFFFF style='color:#ffffff'>a</td></tr></table>b",
    "b\n" },
  { "inherited-colours", "<p style='color:inherit;background:inherit'>a</p>", "a\n" },
  { "hidden-from-outlook-only", "<a href=http://a.example style='mso-hide:all'>a</a>",
    "{l1:a}\n|http://a.example" },

  { "script", "a<script>x<y</script><style>z</style>b", "ab\n" },
  { "comment", "a<!--[if mso]><p>b</p><![endif]-->c", "ac\n" },
  { "object-character", "a&#xFFFC;b", "a�b\n" },
  { "invisible-padding", "a<div>&zwnj;&nbsp;&#847;&shy;</div>b", "a\nb\n" },
};

static GBytes *
find_content (const char *content_id,
              gpointer user_data)
{
  if (strcmp (content_id, "x@y") != 0)
    return NULL;

  return g_bytes_new_static ("png", 3);
}

static RstDocument *
convert (const char *html,
         gsize length,
         gsize max_length,
         gsize max_runs)
{
  RstDocumentBuilder *builder = rst_document_builder_new (max_length, max_runs);
  g_autofree char *bytes = g_memdup2 (html, length);

  rst_html_add_to_document (builder, bytes, length, find_content, NULL);

  return rst_document_builder_end (builder);
}

static void
test_html (gconstpointer data)
{
  const HtmlCase *test = data;
  g_autoptr (RstDocument) document = convert (test->html, strlen (test->html), 0, 0);
  g_autofree char *dump = document_dump (document);

  g_assert_cmpstr (dump, ==, test->dump);
}

/* The image is longer than its tag may be; what else the tag says stays. */
static void
test_long_image (void)
{
  g_autoptr (GString) html = g_string_new ("a<img alt=\"b\" src=\"data:image/png;base64,");
  g_autoptr (RstDocument) document = NULL;
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 10000; i++)
    g_string_append (html, "QUJD");
  g_string_append (html, "\" width=10>c");

  document = convert (html->str, html->len, 0, 0);
  dump = document_dump (document);
  g_assert_cmpstr (dump, ==, "a" OBJECT "c\n|image b 30000");
}

/* What was written before the parser gave up is not there twice. */
static void
test_deep (void)
{
  g_autoptr (GString) html = g_string_new ("<b>a</b><a href=http://a.example>b</a><img src=x>");
  g_autoptr (RstDocument) document = NULL;
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (html, "<div>");
  g_string_append (html, "c &lt;<p>d");

  document = convert (html->str, html->len, 0, 0);
  dump = document_dump (document);
  g_assert_cmpstr (dump, ==, "ab\nc <\nd\n");
}

static void
test_limits (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autoptr (RstDocument) document = NULL;
  gsize n_runs;

  for (guint i = 0; i < 20000; i++)
    g_string_append (html, "<b>a</b>b");

  document = convert (html->str, html->len, 1000, 100);
  rst_document_get_runs (document, &n_runs);
  g_assert_cmpuint (n_runs, ==, 100);
  g_assert_cmpuint (rst_document_get_length (document), ==, 1000);
  g_assert_true (rst_document_get_is_cut (document));
}

static void
test_fold (void)
{
  g_autoptr (GString) html = g_string_new ("Yes.<br>A wrote:<blockquote>");
  g_autoptr (RstDocument) document = NULL;
  g_autofree char *dump = NULL;

  for (guint i = 0; i < 20; i++)
    g_string_append (html, "a<br>");
  g_string_append (html, "</blockquote>");

  document = convert (html->str, html->len, 0, 0);
  dump = document_dump (document);
  g_assert_cmpstr (strchr (dump, '|'), ==, "|folded 15-55");
}

static void
test_after_open_line (void)
{
  static const RstRun plain = { 0 };
  RstDocumentBuilder *builder = rst_document_builder_new (0, 0);
  g_autoptr (RstDocument) document = NULL;

  rst_document_builder_add (builder, "a", 1, &plain);
  rst_html_add_to_document (builder, "<p>b", 4, NULL, NULL);
  document = rst_document_builder_end (builder);

  g_assert_cmpstr (rst_document_get_text (document), ==, "a\nb\n");
}

/* Sanitizers have a time of their own. */
#ifndef __SANITIZE_ADDRESS__
static gint64
measure (const char *piece,
         guint n_pieces)
{
  g_autoptr (GString) html = g_string_new (NULL);
  gint64 best = G_MAXINT64;

  for (guint i = 0; i < n_pieces; i++)
    g_string_append (html, piece);

  for (guint i = 0; i < 3; i++)
    {
      clock_t start = clock ();
      RstDocument *document = convert (html->str, html->len, 0, 0);

      best = MIN (best, clock () - start);
      rst_document_unref (document);
    }

  return best;
}

/* Eight times the page may not take sixty-four times as long. */
static void
test_linear (gconstpointer data)
{
  const char *piece = data;
  guint n_pieces = 50000 / strlen (piece);
  gint64 once = measure (piece, n_pieces);
  gint64 eightfold = measure (piece, 8 * n_pieces);

  g_assert_cmpint (eightfold, <, 24 * MAX (once, CLOCKS_PER_SEC / 500));
}

static const char *const repeated[] = {
  "<div>",
  "</div>",
  "<p>",
  "<b>",
  "<b>a</b>",
  "<a href=http://a>",
  "<a href=http://a.example>b</a>",
  "<table><tr><td>",
  "<td>a",
  "<li>",
  "<ul><li>a",
  "<blockquote>a",
  "</b></i>",
  "&amp;",
  "&",
  "&#",
  "<",
  "<!",
  "<!--",
  "a ",
  "<br>",
  "<img src=x>",
  "<img src=data:image/png;base64,QUJD>",
  "\"",
  "x=",
  "ж",
  "<p style='color:red;font-weight:bold'>a</p>",
  "<pre>\n",
  "<b>a<p>",
  "<hr>",
  "<script>",
  "</",
  "<font>a",
};
#endif

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (html_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html-document/%s", html_cases[i].name);

      g_test_add_data_func (path, &html_cases[i], test_html);
    }
#ifndef __SANITIZE_ADDRESS__
  for (guint i = 0; i < G_N_ELEMENTS (repeated); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html-document/linear/%u", i);

      g_test_add_data_func (path, repeated[i], test_linear);
    }
#endif
  g_test_add_func ("/html-document/long-image", test_long_image);
  g_test_add_func ("/html-document/deep", test_deep);
  g_test_add_func ("/html-document/limits", test_limits);
  g_test_add_func ("/html-document/fold", test_fold);
  g_test_add_func ("/html-document/after-open-line", test_after_open_line);

  return g_test_run ();
}

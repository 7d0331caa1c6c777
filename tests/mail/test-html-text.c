/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-html-source.h"
#include "mail/rst-html-text.h"

typedef struct
{
  const char *name;
  const char *html;
  const char *text;
} HtmlCase;

static const HtmlCase html_cases[] = {
  { "empty", "", "" },
  { "plain", "Hello", "Hello" },
  { "document", "<!DOCTYPE html><html><head><title>T</title></head><body>x</body></html>", "x" },
  { "blanks", "  a \n\t b&nbsp; &nbsp;c  ", "a b c" },
  { "inline", "<b>a</b><i>b</i> <u>c</u>", "ab c" },
  { "paragraphs", "<p>a</p><p>b</p>c", "a\n\nb\n\nc" },
  { "open-paragraphs", "<p>a<p>b", "a\n\nb" },
  { "heading", "a<h1>b</h1>c", "a\n\nb\n\nc" },
  { "blocks", "<div>a</div><div><div>b</div></div>c", "a\nb\nc" },
  { "empty-blocks", "<div></div><p></p>a<p>&nbsp;</p><div> </div>b", "a\n\nb" },
  { "break", "a<br>b<br/>c", "a\nb\nc" },
  { "breaks", "a<br><br><br><br>b", "a\n\nb" },
  { "rule", "a<hr>b", "a\n\n----\n\nb" },
  { "list", "<ul><li>a</li><li>b</li></ul>", "• a\n• b" },
  { "open-list", "<ul><li>a<li>b</ul>", "• a\n• b" },
  { "ordered-list", "<ol><li>a</li><li>b</li></ol><ol><li>c</li></ol>", "1. a\n2. b\n\n1. c" },
  { "inner-list", "<ul><li>a<ol><li>b</li><li>c</li></ol></li><li>d</li></ul>",
    "• a\n  1. b\n  2. c\n• d" },
  { "list-of-blocks", "<ul><li><div>a</div></li><li><div>b</div></li></ul>", "• a\n• b" },
  { "empty-item", "<ul><li></li><li>b</li></ul>", "• b" },
  { "item-without-list", "<li>a</li>", "• a" },
  { "definitions", "<dl><dt>a</dt><dd>b</dd></dl>", "a\nb" },
  { "quote", "a<blockquote>b<br>c</blockquote>d", "a\n\n> b\n> c\n\nd" },
  { "quoted-paragraphs", "<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b" },
  { "inner-quote", "<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n>\n> > b" },
  { "preformatted", "a<pre>\n  b  c\n\n d\n</pre>e", "a\n\n  b  c\n\n d\n\ne" },
  { "table", "<table><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
    "a  b\nc  d" },
  { "empty-cells", "<table><tr><td></td><td>a</td><td> </td><td>b</td></tr></table>", "a  b" },
  { "cells-of-blocks", "<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb" },

  { "entities", "&lt;b&gt; &amp;amp; &euro; &#8364; &#x20AC; &nosuch;",
    "<b> &amp; € € € &nosuch;" },
  { "entity-without-end", "a &amp b &lt", "a &amp b &lt" },
  { "impossible-references", "a&#0;&#xD800;&#x110000;b", "ab" },
  { "utf-8", "<p>Привет, 世界 🎉</p>", "Привет, 世界 🎉" },
  { "other-charset-declared", "<meta charset=windows-1251><p>Привет</p>", "Привет" },
  { "other-charset-declared-old",
    "<head><meta http-equiv=Content-Type content='text/html; charset=koi8-r'></head>ж", "ж" },
  { "invisible-padding", "a<div>&zwnj;&nbsp;&zwnj;&nbsp;&#847;&#8203;&shy;</div>b", "a\nb" },
  { "joiners-between-letters", "می&zwnj;خواهم 👩‍🚀",
    "می‌خواهم 👩‍🚀" },

  { "link", "<a href=\"https://example.org/x?a=1&amp;b=2\">text</a>.",
    "text <https://example.org/x?a=1&b=2>." },
  { "link-is-text", "<a href=\"https://example.org/\">https://example.org</a>",
    "https://example.org" },
  { "link-is-host", "<a href=\"http://Example.org/\">example.org</a>", "example.org" },
  { "link-elsewhere", "<a href=\"http://evil.example/\">https://bank.example</a>",
    "https://bank.example <http://evil.example/>" },
  { "link-to-address", "<a href=\"mailto:a@x.org\">a@x.org</a>", "a@x.org" },
  { "link-to-other-address", "<a href=\"mailto:a@x.org\">write</a>", "write <mailto:a@x.org>" },
  { "link-within-page", "<a href=\"#top\">up</a> <a name=x>here</a>", "up here" },
  { "link-to-program", "<a href=\"javascript:alert(1)\">x</a> <a href='data:text/html,x'>y</a>",
    "x y" },
  { "link-with-breaks", "<a href=\" java\nscript:x \">x</a> <a href=\" https://x.org/\n a \">y</a>",
    "x y <https://x.org/a>" },
  { "link-over-blocks", "<a href=https://x.org><div>a</div><div>b</div></a>",
    "a\nb\n<https://x.org>" },
  { "link-without-text", "a<a href=https://x.org></a>b", "ab" },
  { "image", "<img src=http://x.org/y.png alt=\"A logo\"><img src=x>", "A logo" },
  { "linked-image", "<a href=https://x.org><img src=y alt=Shop></a>", "Shop <https://x.org>" },

  { "script", "a<script>document.write('<p>x</p>')</script>b", "ab" },
  { "style", "<style>p { color: red }</style>a<style>b", "a" },
  { "comment", "a<!-- <p>b</p> -->c", "ac" },
  { "open-comment", "a<!-- b", "a" },
  { "conditional-comment", "a<!--[if mso]><p>b</p><![endif]-->c<![if !mso]>d<![endif]>", "acd" },
  { "object", "<object><p>x</p></object><iframe src=x>y</iframe><svg><text>z</text></svg>a", "a" },
  { "embed", "<embed src=x><p>a</p>", "a" },
  { "hidden-attribute", "a<p hidden>b</p>c", "ac" },
  { "display-none", "<div style=\"DISPLAY : NONE !important; color:red\"><p>a</p></div>b", "b" },
  { "display-block", "<div style=\"display:block\">a</div>", "a" },
  { "visibility-hidden", "<span style=\"color:red;visibility:hidden\">a</span>b", "b" },
  { "zero-font", "<span style=\"font-size:0px\">a</span><span style=\"font-size:0\">b</span>c",
    "c" },
  { "small-font", "<span style=\"font-size:0.9em\">a</span>", "a" },
  { "zero-height", "<div style=\"max-height:0;overflow:hidden\">a</div>b", "b" },
  { "zero-opacity", "<div style=\"opacity:0.0\">a</div><div style=\"opacity:0.5\">b</div>", "b" },
  { "hidden-within-hidden", "<div hidden><p hidden>a</p>b</div>c", "c" },

  { "entities-of-a-dtd", "<!DOCTYPE x [<!ENTITY y SYSTEM \"file:///etc/passwd\">]><p>a&y;b</p>",
    "]>\n\na&y;b" },
  { "xml", "<?xml version=\"1.0\"?><html><body>a</body></html>", "a" },
  { "misnested", "<b><p>a</b>b</p>c", "ab\n\nc" },
  { "closed-twice", "a</div></p></blockquote>b", "ab" },
  { "open-at-end", "<div><blockquote><a href=https://x.org>a", "> a <https://x.org>" },
  { "less-than", "1 < 2 <3 <", "1 < 2 <3 <" },
  { "open-tag", "a<b", "a" },
  { "unknown-elements", "<o:p>a</o:p><foo-bar>b</foo-bar>", "ab" },
  { "body-in-head", "<head>a</head><body>b</body>", "a\n\nb" },
};

static void
test_html (gconstpointer data)
{
  const HtmlCase *test = data;
  gsize length = strlen (test->html);
  g_autofree char *html = g_memdup2 (test->html, length);
  g_autofree char *text = rst_html_to_text (html, length);

  g_assert_cmpstr (text, ==, test->text);
}

/* libxml2 gives nothing at all from such a page. */
static void
test_deep (void)
{
  g_autoptr (GString) html = g_string_new ("<script>x<y</script>");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append (html, "<div>");
  g_string_append (html, "a &lt; <b>b</b> < c<!-- d --><br>e<style>f</style>");
  for (guint i = 0; i < 300; i++)
    g_string_append (html, "</div>");
  g_string_append (html, "g");

  text = rst_html_to_text (html->str, html->len);
  g_assert_cmpstr (text, ==, "a < b < c\ne\ng");
}

static void
test_just_not_too_deep (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < 120; i++)
    g_string_append (html, "<div><blockquote>");
  g_string_append (html, "a");

  text = rst_html_to_text (html->str, html->len);
  g_assert_true (g_str_has_suffix (text, "> a"));
  g_assert_cmpuint (strlen (text), <, 100);
}

/* An image within its own tag, and a tag of a hundred thousand attributes. */
static void
test_long_tags (void)
{
  g_autoptr (GString) html = g_string_new ("a<img alt=x src=\"data:image/png;base64,");
  g_autofree char *text = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (html, "QUJD");
  g_string_append (html, "\">b<p ");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (html, "x%u ", i);
  g_string_append (html, ">c");

  text = rst_html_to_text (html->str, html->len);
  g_assert_cmpstr (text, ==, "ab\n\nc");
}

static void
test_random (void)
{
  static const char *const pieces[] = {
    "<", ">", "</", "<!--", "-->", "<p>", "</p>", "<div>", "</div>", "<ul>", "</ul>", "<ol>",
    "<li>", "<blockquote>", "</blockquote>", "<pre>", "</pre>", "<td>", "<table>", "</table>",
    "<a href=http://x>", "</a>", "<br>", "<script>", "</script>", "<style>", "</style>", "<head>",
    "</head>", "<div hidden>", "&amp;", "&#", "x41;", "ж", "\n", " ", "text", "\"", "=",
    "<!DOCTYPE", "<?", "]]>", "<![CDATA["
  };

  for (guint run = 0; run < 5000; run++)
    {
      g_autoptr (GString) html = g_string_new (NULL);
      g_autofree char *text = NULL;
      int n_pieces = g_test_rand_int_range (0, 60);

      for (int i = 0; i < n_pieces; i++)
        g_string_append (html, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      text = rst_html_to_text (html->str, html->len);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

/* The page's own charset, and pages that name none or end in the middle of it. */
static void
test_charset (void)
{
  static const char *const pages[][2] = {
    { "<html><meta charset=koi8-r>", "koi8-r" },
    { "<meta http-equiv=x content=\"text/html; charset=utf-8\">", "utf-8" },
    { "<meta charst=koi8-r", NULL },
    { "<meta name=x><meta charset='a'>", "a" },
    { "<meta charset=", "" },
    { "<p charset=koi8-r>", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      gsize length = strlen (pages[i][0]);
      g_autofree char *page = g_memdup2 (pages[i][0], length);
      g_autofree char *charset = rst_html_source_dup_charset (page, length);

      g_assert_cmpstr (charset, ==, pages[i][1]);
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (html_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/html-text/%s", html_cases[i].name);

      g_test_add_data_func (path, &html_cases[i], test_html);
    }
  g_test_add_func ("/html-text/charset", test_charset);
  g_test_add_func ("/html-text/deep", test_deep);
  g_test_add_func ("/html-text/just-not-too-deep", test_just_not_too_deep);
  g_test_add_func ("/html-text/long-tags", test_long_tags);
  g_test_add_func ("/html-text/random", test_random);

  return g_test_run ();
}

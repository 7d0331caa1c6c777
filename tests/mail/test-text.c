/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "mail/rst-text.h"

#define BYTES(literal) literal, sizeof (literal) - 1

typedef struct
{
  const char *name;
  const char *bytes;
  gsize length;
  const char *declared;
  const char *fallback;
  const char *text;
} TextCase;

static const TextCase text_cases[] = {
  { "ascii", BYTES ("Hello\n"), NULL, NULL, "Hello\n" },
  { "empty", BYTES (""), NULL, NULL, "" },
  { "empty-declared", BYTES (""), "koi8-r", "windows-1251", "" },
  { "utf-8", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "utf-8", NULL, "Привет, мир" },
  { "utf-8-undeclared", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), NULL, NULL, "Привет, мир" },
  { "utf-8-bom", BYTES ("\xEF\xBB\xBF\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "utf-8", NULL, "Привет, мир" },
  { "koi8-r", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), "koi8-r", NULL, "Привет, мир" },
  { "koi8-u", BYTES ("\xB7\xD6\xC1\xCB \xA6 \xAD\xC1\xD7\xC1"), "KOI8-U", NULL, "Їжак і ґава" },
  { "windows-1251", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "windows-1251", NULL, "Привет, мир" },
  { "cp866", BYTES ("\x8F\xE0\xA8\xA2\xA5\xE2, \xAC\xA8\xE0"), "ibm866", NULL, "Привет, мир" },
  { "iso-8859-5", BYTES ("\xBF\xE0\xD8\xD2\xD5\xE2, \xDC\xD8\xE0"), "ISO-8859-5", NULL, "Привет, мир" },
  { "mac-cyrillic", BYTES ("\x8F\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "x-mac-cyrillic", NULL, "Привет, мир" },
  { "iso-8859-1", BYTES ("\xC6"
                         "ble, na\xEFve"),
    "iso-8859-1", NULL, "Æble, naïve" },
  { "iso-8859-1-means-1252", BYTES ("\x93quoted\x94 \x96 \x80"
                                    "5"),
    "ISO-8859-1", NULL, "“quoted” – €5" },
  { "iso-8859-2", BYTES ("Za\xBF\xF3\xB3\xE6 g\xEA\xB6l\xB1 ja\xBC\xF1"), "iso-8859-2", NULL, "Zażółć gęślą jaźń" },
  { "windows-1250", BYTES ("P\xF8\xEDli\x9A \x9Elu\x9Dou\xE8k\xFD"), "windows-1250", NULL, "Příliš žluťoučký" },
  { "iso-8859-9-means-1254", BYTES ("\xDDstanbul\x92"
                                    "da"),
    "iso-8859-9", NULL, "İstanbul’da" },
  { "iso-8859-7", BYTES ("\xCA\xE1\xEB\xE7\xEC\xDD\xF1\xE1"), "iso-8859-7", NULL, "Καλημέρα" },
  { "windows-1253", BYTES ("\xCA\xE1\xEB\xE7\xEC\xDD\xF1\xE1"), "windows-1253", NULL, "Καλημέρα" },
  { "iso-8859-8-i", BYTES ("\xF9\xEC\xE5\xED"), "iso-8859-8-i", NULL, "שלום" },
  { "windows-1255", BYTES ("\xF9\xEC\xE5\xED"), "windows-1255", NULL, "שלום" },
  { "windows-1256", BYTES ("\xE3\xD1\xCD\xC8\xC7"), "windows-1256", NULL, "مرحبا" },
  { "iso-8859-15", BYTES ("5 \xA4 \xBDuvre"), "iso-8859-15", NULL, "5 € œuvre" },
  { "windows-1257", BYTES ("\xDE\xE0sys"), "windows-1257", NULL, "Žąsys" },
  { "tis-620", BYTES ("\xCA\xC7\xD1\xCA\xB4\xD5"), "TIS-620", NULL, "สวัสดี" },
  { "iso-2022-jp", BYTES ("\x1B$B$3$s$K$A$O\x1B(B"), "ISO-2022-JP", NULL, "こんにちは" },
  { "iso-2022-jp-undeclared", BYTES ("\x1B$B5D;vO?\x1B(B: ok"), NULL, NULL, "議事録: ok" },
  { "iso-2022-jp-as-ascii", BYTES ("\x1B$B5D;vO?\x1B(B"), "us-ascii", NULL, "議事録" },
  { "shift-jis", BYTES ("\x82\xB1\x82\xF1\x82\xC9\x82\xBF\x82\xCD"), "Shift_JIS", NULL, "こんにちは" },
  { "shift-jis-means-932", BYTES ("\x87@\x87\x8A"), "shift_jis", NULL, "①㈱" },
  { "euc-jp", BYTES ("\xA4\xB3\xA4\xF3\xA4\xCB\xA4\xC1\xA4\xCF"), "euc-jp", NULL, "こんにちは" },
  { "gb2312", BYTES ("\xC4\xE3\xBA\xC3"), "gb2312", NULL, "你好" },
  { "gb2312-means-gb18030", BYTES ("\xD6\xEC\xE9"
                                   "F\xBB\xF9\x95"
                                   "2\x82"
                                   "6"),
    "GB2312", NULL, "朱镕基𠀀" },
  { "gbk", BYTES ("\xE9_\x95\xFE"), "gbk", NULL, "開會" },
  { "big5", BYTES ("\xA7"
                   "A\xA6n\xB6\xDC"),
    "big5", NULL, "你好嗎" },
  { "big5-last-character", BYTES ("\x88"
                                  "f"),
    "big5", NULL, "Ê" },
  { "euc-kr", BYTES ("\xBE\xC8\xB3\xE7\xC7\xCF\xBC\xBC\xBF\xE4"), "euc-kr", NULL, "안녕하세요" },
  { "ks_c_5601-1987", BYTES ("\x8C"
                             "c\xB9\xE6\xB0\xA2\xC7\xCF"),
    "ks_c_5601-1987", NULL, "똠방각하" },
  { "iso-2022-kr", BYTES ("\x1B$)C\x0E>H3g\x0F"), "iso-2022-kr", NULL, "안녕" },
  { "utf-7", BYTES ("+ZeVnLA & +APw-"), "unicode-1-1-utf-7", NULL, "日本 & ü" },
  { "utf-16le-bom", BYTES ("\xFF\xFE\x1F\x04@\x04"
                           "8\x04"
                           "2\x04"
                           "5\x04"
                           "B\x04,\x00 \x00<\x04"
                           "8\x04@\x04"),
    "utf-16", NULL, "Привет, мир" },
  { "utf-16be-bom", BYTES ("\xFE\xFF\x04\x1F\x04@\x04"
                           "8\x04"
                           "2\x04"
                           "5\x04"
                           "B\x00,\x00 \x04<\x04"
                           "8\x04@"),
    "utf-16", NULL, "Привет, мир" },
  { "utf-16be", BYTES ("\x04\x1F\x04@\x04"
                       "8\x04"
                       "2\x04"
                       "5\x04"
                       "B\x00,\x00 \x04<\x04"
                       "8\x04@"),
    "utf-16be", NULL, "Привет, мир" },
  { "utf-16-but-ascii", BYTES ("plain text"), "utf-16", NULL, "plain text" },
  { "utf-32-but-utf-8", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "utf-32", NULL, "Привет, мир" },
  { "name-utf8", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "utf8", NULL, "Привет, мир" },
  { "name-quoted", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), "\"KOI8-R\"", NULL, "Привет, мир" },
  { "name-ansi", BYTES ("na\xEFve"), "ANSI", NULL, "naïve" },
  { "name-cp-1251", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "cp-1251", NULL, "Привет, мир" },
  { "name-win1251", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "win1251", NULL, "Привет, мир" },
  { "name-microsoft", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "microsoft-cp1251", NULL, "Привет, мир" },
  { "name-x-cp", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "x-cp1251", NULL, "Привет, мир" },
  { "name-windows_1251", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "WINDOWS_1251", NULL, "Привет, мир" },
  { "name-with-year", BYTES ("na\xEFve"), "ISO_8859-1:1987", NULL, "naïve" },
  { "name-cs", BYTES ("na\xEFve"), "csISOLatin1", NULL, "naïve" },
  { "name-x-sjis", BYTES ("\x93\xFA\x96{"), "x-sjis", NULL, "日本" },
  { "name-x-unknown", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "x-unknown", NULL, "Привет, мир" },
  { "name-unknown-8bit", BYTES ("na\xEFve"), "unknown-8bit", NULL, "naïve" },
  { "name-nonsense", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "no/such//charset", NULL, "Привет, мир" },
  { "name-mainframe", BYTES ("Hello"), "IBM037", NULL, "Hello" },
  { "name-empty", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "", NULL, "Привет, мир" },
  { "name-long", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", NULL, "Привет, мир" },
  { "fallback", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), NULL, "koi8-r", "Привет, мир" },
  { "fallback-before-utf-8", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), NULL, "windows-1251", "РџСЂРёРІРµС‚, РјРёСЂ" },
  { "fallback-for-unknown", BYTES ("\xCF\xF0\xE8\xE2\xE5\xF2, \xEC\xE8\xF0"), "x-unknown", "cp1251", "Привет, мир" },
  { "declared-before-fallback", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), "koi8-r", "windows-1251", "Привет, мир" },
  { "fallback-for-wrong", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4, \xCD\xC9\xD2"), "utf-8", "koi8-r", "Привет, мир" },
  { "utf-8-for-wrong", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "iso-2022-jp", NULL, "Привет, мир" },
  { "iso-8859-1-but-utf-8", BYTES ("\xD0\xA1\xD1\x8A\xD0\xB5\xD1\x88\xD1\x8C \xD0\xB6\xD0\xB5 \xD0\xB5\xD1\x89\xD1\x91 \xD1\x8D\xD1\x82\xD0\xB8\xD1\x85 \xD0\xBC\xD1\x8F\xD0\xB3\xD0\xBA\xD0\xB8\xD1\x85 \xD1\x84\xD1\x80\xD0\xB0\xD0\xBD\xD1\x86\xD1\x83\xD0\xB7\xD1\x81\xD0\xBA\xD0\xB8\xD1\x85 \xD0\xB1\xD1\x83\xD0\xBB\xD0\xBE\xD0\xBA, \xD0\xB4\xD0\xB0 \xD0\xB2\xD1\x8B\xD0\xBF\xD0\xB5\xD0\xB9 \xD1\x87\xD0\xB0\xD1\x8E"), "iso-8859-1", NULL, "Съешь же ещё этих мягких французских булок, да выпей чаю" },
  { "ascii-but-utf-8", BYTES ("\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82, \xD0\xBC\xD0\xB8\xD1\x80"), "us-ascii", NULL, "Привет, мир" },
  { "ascii-but-1252", BYTES ("caf\xE9"), "us-ascii", NULL, "café" },
  { "utf-8-but-1252", BYTES ("caf\xE9 \x93na\xEFve\x94"), "utf-8", NULL, "café “naïve”" },
  { "nothing-declared-1252", BYTES ("caf\xE9"), NULL, NULL, "café" },
  { "fallback-unknown", BYTES ("caf\xE9"), NULL, "no-such", "café" },
  { "utf-8-one-damaged-byte", BYTES ("\xD0\xA1\xD1\x8A\xD0\xB5\xD1\x88\xD1\x8C \xD0\xB6\xD0\xB5 \xD0\xB5\xD1\x89\xD1\x91 \xD1\x8D\xD1\x82\xD0\xB8\xD1\x85 \xD0\xBC\xD1\x8F\xD0\xB3\xD0\xBA\xFF\xB8\xD1\x85 \xD1\x84\xD1\x80\xD0\xB0\xD0\xBD\xD1\x86\xD1\x83\xD0\xB7\xD1\x81\xD0\xBA\xD0\xB8\xD1\x85 \xD0\xB1\xD1\x83\xD0\xBB\xD0\xBE\xD0\xBA, \xD0\xB4\xD0\xB0 \xD0\xB2\xD1\x8B\xD0\xBF\xD0\xB5\xD0\xB9 \xD1\x87\xD0\xB0\xD1\x8E"), "utf-8", NULL, "Съешь же ещё этих мягк\uFFFD\uFFFDх французских булок, да выпей чаю" },
  { "utf-8-cut-at-end", BYTES ("\xD0\xA1\xD1\x8A\xD0\xB5\xD1\x88\xD1\x8C \xD0\xB6\xD0\xB5 \xD0\xB5\xD1\x89\xD1\x91 \xD1\x8D\xD1\x82\xD0\xB8\xD1\x85 \xD0\xBC\xD1\x8F\xD0\xB3\xD0\xBA\xD0\xB8\xD1\x85 \xD1\x84\xD1\x80\xD0\xB0\xD0\xBD\xD1\x86\xD1\x83\xD0\xB7\xD1\x81\xD0\xBA\xD0\xB8\xD1\x85 \xD0\xB1\xD1\x83\xD0\xBB\xD0\xBE\xD0\xBA, \xD0\xB4\xD0\xB0 \xD0\xB2\xD1\x8B\xD0\xBF\xD0\xB5\xD0\xB9 \xD1\x87\xD0\xB0\xD1"), "utf-8", NULL, "Съешь же ещё этих мягких французских булок, да выпей ча\uFFFD" },
  { "utf-8-cut-undeclared", BYTES ("\xD0\xA1\xD1\x8A\xD0\xB5\xD1\x88\xD1\x8C \xD0\xB6\xD0\xB5 \xD0\xB5\xD1\x89\xD1\x91 \xD1\x8D\xD1\x82\xD0\xB8\xD1\x85 \xD0\xBC\xD1\x8F\xD0\xB3\xD0\xBA\xD0\xB8\xD1\x85 \xD1\x84\xD1\x80\xD0\xB0\xD0\xBD\xD1\x86\xD1\x83\xD0\xB7\xD1\x81\xD0\xBA\xD0\xB8\xD1\x85 \xD0\xB1\xD1\x83\xD0\xBB\xD0\xBE\xD0\xBA, \xD0\xB4\xD0\xB0 \xD0\xB2\xD1\x8B\xD0\xBF\xD0\xB5\xD0\xB9 \xD1\x87\xD0\xB0\xD1"), NULL, NULL, "Съешь же ещё этих мягких французских булок, да выпей ча\uFFFD" },
  { "utf-8-surrogate", BYTES ("\xD0\xA1\xD1\x8A\xD0\xB5\xD1\x88\xD1\x8C \xD0\xB6\xD0\xB5 \xD0\xB5\xD1\x89\xD1\x91 \xD1\x8D\xD1\x82\xD0\xB8\xD1\x85 \xD0\xBC\xD1\x8F\xD0\xB3\xD0\xBA\xD0\xB8\xD1\x85 \xD1\x84\xD1\x80\xD0\xB0\xD0\xBD\xD1\x86\xD1\x83\xD0\xB7\xD1\x81\xD0\xBA\xD0\xB8\xD1\x85 \xD0\xB1\xD1\x83\xD0\xBB\xD0\xBE\xD0\xBA, \xD0\xB4\xD0\xB0 \xD0\xB2\xD1\x8B\xD0\xBF\xD0\xB5\xD0\xB9 \xD1\x87\xD0\xB0\xD1\x8E\xED\xA0\x80"), "utf-8", NULL, "Съешь же ещё этих мягких французских булок, да выпей чаю\uFFFD\uFFFD\uFFFD" },
  { "all-fail-declared", BYTES ("\xD0\x9F\x81\xFF\x81"), "utf-8", NULL, "П\uFFFD\uFFFD\uFFFD" },
  { "all-fail-fallback", BYTES ("\x98\x81"), NULL, "windows-1251", "\uFFFDЃ" },
  { "utf-8-with-latin-1-footer", BYTES ("\xC3\x9C"
                                        "bergr\xC3\xB6\xC3\x9F"
                                        "entr\xC3\xA4ger\xE9"),
    "utf-8", NULL, "Übergrößenträger\uFFFD" },
  { "all-fail-undeclared", BYTES ("\x81\x8D"), NULL, NULL, "\uFFFD\uFFFD" },
  { "iso-2022-jp-cut", BYTES ("\x1B$B$3$s$K$A$"), "iso-2022-jp", NULL, "こんにち\uFFFD" },
  { "euc-kr-odd", BYTES ("\xBE\xC8\xB3\xE7\xC7\xCF\xBC\xBC\xBF"), "euc-kr", NULL, "안녕하세\uFFFD" },
  { "crlf", BYTES ("a\r\nb\r\n"), NULL, NULL, "a\nb\n" },
  { "bare-cr", BYTES ("a\rb\r\r\nc\r"), NULL, NULL, "a\nb\n\nc\n" },
  { "nul", BYTES ("a\x00"
                  "b"),
    NULL, NULL, "a\uFFFDb" },
  { "nul-in-1252", BYTES ("\xE9\x00\r\n"), "iso-8859-1", NULL, "é\uFFFD\n" },
  { "nul-only", BYTES ("\x00"), "utf-8", NULL, "\uFFFD" },
  { "bom-in-the-middle", BYTES ("a\xEF\xBB\xBF"
                                "b"),
    NULL, NULL, "a\uFEFFb" },
};

static void
test_decode (gconstpointer data)
{
  const TextCase *test = data;
  /* On the heap and to the byte, where a sanitizer sees what is read beyond the end. */
  g_autofree char *bytes = g_memdup2 (test->bytes, test->length);
  g_autofree char *text = rst_text_decode (bytes, test->length, test->declared, test->fallback);

  g_assert_cmpstr (text, ==, test->text);
}

typedef struct
{
  const char *name;
  const char *value;
  gsize length;
  const char *fallback;
  const char *text;
} HeaderCase;

static const HeaderCase header_cases[] = {
  { "plain", BYTES ("Hello world"), NULL, "Hello world" },
  { "empty", BYTES (""), NULL, "" },
  { "blanks", BYTES ("  \t Hello \t "), NULL, "Hello" },
  { "q-utf-8", BYTES ("=?UTF-8?Q?Gr=C3=BC=C3=9Fe_aus_K=C3=B6ln?="), NULL, "Grüße aus Köln" },
  { "b-utf-8", BYTES ("=?utf-8?B?0J/RgNC40LLQtdGCLCDQvNC40YA=?="), NULL, "Привет, мир" },
  { "lower-case", BYTES ("=?utf-8?b?w7w=?= =?utf-8?q?=c3=bc?="), NULL, "üü" },
  { "b-koi8-r", BYTES ("=?koi8-r?B?79Teo9Qgx8/Uz9c=?="), NULL, "Отчёт готов" },
  { "b-windows-1251", BYTES ("=?windows-1251?B?zvL3uPIg4+7y7uI=?="), NULL, "Отчёт готов" },
  { "b-iso-2022-jp", BYTES ("=?iso-2022-jp?B?GyRCMnE1RCRONUQ7dk8/GyhC?="), NULL, "会議の議事録" },
  { "b-shift-jis", BYTES ("=?shift_jis?B?ie+LY4LMi2OOlphe?="), NULL, "会議の議事録" },
  { "b-euc-kr", BYTES ("=?euc-kr?B?vsiz58fPvLy/5A==?="), NULL, "안녕하세요" },
  { "b-gb2312", BYTES ("=?gb2312?B?xOO6ww==?="), NULL, "你好" },
  { "b-gb2312-means-gb18030", BYTES ("=?gb2312?B?1uzpRrv5?="), NULL, "朱镕基" },
  { "b-big5", BYTES ("=?big5?B?p0Gmbrbc?="), NULL, "你好嗎" },
  { "q-iso-8859-1-means-1252", BYTES ("=?iso-8859-1?Q?=93Hi=94_=80?="), NULL, "“Hi” €" },
  { "q-iso-8859-2", BYTES ("=?ISO-8859-2?Q?za=BF=F3=B3=E6?="), NULL, "zażółć" },
  { "q-windows-1256", BYTES ("=?windows-1256?Q?=E3=D1=CD=C8=C7?="), NULL, "مرحبا" },
  { "q-windows-1255", BYTES ("=?windows-1255?Q?=F9=EC=E5=ED?="), NULL, "שלום" },
  { "emoji", BYTES ("=?utf-8?B?4piVIENvZmZlZT8g8J+OiQ==?="), NULL, "☕ Coffee? 🎉" },
  { "combining", BYTES ("=?utf-8?Q?e=CC=81?="), NULL, "e\u0301" },
  { "language", BYTES ("=?utf-8*de?Q?Gr=C3=BC=C3=9Fe?="), NULL, "Grüße" },
  { "words-and-text", BYTES ("Re: =?utf-8?Q?=C3=A4?= und =?utf-8?Q?=C3=B6?=!"), NULL, "Re: ä und ö!" },
  { "blanks-between-words", BYTES ("=?utf-8?Q?a?= \t =?utf-8?Q?b?="), NULL, "ab" },
  { "blanks-between-charsets", BYTES ("=?iso-8859-1?Q?=E4?= =?utf-8?Q?=C3=B6?="), NULL, "äö" },
  { "run-together", BYTES ("=?utf-8?Q?a?==?utf-8?Q?b?="), NULL, "ab" },
  { "in-a-word", BYTES ("pre=?utf-8?Q?=C3=A4?=post"), NULL, "preäpost" },
  { "in-quotes", BYTES ("\"=?utf-8?Q?=C3=A4?=\""), NULL, "\"ä\"" },
  { "character-cut-b", BYTES ("=?utf-8?B?5pel5g==?= =?utf-8?B?nKw=?="), NULL, "日本" },
  { "character-cut-q", BYTES ("=?utf-8?Q?=E6=97?= =?UTF-8?Q?=A5?="), NULL, "日" },
  { "base64-cut", BYTES ("=?utf-8?B?0J/RgN?= =?utf-8?B?C40LLQtdGC?="), NULL, "Привет" },
  { "base64-no-padding", BYTES ("=?utf-8?B?SGVsbG8?="), NULL, "Hello" },
  { "base64-junk", BYTES ("=?utf-8?B?SGVs!!bG8=?="), NULL, "Hello" },
  { "base64-not", BYTES ("=?utf-8?B?%%%%?="), NULL, "" },
  { "q-blanks", BYTES ("=?utf-8?Q?Is it =C3=A4, or?\?="), NULL, "Is it ä, or?" },
  { "q-bad-hex", BYTES ("=?utf-8?Q?100=ZZ?="), NULL, "100=ZZ" },
  { "q-lone-equals", BYTES ("=?utf-8?Q?a=?="), NULL, "a" },
  { "q-question-mark", BYTES ("=?utf-8?Q?ok=3F?="), NULL, "ok?" },
  { "empty-word", BYTES ("=?utf-8?Q?\?="), NULL, "" },
  { "no-charset", BYTES ("=?\?Q?=C3=A4?="), NULL, "ä" },
  { "unknown-charset", BYTES ("=?x-foo?Q?=C3=A4?="), NULL, "ä" },
  { "unknown-charset-fallback", BYTES ("=?x-foo?Q?=F0=D2?="), "koi8-r", "Пр" },
  { "wrong-charset", BYTES ("=?utf-8?Q?caf=E9?="), NULL, "café" },
  { "mainframe-charset", BYTES ("=?ibm037?Q?abc?="), NULL, "abc" },
  { "unknown-encoding", BYTES ("=?utf-8?X?abc?="), NULL, "=?utf-8?X?abc?=" },
  { "unclosed", BYTES ("=?utf-8?Q?abc"), NULL, "=?utf-8?Q?abc" },
  { "unclosed-then-word", BYTES ("=?utf-8 =?utf-8?Q?=C3=A4?="), NULL, "=?utf-8 ä" },
  { "only-the-start", BYTES ("=?"), NULL, "=?" },
  { "half-word", BYTES ("=?utf-8?Q?="), NULL, "=?utf-8?Q?=" },
  { "raw-utf-8", BYTES ("Gr\xC3\xBC\xC3\x9F"
                        "e"),
    NULL, "Grüße" },
  { "raw-latin-1", BYTES ("Gr\xFC\xDF"
                          "e"),
    NULL, "Grüße" },
  { "raw-koi8-fallback", BYTES ("\xF0\xD2\xC9\xD7\xC5\xD4"), "koi8-r", "Привет" },
  { "raw-iso-2022-jp", BYTES ("\x1B$B2q5D\x1B(B"), NULL, "会議" },
  { "raw-and-word", BYTES ("\xE9t\xE9 =?utf-8?Q?=C3=A4?="), NULL, "été ä" },
  { "nul", BYTES ("a\x00"
                  "b"),
    NULL, "a\uFFFDb" },
  { "nul-in-word", BYTES ("=?utf-8?Q?a=00b?="), NULL, "a\uFFFDb" },
  { "raw-nul-in-word", BYTES ("=?utf-8?Q?a\x00"
                              "b?="),
    NULL, "a\uFFFDb" },
  { "controls", BYTES ("a\x07"
                       "b\x1B[31mc\x7F"),
    NULL, "a b [31mc" },
  { "tab", BYTES ("a\tb"), NULL, "a b" },
  { "hidden-line-break", BYTES ("=?utf-8?Q?a=0D=0ABcc:_x?="), NULL, "a Bcc: x" },
  { "c1-controls", BYTES ("=?utf-8?Q?a=C2=85b=C2=9Bc?="), NULL, "a b c" },
  { "line-separator", BYTES ("a\xE2\x80\xA8"
                             "b\xE2\x80\xA9"
                             "c"),
    NULL, "a b c" },
  { "bidi-override", BYTES ("invoice\xE2\x80\xAE"
                            "fdp.exe"),
    NULL, "invoicefdp.exe" },
  { "bidi-isolate-in-word", BYTES ("=?utf-8?Q?a=E2=81=A6b=E2=81=A9c?="), NULL, "abc" },
  { "bidi-marks-stay", BYTES ("\xE2\x80\x8F\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D\xE2\x80\x8E"), NULL, "\u200Fשלום\u200E" },
  { "non-breaking-space", BYTES ("a\xC2\xA0"
                                 "b"),
    NULL, "a\u00A0b" },
};

static void
test_decode_header (gconstpointer data)
{
  const HeaderCase *test = data;
  g_autofree char *value = g_memdup2 (test->value, test->length);
  g_autofree char *text = rst_text_decode_header (value, test->length, test->fallback);

  g_assert_cmpstr (text, ==, test->text);
}

/* A hostile field: were its cost to grow with its square, the test would run into its timeout. */
static void
test_long_values (void)
{
  static const char *const pieces[] = { "=?", "=?utf-8?Q?", "=?utf-8?Q?a?=", "?=", "=?a?B?YQ?= " };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) value = g_string_new (NULL);
      g_autofree char *text = NULL;

      while (value->len < 500000)
        g_string_append (value, pieces[i]);

      text = rst_text_decode_header (value->str, value->len, NULL);
      g_assert_true (g_utf8_validate (text, -1, NULL));
    }
}

static gboolean
is_clean_line (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (g_unichar_iscntrl (c) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069))
        return FALSE;
    }

  return TRUE;
}

static void
test_random (void)
{
  static const char *const charsets[] = {
    NULL, "utf-8", "us-ascii", "iso-8859-1", "koi8-r", "utf-16", "utf-7", "iso-2022-jp", "gb2312",
    "big5", "euc-kr", "shift_jis", "euc-jp", "iso-2022-kr", "utf-32", "windows-1255", "none"
  };
  static const char alphabet[] = "=?utf-8?Q?=C3=A4?= BbQq ?=="
                                 "\x1B$B\x1B(B\x0E\x0F\r\n\0\xC3\xA4\xFF\x81";

  for (guint run = 0; run < 6000; run++)
    {
      const char *declared = charsets[g_test_rand_int_range (0, G_N_ELEMENTS (charsets))];
      const char *fallback = charsets[g_test_rand_int_range (0, G_N_ELEMENTS (charsets))];
      gsize length = (gsize)g_test_rand_int_range (0, 64);
      g_autofree char *bytes = g_malloc (length);
      g_autofree char *text = NULL;
      g_autofree char *line = NULL;

      for (gsize i = 0; i < length; i++)
        bytes[i] = g_test_rand_bit () ? (char)g_test_rand_int_range (0, 256)
                                      : alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];

      text = rst_text_decode (bytes, length, declared, fallback);
      g_assert_true (g_utf8_validate (text, -1, NULL));
      g_assert_null (strchr (text, '\r'));
      line = rst_text_decode_header (bytes, length, fallback);
      g_assert_true (g_utf8_validate (line, -1, NULL));
      g_assert_true (is_clean_line (line));
    }
}

int
main (int argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (text_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/decode/%s", text_cases[i].name);

      g_test_add_data_func (path, &text_cases[i], test_decode);
    }
  for (guint i = 0; i < G_N_ELEMENTS (header_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/text/header/%s", header_cases[i].name);

      g_test_add_data_func (path, &header_cases[i], test_decode_header);
    }
  g_test_add_func ("/text/long-values", test_long_values);
  g_test_add_func ("/text/random", test_random);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-charset"

#include "config.h"

#include "rst-charset.h"

#include <string.h>

/* Longer than any name below, with room for the punctuation that is left out. */
#define MAX_NAME 64

typedef struct
{
  const char *alias;
  RstCharset charset;
} Alias;

/* Names as condense() leaves them. Where a charset has a larger one with the same bytes for the
 * same characters, the larger one is named: senders do not keep them apart, nor do web browsers
 * (WHATWG Encoding §4.2). */
static const Alias aliases[] = {
  { "utf8", { "UTF-8", RST_CHARSET_UTF8 } },
  { "usascii", { "US-ASCII", RST_CHARSET_ASCII } },
  { "iso88591", { "CP1252", RST_CHARSET_OTHER } },
  { "windows1252", { "CP1252", RST_CHARSET_OTHER } },
  { "iso885915", { "ISO-8859-15", RST_CHARSET_OTHER } },
  { "koi8r", { "KOI8-R", RST_CHARSET_OTHER } },
  { "iso2022jp", { "ISO-2022-JP", RST_CHARSET_OTHER } },
  { "gb2312", { "GB18030", RST_CHARSET_OTHER } },
  { "big5", { "BIG5-HKSCS", RST_CHARSET_OTHER } },
  { "euckr", { "CP949", RST_CHARSET_OTHER } },
  { "shiftjis", { "CP932", RST_CHARSET_OTHER } },

  { "ascii", { "US-ASCII", RST_CHARSET_ASCII } },
  { "ansix341968", { "US-ASCII", RST_CHARSET_ASCII } },
  { "iso646us", { "US-ASCII", RST_CHARSET_ASCII } },
  { "us", { "US-ASCII", RST_CHARSET_ASCII } },

  { "unicode11utf8", { "UTF-8", RST_CHARSET_UTF8 } },
  { "utf8mb4", { "UTF-8", RST_CHARSET_UTF8 } },
  { "cp65001", { "UTF-8", RST_CHARSET_UTF8 } },
  { "utf7", { "UTF-7", RST_CHARSET_OTHER } },
  { "unicode11utf7", { "UTF-7", RST_CHARSET_OTHER } },
  { "utf16", { "UTF-16", RST_CHARSET_WIDE } },
  { "utf16le", { "UTF-16LE", RST_CHARSET_WIDE } },
  { "utf16be", { "UTF-16BE", RST_CHARSET_WIDE } },
  { "utf32", { "UTF-32", RST_CHARSET_WIDE } },
  { "utf32le", { "UTF-32LE", RST_CHARSET_WIDE } },
  { "utf32be", { "UTF-32BE", RST_CHARSET_WIDE } },
  { "unicode", { "UTF-16", RST_CHARSET_WIDE } },
  { "ucs2", { "UTF-16", RST_CHARSET_WIDE } },
  { "iso10646ucs2", { "UTF-16BE", RST_CHARSET_WIDE } },
  { "iso10646ucs4", { "UTF-32BE", RST_CHARSET_WIDE } },

  { "ansi", { "CP1252", RST_CHARSET_OTHER } },
  { "latin1", { "CP1252", RST_CHARSET_OTHER } },
  { "isolatin1", { "CP1252", RST_CHARSET_OTHER } },
  { "l1", { "CP1252", RST_CHARSET_OTHER } },
  { "cp819", { "CP1252", RST_CHARSET_OTHER } },
  { "isoir100", { "CP1252", RST_CHARSET_OTHER } },
  { "latin2", { "ISO-8859-2", RST_CHARSET_OTHER } },
  { "isolatin2", { "ISO-8859-2", RST_CHARSET_OTHER } },
  { "latin5", { "CP1254", RST_CHARSET_OTHER } },
  { "iso88599", { "CP1254", RST_CHARSET_OTHER } },
  { "latin9", { "ISO-8859-15", RST_CHARSET_OTHER } },
  { "cyrillic", { "ISO-8859-5", RST_CHARSET_OTHER } },
  { "greek", { "ISO-8859-7", RST_CHARSET_OTHER } },
  { "hebrew", { "ISO-8859-8", RST_CHARSET_OTHER } },
  { "logical", { "ISO-8859-8", RST_CHARSET_OTHER } },
  { "arabic", { "ISO-8859-6", RST_CHARSET_OTHER } },
  { "iso885911", { "CP874", RST_CHARSET_OTHER } },
  { "tis620", { "CP874", RST_CHARSET_OTHER } },
  { "tis6202533", { "CP874", RST_CHARSET_OTHER } },
  { "koi8", { "KOI8-R", RST_CHARSET_OTHER } },
  { "cp20866", { "KOI8-R", RST_CHARSET_OTHER } },
  { "koi8u", { "KOI8-U", RST_CHARSET_OTHER } },
  { "koi8ru", { "KOI8-RU", RST_CHARSET_OTHER } },
  { "cp21866", { "KOI8-U", RST_CHARSET_OTHER } },
  { "koi8t", { "KOI8-T", RST_CHARSET_OTHER } },
  { "ptcp154", { "PT154", RST_CHARSET_OTHER } },
  { "georgianps", { "GEORGIAN-PS", RST_CHARSET_OTHER } },
  { "armscii8", { "ARMSCII-8", RST_CHARSET_OTHER } },
  { "viscii", { "VISCII", RST_CHARSET_OTHER } },
  { "tcvn", { "TCVN", RST_CHARSET_OTHER } },
  { "macintosh", { "MACINTOSH", RST_CHARSET_OTHER } },
  { "macroman", { "MACINTOSH", RST_CHARSET_OTHER } },
  { "mac", { "MACINTOSH", RST_CHARSET_OTHER } },
  { "maccyrillic", { "MAC-CYRILLIC", RST_CHARSET_OTHER } },
  { "macukrainian", { "MAC-UK", RST_CHARSET_OTHER } },
  { "maccentraleurope", { "MAC-CENTRALEUROPE", RST_CHARSET_OTHER } },

  { "gb231280", { "GB18030", RST_CHARSET_OTHER } },
  { "gbk", { "GB18030", RST_CHARSET_OTHER } },
  { "gb18030", { "GB18030", RST_CHARSET_OTHER } },
  { "gb", { "GB18030", RST_CHARSET_OTHER } },
  { "euccn", { "GB18030", RST_CHARSET_OTHER } },
  { "cngb", { "GB18030", RST_CHARSET_OTHER } },
  { "chinese", { "GB18030", RST_CHARSET_OTHER } },
  { "cp936", { "GB18030", RST_CHARSET_OTHER } },
  { "big5hkscs", { "BIG5-HKSCS", RST_CHARSET_OTHER } },
  { "cnbig5", { "BIG5-HKSCS", RST_CHARSET_OTHER } },
  { "cp950", { "BIG5-HKSCS", RST_CHARSET_OTHER } },
  { "euctw", { "EUC-TW", RST_CHARSET_OTHER } },
  { "cp949", { "CP949", RST_CHARSET_OTHER } },
  { "uhc", { "CP949", RST_CHARSET_OTHER } },
  { "ksc56011987", { "CP949", RST_CHARSET_OTHER } },
  { "ksc5601", { "CP949", RST_CHARSET_OTHER } },
  { "ksc56011989", { "CP949", RST_CHARSET_OTHER } },
  { "korean", { "CP949", RST_CHARSET_OTHER } },
  { "5601", { "CP949", RST_CHARSET_OTHER } },
  { "johab", { "JOHAB", RST_CHARSET_OTHER } },
  { "iso2022kr", { "ISO-2022-KR", RST_CHARSET_OTHER } },
  { "sjis", { "CP932", RST_CHARSET_OTHER } },
  { "mskanji", { "CP932", RST_CHARSET_OTHER } },
  { "windows31j", { "CP932", RST_CHARSET_OTHER } },
  { "cp932", { "CP932", RST_CHARSET_OTHER } },
  { "eucjp", { "EUC-JP-MS", RST_CHARSET_OTHER } },
  { "ujis", { "EUC-JP-MS", RST_CHARSET_OTHER } },
  { "cp51932", { "EUC-JP-MS", RST_CHARSET_OTHER } },
  { "jis", { "ISO-2022-JP", RST_CHARSET_OTHER } },
  { "cp50220", { "ISO-2022-JP", RST_CHARSET_OTHER } },
  { "cp50221", { "ISO-2022-JP", RST_CHARSET_OTHER } },
  { "cp50222", { "ISO-2022-JP", RST_CHARSET_OTHER } },
  { "iso2022jpms", { "ISO-2022-JP", RST_CHARSET_OTHER } },
  { "iso2022jp1", { "ISO-2022-JP-2", RST_CHARSET_OTHER } },
  { "iso2022jp2", { "ISO-2022-JP-2", RST_CHARSET_OTHER } },
  { "iso2022jp3", { "ISO-2022-JP-3", RST_CHARSET_OTHER } },
};

/* Those that are called by their number alone, as "cp1251", "windows-1251", "win-1251", "ibm866" or
 * in any other way. */
static const char *const code_pages[] = {
  "CP437",
  "CP737",
  "CP775",
  "CP850",
  "CP852",
  "CP855",
  "CP857",
  "CP858",
  "CP860",
  "CP861",
  "CP862",
  "CP863",
  "CP864",
  "CP865",
  "CP866",
  "CP869",
  "CP874",
  "CP1125",
  "CP1250",
  "CP1251",
  "CP1252",
  "CP1253",
  "CP1254",
  "CP1255",
  "CP1256",
  "CP1257",
  "CP1258",
};

static const char *const iso_8859[] = {
  "ISO-8859-2",
  "ISO-8859-3",
  "ISO-8859-4",
  "ISO-8859-5",
  "ISO-8859-6",
  "ISO-8859-7",
  "ISO-8859-8",
  "ISO-8859-10",
  "ISO-8859-13",
  "ISO-8859-14",
  "ISO-8859-16",
};

/* "ISO_8859-1:1987", "x-cp1251" and "utf8" differ in punctuation only. */
static void
condense (const char *name,
          char condensed[MAX_NAME])
{
  gsize length = 0;

  for (; *name != '\0' && *name != ':' && length < MAX_NAME - 1; name++)
    if (g_ascii_isalnum (*name))
      condensed[length++] = g_ascii_tolower (*name);

  condensed[length] = '\0';
}

static const char *
skip_prefix (const char *name,
             const char *prefix)
{
  return g_str_has_prefix (name, prefix) ? name + strlen (prefix) : name;
}

static gboolean
find_alias (const char *name,
            RstCharset *charset)
{
  for (guint i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (strcmp (aliases[i].alias, name) == 0)
      {
        *charset = aliases[i].charset;
        return TRUE;
      }

  return FALSE;
}

/* ISO-8859-8 comes as "-8-i" and "-8-e" too, which say how it is to be ordered on a screen. */
static gboolean
find_iso_8859 (const char *name,
               RstCharset *charset)
{
  const char *digits = skip_prefix (skip_prefix (name, "iso"), "8859");
  gsize length = strspn (digits, "0123456789");

  if (length == 0 || !g_str_has_prefix (skip_prefix (name, "iso"), "8859"))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (iso_8859); i++)
    {
      const char *part = iso_8859[i] + strlen ("ISO-8859-");

      if (strlen (part) == length && strncmp (part, digits, length) == 0)
        {
          *charset = (RstCharset){ iso_8859[i], RST_CHARSET_OTHER };
          return TRUE;
        }
    }

  return FALSE;
}

static gboolean
find_code_page (const char *name,
                RstCharset *charset)
{
  static const char *const prefixes[] = { "microsoft", "windows", "win", "ms", "ibm", "dos", "cp" };
  char page[MAX_NAME + 2];

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    name = skip_prefix (name, prefixes[i]);

  if (!g_ascii_isdigit (*name))
    return FALSE;

  g_snprintf (page, sizeof page, "cp%s", name);
  for (guint i = 0; i < G_N_ELEMENTS (code_pages); i++)
    if (g_ascii_strcasecmp (code_pages[i], page) == 0)
      {
        *charset = (RstCharset){ code_pages[i], RST_CHARSET_OTHER };
        return TRUE;
      }

  return find_alias (page, charset);
}

static gboolean
find_condensed (const char *name,
                RstCharset *charset)
{
  return find_alias (name, charset) || find_iso_8859 (name, charset) ||
         find_code_page (name, charset);
}

gboolean
rst_charset_find (const char *name,
                  RstCharset *charset)
{
  char condensed[MAX_NAME];

  if (name == NULL)
    return FALSE;

  condense (name, condensed);
  if (find_condensed (condensed, charset))
    return TRUE;

  /* "x-sjis", and IANA's "csISOLatin1". */
  if (condensed[0] == 'x')
    return find_condensed (condensed + 1, charset);

  return g_str_has_prefix (condensed, "cs") && find_condensed (condensed + 2, charset);
}

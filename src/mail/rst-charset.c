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
  { "iso88591", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "windows1252", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "iso885915", { "ISO-8859-15", RST_CHARSET_SINGLE_BYTE } },
  { "koi8r", { "KOI8-R", RST_CHARSET_SINGLE_BYTE } },
  { "iso2022jp", { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE } },
  { "gb2312", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "big5", { "BIG5-HKSCS", RST_CHARSET_MULTI_BYTE } },
  { "euckr", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "shiftjis", { "CP932", RST_CHARSET_MULTI_BYTE } },

  { "ascii", { "US-ASCII", RST_CHARSET_ASCII } },
  { "ansix341968", { "US-ASCII", RST_CHARSET_ASCII } },
  { "iso646us", { "US-ASCII", RST_CHARSET_ASCII } },
  { "us", { "US-ASCII", RST_CHARSET_ASCII } },

  { "unicode11utf8", { "UTF-8", RST_CHARSET_UTF8 } },
  { "utf8mb4", { "UTF-8", RST_CHARSET_UTF8 } },
  { "cp65001", { "UTF-8", RST_CHARSET_UTF8 } },
  { "utf7", { "UTF-7", RST_CHARSET_MULTI_BYTE } },
  { "unicode11utf7", { "UTF-7", RST_CHARSET_MULTI_BYTE } },
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

  { "ansi", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "latin1", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "isolatin1", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "l1", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "cp819", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "isoir100", { "CP1252", RST_CHARSET_SINGLE_BYTE } },
  { "latin2", { "ISO-8859-2", RST_CHARSET_SINGLE_BYTE } },
  { "isolatin2", { "ISO-8859-2", RST_CHARSET_SINGLE_BYTE } },
  { "latin5", { "CP1254", RST_CHARSET_SINGLE_BYTE } },
  { "iso88599", { "CP1254", RST_CHARSET_SINGLE_BYTE } },
  { "latin9", { "ISO-8859-15", RST_CHARSET_SINGLE_BYTE } },
  { "cyrillic", { "ISO-8859-5", RST_CHARSET_SINGLE_BYTE } },
  { "greek", { "ISO-8859-7", RST_CHARSET_SINGLE_BYTE } },
  { "hebrew", { "ISO-8859-8", RST_CHARSET_SINGLE_BYTE } },
  { "logical", { "ISO-8859-8", RST_CHARSET_SINGLE_BYTE } },
  { "arabic", { "ISO-8859-6", RST_CHARSET_SINGLE_BYTE } },
  { "iso885911", { "CP874", RST_CHARSET_SINGLE_BYTE } },
  { "tis620", { "CP874", RST_CHARSET_SINGLE_BYTE } },
  { "tis6202533", { "CP874", RST_CHARSET_SINGLE_BYTE } },
  { "koi8", { "KOI8-R", RST_CHARSET_SINGLE_BYTE } },
  { "cp20866", { "KOI8-R", RST_CHARSET_SINGLE_BYTE } },
  { "koi8u", { "KOI8-U", RST_CHARSET_SINGLE_BYTE } },
  { "koi8ru", { "KOI8-RU", RST_CHARSET_SINGLE_BYTE } },
  { "cp21866", { "KOI8-U", RST_CHARSET_SINGLE_BYTE } },
  { "koi8t", { "KOI8-T", RST_CHARSET_SINGLE_BYTE } },
  { "ptcp154", { "PT154", RST_CHARSET_SINGLE_BYTE } },
  { "georgianps", { "GEORGIAN-PS", RST_CHARSET_SINGLE_BYTE } },
  { "armscii8", { "ARMSCII-8", RST_CHARSET_SINGLE_BYTE } },
  { "viscii", { "VISCII", RST_CHARSET_SINGLE_BYTE } },
  { "tcvn", { "TCVN", RST_CHARSET_SINGLE_BYTE } },
  { "macintosh", { "MACINTOSH", RST_CHARSET_SINGLE_BYTE } },
  { "macroman", { "MACINTOSH", RST_CHARSET_SINGLE_BYTE } },
  { "mac", { "MACINTOSH", RST_CHARSET_SINGLE_BYTE } },
  { "maccyrillic", { "MAC-CYRILLIC", RST_CHARSET_SINGLE_BYTE } },
  { "macukrainian", { "MAC-UK", RST_CHARSET_SINGLE_BYTE } },
  { "maccentraleurope", { "MAC-CENTRALEUROPE", RST_CHARSET_SINGLE_BYTE } },

  { "gb231280", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "gbk", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "gb18030", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "gb", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "euccn", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "cngb", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "chinese", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "cp936", { "GB18030", RST_CHARSET_MULTI_BYTE } },
  { "big5hkscs", { "BIG5-HKSCS", RST_CHARSET_MULTI_BYTE } },
  { "cnbig5", { "BIG5-HKSCS", RST_CHARSET_MULTI_BYTE } },
  { "cp950", { "BIG5-HKSCS", RST_CHARSET_MULTI_BYTE } },
  { "euctw", { "EUC-TW", RST_CHARSET_MULTI_BYTE } },
  { "cp949", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "uhc", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "ksc56011987", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "ksc5601", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "ksc56011989", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "korean", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "5601", { "CP949", RST_CHARSET_MULTI_BYTE } },
  { "johab", { "JOHAB", RST_CHARSET_MULTI_BYTE } },
  { "iso2022kr", { "ISO-2022-KR", RST_CHARSET_MULTI_BYTE } },
  { "sjis", { "CP932", RST_CHARSET_MULTI_BYTE } },
  { "mskanji", { "CP932", RST_CHARSET_MULTI_BYTE } },
  { "windows31j", { "CP932", RST_CHARSET_MULTI_BYTE } },
  { "cp932", { "CP932", RST_CHARSET_MULTI_BYTE } },
  { "eucjp", { "EUC-JP-MS", RST_CHARSET_MULTI_BYTE } },
  { "ujis", { "EUC-JP-MS", RST_CHARSET_MULTI_BYTE } },
  { "cp51932", { "EUC-JP-MS", RST_CHARSET_MULTI_BYTE } },
  { "jis", { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE } },
  { "cp50220", { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE } },
  { "cp50221", { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE } },
  { "cp50222", { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE } },
  { "iso2022jpms", { "ISO-2022-JP", RST_CHARSET_MULTI_BYTE } },
  { "iso2022jp1", { "ISO-2022-JP-2", RST_CHARSET_MULTI_BYTE } },
  { "iso2022jp2", { "ISO-2022-JP-2", RST_CHARSET_MULTI_BYTE } },
  { "iso2022jp3", { "ISO-2022-JP-3", RST_CHARSET_MULTI_BYTE } },
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
          *charset = (RstCharset){ iso_8859[i], RST_CHARSET_SINGLE_BYTE };
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
        *charset = (RstCharset){ code_pages[i], RST_CHARSET_SINGLE_BYTE };
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

/* glibc unloads the code of a charset soon after its last converter is closed, and loading it again
 * takes as long as decoding a hundred headers: of each charset that was met, a converter stays
 * open. */
static void
keep_loaded (const char *name)
{
  static GMutex mutex;
  static GHashTable *kept = NULL;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);

  if (kept == NULL)
    kept = g_hash_table_new (g_str_hash, g_str_equal);
  if (!g_hash_table_contains (kept, name))
    g_hash_table_insert (kept, (char *)name, g_iconv_open ("UTF-8", name));
}

GIConv
rst_charset_open (const RstCharset *self)
{
  keep_loaded (self->name);

  return g_iconv_open ("UTF-8", self->name);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-file-risk"

#include "config.h"

#include "rst-file-risk.h"

#include <gio/gio.h>
#include <string.h>

/* What the types of all files are told by. */
#define MAX_SNIFFED 4096

/* Sorted. On this system or on another that the file is passed on to. */
static const char *const program_extensions[] = {
  "action",
  "ade",
  "adp",
  "apk",
  "app",
  "appimage",
  "application",
  "appref-ms",
  "appx",
  "bash",
  "bat",
  "bin",
  "chm",
  "class",
  "cmd",
  "com",
  "command",
  "cpl",
  "csh",
  "deb",
  "desktop",
  "dll",
  "dmg",
  "docm",
  "dotm",
  "elf",
  "exe",
  "fish",
  "flatpak",
  "flatpakref",
  "gadget",
  "hlp",
  "hta",
  "htm",
  "html",
  "img",
  "inf",
  "iso",
  "jar",
  "jnlp",
  "js",
  "jse",
  "ksh",
  "library-ms",
  "lnk",
  "mht",
  "mhtml",
  "mjs",
  "msc",
  "msi",
  "msix",
  "msp",
  "mst",
  "ocx",
  "one",
  "out",
  "php",
  "pif",
  "pkg",
  "pl",
  "potm",
  "ppam",
  "ppsm",
  "pptm",
  "ps1",
  "psd1",
  "psm1",
  "py",
  "pyc",
  "pyw",
  "pyz",
  "rb",
  "reg",
  "rpm",
  "run",
  "scf",
  "scr",
  "sct",
  "search-ms",
  "service",
  "settingcontent-ms",
  "sh",
  "shtml",
  "sldm",
  "snap",
  "so",
  "svg",
  "svgz",
  "swf",
  "sys",
  "terminal",
  "url",
  "vb",
  "vbe",
  "vbs",
  "vhd",
  "vhdx",
  "webloc",
  "workflow",
  "ws",
  "wsc",
  "wsf",
  "wsh",
  "xbap",
  "xht",
  "xhtml",
  "xlam",
  "xll",
  "xlsm",
  "xltm",
  "zsh",
};

typedef struct
{
  const char *bytes;
  gsize length;
} Magic;

#define MAGIC(bytes)            \
  {                             \
    (bytes), sizeof (bytes) - 1 \
  }

static const Magic program_magics[] = {
  MAGIC ("MZ"),
  MAGIC ("\x7F"
         "ELF"),
  MAGIC ("#!"),
  MAGIC ("[Desktop Entry]"),
  MAGIC ("\xCA\xFE\xBA\xBE"),
  MAGIC ("\xCF\xFA\xED\xFE"),
  MAGIC ("\xCE\xFA\xED\xFE"),
  /* A shortcut of Windows. */
  MAGIC ("L\0\0\0\x01\x14\x02\0"),
};

static const char *const program_types[] = {
  "application/x-executable",
  "application/x-sharedlib",
  "application/x-shellscript",
  "application/x-desktop",
  "application/x-ms-shortcut",
  "application/x-java-archive",
  "application/java-archive",
  "application/x-msi",
  "application/vnd.appimage",
  "application/x-ms-dos-executable",
  "application/x-msdownload",
};

static gboolean
has_program_extension (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *extension = NULL;

  if (dot == NULL)
    return FALSE;

  extension = g_ascii_strdown (dot + 1, -1);
  for (guint i = 0; i < G_N_ELEMENTS (program_extensions); i++)
    if (strcmp (program_extensions[i], extension) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
begins_like_program (GBytes *content)
{
  gsize size;
  const char *data = g_bytes_get_data (content, &size);

  for (guint i = 0; i < G_N_ELEMENTS (program_magics); i++)
    if (size >= program_magics[i].length &&
        memcmp (data, program_magics[i].bytes, program_magics[i].length) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
is_program_type (const char *content_type)
{
  for (guint i = 0; i < G_N_ELEMENTS (program_types); i++)
    if (g_content_type_is_a (content_type, program_types[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_page (const char *content_type)
{
  return g_content_type_is_a (content_type, "text/html") ||
         g_content_type_is_a (content_type, "application/xhtml+xml") ||
         g_content_type_is_a (content_type, "image/svg+xml");
}

static char *
dup_type_of_name (const char *name)
{
  gboolean is_uncertain;
  g_autofree char *content_type = g_content_type_guess (name, NULL, 0, &is_uncertain);

  if (is_uncertain || g_content_type_is_unknown (content_type))
    return NULL;
  return g_steal_pointer (&content_type);
}

static gboolean
is_picture (const char *content_type)
{
  return g_str_has_prefix (content_type, "image/") && !g_str_has_prefix (content_type, "image/svg");
}

static gboolean
is_film (const char *content_type)
{
  return g_str_has_prefix (content_type, "audio/") || g_str_has_prefix (content_type, "video/");
}

/* Formats that are made of others: a .docx is a zip file, a .doc an OLE one, and not every database
 * of types says so. */
static gboolean
is_container (const char *content_type)
{
  return strcmp (content_type, "application/zip") == 0 ||
         strcmp (content_type, "application/x-ole-storage") == 0 ||
         strcmp (content_type, "application/gzip") == 0 ||
         strcmp (content_type, "application/xml") == 0;
}

static gboolean
is_made_of (const char *name_type,
            const char *content_type)
{
  return is_container (content_type) && g_str_has_prefix (name_type, "application/") &&
         strcmp (name_type, "application/pdf") != 0;
}

/* A camera's .jpg may well be a PNG: the same programs open it, and nobody is deceived. */
static gboolean
agree (const char *name_type,
       const char *content_type)
{
  return g_content_type_is_a (name_type, content_type) ||
         g_content_type_is_a (content_type, name_type) ||
         (is_picture (name_type) && is_picture (content_type)) ||
         (is_film (name_type) && is_film (content_type)) || is_made_of (name_type, content_type) ||
         (g_content_type_is_a (name_type, "text/plain") &&
          g_content_type_is_a (content_type, "text/plain"));
}

RstFileRisk
rst_file_risk_check (const char *name,
                     GBytes *content)
{
  g_autofree char *content_type = rst_file_risk_dup_content_type (content);
  g_autofree char *name_type = NULL;

  if (has_program_extension (name) || begins_like_program (content) ||
      is_program_type (content_type))
    return RST_FILE_RISK_PROGRAM;

  name_type = dup_type_of_name (name);
  /* Without a name that says otherwise a browser opens it. */
  if (name_type == NULL && is_page (content_type))
    return RST_FILE_RISK_PROGRAM;

  /* Any text may look like no more than that, and any file like nothing at all. */
  if (name_type == NULL || g_content_type_is_unknown (content_type) ||
      g_content_type_equals (content_type, "text/plain"))
    return RST_FILE_RISK_NONE;

  return agree (name_type, content_type) ? RST_FILE_RISK_NONE : RST_FILE_RISK_DISGUISED;
}

char *
rst_file_risk_dup_content_type (GBytes *content)
{
  gsize size;
  const guchar *data = g_bytes_get_data (content, &size);
  gboolean is_uncertain;
  char *content_type;

  if (size == 0)
    return g_strdup ("application/octet-stream");

  content_type = g_content_type_guess (NULL, data, MIN (size, MAX_SNIFFED), &is_uncertain);
  return content_type != NULL ? content_type : g_strdup ("application/octet-stream");
}

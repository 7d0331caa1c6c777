/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <gio/gio.h>

#include "mail/rst-file-risk.h"

#define PNG "\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1"
#define JPEG "\xFF\xD8\xFF\xE0\0\x10JFIF\0"
#define PDF "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n"
#define ZIP "PK\3\4\x14\0\0\0\0\0"
#define HTML "<!DOCTYPE html>\n<html><head><title>x</title></head></html>\n"

typedef struct
{
  const char *name;
  const char *file_name;
  const char *content;
  gsize length;
  RstFileRisk risk;
} RiskCase;

#define CONTENT(bytes) (bytes), sizeof (bytes) - 1

static const RiskCase risk_cases[] = {
  { "picture", "a.png", CONTENT (PNG), RST_FILE_RISK_NONE },
  { "picture-by-another-name", "a.jpg", CONTENT (PNG), RST_FILE_RISK_NONE },
  { "pdf", "a.pdf", CONTENT (PDF), RST_FILE_RISK_NONE },
  { "text", "a.txt", CONTENT ("Hello.\n"), RST_FILE_RISK_NONE },
  { "text-without-extension", "README", CONTENT ("Hello.\n"), RST_FILE_RISK_NONE },
  { "csv", "a.csv", CONTENT ("a,b\n1,2\n"), RST_FILE_RISK_NONE },
  { "calendar", "a.ics", CONTENT ("BEGIN:VCALENDAR\r\n"), RST_FILE_RISK_NONE },
  { "docx", "a.docx", CONTENT (ZIP), RST_FILE_RISK_NONE },
  { "odt", "a.odt", CONTENT (ZIP), RST_FILE_RISK_NONE },
  { "doc", "a.doc", CONTENT ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), RST_FILE_RISK_NONE },
  { "zip", "a.zip", CONTENT (ZIP), RST_FILE_RISK_NONE },
  { "empty", "a.pdf", CONTENT (""), RST_FILE_RISK_NONE },
  { "unknown", "a.x-none", CONTENT ("\1\2\3\4"), RST_FILE_RISK_NONE },
  { "pdf-is-html", "a.pdf", CONTENT (HTML), RST_FILE_RISK_DISGUISED },
  { "picture-is-pdf", "a.png", CONTENT (PDF), RST_FILE_RISK_DISGUISED },
  { "pdf-is-picture", "a.pdf", CONTENT (JPEG), RST_FILE_RISK_DISGUISED },
  { "pdf-is-zip", "a.pdf", CONTENT (ZIP), RST_FILE_RISK_DISGUISED },
  { "text-is-zip", "a.txt", CONTENT (ZIP), RST_FILE_RISK_DISGUISED },
  { "exe", "a.exe", CONTENT ("Hello."), RST_FILE_RISK_PROGRAM },
  { "capitals", "A.EXE", CONTENT ("Hello."), RST_FILE_RISK_PROGRAM },
  { "double-extension", "invoice.pdf.exe", CONTENT (PDF), RST_FILE_RISK_PROGRAM },
  { "script", "a.sh", CONTENT ("echo"), RST_FILE_RISK_PROGRAM },
  { "javascript", "a.js", CONTENT ("x"), RST_FILE_RISK_PROGRAM },
  { "desktop", "a.desktop", CONTENT ("x"), RST_FILE_RISK_PROGRAM },
  { "macros", "a.docm", CONTENT (ZIP), RST_FILE_RISK_PROGRAM },
  { "page", "a.html", CONTENT (HTML), RST_FILE_RISK_PROGRAM },
  { "page-without-extension", "a", CONTENT (HTML), RST_FILE_RISK_PROGRAM },
  { "disk", "a.iso", CONTENT ("x"), RST_FILE_RISK_PROGRAM },
  { "jar", "a.jar", CONTENT (ZIP), RST_FILE_RISK_PROGRAM },
  { "elf-as-picture", "a.png", CONTENT ("\x7F"
                                        "ELF\2\1\1\0"),
    RST_FILE_RISK_PROGRAM },
  { "exe-as-pdf", "a.pdf", CONTENT ("MZ\x90\0\3\0\0\0"), RST_FILE_RISK_PROGRAM },
  { "script-as-text", "a.txt", CONTENT ("#!/bin/sh\nrm x\n"), RST_FILE_RISK_PROGRAM },
  { "desktop-as-text", "a.txt", CONTENT ("[Desktop Entry]\nExec=x\n"), RST_FILE_RISK_PROGRAM },
  { "shortcut-as-pdf", "a.pdf", CONTENT ("L\0\0\0\1\x14\2\0"), RST_FILE_RISK_PROGRAM },
};

static void
test_risk (gconstpointer data)
{
  const RiskCase *test = data;
  g_autoptr (GBytes) content = g_bytes_new_static (test->content, test->length);

  g_assert_cmpint (rst_file_risk_check (test->file_name, content), ==, test->risk);
}

int
main (int argc,
      char **argv)
{
  /* The types of files are the system's; each test has folders of its own afterwards. */
  g_content_type_get_mime_dirs ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (risk_cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/file-risk/%s", risk_cases[i].name);

      g_test_add_data_func (path, &risk_cases[i], test_risk);
    }

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RstFileRisk:
 * @RST_FILE_RISK_PROGRAM: opening it may run what the sender wrote: programs, scripts, installers,
 *   documents with macros, pages for a browser, disk images
 * @RST_FILE_RISK_DISGUISED: it holds something else than its name says
 *
 * Why a file from a stranger should not be opened without a question.
 */
typedef enum
{
  RST_FILE_RISK_NONE,
  RST_FILE_RISK_PROGRAM,
  RST_FILE_RISK_DISGUISED,
} RstFileRisk;

/**
 * rst_file_risk_check:
 * @name: a safe name; see rst_file_name_make_safe()
 * @content: the whole file; untrusted
 *
 * Looks at the name's ending and at the first bytes. What has both risks is a program. Any thread;
 * can't fail.
 */
RstFileRisk rst_file_risk_check (const char *name,
                                 GBytes *content);

/**
 * rst_file_risk_dup_content_type:
 *
 * Returns: (transfer full): what @content is by its first bytes, as a MIME type;
 * "application/octet-stream" when it can't be told.
 */
char *rst_file_risk_dup_content_type (GBytes *content);

G_END_DECLS

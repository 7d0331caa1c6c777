/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rst-private-files.h"

G_BEGIN_DECLS

#define RST_TYPE_APPLICATION (rst_application_get_type ())

/**
 * RstApplication:
 *
 * The program: its command line, the accounts, and which window shows which of them.
 */
G_DECLARE_FINAL_TYPE (RstApplication, rst_application, RST, APPLICATION, AdwApplication)

RstApplication *rst_application_new (void);

/** rst_application_get_private_files: Returns: (transfer none): what other programs are to open;
 * removed when the application ends. */
RstPrivateFiles *rst_application_get_private_files (RstApplication *self);

G_END_DECLS

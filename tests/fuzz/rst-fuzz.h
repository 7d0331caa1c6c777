/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <stdint.h>

#include "mail/rst-document.h"

G_BEGIN_DECLS

/** LLVMFuzzerTestOneInput: What each fuzz-NAME.c defines, and libFuzzer calls. */
int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t size);

/** rst_fuzz_dup_text: Returns: (transfer full): the input as a decoder gives it: valid UTF-8. */
char *rst_fuzz_dup_text (const uint8_t *data,
                         size_t size);

/** rst_fuzz_check_text: What goes to a window is valid UTF-8 without control characters. */
void rst_fuzz_check_text (const char *text);

/** rst_fuzz_check_line: Nor has what goes into one line of it. */
void rst_fuzz_check_line (const char *text);

/** rst_fuzz_check_document: Asserts all that rst-document.h promises. */
void rst_fuzz_check_document (const RstDocument *document);

G_END_DECLS

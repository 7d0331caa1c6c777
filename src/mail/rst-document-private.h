/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-document.h"

G_BEGIN_DECLS

/** A document while it is written, and after. */
struct _RstDocument
{
  GString *text;
  GArray *runs;      /* RstRun */
  GPtrArray *links;  /* RstDocumentLink */
  GPtrArray *images; /* RstDocumentImage */
  GPtrArray *folds;  /* RstFold */
  guint n_remote_images;
  gboolean is_cut;
};

RstDocument *rst_document_new (void);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gmime/gmime.h>

G_BEGIN_DECLS

/**
 * rst_gmime_init:
 *
 * To be called before GMime's parsers; cheap when repeated. Any thread: g_mime_init() itself counts
 * its calls without a lock. GMime's tables do not change after it, but for the charset names,
 * which it guards; its objects belong to the thread that made them.
 */
void rst_gmime_init (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (InternetAddressList, g_object_unref)

G_END_DECLS

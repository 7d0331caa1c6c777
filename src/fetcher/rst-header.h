/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "mail/rst-envelope.h"
#include "rst-identity.h"

G_BEGIN_DECLS

/**
 * RstHeaderState:
 * @RST_HEADER_PLACEHOLDER: listed, its headers not loaded (yet)
 * @RST_HEADER_LOADED: envelope and digest are there
 * @RST_HEADER_UNREADABLE: the server answered `-ERR` when asked for it
 */
typedef enum
{
  RST_HEADER_PLACEHOLDER,
  RST_HEADER_LOADED,
  RST_HEADER_UNREADABLE,
} RstHeaderState;

/**
 * RstHeader:
 * @identity: which message
 * @envelope: (nullable): what a list shows; %NULL unless loaded
 * @state: see #RstHeaderState
 *
 * One message of the maildrop as the index holds it. Immutable, and shared by reference between
 * threads.
 */
typedef struct
{
  RstIdentity *identity;
  RstEnvelope *envelope;
  RstHeaderState state;
} RstHeader;

/**
 * rst_header_new:
 * @identity: (transfer full):
 * @envelope: (transfer full) (nullable):
 */
RstHeader *rst_header_new (RstIdentity *identity,
                           RstEnvelope *envelope,
                           RstHeaderState state);

/**
 * rst_header_new_with_identity:
 * @identity: (transfer full): the same message, as a newer listing or a download shows it
 *
 * Returns: (transfer full): the same envelope and state under another identity.
 */
RstHeader *rst_header_new_with_identity (const RstHeader *self,
                                         RstIdentity *identity);
RstHeader *rst_header_ref (RstHeader *self);
void rst_header_unref (RstHeader *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstHeader, rst_header_unref)

G_END_DECLS

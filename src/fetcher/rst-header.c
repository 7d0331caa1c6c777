/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-header"

#include "config.h"

#include "rst-header.h"

RstHeader *
rst_header_new (RstIdentity *identity,
                RstEnvelope *envelope,
                RstHeaderState state)
{
  RstHeader *self;

  g_return_val_if_fail (identity != NULL, NULL);
  g_return_val_if_fail ((envelope != NULL) == (state == RST_HEADER_LOADED), NULL);

  self = g_atomic_rc_box_new0 (RstHeader);
  self->identity = identity;
  self->envelope = envelope;
  self->state = state;

  return self;
}

RstHeader *
rst_header_ref (RstHeader *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
rst_header_clear (gpointer data)
{
  RstHeader *self = data;

  rst_identity_unref (self->identity);
  g_clear_pointer (&self->envelope, rst_envelope_unref);
}

void
rst_header_unref (RstHeader *self)
{
  g_atomic_rc_box_release_full (self, rst_header_clear);
}

RstHeader *
rst_header_new_with_identity (const RstHeader *self,
                              RstIdentity *identity)
{
  return rst_header_new (identity,
                         self->envelope ? rst_envelope_ref (self->envelope) : NULL,
                         self->state);
}

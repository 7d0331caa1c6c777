/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* For the user data of asynchronous calls. A GTK 4 window is disposed of when its last reference
 * goes, and it is then that it cancels its operations: one that held a reference would keep its own
 * window, and so itself, alive. */

/** rst_weak_ref_new: Returns: (transfer full): a weak reference, for one rst_weak_ref_take(). */
static inline gpointer
rst_weak_ref_new (gpointer object)
{
  GWeakRef *weak_ref = g_new (GWeakRef, 1);

  g_weak_ref_init (weak_ref, object);
  return weak_ref;
}

/** rst_weak_ref_free: gives up a weak reference that was not taken. */
static inline void
rst_weak_ref_free (gpointer weak_ref)
{
  g_weak_ref_clear (weak_ref);
  g_free (weak_ref);
}

/**
 * rst_weak_ref_take:
 *
 * Returns: (transfer full) (nullable): the object, if it is still there; @weak_ref is freed.
 */
static inline gpointer
rst_weak_ref_take (gpointer weak_ref)
{
  gpointer object = g_weak_ref_get (weak_ref);

  rst_weak_ref_free (weak_ref);
  return object;
}

G_END_DECLS

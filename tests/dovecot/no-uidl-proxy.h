/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * NoUidlProxy:
 *
 * Stands before a POP3 server, in the clear, and makes it one without UIDL: the command is unknown,
 * and CAPA does not list it. Everything else goes through as it is. It serves on threads of its
 * own.
 */
typedef struct _NoUidlProxy NoUidlProxy;

/** no_uidl_proxy_new: @port: the server's port on 127.0.0.1. */
NoUidlProxy *no_uidl_proxy_new (guint16 port);

/** no_uidl_proxy_free: closes its port; waits for the connections that are open. */
void no_uidl_proxy_free (NoUidlProxy *self);

/** no_uidl_proxy_get_port: Returns: the port to go to in the place of the server's. */
guint16 no_uidl_proxy_get_port (NoUidlProxy *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (NoUidlProxy, no_uidl_proxy_free)

G_END_DECLS

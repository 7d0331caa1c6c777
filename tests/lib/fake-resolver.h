/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define FAKE_TYPE_RESOLVER (fake_resolver_get_type ())

/* A DNS of the test's own: what it was not told does not exist. */
G_DECLARE_FINAL_TYPE (FakeResolver, fake_resolver, FAKE, RESOLVER, GResolver)

/** fake_resolver_install: makes one the program's resolver, and forgets what was there. */
FakeResolver *fake_resolver_install (void);

/** fake_resolver_add_host: @address: one of 127.0.0.0/8 */
void fake_resolver_add_host (FakeResolver *self,
                             const char *name,
                             const char *address);

/** fake_resolver_add_service: @name: "_pop3s._tcp.example.test"; @target: "." declines. */
void fake_resolver_add_service (FakeResolver *self,
                                const char *name,
                                const char *target,
                                guint16 port,
                                guint16 priority);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "maildir.h"

G_BEGIN_DECLS

/* The password of every user. */
#define DOVECOT_PASSWORD "correct-horse"

/**
 * DovecotServer:
 *
 * A real Dovecot of the test's own: on free ports of 127.0.0.1, with a certificate made for it, in
 * a temporary folder, and never with root's rights. Any user name is let in; each has an inbox of
 * its own. It ends with the test program, whatever ends that.
 */
typedef struct _DovecotServer DovecotServer;

/**
 * dovecot_server_new:
 * @mechanisms: the ways to sign in that it offers: "plain"
 *
 * Starts it, and returns when it takes connections.
 */
DovecotServer *dovecot_server_new (const char *mechanisms);

/** dovecot_server_free: stops it, and removes its folder. */
void dovecot_server_free (DovecotServer *self);

/** dovecot_server_get_port: Returns: the port in the clear, with STLS. */
guint16 dovecot_server_get_port (DovecotServer *self);

/** dovecot_server_get_tls_port: Returns: the port with TLS. */
guint16 dovecot_server_get_tls_port (DovecotServer *self);

/** dovecot_server_get_ca_file: Returns: (transfer none): what its certificate is verified with. */
const char *dovecot_server_get_ca_file (DovecotServer *self);

/** dovecot_server_add_user: Returns: (transfer full): the inbox of a new user, which is empty. */
Maildir *dovecot_server_add_user (DovecotServer *self,
                                  const char *user);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DovecotServer, dovecot_server_free)

G_END_DECLS

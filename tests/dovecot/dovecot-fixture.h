/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "cli/cli-runner.h"
#include "dovecot-server.h"
#include "no-uidl-proxy.h"

G_BEGIN_DECLS

/**
 * DovecotWay:
 * @name: what the way is called in the path of a test
 *
 * How the mailbox is reached.
 */
typedef struct
{
  const char *name;
  const char *security;
  gboolean has_uidl;
} DovecotWay;

/**
 * DovecotFixture:
 * @maildir: the inbox of a new user, empty
 * @runner: that user at the console
 *
 * What each test has.
 */
typedef struct
{
  const DovecotWay *way;
  Maildir *maildir;
  CliRunner *runner;
  NoUidlProxy *proxy;
  char *user;
} DovecotFixture;

typedef void (*DovecotTest) (DovecotFixture *fixture,
                             gconstpointer way);

/** dovecot_fixture_add: adds a test for each of the four ways: /dovecot/@name/tls, and so on. */
void dovecot_fixture_add (const char *name,
                          DovecotTest test);

/** dovecot_fixture_add_once: adds a test for one way alone. */
void dovecot_fixture_add_once (const char *name,
                               DovecotTest test);

/** dovecot_fixture_run: runs the tests, against one server for all of them. */
int dovecot_fixture_run (void);

/**
 * dovecot_fixture_run_other_client:
 * @commands: a line each, "DELE 2\nDELE 250\n"; each must be answered with +OK
 *
 * Signs in as a mail program of another make, sends these, and quits.
 */
void dovecot_fixture_run_other_client (DovecotFixture *fixture,
                                       const char *commands);

G_END_DECLS

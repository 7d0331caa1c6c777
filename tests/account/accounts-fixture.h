/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "account/rst-accounts-file.h"

/* An accounts.ini of the test's own, in its default place. */
typedef struct
{
  char *folder;
  char *path;
} AccountsFixture;

#define WORK "[work]\nhost=h\nuser=u\n"
#define FINGERPRINT "0123456789abcdef0123456789abcdef0123456789ABCDEF0123456789abcdef"

void accounts_fixture_set_up (AccountsFixture *fixture,
                              gconstpointer data);
void accounts_fixture_tear_down (AccountsFixture *fixture,
                                 gconstpointer data);
void accounts_write (AccountsFixture *fixture,
                     const char *text);
void accounts_assert_text (AccountsFixture *fixture,
                           const char *expected);
RstAccountsFile *accounts_load (AccountsFixture *fixture);

/* Writes and loads. */
RstAccountsFile *accounts_load_text (AccountsFixture *fixture,
                                     const char *text);

RstAccount *accounts_get_only (RstAccountsFile *file);

#define ACCOUNTS_FIXTURE_ADD(path, data, function) \
  g_test_add (path, AccountsFixture, data,         \
              accounts_fixture_set_up, function,   \
              accounts_fixture_tear_down)

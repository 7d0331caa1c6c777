/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "client.h"

G_BEGIN_DECLS

/* What the tests of signing in in one flight share. That a script expects many lines before it
 * sends any is the proof that they came in one. */

#define FLIGHT_GREETING "S: +OK Dovecot (Debian) ready.\n"

/** FLIGHT_CAPABILITIES: the answer to CAPA. */
#define FLIGHT_CAPABILITIES \
  "S: +OK\n"                \
  "S: TOP\n"                \
  "S: UIDL\n"               \
  "S: USER\n"               \
  "S: PIPELINING\n"         \
  "S: .\n"

/** FLIGHT_LISTS: the answers to LIST and UIDL: one message. */
#define FLIGHT_LISTS \
  "S: +OK\n"         \
  "S: 1 10\n"        \
  "S: .\n"           \
  "S: +OK\n"         \
  "S: 1 a\n"         \
  "S: .\n"

/** FLIGHT_QUESTIONS: what is asked besides the login. */
#define FLIGHT_QUESTIONS \
  "C: CAPA\n"            \
  "C: LIST\n"            \
  "C: UIDL\n"

/** FLIGHT_COMMANDS: the whole flight. */
#define FLIGHT_COMMANDS \
  "C: USER me\n"        \
  "C: PASS secret\n" FLIGHT_QUESTIONS

/** FLIGHT_LET_IN: the answers to USER and PASS. */
#define FLIGHT_LET_IN \
  "S: +OK\n"          \
  "S: +OK\n"

/** FLIGHT_WELCOME: all the answers. */
#define FLIGHT_WELCOME FLIGHT_LET_IN FLIGHT_CAPABILITIES FLIGHT_LISTS

/**
 * flight_dup_memory:
 * @facts: what is said besides the capabilities: "flight\n", "apop\n"
 *
 * Returns: (transfer full): what a session with the script's server leaves behind.
 */
char *flight_dup_memory (Client *self,
                         const char *facts);

/** flight_open: starts the script if need be, and opens a session, the first one or one more. */
void flight_open (Client *self,
                  const char *memory);

/** flight_open_with_memory: starts the script and opens a session, see flight_dup_memory(). */
void flight_open_with_memory (Client *self,
                              const char *facts);

/** flight_sign_in: as "me" with "secret". */
gboolean flight_sign_in (Client *self,
                         RstPop3Listing **listing,
                         GError **error);

/** flight_assert_signs_in: signs in and finds the one message, with that unique-id. */
void flight_assert_signs_in (Client *self,
                             const char *uid);

/** flight_assert_fails: does not. */
void flight_assert_fails (Client *self,
                          GQuark domain,
                          int code);

G_END_DECLS

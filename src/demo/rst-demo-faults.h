/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RstDemoFault:
 *
 * Every way in which the server can be told to be odd; the table in rst-demo-faults.c says what
 * each does.
 */
typedef enum
{
  RST_DEMO_FAULT_NO_CAPA,
  RST_DEMO_FAULT_CAPA_HANGUP,
  RST_DEMO_FAULT_CAPA_SILENT,
  RST_DEMO_FAULT_NO_PIPELINING,
  RST_DEMO_FAULT_NO_UTF8,
  RST_DEMO_FAULT_NO_STLS,
  RST_DEMO_FAULT_STLS_REFUSED,
  RST_DEMO_FAULT_STLS_PLAIN_ERROR,
  RST_DEMO_FAULT_APOP,
  RST_DEMO_FAULT_IN_USE,
  RST_DEMO_FAULT_LOGIN_DELAY,
  RST_DEMO_FAULT_SYS_TEMP,
  RST_DEMO_FAULT_CLOSE_ON_BAD_PASSWORD,
  RST_DEMO_FAULT_LOCK,
  RST_DEMO_FAULT_NO_UIDL,
  RST_DEMO_FAULT_UIDL_ERROR,
  RST_DEMO_FAULT_UIDL_AFTER_LOGIN,
  RST_DEMO_FAULT_DUPLICATE_UIDS,
  RST_DEMO_FAULT_CONTENT_UIDS,
  RST_DEMO_FAULT_NEW_UIDS,
  RST_DEMO_FAULT_NO_TOP,
  RST_DEMO_FAULT_TOP_HIDDEN,
  RST_DEMO_FAULT_HOLES,
  RST_DEMO_FAULT_NEWEST_FIRST,
  RST_DEMO_FAULT_OK_PREFIX,
  RST_DEMO_FAULT_STAT_WRONG,
  RST_DEMO_FAULT_STAT_NEGATIVE,
  RST_DEMO_FAULT_SIZES_WRONG,
  RST_DEMO_FAULT_SIZES_ZERO,
  RST_DEMO_FAULT_TOP_IGNORES_DELE,
  RST_DEMO_FAULT_TOP_DIFFERS,
  RST_DEMO_FAULT_TOP_DROPS_RECEIVED,
  RST_DEMO_FAULT_VOLATILE_HEADERS,
  RST_DEMO_FAULT_RETR_OTHER,
  RST_DEMO_FAULT_NO_UTF8_WRAPPER,
  RST_DEMO_FAULT_GMAIL,
  RST_DEMO_FAULT_EXTRA_BLANK,
  RST_DEMO_FAULT_MISSING_CRLF,
  RST_DEMO_FAULT_LF_ONLY,
  RST_DEMO_FAULT_LONG_LINE,
  RST_DEMO_FAULT_LONG_HEADER,
  RST_DEMO_FAULT_NULS,
  RST_DEMO_FAULT_BARE_REPLIES,
  RST_DEMO_FAULT_ERR_PLUS,
  RST_DEMO_FAULT_HANGUP_AFTER_ERRORS,
  RST_DEMO_FAULT_ERR_ON_TOP,
  RST_DEMO_FAULT_CLOSE_IN_TOP,
  RST_DEMO_FAULT_ERR_ON_RETR,
  RST_DEMO_FAULT_CLOSE_IN_RETR,
  RST_DEMO_FAULT_ERR_ON_DELE,
  RST_DEMO_FAULT_CLOSE_ON_DELE,
  RST_DEMO_FAULT_RSET_ERROR,
  RST_DEMO_FAULT_QUIT_ERROR,
  RST_DEMO_FAULT_QUIT_SILENT,
  RST_DEMO_FAULT_QUIT_CLOSE,
  RST_DEMO_FAULT_ERR_AT,
  RST_DEMO_FAULT_STALL_AT,
  RST_DEMO_FAULT_CLOSE_AT,
  RST_DEMO_FAULT_GARBAGE_AT,
  RST_DEMO_FAULT_LONG_STATUS_AT,
  RST_DEMO_FAULT_DRIP,
  RST_DEMO_FAULT_ONE_AT_A_TIME,
  RST_DEMO_FAULT_CLOSE_WHEN_PIPELINED,
  RST_DEMO_FAULT_CHANGE_BEFORE,
  RST_DEMO_N_FAULTS,
} RstDemoFault;

/**
 * RstDemoCommit:
 * @RST_DEMO_COMMIT_KEEP: every message stays
 * @RST_DEMO_COMMIT_HALF: every other marked message is removed
 * @RST_DEMO_COMMIT_ALL: every marked message is removed
 *
 * What a faulty QUIT does with the messages that are marked as deleted.
 */
typedef enum
{
  RST_DEMO_COMMIT_KEEP,
  RST_DEMO_COMMIT_HALF,
  RST_DEMO_COMMIT_ALL,
} RstDemoCommit;

/**
 * RstDemoFaults:
 *
 * A set of faults with their arguments. Immutable once it is shared: rst_demo_faults_copy() is
 * changed and put in its place, so that a session can look at one set for a whole command.
 */
typedef struct _RstDemoFaults RstDemoFaults;

/** rst_demo_faults_new: Returns: (transfer full): a set with every fault off. */
RstDemoFaults *rst_demo_faults_new (void);

/** rst_demo_faults_copy: Returns: (transfer full): one that can be changed. */
RstDemoFaults *rst_demo_faults_copy (const RstDemoFaults *self);
RstDemoFaults *rst_demo_faults_ref (RstDemoFaults *self);
void rst_demo_faults_unref (RstDemoFaults *self);

/** rst_demo_faults_set: see rst_demo_server_set_fault(). */
gboolean rst_demo_faults_set (RstDemoFaults *self,
                              const char *name,
                              const char *value,
                              GError **error);

/** rst_demo_faults_unset: switches a fault off. */
void rst_demo_faults_unset (RstDemoFaults *self,
                            RstDemoFault fault);

/** rst_demo_faults_get_help: see rst_demo_server_get_fault_help(). */
const char *rst_demo_faults_get_help (void);

/** rst_demo_faults_has: Returns: whether the fault is on. */
gboolean rst_demo_faults_has (const RstDemoFaults *self,
                              RstDemoFault fault);

/**
 * rst_demo_faults_get_text:
 *
 * Returns: (transfer none) (nullable): the argument as given, %NULL when the fault is off.
 */
const char *rst_demo_faults_get_text (const RstDemoFaults *self,
                                      RstDemoFault fault);

/** rst_demo_faults_get_number: Returns: the argument of @fault, 0 when the fault is off. */
guint rst_demo_faults_get_number (const RstDemoFaults *self,
                                  RstDemoFault fault);

/** rst_demo_faults_has_number: Returns: whether the list of numbers of @fault has @number. */
gboolean rst_demo_faults_has_number (const RstDemoFaults *self,
                                     RstDemoFault fault,
                                     guint number);

/** rst_demo_faults_has_verb: Returns: whether the list of verbs of @fault has @verb. */
gboolean rst_demo_faults_has_verb (const RstDemoFaults *self,
                                   RstDemoFault fault,
                                   const char *verb);

/** rst_demo_faults_get_commit: Returns: the argument of one of the quit- faults. */
RstDemoCommit rst_demo_faults_get_commit (const RstDemoFaults *self,
                                          RstDemoFault fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RstDemoFaults, rst_demo_faults_unref)

G_END_DECLS

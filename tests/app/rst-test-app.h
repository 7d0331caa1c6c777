/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "app/rst-window-private.h"
#include "demo/rst-demo-server.h"

G_BEGIN_DECLS

/* What the window tests share. All of it aborts the test when something does not come within a
 * deadline: nothing waits for a fixed time. */

/** rst_test_app_init: Returns: -1 when the tests can run, else what main() has to return. */
int rst_test_app_init (int *argc,
                       char ***argv);

/** RstTestCondition: Returns: whether what is being waited for is there. */
typedef gboolean (*RstTestCondition) (gpointer user_data);

/** rst_test_app_wait: runs the main loop until @condition holds. */
#define rst_test_app_wait(condition, user_data) \
  rst_test_app_wait_for ((RstTestCondition)(condition), (user_data), #condition, G_STRLOC)

void rst_test_app_wait_for (RstTestCondition condition,
                            gpointer user_data,
                            const char *what,
                            const char *where);

/**
 * rst_test_app_get_cpu_time:
 *
 * What limits are measured in: a program must not fail because the machine has something else to
 * do, and a main thread that waits for a worker or a disk has none to wait for in these tests.
 *
 * Returns: the processor time of the calling thread so far, in microseconds.
 */
gint64 rst_test_app_get_cpu_time (void);

/** RstTestBody: what is done while the program runs. */
typedef void (*RstTestBody) (GtkApplication *application,
                             gpointer user_data);

/**
 * rst_test_app_run:
 * @argument: (nullable): the program's only argument
 * @body: (nullable): is run once in its main loop; its windows are closed afterwards
 *
 * Returns: the exit status.
 */
int rst_test_app_run (const char *argument,
                      RstTestBody body,
                      gpointer user_data);

/** rst_test_app_get_window: Returns: (transfer none): the one window of the program. */
RstWindow *rst_test_app_get_window (GtkApplication *application);

/** rst_test_app_find_window: waits for a window of @type. Returns: (transfer none): it. */
gpointer rst_test_app_find_window (GType type);

/** rst_test_app_wait_closed: waits until no window of @type is there. */
void rst_test_app_wait_closed (GType type);

/** rst_test_app_find_child: Returns: (transfer none): the first descendant of @type. */
gpointer rst_test_app_find_child (gpointer widget,
                                  GType type);

/** rst_test_app_find_row: Returns: (transfer none) (nullable): the row of preferences with this
 * title. */
gpointer rst_test_app_find_row (gpointer widget,
                                const char *title);

/* What stands in the row with this title. */
void rst_test_app_set_text (gpointer widget,
                            const char *title,
                            const char *text);
const char *rst_test_app_get_text (gpointer widget,
                                   const char *title);
void rst_test_app_set_number (gpointer widget,
                              const char *title,
                              int number);
int rst_test_app_get_number (gpointer widget,
                             const char *title);
void rst_test_app_set_switch (gpointer widget,
                              const char *title,
                              gboolean is_on);

/** rst_test_app_find_button: Returns: (transfer none) (nullable): the visible button whose
 * label begins so. */
GtkWidget *rst_test_app_find_button (gpointer widget,
                                     const char *label);

/** rst_test_app_wait_idle: waits until the window's mailbox has nothing to do. */
void rst_test_app_wait_idle (RstWindow *window);

/** rst_test_app_wait_notice: waits until the banner says something with @part in it. */
void rst_test_app_wait_notice (RstWindow *window,
                               const char *part);

/** rst_test_app_wait_text: waits until a visible label of @widget has @part in it. */
void rst_test_app_wait_text (gpointer widget,
                             const char *part);

/** rst_test_app_says: Returns: whether a visible label of @widget has @part in it. */
gboolean rst_test_app_says (gpointer widget,
                            const char *part);

/** rst_test_app_activate: does what a click does, as soon as the window's action is enabled. */
void rst_test_app_activate (RstWindow *window,
                            const char *action);

/** rst_test_app_click: clicks on a button, once it is there and sensitive; see _find_button. */
void rst_test_app_click (gpointer widget,
                         const char *label);

/**
 * rst_test_app_write_account:
 * @server: what it is an account of; TLS, with the server's certificate pinned
 * @password: (nullable): goes into a password file
 *
 * Writes accounts.ini with this one account, "test".
 */
void rst_test_app_write_account (RstDemoServer *server,
                                 const char *password);

/** rst_test_app_write_accounts_file: writes accounts.ini as it is given. */
void rst_test_app_write_accounts_file (const char *contents);

/**
 * rst_test_app_create_server:
 *
 * Returns: a started server with messages 0 to @n_messages - 1, "Subject 0" from Ada, "Subject 1"
 * from Bob, "Subject 2" from Ada…; message n was written on the nth day of 2026.
 */
RstDemoServer *rst_test_app_create_server (guint n_messages);

/** rst_test_app_get_item: Returns: (transfer none): the message in the list with this subject. */
RstMessageItem *rst_test_app_get_item (RstWindow *window,
                                       const char *subject);

/** rst_test_app_select: selects the messages with these subjects; the last argument is NULL. */
void rst_test_app_select (RstWindow *window,
                          ...) G_GNUC_NULL_TERMINATED;

/** rst_test_app_dup_subjects: Returns: (transfer full): the list's subjects from the top, joined by
 * commas. */
char *rst_test_app_dup_subjects (RstWindow *window);

/** rst_test_app_assert_server: the server has messages of these subjects, from the oldest on,
 * joined by commas. */
void rst_test_app_assert_server (RstDemoServer *server,
                                 const char *subjects);

/** rst_test_app_set_fault: rst_demo_server_set_fault(), which must know the fault. */
void rst_test_app_set_fault (RstDemoServer *server,
                             const char *name,
                             const char *value);

G_END_DECLS

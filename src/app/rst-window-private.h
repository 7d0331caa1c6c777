/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "rst-account-switcher.h"
#include "rst-message-list.h"
#include "rst-notice.h"
#include "rst-questions.h"
#include "rst-reader.h"
#include "rst-window.h"

G_BEGIN_DECLS

struct _RstWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned References */
  GSettings *settings;
  RstMailbox *mailbox;
  RstQuestions *questions;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  GHashTable *deleting; /* the messages of the deletes that run or wait */
  GPtrArray *offered;   /* what the notice's button deletes */
  /* What the reload of the operation that ends just now found; else NULL. */
  GPtrArray *still_there;
  char *reload_words;

  /* Template Widgets */
  RstAccountSwitcher *account_switcher;
  GtkWidget *delete_button;
  GtkButton *first_page_button;
  GtkMenuButton *menu_button;
  RstMessageList *message_list;
  RstNotice *notice;
  AdwStatusPage *page;
  GtkPaned *paned;
  GtkProgressBar *progress_bar;
  RstReader *reader;
  GtkStack *refresh_stack;
  GtkWidget *search_button;
  GtkButton *second_page_button;
  GtkSpinner *spinner;
  GtkStack *stack;
  AdwToastOverlay *toast_overlay;
  AdwWindowTitle *window_title;

  guint pulse_source;
  guint layout_source;
  guint reload_source;
  guint n_saving;
  gboolean has_failed;
  gboolean is_load_due; /* placeholders came into sight while the mailbox was busy */
};

/**
 * RstPage:
 *
 * What stands in the place of list and reader when there is nothing to list. The buttons' labels
 * may be %NULL: no button.
 */
typedef struct
{
  const char *icon_name;
  const char *title;
  const char *description;
  const char *first_label;
  const char *first_action;
  const char *second_label;
  const char *second_action;
} RstPage;

/* rst-window.c */
void rst_window_fill_page (RstWindow *self,
                           const RstPage *page);
void rst_window_update_content (RstWindow *self);

/* rst-window-actions.c */
void rst_window_add_actions (RstWindow *self);
void rst_window_update_actions (RstWindow *self);
void rst_window_selection_changed_cb (RstWindow *self);
void rst_window_step_cb (RstWindow *self,
                         int step);

/* rst-window-layout.c */
void rst_window_restore_layout (RstWindow *self);
void rst_window_save_layout (RstWindow *self);
void rst_window_watch_size (RstWindow *self);

/* rst-window-operations.c */
void rst_window_open (RstWindow *self);
void rst_window_refresh (RstWindow *self);
void rst_window_load_items (RstWindow *self,
                            GPtrArray *items);
void rst_window_load_due (RstWindow *self);
void rst_window_forget_due (RstWindow *self);
void rst_window_load_rest (RstWindow *self);
void rst_window_open_item (RstWindow *self,
                           RstMessageItem *item);
void rst_window_close_message_windows (RstWindow *self);

/* rst-window-save.c */
void rst_window_choose_file (RstWindow *self,
                             GPtrArray *items);
void rst_window_choose_mbox (RstWindow *self,
                             GPtrArray *items);
void rst_window_choose_csv (RstWindow *self);
void rst_window_close_chooser (RstWindow *self);

/* rst-window-delete.c */
void rst_window_delete_items (RstWindow *self,
                              GPtrArray *chosen);

/** rst_window_can_delete_selected: Returns: whether any of what is selected is not being deleted
 * already. */
gboolean rst_window_can_delete_selected (RstWindow *self);
void rst_window_delete_still_there (RstWindow *self);
void rst_window_delete_without_copy (RstWindow *self);

/** rst_window_take_copy_policy: gives the mailbox the settings of the moment. */
void rst_window_take_copy_policy (RstWindow *self);
void rst_window_reloaded_cb (RstWindow *self,
                             const RstSyncReport *report,
                             GPtrArray *still_there);
void rst_window_forget_reload (RstWindow *self);

/* rst-window-certificate.c */
gboolean rst_window_can_trust (RstWindow *self);
void rst_window_show_certificate (RstWindow *self);
void rst_window_warn_of_certificate (RstWindow *self);

/* rst-window-deleted.c */
void rst_window_show_deleted_messages (RstWindow *self);
void rst_window_show_deleted_toast (RstWindow *self,
                                    const char *text);

/* rst-window-problems.c */
void rst_window_show_load_problem (RstWindow *self,
                                   const GError *error);
void rst_window_show_problem (RstWindow *self,
                              const GError *error);
void rst_window_notice_action_cb (RstWindow *self,
                                  const char *id);

G_END_DECLS

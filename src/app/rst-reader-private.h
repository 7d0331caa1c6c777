/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "rst-message-view.h"
#include "rst-reader.h"

G_BEGIN_DECLS

struct _RstReader
{
  GtkWidget parent_instance;

  /* Owned References */
  GSettings *settings;
  RstMailbox *mailbox;
  RstMessageItem *item;
  RstMessage *message;
  GCancellable *cancellable;
  GCancellable *recoding; /* of the message that is being read in another charset */

  /* Template Widgets */
  RstMessageView *message_view;
  AdwStatusPage *several_page;
  GtkStack *stack;

  gint64 last_change;
  guint settle_source;
  gboolean is_cut; /* whether the message is only the beginning of one */
  gboolean is_monospace;
  gboolean prefers_html;
  gboolean shows_html;
  int zoom;
  char *charset; /* that the user chose for the message; empty for what it says itself */
};

/* rst-reader.c */
void rst_reader_replace_message (RstReader *self,
                                 RstMessage *message);

void rst_reader_set_whole (RstReader *self,
                           RstMessage *message);

/* rst-reader-download.c: a message of which the beginning is shown. */
void rst_reader_download_action (GtkWidget *widget,
                                 const char *action_name,
                                 GVariant *parameter);
char *rst_reader_dup_beginning_text (RstReader *self);

/* rst-reader-actions.c */
void rst_reader_install_actions (GtkWidgetClass *widget_class);
void rst_reader_add_delete_keys (RstReader *self);

/* rst-reader-charset.c */
void rst_reader_choose_charset (RstReader *self,
                                const char *charset);
void rst_reader_recall_charset (RstReader *self);

/** rst_reader_keep_charset: there is more of the message now. */
void rst_reader_keep_charset (RstReader *self);
void rst_reader_forget_charset (RstReader *self);

G_END_DECLS

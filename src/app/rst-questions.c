/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-questions"

#include "config.h"

#include "rst-questions.h"

#include <adwaita.h>

#include "rst-delete-dialog.h"
#include "rst-main-thread.h"
#include "rst-password-dialog.h"

struct _RstQuestions
{
  /* Owned References */
  RstMailbox *mailbox;

  /* Borrowed References */
  GtkWindow *parent;
  AdwMessageDialog *dialog;
};

static void
answer (RstQuestions *self,
        gboolean is_yes)
{
  AdwMessageDialog *dialog = g_steal_pointer (&self->dialog);

  g_signal_handlers_disconnect_by_data (dialog, self);
  if (!RST_IS_PASSWORD_DIALOG (dialog))
    rst_mailbox_answer_download (self->mailbox, is_yes);
  else if (!is_yes)
    rst_mailbox_answer_password (self->mailbox, NULL, FALSE);
  else
    {
      RstPasswordDialog *password_dialog = RST_PASSWORD_DIALOG (dialog);
      SecretValue *password = rst_password_dialog_dup_password (password_dialog);

      rst_mailbox_answer_password (
          self->mailbox, password, rst_password_dialog_get_remember (password_dialog));
      secret_value_unref (password);
    }
}

static void
response_cb (RstQuestions *self,
             const char *response)
{
  answer (self, !g_str_equal (response, "cancel"));
}

/* The dialog goes without an answer when its window does. */
static void
destroy_cb (RstQuestions *self)
{
  answer (self, FALSE);
}

static void
ask (RstQuestions *self,
     GtkWidget *dialog)
{
  g_assert (self->dialog == NULL);

  self->dialog = ADW_MESSAGE_DIALOG (dialog);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (response_cb), self);
  g_signal_connect_swapped (dialog, "destroy", G_CALLBACK (destroy_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ask_password (RstMailbox *mailbox,
              const char *reason,
              gpointer user_data)
{
  RstQuestions *self = user_data;
  GtkWidget *dialog =
      rst_password_dialog_new (self->parent, rst_mailbox_get_account (mailbox), reason);

  g_assert (RST_IS_MAIN_THREAD ());
  ask (self, dialog);
}

static void
ask_download (RstMailbox *mailbox,
              guint n_messages,
              guint64 size,
              gpointer user_data)
{
  RstQuestions *self = user_data;
  GtkWidget *dialog = rst_download_dialog_new (
      self->parent, rst_mailbox_get_account (mailbox), n_messages, size);

  g_assert (RST_IS_MAIN_THREAD ());
  ask (self, dialog);
}

RstQuestions *
rst_questions_new (GtkWindow *parent,
                   RstMailbox *mailbox)
{
  static const RstMailboxFrontEnd front_end = { ask_password, ask_download };
  RstQuestions *self;

  g_return_val_if_fail (GTK_IS_WINDOW (parent), NULL);
  g_return_val_if_fail (RST_IS_MAILBOX (mailbox), NULL);

  self = g_new0 (RstQuestions, 1);
  self->parent = parent;
  self->mailbox = g_object_ref (mailbox);
  rst_mailbox_set_front_end (mailbox, &front_end, self);
  return self;
}

void
rst_questions_free (RstQuestions *self)
{
  if (self == NULL)
    return;

  rst_questions_dismiss (self);
  rst_mailbox_set_front_end (self->mailbox, NULL, NULL);
  g_object_unref (self->mailbox);
  g_free (self);
}

void
rst_questions_dismiss (RstQuestions *self)
{
  g_return_if_fail (self != NULL);

  if (self->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (self->dialog));
}

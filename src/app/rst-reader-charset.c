/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-reader-charset"

#include "config.h"

#include "rst-reader-private.h"

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

/* A message is known again by the beginning of its header. */
#define KEY_BYTES (16 * 1024)
#define KEY_LENGTH 32

/* How many messages are remembered. */
#define MAX_REMEMBERED 500

static char *
dup_key (RstMessage *message)
{
  gsize length;
  const guint8 *bytes = g_bytes_get_data (rst_message_get_bytes (message), &length);
  g_autofree char *digest =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, MIN (length, KEY_BYTES));

  return g_strndup (digest, KEY_LENGTH);
}

/* What was chosen last goes to the end; what was chosen longest ago is forgotten first. */
static void
remember (RstReader *self,
          const char *charset)
{
  g_autofree char *key = dup_key (self->message);
  g_autoptr (GVariant) before = NULL;
  GVariantBuilder builder;
  gsize n_before;

  if (self->settings == NULL)
    return;

  before = g_settings_get_value (self->settings, "charsets");
  n_before = g_variant_n_children (before);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a(ss)"));
  for (gsize i = n_before >= MAX_REMEMBERED ? 1 : 0; i < n_before; i++)
    {
      const char *other_key, *other_charset;

      g_variant_get_child (before, i, "(&s&s)", &other_key, &other_charset);
      if (!g_str_equal (other_key, key))
        g_variant_builder_add (&builder, "(ss)", other_key, other_charset);
    }
  if (charset[0] != '\0')
    g_variant_builder_add (&builder, "(ss)", key, charset);
  g_settings_set_value (self->settings, "charsets", g_variant_builder_end (&builder));
}

static char *
recall (RstReader *self)
{
  g_autofree char *key = dup_key (self->message);
  g_autoptr (GVariant) remembered = NULL;
  GVariantIter iter;
  const char *other_key, *charset;

  if (self->settings == NULL)
    return NULL;

  remembered = g_settings_get_value (self->settings, "charsets");
  g_variant_iter_init (&iter, remembered);
  while (g_variant_iter_next (&iter, "(&s&s)", &other_key, &charset))
    if (g_str_equal (other_key, key))
      return g_strdup (charset);
  return NULL;
}

typedef struct
{
  GBytes *bytes;
  char *charset;
  char *fallback;
} Recoding;

static void
recoding_free (Recoding *recoding)
{
  g_bytes_unref (recoding->bytes);
  g_free (recoding->charset);
  g_free (recoding->fallback);
  g_free (recoding);
}

static void
recode_thread (GTask *task,
               gpointer source_object,
               gpointer task_data,
               GCancellable *cancellable)
{
  const Recoding *recoding = task_data;
  RstMessage *message;

  if (recoding->charset[0] != '\0')
    message = rst_message_new_in_charset (recoding->bytes, recoding->charset);
  else
    message = rst_message_new (recoding->bytes, recoding->fallback);
  g_task_return_pointer (task, message, (GDestroyNotify)rst_message_unref);
}

static void
recoded_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (RstReader) self = rst_weak_ref_take (user_data);
  g_autoptr (RstMessage) message = g_task_propagate_pointer (G_TASK (result), NULL);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || message == NULL ||
      g_task_get_cancellable (G_TASK (result)) != self->recoding)
    return;

  g_clear_object (&self->recoding);
  rst_reader_replace_message (self, message);
}

static void
stop_recoding (RstReader *self)
{
  g_cancellable_cancel (self->recoding);
  g_clear_object (&self->recoding);
}

/* On a worker: a big message takes long to read. */
static void
recode (RstReader *self)
{
  g_autoptr (GTask) task = NULL;
  /* Saved mail has none. */
  RstAccount *account = rst_mailbox_get_account (self->mailbox);
  Recoding *recoding = g_new (Recoding, 1);

  stop_recoding (self);
  self->recoding = g_cancellable_new ();
  *recoding = (Recoding){
    g_bytes_ref (rst_message_get_bytes (self->message)),
    g_strdup (self->charset),
    account != NULL ? g_strdup (account->fetch_encoding) : NULL,
  };
  task = g_task_new (NULL, self->recoding, recoded_cb, rst_weak_ref_new (self));
  g_task_set_source_tag (task, recode);
  g_task_set_task_data (task, recoding, (GDestroyNotify)recoding_free);
  g_task_run_in_thread (task, recode_thread);
}

static void
set_charset (RstReader *self,
             const char *charset)
{
  g_free (self->charset);
  self->charset = g_strdup (charset);
  g_object_notify (G_OBJECT (self), "charset");
}

void
rst_reader_choose_charset (RstReader *self,
                           const char *charset)
{
  if (self->message == NULL || g_str_equal (self->charset, charset))
    return;

  set_charset (self, charset);
  remember (self, charset);
  recode (self);
}

void
rst_reader_recall_charset (RstReader *self)
{
  g_autofree char *charset = recall (self);

  if (charset == NULL)
    return;

  set_charset (self, charset);
  recode (self);
}

void
rst_reader_keep_charset (RstReader *self)
{
  stop_recoding (self);
  if (self->charset[0] == '\0')
    {
      rst_reader_recall_charset (self);
      return;
    }

  /* The beginning that it is known by has become longer. */
  remember (self, self->charset);
  recode (self);
}

void
rst_reader_forget_charset (RstReader *self)
{
  stop_recoding (self);
  if (self->charset[0] != '\0')
    set_charset (self, "");
}

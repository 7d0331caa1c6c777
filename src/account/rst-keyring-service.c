/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-keyring-service"

#include "config.h"

#include "rst-keyring-service.h"

#include <glib/gi18n-lib.h>

struct _RstKeyringService
{
  SecretService parent_instance;
};

G_DEFINE_FINAL_TYPE (RstKeyringService, rst_keyring_service, SECRET_TYPE_SERVICE)

static void
prompt_cb (GObject *source,
           GAsyncResult *result,
           gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  GVariant *answer = secret_prompt_perform_finish (SECRET_PROMPT (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify)g_variant_unref);
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_new_error (task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "%s",
                             _ ("The prompt ended without an answer."));
}

static void
rst_keyring_service_prompt_async (SecretService *service,
                                  SecretPrompt *prompt,
                                  const GVariantType *return_type,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  GTask *task = g_task_new (service, cancellable, callback, user_data);

  g_task_set_source_tag (task, rst_keyring_service_prompt_async);
  secret_prompt_perform (prompt, NULL, return_type, cancellable, prompt_cb, task);
}

static GVariant *
rst_keyring_service_prompt_finish (SecretService *service,
                                   GAsyncResult *result,
                                   GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rst_keyring_service_class_init (RstKeyringServiceClass *klass)
{
  SecretServiceClass *service_class = SECRET_SERVICE_CLASS (klass);

  service_class->prompt_async = rst_keyring_service_prompt_async;
  service_class->prompt_finish = rst_keyring_service_prompt_finish;
}

static void
rst_keyring_service_init (RstKeyringService *self)
{
}

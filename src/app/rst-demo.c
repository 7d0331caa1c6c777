/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo"

#include "config.h"

#include "rst-demo.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "demo/rst-demo-server.h"

struct _RstDemo
{
  RstDemoServer *server;
  RstAccount *account;
  char *folder;
};

static void
remove_tree (GFile *folder)
{
  g_autoptr (GFileEnumerator) children =
      g_file_enumerate_children (folder,
                                 G_FILE_ATTRIBUTE_STANDARD_NAME,
                                 G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                                 NULL,
                                 NULL);
  GFile *child;

  while (children != NULL &&
         g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) && child != NULL)
    remove_tree (child);
  g_file_delete (folder, NULL, NULL);
}

static RstAccount *
create_account (RstDemo *self,
                GError **error)
{
  g_autoptr (RstAccount) account = rst_account_new ("demo", "127.0.0.1", "demo");

  g_free (account->name);
  account->name = g_strdup (_ ("Demo Mailbox"));
  account->port = rst_demo_server_get_tls_port (self->server);
  account->certificate_pin = g_strdup (rst_demo_server_get_certificate_pin (self->server));
  account->state_folder = g_strdup (self->folder);
  /* A password file is asked before the keyring, which has no business with the demo. */
  account->password_file = g_build_filename (self->folder, "password", NULL);
  if (!g_file_set_contents_full (account->password_file,
                                 "demo\n",
                                 -1,
                                 G_FILE_SET_CONTENTS_CONSISTENT,
                                 0600,
                                 error))
    return NULL;
  return g_steal_pointer (&account);
}

RstDemo *
rst_demo_new (GError **error)
{
  g_autoptr (RstDemo) self = g_new0 (RstDemo, 1);

  self->folder = g_dir_make_tmp ("restante-demo-XXXXXX", error);
  if (self->folder == NULL)
    return NULL;
  self->server = rst_demo_server_new ();
  rst_demo_server_add_samples (self->server);
  if (!rst_demo_server_start (self->server, error))
    return NULL;
  self->account = create_account (self, error);
  if (self->account == NULL)
    return NULL;
  return g_steal_pointer (&self);
}

void
rst_demo_free (RstDemo *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->server, rst_demo_server_free);
  if (self->folder != NULL)
    {
      g_autoptr (GFile) folder = g_file_new_for_path (self->folder);
      remove_tree (folder);
    }
  g_clear_pointer (&self->account, rst_account_unref);
  g_free (self->folder);
  g_free (self);
}

RstAccount *
rst_demo_get_account (RstDemo *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

char *
rst_demo_simulate_other_client (RstDemo *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return rst_demo_server_simulate_other_client (self->server);
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-demo-samples"

#include "config.h"

#include "rst-demo-server.h"

#include "mail/rst-mbox.h"

#include "rst-demo-resources.h"

#define SAMPLES_PATH "/io/github/restante/demo/demo.mbox"

void
rst_demo_server_add_mbox (RstDemoServer *self,
                          GBytes *mbox)
{
  g_autoptr (GPtrArray) messages = rst_mbox_split (mbox);

  for (guint i = 0; i < messages->len; i++)
    rst_demo_server_add_message (self, g_ptr_array_index (messages, i), NULL);
}

void
rst_demo_server_add_samples (RstDemoServer *self)
{
  g_autoptr (GBytes) mbox = g_resource_lookup_data (rst_demo_get_resource (),
                                                    SAMPLES_PATH,
                                                    G_RESOURCE_LOOKUP_FLAGS_NONE,
                                                    NULL);

  rst_demo_server_add_mbox (self, mbox);
}

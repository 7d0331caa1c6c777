/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-dialog-find"

#include "config.h"

#include "rst-account-dialog-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rst-main-thread.h"
#include "rst-weak-ref.h"

static void
use_server (RstAccountDialog *self,
            const RstFoundServer *server)
{
  self->is_filling_in = TRUE;
  gtk_editable_set_text (self->host_row, server->host);
  gtk_editable_set_text (self->user_row, server->user);
  adw_combo_row_set_selected (self->security_row, server->security);
  gtk_spin_button_set_value (self->port_button, server->port);
  self->is_filling_in = FALSE;
}

static void
found_selected_cb (RstAccountDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->found_row);

  if (self->discovery != NULL && selected < self->discovery->servers->len)
    {
      const RstFoundServer *server = g_ptr_array_index (self->discovery->servers, selected);

      adw_action_row_set_subtitle (ADW_ACTION_ROW (self->found_row),
                                   rst_found_server_get_origin (server));
      use_server (self, server);
    }
}

static void
show_hint (RstAccountDialog *self,
           const char *text)
{
  gtk_label_set_text (self->hint_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), text != NULL);
}

static void
show_servers (RstAccountDialog *self)
{
  GPtrArray *servers = self->discovery->servers;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; i < servers->len; i++)
    {
      const RstFoundServer *server = g_ptr_array_index (servers, i);
      const char *security =
          server->security == RST_POP3_SECURITY_TLS ? _ ("TLS") : _ ("STARTTLS");
      g_autofree char *name = g_strdup_printf ("%s:%u, %s", server->host, server->port, security);

      gtk_string_list_append (names, name);
    }
  adw_combo_row_set_model (self->found_row, G_LIST_MODEL (names));
  gtk_widget_set_visible (GTK_WIDGET (self->found_row), servers->len > 0);
  found_selected_cb (self);
}

static void
show_discovery (RstAccountDialog *self)
{
  const RstDiscovery *discovery = self->discovery;
  g_autofree char *problem = rst_discovery_dup_words (discovery);
  g_autofree char *hint =
      discovery->provider != NULL ? rst_provider_dup_words (discovery->provider) : NULL;

  show_servers (self);
  show_hint (self, problem != NULL ? problem : hint);
  /* Whoever knows better begins with what was nearly right. */
  if (discovery->servers->len == 0 && discovery->failed->len > 0)
    use_server (self, g_ptr_array_index (discovery->failed, 0));
}

void
rst_account_dialog_stop_finding (RstAccountDialog *self)
{
  g_cancellable_cancel (self->finding);
  g_clear_object (&self->finding);
  g_clear_pointer (&self->discovery, rst_discovery_free);
}

typedef struct
{
  gpointer dialog; /* a weak reference */
  GCancellable *cancellable;
} Search;

static void
found_cb (GObject *source,
          GAsyncResult *result,
          gpointer user_data)
{
  g_autofree Search *find = user_data;
  g_autoptr (RstAccountDialog) self = rst_weak_ref_take (find->dialog);
  g_autoptr (GCancellable) cancellable = find->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (RstDiscovery) discovery = rst_discovery_find_finish (result, &error);

  g_assert (RST_IS_MAIN_THREAD ());
  if (self == NULL || self->finding != cancellable)
    return;

  g_clear_object (&self->finding);
  self->discovery = g_steal_pointer (&discovery);
  if (self->discovery != NULL)
    show_discovery (self);
  else
    show_hint (self, error->message);
  rst_account_dialog_update (self);
}

static void
find_action (GtkWidget *widget,
             const char *action_name,
             GVariant *parameter)
{
  RstAccountDialog *self = RST_ACCOUNT_DIALOG (widget);
  g_autofree char *address = rst_account_dialog_dup_entered (self->address_row);
  Search *find = g_new (Search, 1);

  rst_account_dialog_stop_finding (self);
  show_hint (self, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->found_row), FALSE);
  self->finding = g_cancellable_new ();
  *find = (Search){ rst_weak_ref_new (self), g_object_ref (self->finding) };
  rst_discovery_find_async (address, self->finding, found_cb, find);
  rst_account_dialog_update (self);
}

static void
address_applied_cb (RstAccountDialog *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "account.find", NULL);
}

static void
address_changed_cb (RstAccountDialog *self)
{
  const char *address = gtk_editable_get_text (self->address_row);

  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "account.find", strchr (address, '@') != NULL);
}

void
rst_account_dialog_install_find (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_callback (widget_class, address_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, address_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, found_selected_cb);
  gtk_widget_class_install_action (widget_class, "account.find", NULL, find_action);
}

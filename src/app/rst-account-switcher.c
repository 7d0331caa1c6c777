/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-account-switcher"

#include "config.h"

#include "rst-account-switcher.h"

#include <glib/gi18n.h>

#include "rst-application.h"
#include "rst-format.h"
#include "rst-main-thread.h"
#include "rst-weak-ref.h"

#define MAX_CHARS 36

struct _RstAccountSwitcher
{
  AdwBin parent_instance;

  /* Template Widgets */
  GtkListBox *list;
  GtkPopover *popover;

  /* Owned References */
  GPtrArray *ids; /* of the rows */
};

G_DEFINE_FINAL_TYPE (RstAccountSwitcher, rst_account_switcher, ADW_TYPE_BIN)

static RstWindow *
get_window (RstAccountSwitcher *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return RST_IS_WINDOW (root) ? RST_WINDOW (root) : NULL;
}

static RstApplication *
get_application (RstAccountSwitcher *self)
{
  RstWindow *window = get_window (self);
  GtkApplication *application =
      window != NULL ? gtk_window_get_application (GTK_WINDOW (window)) : NULL;

  return RST_IS_APPLICATION (application) ? RST_APPLICATION (application) : NULL;
}

static void
show_count (GtkLabel *label,
            int n_unread)
{
  g_autofree char *count = n_unread > 0 ? rst_format_count (n_unread) : NULL;
  g_autofree char *words =
      n_unread > 0
          ? g_strdup_printf (ngettext ("%s unread message", "%s unread messages", n_unread), count)
          : NULL;

  gtk_label_set_text (label, count != NULL ? count : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), words);
}

static void
counted_cb (GObject *source,
            GAsyncResult *result,
            gpointer user_data)
{
  g_autoptr (GtkLabel) label = rst_weak_ref_take (user_data);
  int n_unread = rst_account_state_count_unread_finish (result);

  g_assert (RST_IS_MAIN_THREAD ());
  if (label != NULL)
    show_count (label, n_unread);
}

/* An open mailbox knows; of the others, the cache does. */
static void
count_unread (RstAccountSwitcher *self,
              RstAccount *account,
              GtkLabel *label)
{
  RstMailbox *mailbox = rst_application_find_mailbox (get_application (self), account->id);

  if (mailbox != NULL && rst_index_get_n_messages (rst_mailbox_get_index (mailbox)) > 0)
    show_count (label, (int)rst_index_get_n_unread (rst_mailbox_get_index (mailbox)));
  else
    rst_account_state_count_unread_async (account, NULL, counted_cb, rst_weak_ref_new (label));
}

static GtkWidget *
create_names (RstAccount *account)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *where = g_strdup_printf ("%s · %s", account->user, account->host);
  const char *const texts[] = { account->name, where };

  gtk_widget_set_hexpand (box, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      GtkWidget *label = gtk_label_new (texts[i]);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      /* As wide as it wants to be: a popover gives no more than is needed. */
      gtk_label_set_width_chars (GTK_LABEL (label), MIN (g_utf8_strlen (texts[i], -1), MAX_CHARS));
      gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
      if (i > 0)
        {
          gtk_widget_add_css_class (label, "dim-label");
          gtk_widget_add_css_class (label, "caption");
        }
      gtk_box_append (GTK_BOX (box), label);
    }
  return box;
}

static GtkWidget *
create_window_button (RstAccount *account)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("window-new-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.open-account");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", account->id);
  gtk_widget_set_tooltip_text (button, _ ("Open in New Window"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Open in New Window"),
                                  -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
add_row (RstAccountSwitcher *self,
         RstAccount *account)
{
  RstAccount *shown = rst_window_get_account (get_window (self));
  gboolean is_shown = shown != NULL && g_str_equal (shown->id, account->id);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");
  GtkWidget *count = gtk_label_new (NULL);

  gtk_widget_set_opacity (check, is_shown ? 1 : 0);
  gtk_widget_add_css_class (count, "numeric");
  gtk_box_append (GTK_BOX (box), check);
  gtk_box_append (GTK_BOX (box), create_names (account));
  gtk_box_append (GTK_BOX (box), count);
  gtk_box_append (GTK_BOX (box), create_window_button (account));
  gtk_list_box_append (self->list, box);
  if (is_shown)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
        GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _ ("This window shows it"), -1);
  g_ptr_array_add (self->ids, g_strdup (account->id));
  count_unread (self, account, GTK_LABEL (count));
}

static void
fill (RstAccountSwitcher *self)
{
  RstApplication *application = get_application (self);
  GPtrArray *accounts = application != NULL ? rst_application_get_accounts (application) : NULL;
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  g_ptr_array_set_size (self->ids, 0);
  for (guint i = 0; accounts != NULL && i < accounts->len; i++)
    {
      RstAccount *account = g_ptr_array_index (accounts, i);

      if (account->is_enabled)
        add_row (self, account);
    }
}

static void
row_activated_cb (RstAccountSwitcher *self,
                  GtkListBoxRow *row)
{
  g_autofree char *id = g_strdup (g_ptr_array_index (self->ids, gtk_list_box_row_get_index (row)));

  gtk_popover_popdown (self->popover);
  rst_application_switch_account (get_application (self), get_window (self), id);
}

static void
update_visible (RstAccountSwitcher *self)
{
  RstApplication *application = get_application (self);

  gtk_widget_set_visible (
      GTK_WIDGET (self), application != NULL && rst_application_get_n_enabled (application) > 1);
}

static void
rst_account_switcher_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_ACCOUNT_SWITCHER);

  G_OBJECT_CLASS (rst_account_switcher_parent_class)->dispose (object);
}

static void
rst_account_switcher_finalize (GObject *object)
{
  g_ptr_array_unref (RST_ACCOUNT_SWITCHER (object)->ids);

  G_OBJECT_CLASS (rst_account_switcher_parent_class)->finalize (object);
}

static void
rst_account_switcher_class_init (RstAccountSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_account_switcher_dispose;
  object_class->finalize = rst_account_switcher_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-account-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, RstAccountSwitcher, list);
  gtk_widget_class_bind_template_child (widget_class, RstAccountSwitcher, popover);
  gtk_widget_class_bind_template_callback (widget_class, fill);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
rst_account_switcher_init (RstAccountSwitcher *self)
{
  self->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rst_account_switcher_set_application (RstAccountSwitcher *self,
                                      RstApplication *application)
{
  g_return_if_fail (RST_IS_ACCOUNT_SWITCHER (self));
  g_return_if_fail (RST_IS_APPLICATION (application));

  g_signal_connect_object (application,
                           "accounts-changed",
                           G_CALLBACK (update_visible),
                           self,
                           G_CONNECT_SWAPPED);
  update_visible (self);
}

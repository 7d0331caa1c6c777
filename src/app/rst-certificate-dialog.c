/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-certificate-dialog"

#include "config.h"

#include "rst-certificate-dialog.h"

#include <glib/gi18n.h>

struct _RstCertificateDialog
{
  AdwMessageDialog parent_instance;

  /* Owned References */
  RstAccount *account;
  RstPop3Certificate *certificate;

  /* Template Widgets */
  GtkLabel *faults_label;
  GtkLabel *fingerprint_label;
  GtkLabel *issuer_label;
  GtkLabel *names_label;
  GtkLabel *pinned_label;
  GtkWidget *pinned_title;
  GtkLabel *subject_label;
  GtkLabel *validity_label;
};

G_DEFINE_FINAL_TYPE (RstCertificateDialog, rst_certificate_dialog, ADW_TYPE_MESSAGE_DIALOG)

static char *
dup_day (GDateTime *time)
{
  g_autoptr (GDateTime) local = time != NULL ? g_date_time_to_local (time) : NULL;

  /* Translators: a date with its year, as in "3 December 2026"; see strftime(3) */
  return local != NULL ? g_strstrip (g_date_time_format (local, _ ("%e %B %Y")))
                       : g_strdup (_ ("unknown"));
}

/* With room for a line to end, and as the server's own is shown. */
static char *
dup_pin (const char *pin)
{
  GString *text = g_string_new (NULL);
  guint n_digits = 0;

  for (; *pin != '\0'; pin++)
    {
      if (!g_ascii_isxdigit (*pin))
        continue;
      if (n_digits > 0 && n_digits % 2 == 0)
        g_string_append_c (text, ':');
      g_string_append_c (text, g_ascii_toupper (*pin));
      n_digits++;
    }
  return g_string_free (text, FALSE);
}

static void
show_certificate (RstCertificateDialog *self)
{
  const RstPop3Certificate *certificate = self->certificate;
  g_autofree char *begin = dup_day (certificate->not_before);
  g_autofree char *end = dup_day (certificate->not_after);
  /* Translators: two dates */
  g_autofree char *validity = g_strdup_printf (_ ("%s to %s"), begin, end);
  gboolean has_names = certificate->names[0] != '\0';

  gtk_label_set_text (self->subject_label, certificate->subject);
  gtk_label_set_text (self->issuer_label, certificate->issuer);
  gtk_label_set_text (self->names_label, has_names ? certificate->names : _ ("none"));
  gtk_label_set_text (self->validity_label, validity);
  gtk_label_set_text (self->fingerprint_label, certificate->fingerprint);
  if (certificate->faults != NULL)
    gtk_label_set_text (self->faults_label, certificate->faults);
  else
    gtk_label_set_text (self->faults_label,
                        _ ("it is not the one that was trusted for this server"));
}

static void
show_pin (RstCertificateDialog *self,
          const char *pin)
{
  g_autofree char *shown = pin != NULL ? dup_pin (pin) : NULL;

  gtk_widget_set_visible (self->pinned_title, pin != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->pinned_label), pin != NULL);
  if (pin != NULL)
    gtk_label_set_text (self->pinned_label, shown);
}

static void
show_words (RstCertificateDialog *self,
            const RstAccount *account)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  const char *advice =
      _ ("Trust it only if the owner of the server has told you this very fingerprint: by "
         "telephone, on paper, in person. Otherwise somebody between you and the server may read "
         "your password and your mail.");

  if (account->certificate_pin == NULL)
    {
      adw_message_dialog_set_heading (dialog, _ ("Is This Your Server?"));
      adw_message_dialog_format_body (
          dialog, _ ("%s shows a certificate that is not trusted. %s"), account->host, advice);
    }
  else
    {
      adw_message_dialog_set_heading (dialog, _ ("The Server’s Certificate Has Changed"));
      adw_message_dialog_format_body (
          dialog, _ ("%s shows another certificate than the one that you trusted. %s"),
          account->host, advice);
    }
}

static void
rst_certificate_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), RST_TYPE_CERTIFICATE_DIALOG);

  G_OBJECT_CLASS (rst_certificate_dialog_parent_class)->dispose (object);
}

static void
rst_certificate_dialog_finalize (GObject *object)
{
  RstCertificateDialog *self = RST_CERTIFICATE_DIALOG (object);

  g_clear_pointer (&self->account, rst_account_unref);
  g_clear_pointer (&self->certificate, rst_pop3_certificate_unref);

  G_OBJECT_CLASS (rst_certificate_dialog_parent_class)->finalize (object);
}

static void
rst_certificate_dialog_class_init (RstCertificateDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rst_certificate_dialog_dispose;
  object_class->finalize = rst_certificate_dialog_finalize;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/restante/Restante/rst-certificate-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, faults_label);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, fingerprint_label);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, issuer_label);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, names_label);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, pinned_label);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, pinned_title);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, subject_label);
  gtk_widget_class_bind_template_child (widget_class, RstCertificateDialog, validity_label);
}

static void
rst_certificate_dialog_init (RstCertificateDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rst_certificate_dialog_new (GtkWindow *parent,
                            const RstAccount *account,
                            RstPop3Certificate *certificate)
{
  RstCertificateDialog *self = g_object_new (RST_TYPE_CERTIFICATE_DIALOG,
                                             "transient-for", parent,
                                             "modal", TRUE,
                                             NULL);

  self->account = rst_account_copy (account);
  self->certificate = rst_pop3_certificate_ref (certificate);
  show_words (self, account);
  show_certificate (self);
  show_pin (self, account->certificate_pin);
  return GTK_WIDGET (self);
}

const RstAccount *
rst_certificate_dialog_get_account (RstCertificateDialog *self)
{
  g_return_val_if_fail (RST_IS_CERTIFICATE_DIALOG (self), NULL);

  return self->account;
}

RstPop3Certificate *
rst_certificate_dialog_get_certificate (RstCertificateDialog *self)
{
  g_return_val_if_fail (RST_IS_CERTIFICATE_DIALOG (self), NULL);

  return self->certificate;
}

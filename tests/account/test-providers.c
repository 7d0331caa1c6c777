/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "account/rst-providers.h"

typedef struct
{
  const char *domain;
  const char *host;
  RstProviderUser user;
  RstProviderHints hints; /* at least these */
} Row;

static const Row rows[] = {
  { "gmail.com", "pop.gmail.com", RST_PROVIDER_USER_ADDRESS,
    RST_PROVIDER_HINT_APP_PASSWORD | RST_PROVIDER_HINT_RECENT | RST_PROVIDER_HINT_SWITCH_ON },
  { "GoogleMail.COM", "pop.gmail.com", RST_PROVIDER_USER_ADDRESS, 0 },
  { "hotmail.co.uk", "outlook.office365.com", RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_TOKEN },
  { "yahoo.fr", "pop.mail.yahoo.com", RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_APP_PASSWORD },
  { "gmx.at", "pop.gmx.net", RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_SWITCH_ON },
  { "gmx.com", "pop.gmx.com", RST_PROVIDER_USER_ADDRESS, 0 },
  { "free.fr", "pop.free.fr", RST_PROVIDER_USER_LOCAL_PART, 0 },
  { "bk.ru", "pop.mail.ru", RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_APP_PASSWORD },
  { "ya.ru", "pop.yandex.ru", RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_SWITCH_ON },
  { "qq.com", "pop.qq.com", RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_CODE },
  { "icloud.com", NULL, RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_NO_POP },
  { "proton.me", NULL, RST_PROVIDER_USER_ADDRESS, RST_PROVIDER_HINT_NO_POP },
};

static void
test_find (gconstpointer data)
{
  const Row *row = data;
  const RstProvider *provider = rst_providers_find (row->domain);

  g_assert_nonnull (provider);
  g_assert_cmpstr (provider->host, ==, row->host);
  g_assert_cmpint (provider->user, ==, row->user);
  g_assert_cmpint (provider->hints & row->hints, ==, row->hints);
}

/* Somebody else's domain must never get this provider's server. */
static void
test_whole_domains (void)
{
  static const char *const others[] = { "mygmail.com", "gmail.com.example.org", "gmail",
                                        "mail.gmail.com", "com", "" };

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_null (rst_providers_find (others[i]));
}

static void
check_provider (const RstProvider *provider,
                GHashTable *seen)
{
  g_auto (GStrv) domains = g_strsplit (provider->domains, " ", -1);
  gboolean has_pop = (provider->hints & RST_PROVIDER_HINT_NO_POP) == 0;

  g_assert_cmpint (provider->host != NULL, ==, has_pop);
  g_assert_cmpint (provider->security, ==, RST_POP3_SECURITY_TLS);
  if (has_pop)
    {
      g_autofree char *host = g_ascii_strdown (provider->host, -1);

      g_assert_cmpint (provider->port, ==, 995);
      g_assert_cmpstr (provider->host, ==, host);
    }
  for (char **d = domains; *d != NULL; d++)
    {
      g_autofree char *lower = g_ascii_strdown (*d, -1);

      g_assert_cmpstr (*d, ==, lower);
      g_assert_nonnull (strchr (*d, '.'));
      if (!g_hash_table_add (seen, g_strdup (*d)))
        g_error ("%s is there twice", *d);
    }
}

static void
test_table (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize n_providers;
  const RstProvider *providers = rst_providers_get (&n_providers);

  for (gsize i = 0; i < n_providers; i++)
    check_provider (&providers[i], seen);
}

static void
test_words (void)
{
  g_autofree char *gmail = rst_provider_dup_words (rst_providers_find ("gmail.com"));
  g_autofree char *icloud = rst_provider_dup_words (rst_providers_find ("icloud.com"));

  g_assert_nonnull (strstr (gmail, "POP must be switched on in the web settings of Gmail"));
  g_assert_nonnull (strstr (gmail, "Gmail wants an app password"));
  g_assert_nonnull (strstr (gmail, "recent:"));
  g_assert_null (strstr (gmail, "%"));
  g_assert_true (g_str_has_prefix (icloud, "iCloud Mail has no POP3 server"));
  g_assert_null (rst_provider_dup_words (rst_providers_find ("posteo.de")));
}

int
main (int argc,
      char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/providers/find/%s", rows[i].domain);

      g_test_add_data_func (path, &rows[i], test_find);
    }
  g_test_add_func ("/providers/whole-domains", test_whole_domains);
  g_test_add_func ("/providers/table", test_table);
  g_test_add_func ("/providers/words", test_words);
  return g_test_run ();
}

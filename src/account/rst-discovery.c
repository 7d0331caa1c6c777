/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rst-discovery"

#include "config.h"

#include "rst-discovery.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#include "rst-discovery-probe.h"

/* Seconds for each wait: who is there answers at once, and the user is looking on. */
#define DEFAULT_TIMEOUT 5

#define TLS_PORT 995
#define STARTTLS_PORT 110

/* RFC 1035 §2.3.4 */
#define MAX_DOMAIN 253

/* Of DNS: as many are worth trying. */
#define MAX_TARGETS 6

/* Set by tests, before anything else runs. */
static struct
{
  guint16 tls;
  guint16 starttls;
  guint timeout;
} test_ports;

/* What the worker works on. The user name is used nowhere before the user signs in. */
typedef struct
{
  char *address;
  char *domain;
} Search;

static void
search_free (Search *search)
{
  g_free (search->address);
  g_free (search->domain);
  g_free (search);
}

static guint16
get_port (RstPop3Security security)
{
  if (security == RST_POP3_SECURITY_TLS)
    return test_ports.tls != 0 ? test_ports.tls : TLS_PORT;
  return test_ports.starttls != 0 ? test_ports.starttls : STARTTLS_PORT;
}

static RstFoundServer *
found_server_new (RstDiscoverySource source,
                  const char *host,
                  RstPop3Security security,
                  const char *user)
{
  RstFoundServer *self = g_new0 (RstFoundServer, 1);

  self->source = source;
  self->host = g_strdup (host);
  self->security = security;
  self->port = get_port (security);
  self->user = g_strdup (user);
  return self;
}

void
rst_found_server_free (RstFoundServer *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->host);
  g_free (self->user);
  g_free (self->problem);
  g_free (self);
}

const char *
rst_found_server_get_origin (const RstFoundServer *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->source == RST_DISCOVERY_PROVIDER)
    return _ ("from the provider list");
  if (self->source == RST_DISCOVERY_GUESS)
    return _ ("guessed, and it answered");
  return self->is_foreign ? _ ("from the domain’s DNS (SRV), in another domain: check the name")
                          : _ ("from the domain’s DNS (SRV)");
}

static GPtrArray *
servers_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)rst_found_server_free);
}

static RstDiscovery *
discovery_new (const char *domain)
{
  RstDiscovery *self = g_new0 (RstDiscovery, 1);

  self->domain = g_hostname_to_unicode (domain);
  self->provider = rst_providers_find (domain);
  self->servers = servers_new ();
  self->failed = servers_new ();
  return self;
}

void
rst_discovery_free (RstDiscovery *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->domain);
  g_ptr_array_unref (self->servers);
  g_ptr_array_unref (self->failed);
  g_free (self);
}

/* What stands in front of the "@" is the provider's business, but for what no user name can have.
 */
static gboolean
is_local_part (const char *text,
               gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (g_ascii_isspace (text[i]) || g_ascii_iscntrl (text[i]))
      return FALSE;
  return length > 0;
}

static gboolean
is_domain (const char *text)
{
  g_auto (GStrv) labels = g_strsplit (text, ".", -1);

  for (char **label = labels; *label != NULL; label++)
    if ((*label)[0] == '\0')
      return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.' && *p != '_')
      return FALSE;
  return labels[0] != NULL && strlen (text) <= MAX_DOMAIN;
}

/* Returns: (transfer full) (nullable): the address with its domain in ASCII. */
static Search *
parse_address (const char *text)
{
  g_autofree char *address = g_strstrip (g_strdup (text));
  const char *at = strrchr (address, '@');
  g_autofree char *ascii = NULL;
  Search *search;

  if (at == NULL || !g_utf8_validate (address, -1, NULL) ||
      !is_local_part (address, at - address))
    return NULL;
  ascii = g_hostname_to_ascii (at + 1);
  if (ascii == NULL || !is_domain (ascii))
    return NULL;

  search = g_new0 (Search, 1);
  search->domain = g_ascii_strdown (ascii, -1);
  search->address =
      g_strdup_printf ("%.*s@%s", (int)(at - address), address, search->domain);
  return search;
}

static void
add_provider (RstDiscovery *self,
              const char *address)
{
  const RstProvider *provider = self->provider;
  const char *at = strrchr (address, '@');
  g_autofree char *local_part = g_strndup (address, at - address);
  gboolean is_whole = provider->user == RST_PROVIDER_USER_ADDRESS;
  RstFoundServer *server;

  if (provider->host == NULL)
    return;

  server = found_server_new (RST_DISCOVERY_PROVIDER, provider->host, provider->security,
                             is_whole ? address : local_part);
  server->port = provider->port;
  g_ptr_array_add (self->servers, server);
}

static gboolean
is_within (const char *host,
           const char *domain)
{
  gsize host_length = strlen (host);
  gsize domain_length = strlen (domain);

  if (host_length < domain_length ||
      g_ascii_strcasecmp (host + host_length - domain_length, domain) != 0)
    return FALSE;
  return host_length == domain_length || host[host_length - domain_length - 1] == '.';
}

static void
add_targets (GPtrArray *candidates,
             GList *targets,
             RstPop3Security security,
             const Search *search)
{
  for (GList *l = targets; l != NULL && candidates->len < MAX_TARGETS; l = l->next)
    {
      g_autofree char *host = g_hostname_to_ascii (g_srv_target_get_hostname (l->data));
      gsize length = host != NULL ? strlen (host) : 0;
      RstFoundServer *server;

      /* The dot at the end of a whole name is in no certificate. */
      if (length > 0 && host[length - 1] == '.')
        host[--length] = '\0';
      if (length == 0 || !is_domain (host))
        continue;
      server = found_server_new (RST_DISCOVERY_DNS, host, security, search->address);
      server->port = g_srv_target_get_port (l->data);
      server->is_foreign = !is_within (host, search->domain);
      g_ptr_array_add (candidates, server);
    }
}

typedef struct
{
  const char *service;
  const char *domain;
  GCancellable *cancellable;

  GList *targets;
  gboolean is_declined;
} LookUp;

static gpointer
look_up_thread (gpointer data)
{
  LookUp *look_up = data;

  look_up->targets = rst_discovery_look_up (look_up->service, look_up->domain,
                                            &look_up->is_declined, look_up->cancellable);
  return NULL;
}

/* Returns: (transfer full): what the domain's DNS names, TLS first. */
static GPtrArray *
ask_dns (RstDiscovery *self,
         const Search *search,
         GCancellable *cancellable)
{
  LookUp tls = { "pop3s", search->domain, cancellable, NULL, FALSE };
  LookUp starttls = { "pop3", search->domain, cancellable, NULL, FALSE };
  GThread *thread = g_thread_new ("discovery-dns", look_up_thread, &starttls);
  GPtrArray *candidates = servers_new ();

  look_up_thread (&tls);
  g_thread_join (thread);
  add_targets (candidates, tls.targets, RST_POP3_SECURITY_TLS, search);
  add_targets (candidates, starttls.targets, RST_POP3_SECURITY_STARTTLS, search);
  self->is_declined = candidates->len == 0 && (tls.is_declined || starttls.is_declined);
  g_resolver_free_targets (tls.targets);
  g_resolver_free_targets (starttls.targets);
  return candidates;
}

/* Returns: (transfer full): the usual names, those with TLS first. */
static GPtrArray *
guess (const Search *search)
{
  static const char *const prefixes[] = { "pop.", "mail.", "" };
  static const RstPop3Security securities[] = { RST_POP3_SECURITY_TLS,
                                                RST_POP3_SECURITY_STARTTLS };
  GPtrArray *candidates = servers_new ();

  for (guint s = 0; s < G_N_ELEMENTS (securities); s++)
    for (guint p = 0; p < G_N_ELEMENTS (prefixes); p++)
      {
        g_autofree char *host = g_strconcat (prefixes[p], search->domain, NULL);

        g_ptr_array_add (candidates, found_server_new (RST_DISCOVERY_GUESS, host, securities[s],
                                                       search->address));
      }
  return candidates;
}

static void
find_worker (GTask *task,
             gpointer source_object,
             gpointer task_data,
             GCancellable *cancellable)
{
  const Search *search = task_data;
  g_autoptr (RstDiscovery) self = discovery_new (search->domain);
  g_autoptr (GPtrArray) candidates = NULL;
  guint timeout = test_ports.timeout != 0 ? test_ports.timeout : DEFAULT_TIMEOUT;

  if (self->provider != NULL)
    {
      add_provider (self, search->address);
      g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify)rst_discovery_free);
      return;
    }

  candidates = ask_dns (self, search, cancellable);
  rst_discovery_probe (candidates, self->servers, self->failed, timeout, cancellable);
  if (self->servers->len == 0 && !self->is_declined)
    {
      g_autoptr (GPtrArray) guesses = guess (search);

      rst_discovery_probe (guesses, self->servers, self->failed, timeout, cancellable);
    }
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, g_steal_pointer (&self), (GDestroyNotify)rst_discovery_free);
}

char *
rst_discovery_dup_words (const RstDiscovery *self)
{
  const RstFoundServer *failed;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->servers->len > 0)
    return NULL;
  if (self->provider != NULL)
    return rst_provider_dup_words (self->provider);
  if (self->is_declined)
    return g_strdup_printf (_ ("The DNS of %s says that there is no POP3 server for its mail."),
                            self->domain);
  if (self->failed->len == 0)
    return g_strdup_printf (_ ("No POP3 server was found for %s. Check the address, or enter the "
                               "server that your provider names."),
                            self->domain);

  failed = g_ptr_array_index (self->failed, 0);
  /* Translators: a domain; a host and its port; and what is wrong there, in sentences */
  return g_strdup_printf (_ ("No POP3 server that can be used was found for %s. %s, port %u: %s"),
                          self->domain, failed->host, failed->port, failed->problem);
}

void
rst_discovery_find_async (const char *address,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search;

  g_return_if_fail (address != NULL);

  g_task_set_source_tag (task, rst_discovery_find_async);
  search = parse_address (address);
  if (search == NULL)
    {
      g_task_return_new_error (
          task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
          _ ("This is no e-mail address. One looks like alice@example.org."));
      return;
    }
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  g_task_run_in_thread (task, find_worker);
}

RstDiscovery *
rst_discovery_find_finish (GAsyncResult *result,
                           GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
rst_discovery_set_ports (guint16 tls,
                         guint16 starttls,
                         guint timeout)
{
  test_ports.tls = tls;
  test_ports.starttls = starttls;
  test_ports.timeout = timeout;
}

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fake-resolver.h"

#include <string.h>

/* Filled before the first look-up; then only read, by many threads. */
struct _FakeResolver
{
  GResolver parent_instance;

  GHashTable *hosts;
  GHashTable *services;
};

G_DEFINE_FINAL_TYPE (FakeResolver, fake_resolver, G_TYPE_RESOLVER)

static void
set_not_found (const char *name,
               GError **error)
{
  g_set_error (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s here", name);
}

static GList *
fake_resolver_lookup_by_name (GResolver *resolver,
                              const char *name,
                              GCancellable *cancellable,
                              GError **error)
{
  const char *address = g_hash_table_lookup (FAKE_RESOLVER (resolver)->hosts, name);

  if (address != NULL)
    return g_list_append (NULL, g_inet_address_new_from_string (address));
  set_not_found (name, error);
  return NULL;
}

static GList *
fake_resolver_lookup_by_name_with_flags (GResolver *resolver,
                                         const char *name,
                                         GResolverNameLookupFlags flags,
                                         GCancellable *cancellable,
                                         GError **error)
{
  return fake_resolver_lookup_by_name (resolver, name, cancellable, error);
}

static GList *
fake_resolver_lookup_service (GResolver *resolver,
                              const char *name,
                              GCancellable *cancellable,
                              GError **error)
{
  GList *known = g_hash_table_lookup (FAKE_RESOLVER (resolver)->services, name);
  GList *targets = NULL;

  if (known == NULL)
    set_not_found (name, error);
  for (GList *l = known; l != NULL; l = l->next)
    targets = g_list_append (targets, g_srv_target_copy (l->data));
  /* As GIO's own does, which takes out a single "." too. */
  return g_srv_target_list_sort (targets);
}

static void
free_targets (gpointer targets)
{
  g_list_free_full (targets, (GDestroyNotify)g_srv_target_free);
}

static void
fake_resolver_finalize (GObject *object)
{
  FakeResolver *self = FAKE_RESOLVER (object);

  g_hash_table_unref (self->hosts);
  g_hash_table_unref (self->services);

  G_OBJECT_CLASS (fake_resolver_parent_class)->finalize (object);
}

static void
fake_resolver_class_init (FakeResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = fake_resolver_finalize;
  resolver_class->lookup_by_name = fake_resolver_lookup_by_name;
  resolver_class->lookup_by_name_with_flags = fake_resolver_lookup_by_name_with_flags;
  resolver_class->lookup_service = fake_resolver_lookup_service;
}

static void
fake_resolver_init (FakeResolver *self)
{
  self->hosts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->services = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_targets);
}

FakeResolver *
fake_resolver_install (void)
{
  FakeResolver *self = g_object_new (FAKE_TYPE_RESOLVER, NULL);

  g_resolver_set_default (G_RESOLVER (self));
  return self;
}

void
fake_resolver_add_host (FakeResolver *self,
                        const char *name,
                        const char *address)
{
  g_hash_table_insert (self->hosts, g_strdup (name), g_strdup (address));
}

void
fake_resolver_add_service (FakeResolver *self,
                           const char *name,
                           const char *target,
                           guint16 port,
                           guint16 priority)
{
  g_autofree char *key = NULL;
  GList *targets = NULL;

  g_hash_table_steal_extended (self->services, name, (gpointer *)&key, (gpointer *)&targets);
  targets = g_list_append (targets, g_srv_target_new (target, port, priority, 0));
  g_hash_table_insert (self->services, g_strdup (name), targets);
}

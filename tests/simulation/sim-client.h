/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim-server.h"

G_BEGIN_DECLS

/** SimVerdict: what the judge found in all schedules of one client. */
typedef struct
{
  guint64 n_deletes;
  guint64 n_deleted;
  guint64 n_reads;
  guint64 n_read;
  guint64 n_wrong_deletes;
  guint64 n_wrong_bodies;
  guint64 n_partial_commits;
  guint64 n_false_claims;
  guint64 n_wrong_indexes;
  guint64 n_unsettled;
  guint64 n_unknowable;
} SimVerdict;

/**
 * SimTarget:
 * @content: what the user chose
 * @uid: what the client last knew it by, 0 = nothing
 * @number: its last known number
 * @has_body: whether the client knew its body when it was chosen, which no twin has
 */
typedef struct
{
  const SimContent *content;
  guint uid;
  guint number;
  gboolean has_body;
} SimTarget;

/** SimClaim: what a client says of a delete. */
typedef enum
{
  SIM_CLAIM_DELETED,
  SIM_CLAIM_NOTHING_DELETED,
  SIM_CLAIM_STOPPED_HALF_WAY,
  SIM_CLAIM_UNKNOWN,
} SimClaim;

/**
 * SimClient:
 * @refresh: brings the list up to date
 * @read: opens the row @row
 * @delete: deletes @n rows
 * @restart: ends the program and starts it again
 *
 * One of those that are compared. Everything that one does is judged before it returns.
 */
typedef struct
{
  const char *name;
  gpointer (*start) (SimRun *run,
                     SimVerdict *verdict);
  void (*stop) (gpointer self);
  guint (*count) (gpointer self);
  void (*refresh) (gpointer self,
                   SimRandom *random);
  void (*read) (gpointer self,
                guint row,
                SimRandom *random);
  void (*delete) (gpointer self,
                  const guint *rows,
                  guint n,
                  SimRandom *random);
  void (*restart) (gpointer self);
} SimClient;

/**
 * sim_client_begin:
 *
 * For the whole process, before anything else: gives the clients a folder for their files, on a
 * tmpfs where there is one, and keeps the user's keyring out of it.
 *
 * Returns: (transfer full): the folder, to be removed when it is empty again.
 */
char *sim_client_begin (void);

extern const SimClient SIM_RESTANTE;
extern const SimClient SIM_ANCESTOR;
extern const SimClient SIM_UID_ONLY;

G_END_DECLS

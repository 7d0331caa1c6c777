/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "sim-world.h"

G_BEGIN_DECLS

typedef struct _SimRun SimRun;

/**
 * SimRow:
 * @uid: what UIDL says of it; numbers and UIDs do not change within a session
 * @is_listed, @is_uid_listed: LIST or UIDL named it
 * @is_seen: its headers were sent
 * @is_committed: this session deleted it
 *
 * A message as one session sees it, at its number minus 1.
 */
typedef struct
{
  SimMessage *message;
  guint uid;
  gboolean is_listed;
  gboolean is_uid_listed;
  gboolean is_seen;
  gboolean is_marked;
  gboolean is_committed;
} SimRow;

/**
 * SimFault:
 *
 * What happens at the @nth answer to @verb. LOSE forgets what was said before it is done, CUT and
 * STALL after; those come after @permille of the answer.
 */
typedef enum
{
  SIM_FAULT_NONE,
  SIM_FAULT_LOSE,
  SIM_FAULT_LOSE_AND_STALL,
  SIM_FAULT_CUT,
  SIM_FAULT_STALL,
  SIM_FAULT_REFUSE,
  SIM_FAULT_REFUSE_YET_DO,
  SIM_FAULT_REFUSE_YET_DO_HALF,
  SIM_FAULT_GARBAGE,
  N_SIM_FAULTS
} SimFault;

/**
 * SimCut:
 * @is_on_wire: the bytes are those that TLS makes of them, and of its handshake
 * @at_out, @at_in: after how many bytes of the server or of the client, or
 * @at_command: at which command, the first being 1; 0 = not
 * @stalls: whether nothing comes any more in the place of a closed connection
 * @is_lasting: whether all sessions of the step meet it, and not the first one alone
 *
 * A fault at one exact place.
 */
typedef struct
{
  gboolean is_on_wire;
  guint at_out;
  guint at_in;
  guint at_command;
  gboolean stalls;
  gboolean is_lasting;
} SimCut;

/**
 * SimSession:
 * @rows: the maildrop when the user signed in
 * @out: what the server has said and nobody has taken yet
 * @is_listed, @is_uid_listed: LIST and UIDL were answered in full
 * @is_closed: the server has hung up, once @out is taken
 * @is_stalled: the server says nothing any more
 * @is_garbled: bytes that nobody sent have come
 * @cut, @n_out, @n_in, @n_commands: a fault at an exact place, and how far it has come
 * @n_wire_out, @n_wire_in: the bytes under TLS
 * @has_shaken_hands: TLS has begun
 * @is_wire_dead: nothing comes through any more in either direction
 * @has_shown: the last command was a TOP or a RETR
 * @is_heard: the connection was cut behind a whole answer: what the client says next is lost
 * @has_dele: a DELE came in this step, whatever became of it
 * @has_half: the server itself did a part of what QUIT asked for
 *
 * One session on a model of a POP3 server: bytes in, bytes out, and no time. What it did stays
 * known until the next step.
 */
typedef struct
{
  SimRun *run;
  SimRandom random;
  GArray *rows;
  GString *in;
  GString *out;
  gboolean is_signed_in;
  gboolean has_uidl;
  gboolean has_top;
  gboolean is_listed;
  gboolean is_uid_listed;
  gboolean is_closed;
  gboolean is_stalled;
  gboolean is_ended;
  gboolean is_garbled;
  gboolean has_shown;
  gboolean is_heard;
  gboolean has_dele;
  gboolean has_half;

  SimCut cut;
  guint n_out;
  guint n_in;
  guint n_commands;
  guint n_wire_out;
  guint n_wire_in;
  gboolean has_shaken_hands;
  gboolean is_wire_dead;

  SimFault fault;
  const char *verb;
  guint nth;
  guint permille;
} SimSession;

/**
 * SimRun:
 * @sessions: (element-type SimSession): of this step, and those that were kept from the step before
 * @n_connects: sessions that were asked for in this step
 * @is_quiet_network: nothing fails
 * @is_plain: nothing is left to chance: only what @cut says fails
 * @keeps_copies: whether the user has copies kept of what is deleted, each a download that tells
 * @certificate_pin: (nullable): the client's connections are encrypted
 *
 * One schedule: a maildrop, and the steps of a user on it.
 */
struct _SimRun
{
  guint64 seed;
  guint step;
  guint n_connects;
  gboolean is_verbose;
  gboolean is_quiet_network;
  gboolean is_plain;
  gboolean keeps_copies;
  const char *certificate_pin;
  SimCut cut;
  SimWorld *world;
  GPtrArray *sessions;
};

void sim_run_init (SimRun *self,
                   guint64 seed,
                   gboolean is_verbose);

/** sim_run_init_plain: a run on sim_world_new_plain(). */
void sim_run_init_plain (SimRun *self,
                         guint n_messages,
                         gboolean can_pipeline);
void sim_run_clear (SimRun *self);

/** sim_run_next_step: forgets the sessions that are over. */
void sim_run_next_step (SimRun *self);

/** sim_run_random: Returns: the numbers of the step at hand for one purpose. */
SimRandom sim_run_random (const SimRun *self,
                          guint purpose);

/** sim_run_find_listing: Returns: (transfer none) (nullable): the step's last session that gave a
 * listing. */
SimSession *sim_run_find_listing (const SimRun *self);

/** sim_run_log: prints a line of what happens, where that is wanted. */
void sim_run_log (const SimRun *self,
                  const char *format,
                  ...) G_GNUC_PRINTF (2, 3);

/** sim_session_new: Returns: (transfer none) (nullable): a session that greets; %NULL when the
 * server cannot be reached. The maildrop may change before. */
SimSession *sim_session_new (SimRun *run);

/** sim_session_feed: the client says something. */
void sim_session_feed (SimSession *self,
                       const char *bytes,
                       gsize length);

/** sim_session_end: the client has hung up. */
void sim_session_end (SimSession *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Restante developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lib/rst-test-certificate.h"
#include "sim-judge.h"
#include "sim-transport.h"

/* The connection of a delete, and of a read, breaks off or stalls after every single byte, and each
 * command is refused once: whatever comes of it, what is said and what is true agree. */

#define N_MESSAGES 7
#define N_TARGETS 5

/* How far apart the places are that are tried, unless all of them are asked for. */
#define PLAIN_STRIDE 16
#define TLS_STRIDE 512

static gboolean tries_all;
static char *pin;

typedef struct
{
  const char *name;
  gboolean is_read;
  gboolean can_pipeline;
  gboolean has_tls;
} Scenario;

typedef struct
{
  guint n_out;
  guint n_in;
  guint n_commands;
  guint n_wire_out;
  guint n_wire_in;
} Extent;

static guint n_cases;

static void
act (const Scenario *scenario,
     gpointer state,
     SimRandom *random)
{
  static const guint rows[N_TARGETS] = { 0, 1, 3, 4, 6 };

  if (scenario->is_read)
    SIM_RESTANTE.read (state, 3, random);
  else
    SIM_RESTANTE.delete(state, rows, N_TARGETS, random);
}

/* Runs the scenario with one fault. Returns: how much the first session of it said, all in all. */
static Extent
run (const Scenario *scenario,
     const SimCut *cut)
{
  SimVerdict verdict = { 0 };
  SimRandom random = sim_random_make (1, 2);
  SimRun run;
  SimSession *session;
  gpointer state;
  Extent extent;

  sim_run_init_plain (&run, N_MESSAGES, scenario->can_pipeline);
  run.certificate_pin = scenario->has_tls ? pin : NULL;
  state = SIM_RESTANTE.start (&run, &verdict);
  SIM_RESTANTE.refresh (state, &random);
  g_assert_cmpuint (SIM_RESTANTE.count (state), ==, N_MESSAGES);

  sim_run_next_step (&run);
  run.cut = *cut;
  act (scenario, state, &random);
  session = g_ptr_array_index (run.sessions, 0);
  extent.n_out = session->n_out;
  extent.n_in = session->n_in;
  extent.n_commands = session->n_commands;
  extent.n_wire_out = session->n_wire_out;
  extent.n_wire_in = session->n_wire_in;
  n_cases++;

  /* The next good look at the server settles all. */
  sim_run_next_step (&run);
  memset (&run.cut, 0, sizeof run.cut);
  SIM_RESTANTE.refresh (state, &random);
  g_assert_cmpuint (SIM_RESTANTE.count (state), ==, run.world->messages->len);
  SIM_RESTANTE.stop (state);
  sim_run_clear (&run);

  g_assert_cmpuint (verdict.n_wrong_deletes, ==, 0);
  g_assert_cmpuint (verdict.n_wrong_bodies, ==, 0);
  g_assert_cmpuint (verdict.n_partial_commits, ==, 0);
  g_assert_cmpuint (verdict.n_false_claims, ==, 0);
  g_assert_cmpuint (verdict.n_wrong_indexes, ==, 0);
  g_assert_cmpuint (verdict.n_unsettled, ==, 0);
  g_assert_cmpuint (verdict.n_unknowable, ==, 0);
  return extent;
}

static void
check_each (const Scenario *scenario,
            guint n,
            gboolean is_on_wire,
            gsize offset,
            guint stride)
{
  for (guint kind = 0; kind < 4; kind++)
    for (guint place = 1 + kind * stride / 4; place <= n; place += stride)
      {
        SimCut cut = { .is_on_wire = is_on_wire,
                       .stalls = kind % 2 == 1,
                       .is_lasting = kind >= 2 };

        G_STRUCT_MEMBER (guint, &cut, offset) = place;
        run (scenario, &cut);
      }
}

static void
every_byte (gconstpointer data)
{
  const Scenario *scenario = data;
  const SimCut none = { 0 };
  Extent extent = run (scenario, &none);
  guint stride = scenario->has_tls ? TLS_STRIDE : PLAIN_STRIDE;

  g_assert_cmpuint (extent.n_commands, >, scenario->is_read ? 5 : 14);
  g_test_message ("%u bytes out, %u in, %u commands", extent.n_out, extent.n_in, extent.n_commands);
  if (tries_all)
    stride = 1;
  check_each (scenario, extent.n_out, FALSE, G_STRUCT_OFFSET (SimCut, at_out), stride);
  check_each (scenario, extent.n_in, FALSE, G_STRUCT_OFFSET (SimCut, at_in), stride);
}

/* A record of TLS that came in part is worth nothing, and a handshake neither. */
static void
every_byte_on_the_wire (gconstpointer data)
{
  const Scenario *scenario = data;
  const SimCut none = { 0 };
  Extent extent = run (scenario, &none);
  guint stride = tries_all ? 1 : TLS_STRIDE;

  g_assert_cmpuint (extent.n_wire_out, >, extent.n_out);
  g_assert_cmpuint (extent.n_wire_in, >, extent.n_in);
  g_test_message ("on the wire %u bytes out, %u in", extent.n_wire_out, extent.n_wire_in);
  check_each (scenario, extent.n_wire_out, TRUE, G_STRUCT_OFFSET (SimCut, at_out), stride);
  check_each (scenario, extent.n_wire_in, TRUE, G_STRUCT_OFFSET (SimCut, at_in), stride);
}

static void
every_command (gconstpointer data)
{
  const Scenario *scenario = data;
  const SimCut none = { 0 };
  Extent extent = run (scenario, &none);

  for (guint place = 1; place <= extent.n_commands; place++)
    for (guint is_lasting = 0; is_lasting < 2; is_lasting++)
      {
        SimCut cut = { .at_command = place, .is_lasting = is_lasting };

        run (scenario, &cut);
      }
}

static const Scenario scenarios[] = {
  { "delete/pipelined", FALSE, TRUE, FALSE },
  { "delete/one-by-one", FALSE, FALSE, FALSE },
  { "delete/tls", FALSE, TRUE, TRUE },
  { "read/pipelined", TRUE, TRUE, FALSE },
  { "read/one-by-one", TRUE, FALSE, FALSE },
  { "read/tls", TRUE, TRUE, TRUE },
};

/* Each connection reads the authorities that are trusted: those of the system take most of the time
 * of a session here. */
static void
trust_only (const RstTestCertificate *certificate)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GTlsDatabase) authorities = g_tls_file_database_new (certificate->ca_file, &error);

  g_assert_no_error (error);
  g_tls_backend_set_default_database (g_tls_backend_get_default (), authorities);
}

static void
every_byte_of (gconstpointer data)
{
  const Scenario *scenario = data;
  g_autoptr (RstTestCertificate) certificate = NULL;

  if (scenario->has_tls)
    {
      certificate = rst_test_certificate_new (RST_TEST_CERTIFICATE_GOOD);
      pin = certificate->pin;
      sim_transport_set_certificate (certificate->certificate);
      trust_only (certificate);
    }
  n_cases = 0;
  every_byte (data);
  every_command (data);
  if (scenario->has_tls)
    every_byte_on_the_wire (data);
  g_test_message ("%u cases", n_cases);
  sim_transport_set_certificate (NULL);
  pin = NULL;
}

int
main (int argc,
      char *argv[])
{
  g_autofree char *folder = sim_client_begin ();
  int status;

  g_test_init (&argc, &argv, NULL);
  tries_all = g_test_slow ();
  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autofree char *path = g_strconcat ("/every-byte/", scenarios[i].name, NULL);

      g_test_add_data_func (path, &scenarios[i], every_byte_of);
    }
  status = g_test_run ();
  g_rmdir (folder);
  return status;
}
